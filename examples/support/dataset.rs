//! Data files: one sample a line, its features and then its class, separated by commas.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord};
use flate2::bufread::MultiGzDecoder;

/// Samples of `FEATURES` numbers, and the class of each.
#[derive(Debug, PartialEq)]
pub struct Dataset<const FEATURES: usize> {
    /// One row per sample.
    pub inputs: Vec<[f32; FEATURES]>,
    /// The class of the sample at the same place.
    pub labels: Vec<u32>,
}

/// What a file must hold.
#[derive(Debug)]
pub struct Format {
    /// Whether the first line names the columns.
    pub header: bool,
    /// The values that a feature can have.
    pub range: RangeInclusive<f32>,
    /// Classes are numbered from 0 up to this, exclusive.
    pub classes: u32,
}

/// A data file that cannot be used: which, where, and why.
#[derive(Debug)]
pub struct DataError {
    path: PathBuf,
    line: Option<u64>,
    problem: String,
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let current = std::env::current_dir().unwrap_or_default();
        write!(f, "{}", self.path.strip_prefix(current).unwrap_or(&self.path).display())?;
        if let Some(line) = self.line {
            write!(f, " line {line}")?;
        }
        write!(f, ": {}", self.problem)
    }
}

impl std::error::Error for DataError {}

/// The path of a file in `examples/data`, whatever the current directory is.
pub fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

/// The path of a file in `target`, which is there afterwards.
pub fn prepare_output(name: &str) -> std::io::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("target");
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join(name))
}

impl<const FEATURES: usize> Dataset<FEATURES> {
    /// Reads a file, compressed by gzip or not, and checks every value in it.
    pub fn load(path: &Path, format: &Format) -> Result<Self, DataError> {
        let fail = |line, problem| DataError { path: path.to_owned(), line, problem };
        let file = open(path).map_err(|error| fail(None, error.to_string()))?;
        // Lines of another length are let through here, since the message below says more; the line
        // end makes sure that the last line counts as one.
        let mut reader = ReaderBuilder::new()
            .has_headers(format.header)
            .flexible(true)
            .quoting(false)
            .from_reader(file.chain(&b"\n"[..]));

        let mut dataset = Self { inputs: Vec::new(), labels: Vec::new() };
        let mut record = StringRecord::new();
        loop {
            let read = reader.read_record(&mut record);
            // The reader stands behind the line. A record's own position is no use: it is that of
            // the blank lines before it, if there are any.
            let line = Some(reader.position().line().saturating_sub(1));
            match read.map_err(csv::Error::into_kind) {
                Ok(true) => {}
                Ok(false) => break,
                Err(csv::ErrorKind::Io(error)) => return Err(fail(None, error.to_string())),
                Err(_) => return Err(fail(line, "not text in UTF-8".to_owned())),
            }
            let (input, label) =
                parse_sample(&record, format).map_err(|problem| fail(line, problem))?;
            dataset.inputs.push(input);
            dataset.labels.push(label);
        }
        if dataset.labels.is_empty() {
            return Err(fail(None, "no samples in it".to_owned()));
        }
        Ok(dataset)
    }

    /// The samples of these indices.
    pub fn gather(&self, samples: &[usize]) -> Self {
        Self {
            inputs: samples.iter().map(|&sample| self.inputs[sample]).collect(),
            labels: samples.iter().map(|&sample| self.labels[sample]).collect(),
        }
    }
}

/// Opens a file, and unpacks it if it begins as gzip files do.
fn open(path: &Path) -> std::io::Result<Box<dyn Read>> {
    let mut file = BufReader::new(File::open(path)?);
    if file.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
        Ok(Box::new(MultiGzDecoder::new(file)))
    } else {
        Ok(Box::new(file))
    }
}

fn parse_sample<const FEATURES: usize>(
    record: &StringRecord,
    format: &Format,
) -> Result<([f32; FEATURES], u32), String> {
    if record.len() != FEATURES + 1 {
        return Err(format!("{} columns where {} are needed", record.len(), FEATURES + 1));
    }
    let mut input = [0.0; FEATURES];
    for (column, (feature, text)) in input.iter_mut().zip(record).enumerate() {
        let column = column + 1;
        *feature = text
            .trim()
            .parse()
            .map_err(|_| format!("column {column}: `{text}` is not a number"))?;
        // NaN lies in no range.
        if !format.range.contains(feature) {
            let (low, high) = (format.range.start(), format.range.end());
            return Err(format!("column {column}: {text} does not lie between {low} and {high}"));
        }
    }
    let text = &record[FEATURES];
    match text.trim().parse() {
        Ok(label) if label < format.classes => Ok((input, label)),
        _ => Err(format!("label `{text}` is not one of the classes 0 to {}", format.classes - 1)),
    }
}

//! The files that vectors.py writes: a tensor a line, `name: numbers`.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::record::Record;

/// One file.
pub struct Vectors {
    declaration: String,
    lines: Vec<(String, Vec<f64>)>,
}

impl Vectors {
    /// That of this name.
    pub fn open(name: &str) -> Self {
        let path = find_folder("").join(format!("{name}.txt"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut lines = text.lines().map(|line| line.split_once(':').unwrap());
        let (_, declaration) = lines.next().unwrap();
        let lines = lines.map(|(name, numbers)| {
            let numbers = numbers.split_whitespace().map(|word| word.parse().unwrap());
            (name.to_owned(), numbers.collect())
        });
        Self { declaration: declaration.to_owned(), lines: lines.collect() }
    }

    /// The same, which must have been made for this declaration.
    pub fn open_for(name: &str, declaration: &str) -> Self {
        let vectors = Self::open(name);
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(squeeze(&vectors.declaration), squeeze(declaration), "run vectors.py");
        vectors
    }

    /// The names of all lines, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|(name, _)| name.as_str())
    }

    /// The numbers of a line.
    pub fn find(&self, name: &str) -> &[f64] {
        let line = self.lines.iter().find(|(other, _)| other == name);
        line.map_or_else(|| panic!("there is no line `{name}`"), |(_, numbers)| numbers)
    }

    /// The records that follow one another in a line.
    pub fn read<R: Record>(&self, name: &str) -> Vec<R> {
        let mut numbers = self.find(name).iter().copied().peekable();
        let mut records = Vec::new();
        while numbers.peek().is_some() {
            records.push(R::read(&mut numbers));
        }
        records
    }

    /// The parameters' names and numbers, in declared order: `parameter` ones or `frozen` ones.
    pub fn parameters(&self, block: &str) -> impl Iterator<Item = (&str, &[f64])> {
        self.lines.iter().filter_map(move |(name, numbers)| {
            let name = name.strip_prefix(block)?.strip_prefix(' ')?;
            Some((name, numbers.as_slice()))
        })
    }
}

/// The names of the files in a folder of vectors.
pub fn list_files(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(find_folder(folder)).unwrap();
    entries
        .filter_map(|entry| {
            Some(entry.unwrap().file_name().to_str()?.strip_suffix(".txt")?.to_owned())
        })
        .collect()
}

fn find_folder(folder: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/reference/vectors", folder].iter().collect()
}

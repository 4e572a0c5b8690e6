//! The code that the examples share: data files, good and broken, the split, the command line.

#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use backprop::Rng;
use support::{Arguments, Dataset, Format, shipped, split_stratified};

const PAIRS: Format = Format { header: false, range: 0.0..=10.0, classes: 3 };

/// Writes a file of its own for each call, and loads it as pairs of numbers and a class.
fn load_pairs(contents: impl AsRef<[u8]>, format: &Format) -> Result<Dataset<2>, String> {
    static FILES: AtomicU32 = AtomicU32::new(0);
    let name = format!("pairs-{}.csv", FILES.fetch_add(1, Ordering::Relaxed));
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&name);
    fs::write(&path, contents).unwrap();
    Dataset::load(&path, format).map_err(|error| {
        let message = error.to_string();
        let (_directory, rest) = message.split_once(&name).expect("the message names the file");
        format!("FILE{rest}")
    })
}

fn load_digits() -> Dataset<64> {
    let format = Format { header: false, range: 0.0..=16.0, classes: 10 };
    Dataset::load(&shipped("digits.csv.gz"), &format).unwrap()
}

#[test]
fn digits_load_whole() {
    let digits = load_digits();
    assert_eq!(digits.inputs.len(), 1797);
    assert_eq!(digits.inputs[0][2..6], [5.0, 13.0, 9.0, 1.0]);
    assert_eq!(digits.labels[..3], [0, 1, 2]);
}

#[test]
fn iris_loads_whole() {
    let format = Format { header: true, range: 0.0..=10.0, classes: 3 };
    let iris = Dataset::<4>::load(&shipped("iris.csv"), &format).unwrap();
    assert_eq!(iris.inputs.len(), 150);
    assert_eq!(iris.inputs[0], [5.1, 3.5, 1.4, 0.2]);
    assert_eq!((iris.labels[49], iris.labels[50], iris.labels[149]), (0, 1, 2));
}

#[test]
fn good_files_load() {
    let expected = Dataset { inputs: vec![[1.0, 2.5], [3.0, 4.0]], labels: vec![0, 2] };
    for text in ["1,2.5,0\n3,4,2\n", "1,2.5,0\n3,4,2", "1, 2.5, 0\r\n\r\n3,4,2\r\n"] {
        assert_eq!(load_pairs(text, &PAIRS).as_ref(), Ok(&expected), "{text:?}");
    }
    let with_header = Format { header: true, ..PAIRS };
    assert_eq!(load_pairs("a,b,class\n1,2.5,0\n3,4,2\n", &with_header), Ok(expected));
}

#[test]
fn broken_files_are_told_by_line() {
    for (text, expected) in [
        ("1,2,0\n1,2\n", "FILE line 2: 2 columns where 3 are needed"),
        ("1,2,0\n1,2", "FILE line 2: 2 columns where 3 are needed"),
        ("1,2,0\n\n\n1,2,0,4\n", "FILE line 4: 4 columns where 3 are needed"),
        ("1,2,0\n1,2,0\n1,two,0\n", "FILE line 3: column 2: `two` is not a number"),
        ("1,,0\n", "FILE line 1: column 2: `` is not a number"),
        ("1,\"2\",0\n", "FILE line 1: column 2: `\"2\"` is not a number"),
        ("1,NaN,0\n", "FILE line 1: column 2: NaN does not lie between 0 and 10"),
        ("inf,2,0\n", "FILE line 1: column 1: inf does not lie between 0 and 10"),
        ("1,10.5,0\n", "FILE line 1: column 2: 10.5 does not lie between 0 and 10"),
        ("1,2,3\n", "FILE line 1: label `3` is not one of the classes 0 to 2"),
        ("1,2,-1\n", "FILE line 1: label `-1` is not one of the classes 0 to 2"),
        ("1,2,1.0\n", "FILE line 1: label `1.0` is not one of the classes 0 to 2"),
        ("", "FILE: no samples in it"),
        ("\n\n", "FILE: no samples in it"),
    ] {
        assert_eq!(load_pairs(text, &PAIRS), Err(expected.to_owned()), "{text:?}");
    }
}

#[test]
fn the_header_counts_as_a_line() {
    let with_header = Format { header: true, ..PAIRS };
    let expected = "FILE line 3: 1 columns where 3 are needed";
    assert_eq!(load_pairs("a,b,class\n1,2,0\n1\n", &with_header), Err(expected.to_owned()));
    let expected = "FILE: no samples in it";
    assert_eq!(load_pairs("a,b,class\n", &with_header), Err(expected.to_owned()));
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let expected = "FILE line 3: not text in UTF-8";
    assert_eq!(load_pairs(b"1,2,0\n\n1,\xff,0\n", &PAIRS), Err(expected.to_owned()));
    // The mark of a gzip file, and then nothing that could be unpacked.
    let message = load_pairs(b"\x1f\x8bnonsense", &PAIRS).unwrap_err();
    assert!(message.starts_with("FILE: "), "{message}");
    let whole = fs::read(shipped("digits.csv.gz")).unwrap();
    let message = load_pairs(&whole[..1000], &PAIRS).unwrap_err();
    assert!(message.starts_with("FILE"), "{message}");
}

#[test]
fn a_missing_file_is_told() {
    let missing = PathBuf::from("no/such/file.csv");
    let message = Dataset::<2>::load(&missing, &PAIRS).unwrap_err().to_string();
    assert!(message.starts_with("no/such/file.csv: "), "{message}");
    assert!(Dataset::<2>::load(Path::new(env!("CARGO_TARGET_TMPDIR")), &PAIRS).is_err());
}

#[test]
fn the_split_of_the_digits_is_stratified() {
    let labels = load_digits().labels;
    let split = split_stratified(&labels, &mut Rng::new(0)).unwrap();
    assert_eq!((split.train.len(), split.test.len()), (1437, 360));

    let mut all: Vec<usize> = split.train.iter().chain(&split.test).copied().collect();
    all.sort_unstable();
    assert!(all.into_iter().eq(0..1797), "each sample stands once, on one side");

    for class in 0..10 {
        let count = |samples: &[usize]| samples.iter().filter(|&&i| labels[i] == class).count();
        let (train, test) = (count(&split.train), count(&split.test));
        let fifth = (train + test) as f64 / 5.0;
        assert!((test as f64 - fifth).abs() < 1.0, "class {class}: {test} of {}", train + test);
    }
}

#[test]
fn the_split_depends_on_the_seed_alone() {
    let labels = load_digits().labels;
    let split = |seed| split_stratified(&labels, &mut Rng::new(seed)).unwrap();
    assert_eq!(split(1), split(1));
    assert_ne!(split(1).test, split(2).test);
    // Not in file order, where the last ones are other writers.
    let late = split(0).test.iter().filter(|&&sample| sample >= 1437).count();
    assert!((40..=110).contains(&late), "{late} of 360 from the last fifth of the file");
}

#[test]
fn chosen_samples_are_gathered() {
    let pairs = load_pairs("1,2,0\n3,4,1\n5,6,2\n", &PAIRS).unwrap();
    let expected = Dataset { inputs: vec![[5.0, 6.0], [1.0, 2.0]], labels: vec![2, 0] };
    assert_eq!(pairs.gather(&[2, 0]), expected);
}

#[test]
fn small_sets_split_too() {
    let random = &mut Rng::new(0);
    let split = split_stratified(&[4, 0, 0, 0, 0, 0], random).unwrap();
    assert_eq!((split.train.len(), split.test.len()), (4, 2));
    assert!(split.test.contains(&0), "the class that loses more by rounding gives the sample");
    let expected = "4 samples are too few: one in five is for the test";
    assert_eq!(split_stratified(&[0, 1, 2, 0], random), Err(expected.to_owned()));
    assert!(split_stratified(&[], random).is_err());
}

#[test]
fn options_are_read() {
    let parse = |arguments: &[&str]| Arguments::parse(&["seed", "seeds", "data"], arguments);
    assert_eq!(parse(&[]).unwrap(), Arguments::default());
    assert_eq!(parse(&["--seed", "7"]).unwrap(), Arguments { seed: 7, ..Arguments::default() });
    let expected =
        Arguments { seeds: Some(10), data: Some("a.csv".into()), ..Arguments::default() };
    assert_eq!(parse(&["--seeds=10", "--data", "a.csv"]).unwrap(), expected);
    assert!(Arguments::parse(&["watch"], ["--watch"]).unwrap().watch);
}

#[test]
fn wrong_options_are_told() {
    let message = |arguments: &[&str]| {
        Arguments::parse(&["seed", "seeds"], arguments).unwrap_err().to_string()
    };
    assert!(message(&["--seed", "-1"]).contains("-1"));
    assert!(message(&["--seed"]).contains("--seed"));
    assert!(message(&["stray"]).contains("stray"));
    assert_eq!(message(&["--seeds", "0"]), "--seeds needs at least 1");
    let expected = "--data is not known: the options are --seed, --seeds";
    assert_eq!(message(&["--data", "x"]), expected);
    let bare = Arguments::parse(&[], ["--seed", "1"]).unwrap_err().to_string();
    assert_eq!(bare, "--seed is not known: this example has no options");
}

//! Checkpoints in files: the old one stays until the new one is whole. What kills do to them is in `examples/tests/resume.rs`.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use backprop::{CheckpointError, Optimizer, Sgd, checkpoint};

use super::{WHOLE, Xor};

/// A folder of the test's own, empty.
fn make_folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("checkpoints").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn list_names(folder: &PathBuf) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_file_is_written_and_read_and_nothing_is_left_beside_it() {
    let folder = make_folder("written");
    let path = folder.join("xor.checkpoint");
    let mut optimizer = Optimizer::new(Sgd::new(0.1).momentum(0.5));
    let mut xor = Xor::new(1);
    for _ in 0..2 {
        xor.train_batch(&[[0.5, 1.0]], &[[0.25]], &mut optimizer).unwrap();
        checkpoint::save(&path, (&xor, &optimizer)).unwrap();
        let (mut read, mut read_optimizer) =
            (Xor::new(2), Optimizer::new(Sgd::new(0.2).momentum(0.1)));
        checkpoint::load(&path, (&mut read, &mut read_optimizer)).unwrap();
        assert!(read == xor && read_optimizer == optimizer);
    }
    assert_eq!(list_names(&folder), ["xor.checkpoint"]);
    // It is what `load` of the network and `include_weights!` take.
    let mut read = Xor::new(2);
    assert_eq!(read.load(&fs::read(&path).unwrap()), Ok(()));
    assert_eq!(read, xor);
}

#[test]
fn what_is_wrong_with_a_file_is_told() {
    let folder = make_folder("wrong");
    let path = folder.join("xor.checkpoint");
    let mut read = Xor::new(2);
    let error = checkpoint::load(&path, &mut read).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    checkpoint::save(&path, &WHOLE).unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    let error = checkpoint::load(&path, &mut read).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidData);
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<CheckpointError>());
    assert_eq!(inner, Some(&CheckpointError::Truncated));
    assert_eq!(read, Xor::new(2));
}

/// A folder stands where the new file is to be written first, and another where it would be in the end.
#[test]
fn a_file_that_cannot_be_written_leaves_the_old_one() {
    let folder = make_folder("kept");
    let path = folder.join("xor.checkpoint");
    checkpoint::save(&path, &WHOLE).unwrap();
    fs::create_dir(folder.join("xor.checkpoint.tmp")).unwrap();
    checkpoint::save(&path, &Xor::new(1)).unwrap_err();
    let mut read = Xor::new(2);
    checkpoint::load(&path, &mut read).unwrap();
    assert_eq!(read, WHOLE);

    let taken = folder.join("taken");
    fs::create_dir_all(taken.join("by another")).unwrap();
    checkpoint::save(&taken, &WHOLE).unwrap_err();
    checkpoint::save(folder.join("nowhere").join("xor"), &WHOLE).unwrap_err();
    assert_eq!(list_names(&folder), ["taken", "xor.checkpoint", "xor.checkpoint.tmp"]);
}

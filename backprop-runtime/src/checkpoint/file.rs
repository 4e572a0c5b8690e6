//! Checkpoints in files, which are always whole.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};
use std::vec;

use super::{CheckpointError, Load, Save};

/// Writes a checkpoint to a file. Whatever happens meanwhile, a crash or a power cut, the file is the one from before or
/// the new one.
///
/// The bytes go to a file beside it, its name with `.tmp` behind, which then takes the name. Two programs that write
/// to one path at once get in each other's way there.
///
/// # Errors
///
/// Those of the file system; the file from before is still there then.
pub fn save<S: Save>(path: impl AsRef<Path>, contents: S) -> Result<()> {
    let mut bytes = vec![0; super::size::<S>()];
    super::write(&mut bytes, contents).map_err(wrap)?;
    replace_file(path.as_ref(), &bytes)
}

/// Gives a file these bytes, or leaves it as it is.
pub(crate) fn replace_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let temporary = name_temporary(path);
    let written = write_durably(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // Whether that works changes nothing: the first error is the one to be told.
        let _ = fs::remove_file(&temporary);
    }
    written?;
    sync_directory(path)
}

/// Reads a checkpoint from a file. The values stay as they are unless all is right.
///
/// ```no_run
/// # fn main() -> std::io::Result<()> {
/// use std::io::ErrorKind;
///
/// use backprop_runtime::{Rng, checkpoint};
///
/// let mut random = Rng::new(1);
/// match checkpoint::load("training.checkpoint", &mut random) {
///     Err(error) if error.kind() == ErrorKind::NotFound => println!("a new start"),
///     other => other?,
/// }
/// checkpoint::save("training.checkpoint", &random)?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Those of the file system, and [`ErrorKind::InvalidData`] around a [`CheckpointError`].
pub fn load<L: Load>(path: impl AsRef<Path>, contents: L) -> Result<()> {
    super::read(&fs::read(path)?, contents).map_err(wrap)
}

fn wrap(error: CheckpointError) -> Error {
    Error::new(ErrorKind::InvalidData, error)
}

fn name_temporary(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".tmp");
    name.into()
}

/// On the disk, not only on its way there: otherwise the new name may survive a power cut, and the bytes not.
fn write_durably(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The name as well. Windows has no such call.
#[cfg(unix)]
fn sync_directory(path: &Path) -> Result<()> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    File::open(directory)?.sync_all()
}

#[cfg(not(unix))]
fn sync_directory(_path: &Path) -> Result<()> {
    Ok(())
}

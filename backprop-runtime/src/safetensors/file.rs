//! Files, which are always whole.

use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;

use crate::checkpoint::replace_file;
use crate::named::{Named, NamedMut};

/// Writes a network to a file, as [`checkpoint::save`](crate::checkpoint::save) does: whatever happens meanwhile, the file is
/// the one from before or the new one.
///
/// # Errors
///
/// Those of the file system; the file from before is still there then.
pub fn save<N: Named>(path: impl AsRef<Path>, network: &N) -> Result<()> {
    replace_file(path.as_ref(), &super::write(network))
}

/// Reads a network from a file.
///
/// # Errors
///
/// Those of the file system, and [`ErrorKind::InvalidData`] around a [`TensorError`](super::TensorError). The network is as
/// it was then.
pub fn load<N: NamedMut>(path: impl AsRef<Path>, network: &mut N) -> Result<()> {
    let wrap = |error| Error::new(ErrorKind::InvalidData, error);
    super::read(&fs::read(path)?, network).map_err(wrap)
}

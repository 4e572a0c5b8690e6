//! Files of the MNIST database: images and labels in the IDX format (Y. LeCun, <http://yann.lecun.com/exdb/mnist/>).

use std::fs;
use std::io::{Error, ErrorKind};
use std::path::Path;

/// The images of a file, `PIXELS` each, from 0 to 1.
pub fn load_images<const PIXELS: usize>(path: &Path) -> Result<Vec<[f32; PIXELS]>, Error> {
    let bytes = load(path, 3)?;
    let images = bytes.as_chunks::<PIXELS>().0;
    Ok(images.iter().map(|image| image.map(|pixel| f32::from(pixel) / 255.0)).collect())
}

/// The labels of a file.
pub fn load_labels(path: &Path) -> Result<Vec<u32>, Error> {
    Ok(load(path, 1)?.into_iter().map(u32::from).collect())
}

/// The bytes of a file of bytes with so many axes: what stands behind its header, which says how many there are.
fn load(path: &Path, axes: usize) -> Result<Vec<u8>, Error> {
    let fail = |problem: &str| {
        Error::new(ErrorKind::InvalidData, format!("{}: {problem}", path.display()))
    };
    let bytes = fs::read(path)
        .map_err(|error| Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    let words = bytes.as_chunks::<4>().0;
    let Some(([magic, sizes @ ..], _)) = words.split_at_checked(1 + axes) else {
        return Err(fail("is shorter than its header"));
    };
    if *magic != [0, 0, 8, axes as u8] {
        return Err(fail("is no IDX file of bytes, or has another number of axes"));
    }
    let expected: usize = sizes.iter().map(|size| u32::from_be_bytes(*size) as usize).product();
    let values = &bytes[4 * (1 + axes)..];
    if values.len() != expected {
        return Err(fail("is not as long as its header says"));
    }
    Ok(values.to_vec())
}

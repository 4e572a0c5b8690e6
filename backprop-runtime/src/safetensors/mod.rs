//! Networks in files that PyTorch reads and writes.
//!
//! The tensors have PyTorch's names, axes and order of scalars ([`TensorInfo`](crate::TensorInfo) says them of each), and the
//! scalar of the network: `F32` or `F64`. What a `batch_norm` counts there, `num_batches_tracked`, is written as 0, and not
//! read: PyTorch looks at it only if `momentum` is `None`.

mod error;
#[cfg(all(feature = "std", any(unix, windows)))]
mod file;
mod transfer;
mod values;

use alloc::vec::Vec;

use safetensors::{SafeTensors, serialize};

pub use self::error::TensorError;
#[cfg(all(feature = "std", any(unix, windows)))]
pub use self::file::{load, save};
pub use self::transfer::{Reason, Skipped, Transfer, transfer};
use self::values::{Tensor, check, read_values};
use crate::named::{Named, NamedMut};

/// A network, frozen parameters included, as the bytes of a file.
#[must_use]
pub fn write<N: Named>(network: &N) -> Vec<u8> {
    let mut tensors: Vec<(&str, Tensor)> = Vec::new();
    let mut infos = N::TENSORS.iter();
    network.visit(|_, _, values| {
        if let Some(info) = infos.next() {
            tensors.push((info.name, Tensor::of(info, values)));
            tensors.extend(info.counter.map(|name| (name, Tensor::zero_count())));
        }
    });
    // What can fail is a name too many for memory, or a length that contradicts its axes: the axes are those of the arrays.
    serialize(tensors, None).unwrap_or_default()
}

/// Sets all parameters, frozen ones included, to those of a file with the same tensors: no more, no fewer.
///
/// # Errors
///
/// What is wrong with the bytes, or with the first tensor that does not fit, by name. The network is as it was then.
pub fn read<N: NamedMut>(bytes: &[u8], network: &mut N) -> Result<(), TensorError> {
    let file = SafeTensors::deserialize(bytes).map_err(TensorError::malformed)?;
    for info in N::TENSORS {
        check::<N::Scalar>(info, &file)?;
    }
    let is_known =
        |name: &str| N::TENSORS.iter().any(|info| info.name == name || info.counter == Some(name));
    let mut surplus: Vec<&str> = file.names().into_iter().filter(|name| !is_known(name)).collect();
    surplus.sort_unstable();
    if let Some(name) = surplus.first() {
        return Err(TensorError::Surplus { tensor: (*name).into() });
    }
    network.visit_mut(|index, _, values| {
        if let Some(info) = N::TENSORS.get(index) {
            read_values(info, &file, values);
        }
    });
    Ok(())
}

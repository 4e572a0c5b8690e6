//! Layers of another network's: transfer learning.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use safetensors::SafeTensors;

use super::TensorError;
use super::values::{check, read_values};
use crate::named::{NamedMut, TensorInfo};

/// What was taken over from a file of another network's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "nothing of a file may fit"]
pub struct Transfer {
    /// The layers that were loaded, in declared order.
    pub loaded: Vec<&'static str>,
    /// Those that stayed as they were.
    pub skipped: Vec<Skipped>,
    /// The tensors of the file that no layer was loaded from, sorted.
    pub unused: Vec<String>,
}

/// A layer that stayed as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its label, or its automatic name.
    pub layer: &'static str,
    /// Why.
    pub reason: Reason,
}

/// Why a layer stayed as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It has neither a label nor a path: names that count layers, as `dense1`, are another layer's once one is put before
    /// it, and what fits by chance would be loaded.
    Unlabelled,
    /// The first of its tensors that does not fit, and why.
    Tensor(TensorError),
}

/// Loads the layers whose tensors are all in a file, by name and shape, whatever else either has. A layer is loaded whole or
/// not at all.
///
/// # Errors
///
/// [`TensorError::Malformed`]; what does not fit is no error, but told by the result.
pub fn transfer<N: NamedMut>(bytes: &[u8], network: &mut N) -> Result<Transfer, TensorError> {
    let file = SafeTensors::deserialize(bytes).map_err(TensorError::malformed)?;
    let mut transfer = Transfer { loaded: Vec::new(), skipped: Vec::new(), unused: Vec::new() };
    for layer in N::TENSORS.chunk_by(|one, next| one.layer == next.layer) {
        let [TensorInfo { layer: name, .. }, ..] = layer else { continue };
        match fit::<N>(layer, &file) {
            Ok(()) => transfer.loaded.push(name),
            Err(reason) => transfer.skipped.push(Skipped { layer: name, reason }),
        }
    }
    let read = |info: &TensorInfo| transfer.loaded.contains(&info.layer);
    network.visit_mut(|index, _, values| {
        if let Some(info) = N::TENSORS.get(index).filter(|info| read(info)) {
            read_values(info, &file, values);
        }
    });
    let is_used = |name: &str| {
        let mut infos = N::TENSORS.iter().filter(|info| read(info));
        infos.any(|info| info.name == name || info.counter == Some(name))
    };
    let names = file.names().into_iter();
    transfer.unused = names.filter(|name| !is_used(name)).map(String::from).collect();
    transfer.unused.sort_unstable();
    Ok(transfer)
}

/// Whether all tensors of a layer are in a file.
fn fit<N: NamedMut>(layer: &[TensorInfo], file: &SafeTensors<'_>) -> Result<(), Reason> {
    if layer.iter().any(|info| !info.is_labelled) {
        return Err(Reason::Unlabelled);
    }
    layer.iter().try_for_each(|info| check::<N::Scalar>(info, file)).map_err(Reason::Tensor)
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlabelled => formatter.write_str("it has no label: name it with `as`"),
            Self::Tensor(error) => error.fmt(formatter),
        }
    }
}

/// A line for each layer, and for each tensor that was not used.
impl fmt::Display for Transfer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for layer in &self.loaded {
            writeln!(formatter, "loaded `{layer}`")?;
        }
        for Skipped { layer, reason } in &self.skipped {
            writeln!(formatter, "left `{layer}` as it was: {reason}")?;
        }
        for tensor in &self.unused {
            writeln!(formatter, "did not use the tensor `{tensor}`")?;
        }
        Ok(())
    }
}

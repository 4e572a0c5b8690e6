//! From a network to any format.

use serde::ser::{Serialize, SerializeStruct, SerializeTuple, Serializer};

use crate::named::Named;

/// A struct of arrays.
///
/// # Errors
///
/// The format's.
pub fn serialize<N: Named<Scalar: Serialize>, S: Serializer>(
    network: &N,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut fields = serializer.serialize_struct(N::NAME, N::FIELDS.len())?;
    let mut result = Ok(());
    network.visit(|name, axes, values| {
        if result.is_ok() {
            result = fields.serialize_field(name, &Array { axes, values });
        }
    });
    result?;
    fields.end()
}

/// An array of any number of axes, whose scalars stand one behind the other.
struct Array<'a, T> {
    axes: &'a [usize],
    values: &'a [T],
}

impl<T: Serialize> Serialize for Array<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (rows, axes) = self.axes.split_first().unwrap_or((&0, &[]));
        let mut tuple = serializer.serialize_tuple(*rows)?;
        if axes.is_empty() {
            self.values.iter().try_for_each(|value| tuple.serialize_element(value))?;
        } else {
            let columns = axes.iter().product::<usize>().max(1);
            let mut parts = self.values.chunks_exact(columns);
            parts.try_for_each(|values| tuple.serialize_element(&Array { axes, values }))?;
        }
        tuple.end()
    }
}

//! Parameters as Rust source.

use core::fmt::{self, Display, Formatter};

use super::field::Writer;
use crate::named::Named;
use crate::scalar::Scalar;

/// A network as Rust source, to be printed: an expression that is the network, for a `const` or a `static`, to the last
/// bit.
///
/// ```text
/// {
///     #[allow(clippy::approx_constant, clippy::unreadable_literal)]
///     const NETWORK: Xor = {
///         let mut network = Xor::ZERO;
///         network.hidden.weight = [
///             [-2.1785736, 0.93161064],
///             [1.8903472, 1.0221108],
///         ];
///         network.hidden.bias = [0.5, -0.0];
///         network
///     };
///     NETWORK
/// }
/// ```
///
/// A program writes it to a file, `fs::write("src/xor.weights.rs", as_rust(&xor).to_string())`, and another includes that
/// where `Xor` is in scope: `static XOR: Xor = include!("xor.weights.rs");`. The declaration may freeze what it likes there,
/// but must be the same otherwise, or rustc says which array does not fit. Numbers are the shortest that are read as the
/// same bits; what is not finite stands there by its bits.
///
/// Text takes rustc longer than bytes, and it is three times as long: for large networks there are `write_checkpoint` and
/// `include_weights!`.
pub fn as_rust<N: Named>(network: &N) -> impl Display {
    Source(network)
}

struct Source<'a, N>(&'a N);

impl<N: Named> Display for Source<'_, N> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let name = N::NAME;
        formatter
            .write_str("{\n    #[allow(clippy::approx_constant, clippy::unreadable_literal)]\n")?;
        write!(
            formatter,
            "    const NETWORK: {name} = {{\n        let mut network = {name}::ZERO;\n"
        )?;
        let mut result = Ok(());
        self.0.visit(|path, shape, values| {
            if result.is_ok() {
                result = write_parameter::<N>(formatter, path, shape, values);
            }
        });
        result?;
        formatter.write_str("        network\n    };\n    NETWORK\n}\n")
    }
}

fn write_parameter<N: Named>(
    formatter: &mut Formatter<'_>,
    path: &str,
    shape: &[usize],
    values: &[N::Scalar],
) -> fmt::Result {
    let is_trainable = N::LAYOUT.iter().any(|array| {
        path.strip_prefix(array.layer).and_then(|rest| rest.strip_prefix('.')) == Some(array.name)
    });
    let block = if is_trainable { "" } else { "frozen." };
    write!(formatter, "        network.{block}{path} = ")?;
    write_array(formatter, 2, shape, values)?;
    formatter.write_str(";\n")
}

/// Values of one line.
const LINE: usize = 8;

fn write_array<T: Scalar>(
    formatter: &mut Formatter<'_>,
    depth: usize,
    shape: &[usize],
    values: &[T],
) -> fmt::Result {
    let (parts, axes) = match shape {
        [rows, axes @ ..] if !axes.is_empty() => (values.len().checked_div(*rows), axes),
        _ if values.len() > LINE => (Some(LINE), &[][..]),
        _ => {
            formatter.write_str("[")?;
            write_values(formatter, values)?;
            return formatter.write_str("]");
        }
    };
    formatter.write_str("[\n")?;
    for part in values.chunks(parts.unwrap_or(1).max(1)) {
        indent(formatter, depth + 1)?;
        if axes.is_empty() {
            write_values(formatter, part)?;
        } else {
            write_array(formatter, depth + 1, axes, part)?;
        }
        formatter.write_str(",\n")?;
    }
    indent(formatter, depth)?;
    formatter.write_str("]")
}

fn indent(formatter: &mut Formatter<'_>, depth: usize) -> fmt::Result {
    (0..depth).try_for_each(|_| formatter.write_str("    "))
}

fn write_values<T: Scalar>(formatter: &mut Formatter<'_>, values: &[T]) -> fmt::Result {
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            formatter.write_str(", ")?;
        }
        if value.is_finite() {
            write!(formatter, "{value:?}")?;
            continue;
        }
        let mut bytes = [0; 8];
        value.put(&mut Writer::new(&mut bytes));
        let (bits, kind) = (u64::from_le_bytes(bytes), if T::BYTES == 8 { "f64" } else { "f32" });
        write!(formatter, "{kind}::from_bits({bits:#x})")?;
    }
    Ok(())
}

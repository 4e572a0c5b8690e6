//! Identifiers of the generated code.

use proc_macro2::{Ident, Literal, Span};

use super::Context;
use crate::graph::ValueId;
use crate::program::Buffer;

/// Locals and parameters of the generated functions that a value's name must not shadow.
const LOCALS: &[&str] = &[
    "network",
    "memory",
    "rows",
    "inputs",
    "outputs",
    "targets",
    "target",
    "loss",
    "scale",
    "gradient",
    "optimizer",
    "frozen",
    "sample",
    "state",
    "output",
    "row",
    "workspace",
    "input",
    "result",
    "output_gradient",
    "input_gradient",
    "output_gradients",
    "input_gradients",
    "indices",
    "rt",
    "simd",
    "store",
];

/// An identifier of the generated code. The facade's `macro_rules!` stands between it and the user's, so
/// that locals of both are apart although the span is that of the call.
pub fn local(name: &str) -> Ident {
    let name = name.trim_start_matches("r#");
    let raw = ["self", "Self", "super", "crate", "_"];
    if syn::parse_str::<Ident>(name).is_ok() {
        Ident::new(name, Span::call_site())
    } else if raw.contains(&name) {
        Ident::new(&format!("{name}_"), Span::call_site())
    } else {
        Ident::new_raw(name, Span::call_site())
    }
}

/// The same for a name of the declaration: `loss` becomes `loss_`, and `loss_` becomes `loss__`.
pub fn local_value(name: &str) -> Ident {
    local(&escape(name))
}

/// The name in small letters, or one that no local and no gradient of another value has. No two values
/// differ in case alone, and a place is the same in capitals: never the same word.
fn escape(name: &str) -> String {
    let mut name = name.trim_start_matches("r#").to_lowercase();
    if name == name.to_uppercase() {
        name.insert(0, 'v');
    }
    let stem = name.trim_end_matches('_');
    let clashes = LOCALS.contains(&stem) || stem.ends_with("_delta") || stem.ends_with("_gradient");
    if clashes { format!("{name}_") } else { name }
}

/// The network's name with a suffix, at the user's span so that the editor finds it.
pub fn add_suffix(name: &Ident, suffix: &str) -> Ident {
    let text = name.to_string();
    Ident::new(&format!("{}{suffix}", text.trim_start_matches("r#")), name.span())
}

/// A line of documentation as it would be written behind `///`.
pub fn doc(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}

/// A count without `usize` behind it.
pub fn size(count: usize) -> Literal {
    Literal::usize_unsuffixed(count)
}

impl Context<'_> {
    /// The name of a buffer's rows.
    pub fn buffer_name(&self, buffer: Buffer) -> String {
        match buffer {
            Buffer::Value(id) => escape(&self.graph.value(id).name),
            Buffer::Gradient(id) => format!("{}_delta", self.graph.value(id).name),
            Buffer::Shared(id) => {
                let layer = &self.graph.layer(id.layer).name;
                format!("{layer}_{}_gradient", self.graph.parameter(id).name)
            }
        }
    }

    /// The local that holds a buffer's rows.
    pub fn buffer_local(&self, buffer: Buffer) -> Ident {
        local(&self.buffer_name(buffer))
    }

    /// The constant that holds a buffer's place.
    pub fn buffer_place(&self, buffer: Buffer) -> Ident {
        local(&self.buffer_name(buffer).trim_start_matches("r#").to_uppercase())
    }

    /// The local that holds the rows of a value, wherever it stands.
    pub fn value_local(&self, id: ValueId) -> Ident {
        self.buffer_local(Buffer::Value(self.graph.storage(id)))
    }

    /// A visible name: the network's with a suffix.
    pub fn visible(&self, suffix: &str) -> Ident {
        add_suffix(&self.source.name, suffix)
    }
}

//! Identifiers of the generated code.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use crate::functions::Function;
use crate::graph::{Graph, ParameterId, ValueId};
use crate::ops::{Work, Wrt};
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
    "progress",
    "now",
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
    "pass",
    "rt",
    "simd",
    "store",
    "share",
];

/// Rows, and functions, that a generated function has a name for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rows {
    /// Rows of the workspace, or of an input.
    Buffer(Buffer),
    /// What the loss compares with: indexes the targets.
    Target(usize),
    /// dJ/dy of the caller's: indexes the outputs.
    Seed(usize),
    /// A function of an op or a loss: indexes those of the network.
    Function(usize),
}

/// What the functions of an expansion call their rows. The place of a buffer is its name in capitals, so
/// no two names differ in case alone.
#[derive(Clone)]
pub struct Locals {
    names: BTreeMap<Rows, String>,
}

impl Locals {
    /// Values have the names of the declaration; whatever would be a second meaning of a name gets `_`,
    /// and a number from the third on.
    pub fn new(graph: &Graph, of_step: Option<&Graph>, functions: &[Function]) -> Self {
        let mut taken: BTreeSet<String> = LOCALS.iter().map(|name| name.to_uppercase()).collect();
        let mut names = BTreeMap::new();
        // By name: how often it had another meaning already.
        let mut clashes = BTreeMap::new();
        let mut add = |rows: Rows, wanted: String| {
            let mut name = wanted.to_lowercase();
            // A script without capitals: the name and the place would be one word.
            if name == name.to_uppercase() {
                name.insert(0, 'v');
            }
            let wanted = name.clone();
            let count = clashes.entry(name.to_uppercase()).or_insert(0_usize);
            while !taken.insert(name.to_uppercase()) {
                *count += 1;
                let number = if *count == 1 { String::new() } else { count.to_string() };
                name = format!("{wanted}_{number}");
            }
            names.insert(rows, name);
        };
        let values = || (0..graph.values.len()).map(ValueId);
        for id in values() {
            add(Rows::Buffer(Buffer::Value(id)), graph.value(id).name.clone());
        }
        for id in values() {
            add(Rows::Buffer(Buffer::Gradient(id)), format!("{}_delta", graph.value(id).name));
        }
        for id in graph.parameter_ids() {
            let (layer, parameter) = (graph.layer(id.layer), graph.parameter(id));
            let name = format!("{}_{}_gradient", layer.name, parameter.name);
            add(Rows::Buffer(Buffer::Shared(id)), name);
        }
        for id in graph.node_ids() {
            let node = graph.node(id);
            let operands = (0..node.inputs.len()).map(Wrt::Input);
            let count = node.layer.map_or(0, |layer| graph.layer(layer).parameters.len());
            let gradients = operands.chain((0..count).map(Wrt::Parameter)).map(Work::Gradient);
            for work in [Work::Forward, Work::Delta].into_iter().chain(gradients) {
                // What a step works in may be more than the whole sequence does.
                let of_step = of_step.map_or(0, |graph| graph.count_scratch(id, work));
                if graph.count_scratch(id, work) > 0 || of_step > 0 {
                    let name = format!("{}_scratch", graph.value(node.output).name);
                    add(Rows::Buffer(Buffer::Scratch(id, work)), name);
                }
            }
            if graph.count_saved(id) > 0 {
                let name = format!("{}_saved", graph.value(node.output).name);
                add(Rows::Buffer(Buffer::Saved(id)), name);
            }
        }
        for (index, target) in graph.targets.iter().enumerate() {
            add(Rows::Target(index), format!("{}_target", target.name));
        }
        for (index, output) in graph.outputs.iter().enumerate() {
            add(Rows::Seed(index), format!("{}_seed", output.name));
        }
        for (index, function) in functions.iter().enumerate() {
            add(Rows::Function(index), function.name.clone());
        }
        Self { names }
    }

    /// The name of a function.
    pub fn function(&self, index: usize) -> Ident {
        local(self.name(Rows::Function(index)))
    }

    /// The local that holds the rows of a value, wherever it stands.
    pub fn value(&self, graph: &Graph, id: ValueId) -> Ident {
        local(self.name(Rows::Buffer(Buffer::Value(graph.storage(id)))))
    }

    fn name(&self, rows: Rows) -> &str {
        &self.names[&rows]
    }
}

/// An identifier of the generated code. The facade's `macro_rules!` stands between it and the user's, so
/// that locals of both are apart although the span is that of the call.
pub fn local(name: &str) -> Ident {
    if syn::parse_str::<Ident>(name).is_ok() {
        Ident::new(name, Span::call_site())
    } else if crate::ast::can_be_raw(name) {
        Ident::new_raw(name, Span::call_site())
    } else {
        Ident::new(&format!("{name}_"), Span::call_site())
    }
}

/// The network's name with a suffix, at the user's span so that the editor finds it.
pub fn add_suffix(name: &Ident, suffix: &str) -> Ident {
    format_ident!("{name}{suffix}")
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
    /// The local that holds a buffer's rows.
    pub fn buffer_local(&self, buffer: Buffer) -> Ident {
        local(self.locals.name(Rows::Buffer(buffer)))
    }

    /// The constant that holds a buffer's place.
    pub fn buffer_place(&self, buffer: Buffer) -> Ident {
        local(&self.locals.name(Rows::Buffer(buffer)).to_uppercase())
    }

    /// The local that holds the rows of a target.
    pub fn target_local(&self, index: usize) -> Ident {
        local(self.locals.name(Rows::Target(index)))
    }

    /// The local that holds the rows of an output's dJ/dy.
    pub fn seed_local(&self, output: usize) -> Ident {
        local(self.locals.name(Rows::Seed(output)))
    }

    /// The local that holds the rows of a value, wherever it stands.
    pub fn value_local(&self, id: ValueId) -> Ident {
        self.locals.value(self.graph, id)
    }

    /// The values of a parameter as a slice, to read or to change.
    pub fn emit_values(&self, owner: &TokenStream, id: ParameterId, change: bool) -> TokenStream {
        let (layer, field) = self.parameter_path(id);
        match (self.graph.parameter(id).shape.len(), change) {
            (1, true) => quote!(&mut #owner.#layer.#field),
            (1, false) => quote!(&#owner.#layer.#field),
            (_, true) => quote!(#owner.#layer.#field.as_flattened_mut()),
            (_, false) => quote!(#owner.#layer.#field.as_flattened()),
        }
    }

    /// A visible name: the network's with a suffix.
    pub fn visible(&self, suffix: &str) -> Ident {
        add_suffix(&self.source.name, suffix)
    }
}

//! Tokens, and nothing but tokens: whatever could be wrong has been reported before.

mod attributes;
mod docs;
mod inference;
mod names;
mod parameters;
mod program;
mod stubs;
mod training;
mod traits;
mod types;
mod workspace;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use self::attributes::list_conditions;
use self::names::{Locals, add_suffix, local};
pub use self::stubs::emit_stubs;
use crate::graph::{Graph, ParameterId, ValueId};
use crate::plan::Memory;
use crate::program::Goal;
use crate::source::Source;

/// The most bytes that a call without an explicit workspace may put on the stack.
const STACK_BYTES: usize = 128 * 1024;

/// What every part of the emission needs.
#[derive(Clone)]
pub struct Context<'a> {
    graph: &'a Graph,
    source: &'a Source,
    memory: &'a Memory,
    /// `$crate::__private`
    rt: TokenStream,
    /// `f32` or `f64`
    scalar: TokenStream,
    input_name: Ident,
    output_name: Ident,
    target_name: Ident,
    gradient_name: Ident,
    workspace_name: Ident,
    /// `Digits`, or `Digits<F>` where parameters are frozen.
    network_type: TokenStream,
    /// Nothing, or `F: Borrow<DigitsFrozen>,`.
    frozen_generics: TokenStream,
    /// Names of generic parameters: `F`, `P`, `O` and `Rule`, unless the network itself has that name.
    frozen_parameter: Ident,
    purpose: Ident,
    optimize: Ident,
    rule: Ident,
    /// What the generated functions call their rows.
    locals: Locals,
    /// The `cfg` attributes of the declaration: every generated item has them.
    cfgs: TokenStream,
}

/// The items that a declaration expands to.
#[must_use]
pub fn emit(graph: &Graph, source: &Source, memory: &Memory) -> TokenStream {
    Context::new(graph, source, memory).emit_all()
}

impl<'a> Context<'a> {
    fn new(graph: &'a Graph, source: &'a Source, memory: &'a Memory) -> Self {
        let name = &source.name;
        let facade = &source.facade;
        let scalar = Ident::new(graph.dtype.name(), Span::call_site());
        let suffixed = |suffix: &str| add_suffix(name, suffix);
        let frozen = suffixed("Frozen");
        let generic = |letter: &str| {
            let taken = *name == letter;
            let letter = if taken { format!("{letter}1") } else { letter.to_owned() };
            Ident::new(&letter, Span::call_site())
        };
        let frozen_parameter = generic("F");
        let (network_type, frozen_generics) = if graph.has_frozen() {
            (
                quote!(#name<#frozen_parameter>),
                quote!(#frozen_parameter: ::core::borrow::Borrow<#frozen>,),
            )
        } else {
            (quote!(#name), TokenStream::new())
        };
        let cfgs = list_conditions(&source.attributes);
        Self {
            graph,
            source,
            memory,
            rt: quote!(#facade::__private),
            scalar: quote!(::core::primitive::#scalar),
            input_name: suffixed("Input"),
            output_name: suffixed("Output"),
            target_name: suffixed("Target"),
            gradient_name: suffixed("Gradient"),
            workspace_name: suffixed("Workspace"),
            network_type,
            frozen_generics,
            frozen_parameter,
            purpose: generic("P"),
            optimize: generic("O"),
            rule: generic("Rule"),
            locals: Locals::new(graph),
            cfgs,
        }
    }

    /// The same over the graph that a program was built from.
    fn for_goal(&self, goal: Goal) -> Self {
        let graph = if goal.is_inference() { &self.memory.inference } else { self.graph };
        Self { graph, ..self.clone() }
    }

    fn emit_all(&self) -> TokenStream {
        let types = self.emit_types();
        let cfgs = &self.cfgs;
        let parameters = self.emit_parameters();
        let workspace = self.emit_workspace();
        let inference = self.emit_inference();
        let training = self.emit_training();
        let traits = self.emit_traits();
        let warnings = self.emit_hover();
        quote! {
            #types
            #cfgs
            const _: () = {
                #warnings
                #parameters
                #workspace
                #inference
                #training
                #traits
            };
        }
    }

    /// Each keyword as the documented item that it stands for: what the editor's hover lands on.
    fn emit_hover(&self) -> TokenStream {
        let rt = &self.rt;
        let items = self.source.keywords.iter().map(|keyword| {
            let module = Ident::new(keyword.module, Span::call_site());
            let ident = &keyword.ident;
            quote!(let _ = #rt::keywords::#module::#ident;)
        });
        quote!(#(#items)*)
    }

    fn has_many_inputs(&self) -> bool {
        self.graph.inputs.len() > 1
    }

    fn has_many_outputs(&self) -> bool {
        self.graph.outputs.len() > 1
    }

    /// The field of a value of the caller's.
    fn value_field(&self, id: ValueId) -> Ident {
        let name = self.source.value_names[id.0].clone();
        name.unwrap_or_else(|| local(&self.graph.value(id).name))
    }

    /// `dense1` and `weight`.
    fn parameter_path(&self, id: ParameterId) -> (Ident, Ident) {
        let layer = self.source.layer_names[id.layer.0].clone();
        (layer, Ident::new(self.graph.parameter(id).name, Span::call_site()))
    }

    /// Whether a call with that much memory may put it on the stack, next to the network.
    fn fits_stack(&self, bytes: usize) -> bool {
        self.memory.parameter_bytes + bytes <= STACK_BYTES
    }
}

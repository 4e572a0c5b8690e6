//! Tokens, and nothing but tokens: whatever could be wrong has been reported before.

mod absent;
mod api;
mod attributes;
mod changes;
mod checkpoint;
mod construction;
mod docs;
mod editor;
mod facts;
mod functions;
mod inference;
mod methods;
pub(crate) mod names;
mod parameters;
mod program;
mod signatures;
mod step_parts;
mod steps;
mod streaming;
mod stub_layers;
mod stubs;
mod tensors;
mod tiles;
mod training;
mod types;
mod words;
mod workspace;

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use self::api::{Api, ClassOutput};
use self::attributes::list_conditions;
pub use self::editor::emit_editor;
use self::names::{Locals, add_suffix, local, size};
pub use self::stubs::emit_stubs;
use self::types::emit_target;
pub use self::words::emit_words;
use crate::ast::plain;
use crate::functions::Function;
use crate::graph::{Graph, LayerId, ParameterId, Term, ValueId};
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
    /// Types and signatures.
    api: Api,
    /// The parameter `F` of a network with a frozen block.
    frozen_parameter: Ident,
    /// What the generated functions call their rows.
    locals: Locals,
    /// What its ops and losses are made of.
    functions: Vec<Function>,
    /// By its text: the index of a function.
    function_places: BTreeMap<String, usize>,
    /// By trainable parameter: which array of the flat view it is.
    layout: BTreeMap<ParameterId, usize>,
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
        let mut functions = graph.functions();
        functions.extend(memory.inference.functions());
        let mut function_places = BTreeMap::new();
        functions.retain(|function| {
            let next = function_places.len();
            *function_places.entry(function.text()).or_insert(next) == next
        });
        let trainable =
            graph.parameter_ids().into_iter().filter(|id| graph.parameter(*id).trainable);
        let layout = trainable.enumerate().map(|(index, id)| (id, index)).collect();
        let locals =
            Locals::new(graph, memory.stream.as_ref().ok().map(|stream| &stream.graph), &functions);
        let api = describe_api(graph, source, &locals);
        let cfgs = list_conditions(&source.attributes);
        let mut context = Self {
            graph,
            source,
            memory,
            api,
            frozen_parameter: generic("F", &source.name),
            locals,
            functions,
            function_places,
            layout,
            cfgs,
        };
        context.api.stream = context.describe_stream();
        context
    }

    /// The same over the graph that a program was built from.
    fn for_goal(&self, goal: Goal) -> Self {
        let graph = match goal {
            Goal::Forward | Goal::Loss => &self.memory.inference,
            Goal::Stream => self.memory.stream.as_ref().map_or(self.graph, |stream| &stream.graph),
            Goal::GradientFrom { .. } => &self.memory.single,
            Goal::Gradient | Goal::Step => self.graph,
        };
        Self { graph, ..self.clone() }
    }

    fn emit_all(&self) -> TokenStream {
        let types = self.emit_types();
        let cfgs = &self.cfgs;
        let parameters = self.emit_parameters();
        let workspace = self.emit_workspace();
        let functions = self.emit_functions();
        let inference = self.emit_inference();
        let streaming = self.emit_streaming();
        let training = self.emit_training();
        let methods = self.emit_methods();
        let traits = self.api.emit_traits(|method| self.delegate(method));
        let tiles = self.emit_tiles();
        quote! {
            #types
            #cfgs
            const _: () = {
                #parameters
                #workspace
                #functions
                #inference
                #streaming
                #training
                #methods
                #traits
                #tiles
            };
        }
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

    /// The field of a layer, apart from its definition: an editor would take it for one more use.
    fn layer_field(&self, id: LayerId) -> Ident {
        local(&plain(&self.source.layer_names[id.0]))
    }

    /// `dense1` and `weight`.
    fn parameter_path(&self, id: ParameterId) -> (Ident, Ident) {
        (self.layer_field(id.layer), Ident::new(self.graph.parameter(id).name, Span::call_site()))
    }

    /// Whether a call with that much memory may put it on the stack, next to the network.
    fn fits_stack(&self, bytes: usize) -> bool {
        self.memory.parameter_bytes + bytes <= STACK_BYTES
    }
}

/// The name of a generic parameter, unless the network itself has it.
fn generic(letter: &str, network: &Ident) -> Ident {
    let letter = if *network == letter { format!("{letter}1") } else { letter.to_owned() };
    Ident::new(&letter, Span::call_site())
}

fn describe_api(graph: &Graph, source: &Source, locals: &Locals) -> Api {
    let name = &source.name;
    let facade = &source.facade;
    let scalar = Ident::new(graph.dtype.name(), Span::call_site());
    let scalar = quote!(::core::primitive::#scalar);
    let rt = quote!(#facade::__private);
    let suffixed = |suffix: &str| add_suffix(name, suffix);
    let (network_type, frozen_generics) = if graph.has_frozen() {
        let (parameter, frozen) = (generic("F", name), suffixed("Frozen"));
        (quote!(#name<#parameter>), quote!(#parameter: ::core::borrow::Borrow<#frozen>,))
    } else {
        (quote!(#name), TokenStream::new())
    };
    let array = |count: usize| {
        let count = size(count);
        quote!([#scalar; #count])
    };
    let (input_name, output_name) = (suffixed("Input"), suffixed("Output"));
    let target_name = suffixed("Target");
    let input = match graph.inputs[..] {
        [id] => {
            let kind = array(graph.value(id).shape.count());
            (locals.value(graph, id), quote!(&#kind))
        }
        _ => (local("input"), quote!(&#input_name)),
    };
    let output = match &graph.outputs[..] {
        [output] => array(graph.value(output.value).shape.count()),
        _ => quote!(#output_name),
    };
    let target = match &graph.targets[..] {
        [] => None,
        [field] => Some(emit_target(&field.target, &scalar, &rt)),
        _ => Some(quote!(#target_name)),
    };
    let has_class = |term: &&Term| graph.targets[term.target].target.classes().is_some();
    let mut classes: Vec<_> = graph.terms.iter().filter(has_class).map(|term| term.value).collect();
    classes.dedup();
    let class_output = match classes[..] {
        [value] => graph.outputs.iter().find(|output| output.value == value),
        _ => None,
    };
    Api {
        rt,
        scalar,
        network_type,
        frozen_generics,
        input_name,
        output_name,
        target_name,
        gradient_name: suffixed("Gradient"),
        workspace_name: suffixed("Workspace"),
        purpose: generic("P", name),
        optimize: generic("O", name),
        simd: generic("S", name),
        input: Some(input),
        output: Some(output),
        stream: None,
        target,
        can_refuse: !classes.is_empty(),
        unknown_target: None,
        needs_tiles: graph.takes_tile_statistics(),
        class_output: class_output.map(|output| ClassOutput {
            name: output.name.clone(),
            classes: graph.value(output.value).shape.count(),
        }),
    }
}

//! One step of a program: the buffers that it needs, and the call that does it.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::names::size;
use crate::functions::{fit_numbers, number};
use crate::graph::{Code, NodeId, ParameterId, Shape, ValueId};
use crate::ops::Call;
use crate::program::{Buffer, Goal, PlannedStep, Step, is_buffered};

impl Context<'_> {
    /// One step: the buffers that it needs, and the call.
    pub fn emit_step(&self, goal: Goal, planned: PlannedStep) -> TokenStream {
        let borrow = self.emit_borrow(goal, planned);
        let store = if planned.accumulate { quote!(rt::Add) } else { quote!(rt::Set) };
        let call = match planned.step {
            Step::Forward { node } => {
                let mut call = self.start_call(node, planned.step);
                call.output = self.rows(Buffer::Value(self.graph.node(node).output));
                call.in_place = planned.in_place;
                self.graph.node(node).op.emit_forward(&call)
            }
            Step::Delta { node } => {
                let mut call = self.start_call(node, planned.step);
                let output = self.graph.storage(self.graph.node(node).output);
                call.delta = self.rows(Buffer::Gradient(output));
                self.graph.node(node).op.emit_delta(&call)
            }
            Step::InputGradient { node, operand } => {
                let mut call = self.start_call(node, planned.step);
                let (input, output) = self.ends(node, operand);
                call.in_place = planned.in_place;
                call.delta = self.rows(Buffer::Gradient(output));
                call.gradient = self.rows(Buffer::Gradient(input));
                call.store = store;
                self.graph.node(node).op.emit_input_gradient(operand, &call)
            }
            Step::ParameterGradient { node, parameter } => {
                let mut call = self.start_call(node, planned.step);
                let output = self.graph.storage(self.graph.node(node).output);
                call.delta = self.rows(Buffer::Gradient(output));
                call.sink = self.emit_sink(goal, parameter, &store);
                self.graph.node(node).op.emit_parameter_gradient(parameter.index, &call)
            }
            Step::Apply { parameter } => {
                let buffer = self.rows(Buffer::Shared(parameter));
                let weight = self.emit_matrix(&quote!(network), parameter);
                let state = self.emit_matrix(&quote!(state), parameter);
                let index = size(self.layout[&parameter]);
                quote!(optimizer.update(#index, #weight, #buffer.as_flattened(), |state| #state);)
            }
            Step::Loss { term, differentiate } => {
                return self.emit_loss(goal, term, differentiate, &borrow, store);
            }
            Step::Seed { output } => {
                let value = self.graph.storage(self.graph.outputs[output].value);
                let (seed, delta) = (self.seed_local(output), self.rows(Buffer::Gradient(value)));
                quote!(rt::join::copy(#store, #seed, #delta);)
            }
            Step::Output { output } => self.emit_output(output),
            Step::Deliver { input } => {
                let id = self.graph.inputs[input];
                let (delta, field) = (self.rows(Buffer::Gradient(id)), self.value_field(id));
                let place = if self.has_many_inputs() {
                    quote!(input_gradient.#field)
                } else {
                    quote!(*input_gradient)
                };
                quote! {
                    for (input_gradient, row) in ::core::iter::zip(input_gradients.iter_mut(), #delta.iter()) {
                        #place = *row;
                    }
                }
            }
        };
        let call = fit_numbers(&call, self.graph.dtype);
        let code = match planned.step {
            Step::Forward { node }
            | Step::Delta { node }
            | Step::InputGradient { node, .. }
            | Step::ParameterGradient { node, .. } => self.graph.node(node).code,
            _ => Code::ByProfile,
        };
        // A kernel that comes in both goes by the same name in both.
        let kernels = match code {
            Code::ByProfile => return quote!(#borrow #call),
            Code::Fast => quote!(fast),
            Code::Small => quote!(compact),
        };
        let rt = &self.api.rt;
        quote!(#borrow { use #rt::#kernels as rt; #call })
    }

    fn ends(&self, node: NodeId, operand: usize) -> (ValueId, ValueId) {
        let node = self.graph.node(node);
        (self.graph.storage(node.inputs[operand]), self.graph.storage(node.output))
    }

    /// `let (x, y) = rt::borrow(memory, rows, (X, Y));`: what is taken over in place is not borrowed twice.
    fn emit_borrow(&self, goal: Goal, planned: PlannedStep) -> TokenStream {
        let access = planned.step.access(self.graph, goal);
        let taken_over = planned.in_place.map(|operand| match planned.step {
            Step::InputGradient { node, .. } => Buffer::Gradient(self.ends(node, operand).1),
            Step::Forward { node } => Buffer::Value(self.ends(node, operand).0),
            _ => unreachable!("no other step works in place"),
        });
        let mut buffers: Vec<Buffer> = Vec::new();
        for buffer in access.buffers() {
            let ours = !matches!(buffer, Buffer::Value(id) if self.graph.is_input(id));
            if ours && Some(buffer) != taken_over && !buffers.contains(&buffer) {
                buffers.push(buffer);
            }
        }
        if buffers.is_empty() {
            return TokenStream::new();
        }
        let names = buffers.iter().map(|buffer| self.buffer_local(*buffer));
        let places = buffers.iter().map(|buffer| self.buffer_place(*buffer));
        quote!(let (#(#names,)*) = rt::borrow(memory, rows, (#(#places,)*));)
    }

    fn start_call(&self, id: NodeId, step: Step) -> Call<'_> {
        let node = self.graph.node(id);
        let scratch = match step.scratch(self.graph) {
            Some(buffer) => self.rows(buffer),
            None => quote!(&mut [[]; 0]),
        };
        let shape = |id: &ValueId| -> &Shape { &self.graph.value(*id).shape };
        let parameters = node.layer.map_or_else(Vec::new, |layer| {
            (0..self.graph.layer(layer).parameters.len())
                .map(|index| self.emit_parameter(ParameterId { layer, index }))
                .collect()
        });
        Call {
            inputs: node
                .inputs
                .iter()
                .map(|id| self.rows(Buffer::Value(self.graph.storage(*id))))
                .collect(),
            output: self.rows(Buffer::Value(self.graph.storage(node.output))),
            in_place: None,
            parameters,
            functions: self.name_functions(&node.op.functions()),
            delta: TokenStream::new(),
            gradient: TokenStream::new(),
            store: TokenStream::new(),
            sink: TokenStream::new(),
            state: self.emit_state(id),
            share: quote!(scale),
            scratch,
            saved: self.rows_saved(id),
            pass: {
                let index = size(id.0);
                quote!(pass.for_node(#index))
            },
            input_shapes: node.inputs.iter().map(shape).collect(),
            output_shape: shape(&node.output),
        }
    }

    fn rows_saved(&self, node: NodeId) -> TokenStream {
        match self.graph.count_saved(node) {
            0 => TokenStream::new(),
            _ => self.rows(Buffer::Saved(node)),
        }
    }

    fn rows(&self, buffer: Buffer) -> TokenStream {
        let name = self.buffer_local(buffer);
        quote!(#name)
    }

    /// `&network.dense1.weight`, or the same of the frozen block.
    fn emit_parameter(&self, id: ParameterId) -> TokenStream {
        let (layer, field) = self.parameter_path(id);
        if self.graph.parameter(id).trainable {
            quote!(&network.#layer.#field)
        } else {
            quote!(&frozen.#layer.#field)
        }
    }

    /// A parameter as a matrix to write: a vector is one of a single row.
    fn emit_matrix(&self, owner: &TokenStream, id: ParameterId) -> TokenStream {
        let (layer, field) = self.parameter_path(id);
        if self.graph.parameter(id).shape.len() == 1 {
            quote!(::core::array::from_mut(&mut #owner.#layer.#field))
        } else {
            quote!(&mut #owner.#layer.#field)
        }
    }

    /// Where a parameter's gradient goes.
    fn emit_sink(&self, goal: Goal, id: ParameterId, store: &TokenStream) -> TokenStream {
        if is_buffered(self.graph, goal, id) {
            let buffer = self.rows(Buffer::Shared(id));
            // Not every kernel's other arguments say how many columns there are.
            let columns = size(self.graph.parameter(id).shape.last().copied().unwrap_or(1));
            let matrix = quote!(#buffer.as_flattened_mut().as_chunks_mut::<#columns>().0);
            return quote!(rt::Collect(#store, #matrix));
        }
        if goal == Goal::Step {
            let weight = self.emit_matrix(&quote!(network), id);
            let state = self.emit_matrix(&quote!(state), id);
            let index = size(self.layout[&id]);
            return quote!(optimizer.apply(#index, #weight, |state| #state));
        }
        let gradient = self.emit_matrix(&quote!(gradient), id);
        match goal {
            Goal::Gradient => quote!(rt::Collect(store, #gradient)),
            _ => quote!(rt::Collect(rt::Add, #gradient)),
        }
    }

    fn emit_loss(
        &self,
        goal: Goal,
        index: usize,
        differentiate: bool,
        borrow: &TokenStream,
        store: TokenStream,
    ) -> TokenStream {
        let term = &self.graph.terms[index];
        let value = self.graph.storage(term.value);
        let weight = fit_numbers(&number(term.weight), self.graph.dtype);
        let target = self.target_local(term.target);
        let scale = if term.weight == 1.0 { quote!(scale) } else { quote!(scale * #weight) };
        let (y, delta) = (self.rows(Buffer::Value(value)), self.rows(Buffer::Gradient(value)));
        let loss = term.loss.emit(&self.name_functions(&term.loss.functions()));
        let loss = fit_numbers(&loss, self.graph.dtype);
        let loss = if term.weighted { quote!(rt::losses::PerSample(#loss)) } else { loss };
        let loss = if differentiate {
            quote!(rt::losses::gradient(#store, #scale, #loss, #y, #target, #delta))
        } else {
            quote!(rt::losses::value(#loss, #y, #target))
        };
        let weighted = if term.weight == 1.0 { loss } else { quote!(#weight * #loss) };
        let sum = if index == 0 { weighted } else { quote!(loss + #weighted) };
        let scalar = &self.api.scalar;
        let check = (goal == Goal::Step && index + 1 == self.graph.terms.len()).then(|| {
            quote! {
                let loss = rt::check_finite(loss)?;
                optimizer.begin();
            }
        });
        quote! {
            #borrow
            let loss: #scalar = #sum;
            #check
        }
    }

    fn emit_output(&self, index: usize) -> TokenStream {
        let value = self.graph.storage(self.graph.outputs[index].value);
        let rows = self.rows(Buffer::Value(value));
        let field = &self.source.output_names[index];
        let place = if self.has_many_outputs() { quote!(output.#field) } else { quote!(*output) };
        let row = if self.graph.is_input(value) { quote!(**row) } else { quote!(*row) };
        quote! {
            for (output, row) in ::core::iter::zip(outputs.iter_mut(), #rows.iter()) {
                #place = #row;
            }
        }
    }
}

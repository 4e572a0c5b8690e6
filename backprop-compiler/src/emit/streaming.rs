//! The network of a single step: what runs sample by sample, and what it remembers; or why there is none.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::api::{Api, Method, StreamApi};
use super::names::{doc, size};
use crate::graph::{Blocked, NodeId};
use crate::plan::Stream;
use crate::program::Goal;

impl Context<'_> {
    /// The names of what a step takes and returns, of a network that has steps.
    pub(super) fn describe_stream(&self) -> Option<StreamApi> {
        self.memory.stream.as_ref().ok()?;
        let context = self.for_goal(Goal::Stream);
        let (sample_name, output_name) = (self.visible("Sample"), self.visible("StepOutput"));
        let sample = match &context.list_inputs()[..] {
            [(_, kind, _)] => quote!(&#kind),
            _ => quote!(&#sample_name),
        };
        let output = match &context.list_outputs()[..] {
            [(_, kind, _)] => kind.clone(),
            _ => quote!(#output_name),
        };
        let (name, _) = self.api.input.as_ref()?;
        Some(StreamApi {
            state_name: self.visible("State"),
            sample_name,
            output_name,
            sample: (name.clone(), sample),
            output,
        })
    }

    /// The visible types of a step: the state, a sample, and what is computed from it.
    pub fn emit_stream_types(&self) -> TokenStream {
        let Some(StreamApi { state_name, sample_name, output_name, .. }) = &self.api.stream else {
            return TokenStream::new();
        };
        let context = self.for_goal(Goal::Stream);
        let Context { cfgs, .. } = self;
        let (name, visibility) = (&self.source.name, &self.source.visibility);
        let sample = self.emit_data(
            sample_name,
            &format!("What [`{name}`] reads at one step"),
            &context.list_inputs(),
        );
        let output = self.emit_data(
            output_name,
            &format!("What [`{name}`] computes at one step"),
            &context.list_outputs(),
        );
        let docs = doc(&format!(
            "What [`{name}`] knows of the steps before: nothing at first. One for each stream."
        ));
        let rt = &self.api.rt;
        let fields =
            context.list_states().into_iter().map(|(field, kind)| quote!(#field: #rt::#kind,));
        quote! {
            #sample
            #output
            #cfgs
            #[doc = #docs]
            #[derive(::core::clone::Clone)]
            #visibility struct #state_name { #(#fields)* }
        }
    }

    /// What remembers something, by the name of its output: the type of what that is.
    fn list_states(&self) -> Vec<(Ident, TokenStream)> {
        let states = self.graph.node_ids().map(|id| (id, self.emit_state_type(id)));
        states.filter_map(|(id, kind)| Some((self.state_field(id), kind?))).collect()
    }

    fn emit_state_type(&self, id: NodeId) -> Option<TokenStream> {
        let node = self.graph.node(id);
        let shapes: Vec<_> = node.inputs.iter().map(|id| &self.graph.value(*id).shape).collect();
        node.op.emit_state(&shapes, &self.api.scalar)
    }

    fn state_field(&self, id: NodeId) -> Ident {
        self.value_local(self.graph.node(id).output)
    }

    /// What a node remembers, in a call of its op.
    pub(super) fn emit_state(&self, id: NodeId) -> TokenStream {
        let field = self.state_field(id);
        self.emit_state_type(id).map_or_else(TokenStream::new, |_| quote!(&mut state.#field))
    }

    /// The function of a step, and everything about the state that is not a type.
    pub fn emit_streaming(&self) -> TokenStream {
        let (stream, api) = match (&self.memory.stream, &self.api.stream) {
            (Ok(stream), Some(api)) => (stream, api),
            _ => return TokenStream::new(),
        };
        let function = self.emit_program(&stream.program);
        let Api { rt, .. } = &self.api;
        let (name, state_name) = (&self.source.name, &api.state_name);
        let context = self.for_goal(Goal::Stream);
        let fields = context.list_states().into_iter().map(|(field, _)| field);
        let text = format!("{state_name} {{ .. }}");
        let zeros = self.emit_zeros(&[
            (&api.sample_name, context.list_inputs()),
            (&api.output_name, context.list_outputs()),
        ]);
        quote! {
            #function
            #zeros

            impl #name {
                /// Bytes of the state of one stream.
                pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<#state_name>();
            }

            impl #state_name {
                /// The state before the first step, as a constant: it can stand in a `static`.
                #[must_use]
                pub const fn new() -> Self {
                    Self { #(#fields: #rt::Zero::ZERO,)* }
                }
            }

            impl #rt::Zero for #state_name {
                const ZERO: Self = Self::new();
            }

            impl ::core::default::Default for #state_name {
                fn default() -> Self {
                    Self::new()
                }
            }

            impl ::core::fmt::Debug for #state_name {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    formatter.write_str(#text)
                }
            }
        }
    }

    /// The parameter that is the state, in the function of a step.
    pub(super) fn sign_state(&self, api: &StreamApi) -> TokenStream {
        let kind = &api.state_name;
        match self.list_states().is_empty() {
            true => quote!(_state: &mut #kind),
            false => quote!(state: &mut #kind),
        }
    }

    /// `step`, in memory as large as a step needs, and `step_with`.
    pub(super) fn emit_step_method(&self, stream: &Stream) -> TokenStream {
        let Some(StreamApi { sample: (sample, _), output, .. }) = &self.api.stream else {
            return TokenStream::new();
        };
        let Api { rt, scalar, .. } = &self.api;
        let width = stream.program.plan.width;
        let emit = |memory: &TokenStream| {
            self.emit_single(&quote!(compute_step), (sample, output), &quote!(state, #memory))
        };
        let scalars = size(width);
        let short = emit(&quote!(&mut <[[#scalar; #scalars]; 1] as #rt::Zero>::ZERO));
        let long = emit(&self.emit_scratch(width, 1));
        let fits = self.fits_stack(width * self.graph.dtype.bytes());
        self.api.emit_forms(Method::Step, &short, &long, fits)
    }

    /// The layer of a node as a message calls it: by its name if it has one, or by its keyword.
    fn describe_layer(&self, id: NodeId) -> String {
        let node = self.graph.node(id);
        let keyword = node.op.keyword();
        match node.layer.map(|layer| &self.graph.layer(layer).name) {
            Some(name) if !name.starts_with(keyword) => format!("`{name}`, a `{keyword}`,"),
            Some(name) => format!("`{name}`"),
            None => match node.op.result_name() {
                Some(result) => format!("the {result} `{}`", self.graph.value(node.output).name),
                None => format!("`{keyword}`"),
            },
        }
    }

    /// `step`, for a network that has none: its bound never holds, and a warning at the call says which layer is in the way.
    pub(super) fn emit_absent_step(&self) -> TokenStream {
        let Err(Blocked { node, reason }) = self.memory.stream else { return TokenStream::new() };
        let who =
            node.map_or_else(|| format!("`{}`", self.source.name), |id| self.describe_layer(id));
        let (reason, rt) = (format!("{who} {reason}"), &self.api.rt);
        quote! {
            #[doc(hidden)]
            #[deprecated(note = #reason)]
            pub fn step<A1, A2, R>(&self, _: A1, _: A2) -> R
            where
                for<'obstacle> Self: #rt::RunsSampleBySample,
            {
                let _ = self;
                ::core::unreachable!()
            }
        }
    }
}

//! What a declaration with an error expands to: the struct and its methods' signatures, so that the
//! code that uses the network gets no errors of its own. Where a shape is unknown, what depends on it
//! is left out.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::api::{Api, ClassOutput, Method, StreamApi};
use super::attributes::list_conditions;
use super::facts::Facts;
use super::generic;
use super::names::{add_suffix, local, size};
use super::stub_layers::StubLayers;
use super::types::emit_target;
use crate::ast::Declaration;
use crate::infer::Interface;

/// The stubs of a declaration.
#[must_use]
pub fn emit_stubs(declaration: &Declaration, interface: &Interface) -> TokenStream {
    let Declaration { visibility, name, attributes, .. } = declaration;
    let cfgs = list_conditions(attributes);
    let (api, data) = describe_api(declaration, interface);
    let Api { rt, scalar, network_type, frozen_generics, .. } = &api;
    let Api { gradient_name: gradient, workspace_name: workspace, purpose, .. } = &api;
    let body = quote!(::core::unimplemented!());
    let methods = Method::ALL.map(|method| api.emit_method(method, &body, true));
    let traits = api.emit_traits(|_| body.clone());
    let tiles = api.emit_tile_stubs(&body);
    let (state, of_state) = emit_state_stub(declaration, &api);
    let changes = api.emit_changes();
    let facts = Facts { tile: 1, ..Facts::default() }.emit(name, &api);
    let (frozen, block_type) = (add_suffix(name, "Frozen"), generic("F", name));
    let layers = StubLayers::choose(interface);
    let (fields, zeros) = (layers.emit_fields(&api, true), layers.emit_zeros(rt, true));
    let (generics, field, block) = if interface.has_frozen() {
        let (fields, zeros) = (layers.emit_fields(&api, false), layers.emit_zeros(rt, false));
        (
            quote!(<#block_type: ::core::borrow::Borrow<#frozen> = #frozen>),
            quote!(pub frozen: #block_type,),
            quote! {
                #cfgs
                #[allow(missing_docs, dead_code)]
                #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
                #[repr(C)]
                #visibility struct #frozen { #fields }

                #cfgs
                impl #rt::Zero for #frozen {
                    const ZERO: Self = Self { #zeros };
                }
            },
        )
    } else {
        (TokenStream::new(), TokenStream::new(), TokenStream::new())
    };
    let checkpoint = api.emit_checkpoint_stubs(name, interface.has_frozen().then_some(&frozen));
    let (zero, with_frozen) = if interface.has_frozen() {
        (
            quote!(Self { #zeros frozen: #rt::Zero::ZERO, }),
            quote! {
                pub const fn with_frozen(frozen: #block_type) -> Self { Self { #zeros frozen } }
                pub fn init_trainable(&mut self, random: &mut impl #rt::Random) {}
            },
        )
    } else {
        (quote!(Self { #zeros }), TokenStream::new())
    };
    let parameters = |generics: &TokenStream, kind: &TokenStream| {
        quote! {
            impl<#generics> #rt::Parameters for #kind {
                type Scalar = #scalar;
                const LAYOUT: &'static [#rt::ParameterInfo] = &[];
                fn as_slice(&self) -> &[#scalar] { &[] }
                fn as_mut_slice(&mut self) -> &mut [#scalar] { &mut [] }
            }
        }
    };
    let of_network = parameters(frozen_generics, network_type);
    let of_gradient = parameters(&TokenStream::new(), &quote!(#gradient));
    let trainable_parts = layers.emit_parts(&quote!(ZERO), true);
    let mut all_parts = trainable_parts.clone();
    all_parts.extend(layers.emit_parts(&quote!(ZERO.frozen), false));
    let plain = [
        (quote!(#name), all_parts),
        (quote!(#gradient), trainable_parts),
        (quote!(#workspace<#rt::Inference>), Vec::new()),
        (quote!(#workspace<#rt::Step>), Vec::new()),
        (quote!(#workspace<#rt::Batch>), Vec::new()),
    ]
    .map(|(kind, parts)| {
        let count = size(parts.len());
        quote! {
            impl #rt::Plain for #kind {
                const PROOF: #rt::flat::Proof<Self> = {
                    const ZERO: &#kind = &<#kind as #rt::Zero>::ZERO;
                    const PARTS: [&[#scalar]; #count] = [#(#parts),*];
                    #rt::flat::Proof::check(ZERO, PARTS)
                };
            }
        }
    });
    quote! {
        #(#attributes)*
        #[allow(missing_docs, dead_code)]
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #[repr(C)]
        #visibility struct #name #generics { #fields #field }
        #block
        #cfgs
        #[allow(missing_docs, dead_code)]
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #[repr(C)]
        #visibility struct #gradient { #fields }
        #cfgs
        #[allow(missing_docs, dead_code)]
        #[derive(::core::fmt::Debug)]
        #visibility struct #workspace<#purpose: #rt::Purpose = #rt::Batch>(
            ::core::marker::PhantomData<#purpose>,
        );
        #data
        #state
        #cfgs
        #[allow(missing_docs, dead_code, unused_variables)]
        const _: () = {
            impl #name {
                pub const ZERO: Self = #zero;
                pub fn new(seed: ::core::primitive::u64) -> Self { Self::ZERO }
                pub fn init(&mut self, random: &mut impl #rt::Random) {}
            }

            impl<#frozen_generics> #network_type {
                #with_frozen
                pub fn visit_parameters(
                    &self,
                    visit: impl ::core::ops::FnMut(
                        &'static ::core::primitive::str,
                        &[::core::primitive::usize],
                        &[#scalar],
                    ),
                ) {}
                pub fn visit_parameters_mut(
                    &mut self,
                    visit: impl ::core::ops::FnMut(
                        &'static ::core::primitive::str,
                        &[::core::primitive::usize],
                        &mut [#scalar],
                    ),
                ) {}
                #(#methods)*
            }

            impl<#purpose: #rt::Purpose> #workspace<#purpose> {
                pub const fn new() -> Self { Self(::core::marker::PhantomData) }
            }

            impl<#purpose: #rt::Purpose> ::core::default::Default for #workspace<#purpose> {
                fn default() -> Self { Self::new() }
            }

            impl<#purpose: #rt::Purpose> #rt::Zero for #workspace<#purpose> {
                const ZERO: Self = Self::new();
            }

            impl #rt::Zero for #name {
                const ZERO: Self = Self::ZERO;
            }

            impl #rt::Zero for #gradient {
                const ZERO: Self = Self { #zeros };
            }

            impl ::core::default::Default for #gradient {
                fn default() -> Self { <Self as #rt::Zero>::ZERO }
            }

            impl #rt::Initialise for #name {
                fn init(&mut self, random: &mut impl #rt::Random) {}
            }

            #changes
            #facts
            #checkpoint
            #traits
            #tiles
            #of_state
            #of_network
            #of_gradient
            #(#plain)*
        };
    }
}

/// The state of a network that may run step by step; and `step`, where it is not known what it takes and returns.
fn emit_state_stub(declaration: &Declaration, api: &Api) -> (TokenStream, TokenStream) {
    let Declaration { visibility, name, attributes, .. } = declaration;
    let (state, cfgs) = (add_suffix(name, "State"), list_conditions(attributes));
    let Api { rt, network_type, frozen_generics, workspace_name: workspace, purpose, .. } = api;
    let kind = quote! {
        #cfgs
        #[allow(missing_docs, dead_code)]
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
        #visibility struct #state;
    };
    let step = api.stream.is_none().then(|| {
        quote! {
            impl<#frozen_generics> #network_type {
                pub fn step<A, R>(&self, _: &mut #state, _: A) -> R {
                    ::core::unimplemented!()
                }
                pub fn step_with<A, R, #purpose: #rt::Purpose>(
                    &self,
                    _: &mut #state,
                    _: A,
                    _: &mut #workspace<#purpose>,
                ) -> R {
                    ::core::unimplemented!()
                }
            }
        }
    });
    let items = quote! {
        impl #state {
            pub const fn new() -> Self { Self }
        }

        impl #rt::Zero for #state {
            const ZERO: Self = Self;
        }

        #step
    };
    (kind, items)
}

/// What signatures are made of, as far as it is known, and the types of inputs, outputs and targets.
fn describe_api(declaration: &Declaration, interface: &Interface) -> (Api, TokenStream) {
    let Declaration { facade, visibility, name, .. } = declaration;
    let cfgs = list_conditions(&declaration.attributes);
    let scalar = if declaration.items.iter().any(is_f64) {
        quote!(::core::primitive::f64)
    } else {
        quote!(::core::primitive::f32)
    };
    let suffixed = |suffix: &str| add_suffix(name, suffix);
    let rt = quote!(#facade::__private);
    let (samples, step_outputs) = match &interface.steps {
        Some(steps) => (list(&steps.samples, &scalar), list(&steps.outputs, &scalar)),
        None => (Vec::new(), Vec::new()),
    };
    let types = [
        (suffixed("Input"), list(&interface.inputs, &scalar)),
        (suffixed("Output"), list(&interface.outputs, &scalar)),
        (suffixed("Target"), list_targets(interface, &scalar, &rt)),
        (suffixed("Sample"), samples),
        (suffixed("StepOutput"), step_outputs),
    ];
    let data = types.each_ref().map(|(name, fields)| emit_data(name, visibility, &cfgs, fields));
    let known = |index: usize| {
        let name = &types[index].0;
        data[index].as_ref().map(|_| quote!(#name))
    };
    let input = known(0).map(|kind| (local("input"), quote!(&#kind)));
    let output = known(1);
    let stream = known(3).zip(known(4)).map(|(sample, output)| StreamApi {
        state_name: suffixed("State"),
        sample_name: types[3].0.clone(),
        output_name: types[4].0.clone(),
        sample: (local("sample"), quote!(&#sample)),
        output,
    });
    // Whatever the target will be, what takes it can be called.
    let has_loss = interface.unknown_loss || !interface.targets.is_empty();
    let is_unknown = interface.unknown_loss || data[2].is_none();
    let unknown_target = (has_loss && is_unknown).then(|| generic("T", name));
    let target = unknown_target.as_ref().map(|kind| quote!(#kind)).or_else(|| known(2));
    let class_output = interface.targets.iter().find_map(|(name, target)| {
        let classes = target.as_ref()?.classes()?;
        Some(ClassOutput { name: name.clone(), classes })
    });
    let (network_type, frozen_generics) = if interface.has_frozen() {
        let (frozen, block_type) = (suffixed("Frozen"), generic("F", name));
        (quote!(#name<#block_type>), quote!(#block_type: ::core::borrow::Borrow<#frozen>,))
    } else {
        (quote!(#name), TokenStream::new())
    };
    let [input_name, output_name, target_name, ..] = types.map(|(name, _)| name);
    let api = Api {
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
        input,
        output,
        stream,
        target,
        can_refuse: class_output.is_some(),
        unknown_target,
        needs_tiles: false,
        class_output,
    };
    (api, data.into_iter().flatten().collect())
}

fn is_f64(item: &crate::ast::Item) -> bool {
    matches!(item, crate::ast::Item::Dtype { name, .. } if *name == "f64")
}

type Field = (Ident, Option<TokenStream>);

fn list(values: &[(Ident, Option<usize>)], scalar: &TokenStream) -> Vec<Field> {
    let kind = |count: usize| quote!([#scalar; #count]);
    values.iter().map(|(name, count)| (name.clone(), count.map(kind))).collect()
}

fn list_targets(interface: &Interface, scalar: &TokenStream, rt: &TokenStream) -> Vec<Field> {
    interface
        .targets
        .iter()
        .map(|(name, target)| {
            let kind = target.as_ref().map(|target| emit_target(target, scalar, rt));
            (local(name), kind)
        })
        .collect()
}

/// The type of inputs, outputs or targets; nothing if any of it is unknown, or if there is none.
fn emit_data(
    name: &Ident,
    visibility: &TokenStream,
    cfgs: &TokenStream,
    fields: &[Field],
) -> Option<TokenStream> {
    let kinds: Vec<&TokenStream> =
        fields.iter().map(|(_, kind)| kind.as_ref()).collect::<Option<_>>()?;
    match kinds[..] {
        [] => None,
        [kind] => Some(quote! {
            #cfgs
            #[allow(missing_docs, dead_code)]
            #visibility type #name = #kind;
        }),
        _ => {
            let names = fields.iter().map(|(name, _)| name);
            Some(quote! {
                #cfgs
                #[allow(missing_docs, dead_code)]
                #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
                #visibility struct #name {
                    #(pub #names: #kinds,)*
                }
            })
        }
    }
}

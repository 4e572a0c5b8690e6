//! What a network does with one tile of a batch. The loops over tiles are the runtime's, which knows whether
//! there are threads.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use super::api::{Api, Method};
use super::names::size;
use super::signatures::Signature;
use crate::graph::ParameterId;
use crate::plan::Training;
use crate::program::Step;

/// What the functions of the trait do.
pub struct TileBodies {
    /// Where a target can be wrong.
    pub check: Option<TokenStream>,
    /// The gradient of a workspace, and the same to change.
    pub gradient: [TokenStream; 2],
    pub compute: TokenStream,
    pub loss: TokenStream,
}

impl Context<'_> {
    /// The trait, of a network that has a loss.
    pub fn emit_tiles(&self) -> Option<TokenStream> {
        let training = self.memory.training.as_ref()?;
        let Api { rt, scalar, .. } = &self.api;
        let tile = size(self.memory.tile);
        let width = size(training.loss.plan.width);
        let start_tile = self.start_tile(&quote!(start));
        Some(self.api.emit_tiles(&TileBodies {
            check: self.api.can_refuse.then(|| quote!(check_target(target))),
            gradient: [quote!(&workspace.memory.gradient), quote!(&mut workspace.memory.gradient)],
            compute: self.compute_tile(training),
            loss: quote! {
                #start_tile
                let memory = #rt::Scratch::<#scalar>::scratch::<#width, #tile>(&mut workspace.memory);
                compute_loss(simd, self, &tile.inputs, &tile.targets, memory)
            },
        }))
    }

    /// `let mut tile = ..`, with the samples in it.
    fn start_tile(&self, start: &TokenStream) -> TokenStream {
        let tile = size(self.memory.tile);
        quote! {
            let ::core::option::Option::Some(mut tile) = batch.start_tile::<#tile>(#start) else {
                return 0.0;
            };
            tile.fill(batch);
        }
    }

    fn compute_tile(&self, training: &Training) -> TokenStream {
        let Api { rt, scalar, .. } = &self.api;
        let (width, tile) = (size(training.gradient.plan.width), size(self.memory.tile));
        let place = (&quote!(turn.step), &quote!(turn.start as ::core::primitive::u64));
        let memory = self.lend_memory(&quote!(memory), place);
        let start_tile = self.start_tile(&quote!(turn.start));
        let is_shared = self.graph.has_shared_layers();
        // The first tile writes where every element is written: nothing has to be cleared before.
        let is_set = !is_shared && self.reaches_all(training);
        let store = if is_set { quote!(Continue(turn.continues)) } else { quote!(Add) };
        let begin = (!is_set).then(|| {
            quote! {
                if !turn.continues {
                    #rt::Parameters::clear(gradient);
                }
            }
        });
        let gradient = if is_shared { quote!(tile_gradient) } else { quote!(gradient) };
        let compute = quote! {
            compute_gradient(
                simd, self, &tile.inputs, &tile.targets, #gradient,
                #rt::Share { scale: turn.scale, store: #rt::#store }, #memory,
            )
        };
        let compute = if is_shared {
            quote! {
                // A shared layer's gradient has several summands: a tile adds them up on its own, so
                // that the bits do not depend on how tiles are spread over threads.
                let tile_gradient = &mut workspace.memory.tile_gradient;
                #rt::Parameters::clear(tile_gradient);
                let loss = #compute;
                #rt::Parameters::add(gradient, tile_gradient);
                loss
            }
        } else {
            compute
        };
        quote! {
            #start_tile
            let memory = #rt::Scratch::<#scalar>::scratch::<#width, #tile>(&mut workspace.memory.memory);
            let gradient = &mut workspace.memory.gradient;
            #begin
            #compute
        }
    }

    /// Whether the loss reaches every trainable parameter.
    fn reaches_all(&self, training: &Training) -> bool {
        let steps = training.gradient.program.steps.iter();
        let reached: BTreeSet<ParameterId> = steps
            .filter_map(|planned| match planned.step {
                Step::ParameterGradient { parameter, .. } => Some(parameter),
                _ => None,
            })
            .collect();
        self.layout.keys().all(|id| reached.contains(id))
    }
}

impl Api {
    /// The trait, where `Trainable` is implemented too.
    pub fn emit_tiles(&self, bodies: &TileBodies) -> TokenStream {
        let Self { rt, scalar, network_type, frozen_generics, simd, .. } = self;
        let Self { input_name, target_name, gradient_name, workspace_name, .. } = self;
        if !self.is_trainable() {
            return TokenStream::new();
        }
        let TileBodies { check, gradient: [gradient, gradient_mut], compute, loss } = bodies;
        let check = check.as_ref().map(|check| {
            quote! {
                #[inline]
                fn check_target(target: &#target_name) -> ::core::result::Result<(), #rt::Error> {
                    #check
                }
            }
        });
        let whole = self.needs_tiles.then(|| {
            quote!(
                const WHOLE: ::core::primitive::bool = true;
            )
        });
        quote! {
            impl<#frozen_generics> #rt::Tiles for #network_type {
                #whole

                #check

                #[inline]
                fn gradient(workspace: &#workspace_name) -> &#gradient_name {
                    #gradient
                }

                #[inline]
                fn gradient_mut(workspace: &mut #workspace_name) -> &mut #gradient_name {
                    #gradient_mut
                }

                #[inline(always)]
                fn compute_tile<#simd: #rt::Simd>(
                    &self,
                    simd: #simd,
                    batch: &#rt::Minibatch<'_, #input_name, #target_name>,
                    turn: #rt::Turn<#scalar>,
                    workspace: &mut #workspace_name,
                ) -> #scalar {
                    #compute
                }

                #[inline(always)]
                fn compute_tile_loss<#simd: #rt::Simd>(
                    &self,
                    simd: #simd,
                    batch: &#rt::Minibatch<'_, #input_name, #target_name>,
                    start: ::core::primitive::usize,
                    workspace: &mut #workspace_name,
                ) -> #scalar {
                    #loss
                }
            }
        }
    }
    /// What a declaration with an error has of calls on several threads: the trait, on which the runtime's
    /// stand, or methods of their own where the type of a target is not known.
    pub fn emit_tile_stubs(&self, body: &TokenStream) -> TokenStream {
        let Self { rt, network_type, frozen_generics, workspace_name, .. } = self;
        if self.is_trainable() {
            let body = || body.clone();
            let gradient = [body(), body()];
            return self.emit_tiles(&TileBodies {
                check: None,
                gradient,
                compute: body(),
                loss: body(),
            });
        }
        let methods = [Method::TrainBatch, Method::TrainBatchIndexed, Method::Evaluate];
        let methods = methods.into_iter().filter_map(|method| {
            let Signature { generics, parameters, result, .. } = self.sign(method)?;
            let name = format_ident!("{}_parallel", method.name());
            let receiver =
                if method.changes_the_network() { quote!(&mut self) } else { quote!(&self) };
            let (names, kinds): (Vec<Ident>, Vec<TokenStream>) = parameters.into_iter().unzip();
            Some(quote! {
                pub fn #name<#generics>(
                    #receiver,
                    #(#names: #kinds,)*
                    workspaces: &mut [#rt::Aligned<#workspace_name>],
                ) #result {
                    #body
                }
            })
        });
        quote! {
            impl<#frozen_generics> #network_type {
                #(#methods)*
            }
        }
    }
}

//! The parameters of a declaration with an error: those of the layers that are known all the same.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::api::Api;
use super::names::local;
use super::parameters::emit_slice;
use crate::ast::plain;
use crate::infer::Interface;
use crate::ops::Parameter;

/// Scalars, from which on a network is left without its layers: nothing larger is meant to be a constant.
const MOST: usize = 1 << 24;

/// Layers as fields.
pub struct StubLayers<'a> {
    layers: Vec<(Ident, &'a [Parameter])>,
}

impl<'a> StubLayers<'a> {
    /// Those of which everything is known, unless all together are too large for a type.
    pub fn choose(interface: &'a Interface) -> Self {
        let mut layers = Vec::new();
        let mut scalars: usize = 0;
        for (name, parameters) in &interface.layers {
            let mut field = local(&plain(name));
            // Another field's; an error of its own.
            if field == "frozen" {
                continue;
            }
            field.set_span(name.span());
            let own = parameters.iter().map(Parameter::count);
            scalars = own.fold(scalars, usize::saturating_add);
            layers.push((field, parameters.as_slice()));
        }
        if scalars > MOST {
            layers.clear();
        }
        Self { layers }
    }

    /// The layers that have trainable parameters, or frozen ones, with these.
    fn list(&self, trainable: bool) -> impl Iterator<Item = (&Ident, Vec<&'a Parameter>)> {
        self.layers.iter().filter_map(move |(name, parameters)| {
            let own = parameters.iter().filter(|one| one.trainable == trainable);
            let own: Vec<&Parameter> = own.collect();
            (!own.is_empty()).then_some((name, own))
        })
    }

    /// `pub dense1: WeightBias<..>,`
    pub fn emit_fields(&self, api: &Api, trainable: bool) -> TokenStream {
        api.emit_fields(self.layers.iter().map(|(name, own)| (name, *own)), trainable)
    }

    /// `dense1: Zero::ZERO,`
    pub fn emit_zeros(&self, rt: &TokenStream, trainable: bool) -> TokenStream {
        self.list(trainable).map(|(name, _)| quote!(#name: #rt::Zero::ZERO,)).collect()
    }

    /// Each array as a slice.
    pub fn emit_parts(&self, owner: &TokenStream, trainable: bool) -> Vec<TokenStream> {
        self.list(trainable)
            .flat_map(|(name, own)| own.into_iter().map(move |parameter| (name, parameter)))
            .map(|(name, parameter)| emit_slice(owner, name, parameter))
            .collect()
    }
}

//! `mse(y)`: the mean over the elements of the squared difference from the target.

use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Loss, LossCall, LossKind, Target};
use crate::graph::Shape;
use crate::ops::Misfit;
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind { keyword: "mse", configure };

#[derive(Debug)]
struct Mse;

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    Some(Rc::new(Mse))
}

impl Loss for Mse {
    fn keyword(&self) -> &'static str {
        LOSS.keyword
    }

    fn infer_target(&self, output: &Shape) -> Result<Target, Misfit> {
        Ok(Target::Values(output.count()))
    }

    fn emit_value(&self, call: &LossCall) -> TokenStream {
        let (y, target) = (&call.value, &call.target);
        quote!(rt::mse::value(#y, #target))
    }

    fn emit_gradient(&self, call: &LossCall) -> TokenStream {
        let LossCall { value, target, scale, gradient, store } = call;
        quote!(rt::mse::gradient(#store, #scale, #value, #target, #gradient))
    }

    fn evaluate(&self, value: &[f64], target: &[f64]) -> f64 {
        let squares: f64 = value.iter().zip(target).map(|(y, t)| (y - t) * (y - t)).sum();
        squares / value.len() as f64
    }

    fn derive_value(&self, output: &str) -> String {
        format!("mean (target - {output})²")
    }

    fn derive_gradient(&self, output: &str) -> String {
        format!("dJ/d{output} = 2/n ({output} - target)")
    }
}

//! `cross_entropy(y)`: the negative logarithm of the softmax of the logits, at the target.
//!
//! Log-softmax and negative log-likelihood are one function here, so that no probability is ever
//! rounded to zero, and the gradient is the softmax minus the target: neither is stored.

use std::rc::Rc;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Loss, LossCall, LossKind, Target};
use crate::graph::Shape;
use crate::ops::Misfit;
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind { keyword: "cross_entropy", configure };

#[derive(Debug)]
struct CrossEntropy {
    probabilities: bool,
    smoothing: f64,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let target = arguments.take_word("target", &["index", "probabilities"]);
    let smoothing = arguments.take_number("smoothing", 0.0, 0.0..=1.0);
    Some(Rc::new(CrossEntropy { probabilities: target == Some(1), smoothing }))
}

impl Loss for CrossEntropy {
    fn keyword(&self) -> &'static str {
        LOSS.keyword
    }

    fn infer_target(&self, output: &Shape) -> Result<Target, Misfit> {
        if output.rank() != 1 {
            return Err(Misfit {
                headline: format!(
                    "`cross_entropy` needs an output of one axis, but this one is {output}"
                ),
                help: "end it with `-> flatten -> dense(classes)`".to_owned(),
            });
        }
        if output.count() == 1 {
            return Err(Misfit {
                headline: "`cross_entropy` over one class is always 0".to_owned(),
                help: "give the output one unit for each class, two at least".to_owned(),
            });
        }
        let classes = output.count();
        Ok(if self.probabilities { Target::Values(classes) } else { Target::Class(classes) })
    }

    fn refuses(&self, producer: &str) -> Option<Misfit> {
        (producer == "softmax").then(|| Misfit {
            headline: "`cross_entropy` takes logits, but this output is already a `softmax`"
                .to_owned(),
            help: "give it the value before the `softmax`; the loss computes its own".to_owned(),
        })
    }

    fn emit_value(&self, call: &LossCall) -> TokenStream {
        let (y, target) = (&call.value, &call.target);
        let smoothing = Literal::f64_unsuffixed(self.smoothing);
        quote!(rt::cross_entropy::value(#y, #target, #smoothing))
    }

    fn emit_gradient(&self, call: &LossCall) -> TokenStream {
        let LossCall { value, target, scale, gradient, store } = call;
        let smoothing = Literal::f64_unsuffixed(self.smoothing);
        quote!(rt::cross_entropy::gradient(
            #store, #scale, #value, #target, #smoothing, #gradient
        ))
    }

    fn evaluate(&self, value: &[f64], target: &[f64]) -> f64 {
        let classes = value.len() as f64;
        let largest = value.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = value.iter().map(|z| (z - largest).exp()).sum();
        let log_sum = largest + sum.ln();
        let right = |class: usize| {
            let wanted = if self.probabilities {
                target[class]
            } else {
                f64::from(u8::from(target[0] == class as f64))
            };
            (1.0 - self.smoothing) * wanted + self.smoothing / classes
        };
        value.iter().enumerate().map(|(class, z)| right(class) * (log_sum - z)).sum()
    }

    fn derive_value(&self, output: &str) -> String {
        format!("-ln softmax({output})[target]")
    }

    fn derive_gradient(&self, output: &str) -> String {
        format!("dJ/d{output} = softmax({output}) - target")
    }
}

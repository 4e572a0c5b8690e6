//! `cross_entropy(y)`: the negative logarithm of the softmax of the logits, at the target.
//!
//! Log-softmax and negative log-likelihood are one function here, so that no probability is ever
//! rounded to zero, and the gradient is the softmax minus the target: neither is stored.

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Domain, Loss, LossKind, Target};
use crate::diagnostics::Rule;
use crate::functions::{number, numbers};
use crate::graph::Shape;
use crate::ops::Misfit;
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "cross_entropy",
    docs: "`cross_entropy(y, target = index | probabilities, smoothing = 0.0, class_weights = [1.0, ..])`: \
           -Σ q ln softmax(y), y logits; q is 1 at the right class, or the target's probabilities, with \
           `smoothing` spread over all classes (Szegedy et al. 2016) and times the class weights. One number \
           for each sample: unlike PyTorch's mean, a batch is not divided by the sum of its class weights.",
    examples: &[
        "cross_entropy(y)",
        "cross_entropy(y, target = index, smoothing = 0.1)",
        "cross_entropy(y, target = probabilities)",
        "cross_entropy(y, smoothing = 0.25, target = probabilities)",
        "cross_entropy(y, class_weights = [0.5, 1.0, 2.0, 1.0])",
    ],
    configure,
};

#[derive(Debug)]
struct CrossEntropy {
    probabilities: bool,
    smoothing: f64,
    class_weights: Option<Vec<f64>>,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let target = arguments.take_word("target", &["index", "probabilities"]);
    let smoothing = arguments.take_number("smoothing", 0.0, 0.0..=1.0);
    let class_weights = arguments.take_numbers("class_weights", 0.0..=1e6);
    Some(Rc::new(CrossEntropy { probabilities: target == Some(1), smoothing, class_weights }))
}

impl Loss for CrossEntropy {
    fn keyword(&self) -> &'static str {
        LOSS.keyword
    }

    fn infer_target(&self, output: &Shape) -> Result<Target, Misfit> {
        let classes = infer_classes(LOSS.keyword, output, self.class_weights.as_deref())?;
        Ok(if self.probabilities { Target::Values(classes) } else { Target::Class(classes) })
    }

    fn refuses(&self, producer: &str) -> Option<Misfit> {
        ["softmax", "log_softmax", "sigmoid"].contains(&producer).then(|| Misfit {
            rule: Rule::LogitsExpected,
            headline: format!(
                "`cross_entropy` takes logits, but this output is already a `{producer}`"
            ),
            help: format!(
                "give it the value before the `{producer}`; the loss computes its own softmax"
            ),
        })
    }

    fn domain(&self) -> Domain {
        Domain::Logits
    }

    fn emit(&self, _functions: &[Ident]) -> TokenStream {
        let smoothing = number(self.smoothing);
        let class_weights = emit_class_weights(self.class_weights.as_deref());
        quote! {
            rt::losses::CrossEntropy { smoothing: #smoothing, class_weights: #class_weights }
        }
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
            let weight = self.class_weights.as_ref().map_or(1.0, |weights| weights[class]);
            weight * ((1.0 - self.smoothing) * wanted + self.smoothing / classes)
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

/// The number of classes that an output tells apart.
pub(super) fn infer_classes(
    keyword: &str,
    output: &Shape,
    class_weights: Option<&[f64]>,
) -> Result<usize, Misfit> {
    let classes = output.count();
    if output.rank() != 1 {
        return Err(Misfit {
            rule: Rule::LossShape,
            headline: format!("`{keyword}` needs an output of one axis, but this one is {output}"),
            help: "end it with `-> flatten -> dense(classes)`".to_owned(),
        });
    }
    if classes == 1 {
        return Err(Misfit {
            rule: Rule::SingleClass,
            headline: format!("`{keyword}` over one class is always 0"),
            help: "give the output one unit for each class, two at least".to_owned(),
        });
    }
    match class_weights {
        Some(weights) if weights.len() != classes => Err(Misfit {
            rule: Rule::LossShape,
            headline: format!(
                "`{keyword}` has {} class weights for an output of {classes} classes",
                weights.len()
            ),
            help: "give one weight for each class".to_owned(),
        }),
        _ => Ok(classes),
    }
}

/// The class weights as the runtime has them: `()` for all the same.
pub(super) fn emit_class_weights(class_weights: Option<&[f64]>) -> TokenStream {
    class_weights.map_or_else(|| quote!(()), numbers)
}

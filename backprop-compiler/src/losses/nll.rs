//! `nll(y)`: the negative log-likelihood of the right class, of log-probabilities.

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::cross_entropy::{emit_class_weights, infer_classes};
use super::{Domain, Loss, LossKind, Target};
use crate::diagnostics::Rule;
use crate::graph::Shape;
use crate::ops::Misfit;
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "nll",
    docs: "`nll(y, class_weights = [1.0, ..])`: -w_t y_t, y the output of a `log_softmax` and t the index of \
           the right class. One number for each sample; `class_weights` multiply it. `cross_entropy` of \
           the logits is the same in one step.",
    examples: &["nll(y)", "nll(y, class_weights = [0.5, 1.0, 2.0, 1.0])"],
    configure,
};

#[derive(Debug)]
struct NegativeLogLikelihood {
    class_weights: Option<Vec<f64>>,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let class_weights = arguments.take_numbers("class_weights", 0.0..=1e6);
    Some(Rc::new(NegativeLogLikelihood { class_weights }))
}

impl Loss for NegativeLogLikelihood {
    fn keyword(&self) -> &'static str {
        LOSS.keyword
    }

    fn infer_target(&self, output: &Shape) -> Result<Target, Misfit> {
        infer_classes(LOSS.keyword, output, self.class_weights.as_deref()).map(Target::Class)
    }

    fn refuses(&self, producer: &str) -> Option<Misfit> {
        (producer == "softmax").then(|| Misfit {
            rule: Rule::ProbabilitiesExpected,
            headline: "`nll` takes log-probabilities, but this output is a `softmax`".to_owned(),
            help: "write `log_softmax` in its place, or use `cross_entropy` on the value before it"
                .to_owned(),
        })
    }

    fn domain(&self) -> Domain {
        Domain::LogProbabilities
    }

    fn emit(&self, _functions: &[Ident]) -> TokenStream {
        let class_weights = emit_class_weights(self.class_weights.as_deref());
        quote!(rt::losses::NegativeLogLikelihood { class_weights: #class_weights })
    }

    fn evaluate(&self, value: &[f64], target: &[f64]) -> f64 {
        let class = target[0] as usize;
        -self.class_weights.as_ref().map_or(1.0, |weights| weights[class]) * value[class]
    }

    fn derive_value(&self, output: &str) -> String {
        format!("-{output}[target]")
    }

    fn derive_gradient(&self, output: &str) -> String {
        format!("dJ/d{output} = -1 at the target, 0 elsewhere")
    }
}

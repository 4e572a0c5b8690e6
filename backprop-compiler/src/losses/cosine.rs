//! `cosine(y)`: one minus the cosine of the angle between the output and the target.

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Loss, LossKind, Target};
use crate::diagnostics::Rule;
use crate::functions::number;
use crate::graph::Shape;
use crate::ops::Misfit;
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "cosine",
    docs: "`cosine(y, eps = 1e-8)`: 1 - y·t / (max(|y|, eps) max(|t|, eps)), y and t as vectors: one minus \
           PyTorch's `cosine_similarity`. One number for each sample.",
    examples: &["cosine(y)"],
    configure,
};

#[derive(Debug)]
struct Cosine {
    epsilon: f64,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let epsilon = arguments.take_number("eps", 1e-8, 1e-30..=1.0);
    Some(Rc::new(Cosine { epsilon }))
}

impl Loss for Cosine {
    fn keyword(&self) -> &'static str {
        LOSS.keyword
    }

    fn infer_target(&self, output: &Shape) -> Result<Target, Misfit> {
        if output.count() == 1 {
            return Err(Misfit {
                rule: Rule::LossShape,
                headline: "the angle between two numbers is always 0 or 180 degrees".to_owned(),
                help: "give the output two elements at least, or use `mse`".to_owned(),
            });
        }
        Ok(Target::Values(output.count()))
    }

    fn emit(&self, _functions: &[Ident]) -> TokenStream {
        let epsilon = number(self.epsilon);
        quote!(rt::losses::Cosine { epsilon: #epsilon })
    }

    fn evaluate(&self, value: &[f64], target: &[f64]) -> f64 {
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let norm = |a: &[f64]| dot(a, a).sqrt().max(self.epsilon);
        1.0 - dot(value, target) / (norm(value) * norm(target))
    }

    fn derive_value(&self, output: &str) -> String {
        format!("1 - {output}·target / (|{output}| |target|)")
    }

    fn derive_gradient(&self, output: &str) -> String {
        format!("dJ/d{output} = (cos {output}/|{output}| - target/|target|) / |{output}|")
    }
}

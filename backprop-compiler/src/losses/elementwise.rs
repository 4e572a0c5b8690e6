//! What most losses share: a function of each element and its target, averaged or summed.

use core::fmt;
use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Domain, Loss, Target};
use crate::diagnostics::Rule;
use crate::functions::{Function, numbers};
use crate::graph::Shape;
use crate::ops::Misfit;

/// What makes one such loss differ from another.
///
/// `value` and `derivative` are expressions of `y`, the target `t`, and the functions of the runtime's
/// `Scalar`, as the generated code computes them; `definition` is the textbook's.
pub struct Elementwise {
    /// The keyword.
    pub keyword: &'static str,
    /// How the elements are put together.
    pub reduction: Reduction,
    /// f(y, t), in plain f64, of the element of that index.
    pub definition: Box<dyn Fn(usize, f64, f64) -> f64>,
    /// f(y, t).
    pub value: TokenStream,
    /// df/dy.
    pub derivative: TokenStream,
    /// The loss and its gradient for people, of `{y}`.
    pub formulas: [&'static str; 2],
    /// What it takes the output for.
    pub domain: Domain,
    /// Layers that must not stand right before it, with what is wrong and what to do.
    pub refuses: &'static [(&'static str, &'static str, &'static str)],
}

/// How the elements of one sample are put together.
#[derive(Clone, Debug)]
pub enum Reduction {
    /// Their mean.
    Mean,
    /// Their sum.
    Sum,
    /// Their mean, where `value` and `derivative` also depend on a constant `w` of each element.
    WeightedMean(Vec<f64>),
}

impl Elementwise {
    /// As a loss.
    #[must_use]
    pub fn build(self) -> Option<Rc<dyn Loss>> {
        Some(Rc::new(self))
    }
}

impl fmt::Debug for Elementwise {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.keyword)
    }
}

impl Loss for Elementwise {
    fn keyword(&self) -> &'static str {
        self.keyword
    }

    fn infer_target(&self, output: &Shape) -> Result<Target, Misfit> {
        match &self.reduction {
            Reduction::WeightedMean(weights) if weights.len() != output.count() => Err(Misfit {
                rule: Rule::LossShape,
                headline: format!(
                    "`{}` has {} weights for an output of {} elements",
                    self.keyword,
                    weights.len(),
                    output.count()
                ),
                help: "give a weight for each element, or one number for all".to_owned(),
            }),
            _ => Ok(Target::Values(output.count())),
        }
    }

    fn refuses(&self, producer: &str) -> Option<Misfit> {
        let (_, headline, help) = self.refuses.iter().find(|refused| refused.0 == producer)?;
        let rule = match self.domain {
            Domain::Logits => Rule::LogitsExpected,
            _ => Rule::ProbabilitiesExpected,
        };
        Some(Misfit { rule, headline: (*headline).to_owned(), help: (*help).to_owned() })
    }

    fn domain(&self) -> Domain {
        self.domain
    }

    fn functions(&self) -> Vec<Function> {
        let parameters: &[&str] = match self.reduction {
            Reduction::WeightedMean(_) => &["y", "t", "w"],
            _ => &["y", "t"],
        };
        let function = |name: String, formula: &str, body: &TokenStream| Function {
            name,
            docs: format!("Of one element: {}", formula.replace("{y}", "y")),
            parameters: choose_parameters(parameters, body),
            body: body.clone(),
            ..Function::default()
        };
        vec![
            function(self.keyword.to_owned(), self.formulas[0], &self.value),
            function(format!("{}_derivative", self.keyword), self.formulas[1], &self.derivative),
        ]
    }

    fn emit(&self, functions: &[Ident]) -> TokenStream {
        let (value, derivative) = (&functions[0], &functions[1]);
        match &self.reduction {
            Reduction::Mean => quote!(rt::losses::MeanOf(#value, #derivative)),
            Reduction::Sum => quote!(rt::losses::SumOf(#value, #derivative)),
            Reduction::WeightedMean(weights) => {
                let weights = numbers(weights);
                quote!(rt::losses::WeightedMeanOf(#weights, #value, #derivative))
            }
        }
    }

    fn evaluate(&self, value: &[f64], target: &[f64]) -> f64 {
        let pairs = value.iter().zip(target).enumerate();
        let sum: f64 = pairs.map(|(index, (y, t))| (self.definition)(index, *y, *t)).sum();
        match self.reduction {
            Reduction::Sum => sum,
            Reduction::Mean | Reduction::WeightedMean(_) => sum / value.len() as f64,
        }
    }

    fn derive_value(&self, output: &str) -> String {
        let formula = self.formulas[0].replace("{y}", output);
        match self.reduction {
            Reduction::Sum => format!("sum {formula}"),
            Reduction::Mean | Reduction::WeightedMean(_) => format!("mean {formula}"),
        }
    }

    fn derive_gradient(&self, output: &str) -> String {
        let formula = self.formulas[1].replace("{y}", output);
        match self.reduction {
            Reduction::Sum => format!("dJ/d{output} = {formula}"),
            Reduction::Mean | Reduction::WeightedMean(_) => format!("dJ/d{output} = 1/n {formula}"),
        }
    }
}

/// The parameters' names; one that the expression does not read begins with `_`.
fn choose_parameters(all: &'static [&'static str], body: &TokenStream) -> &'static [&'static str] {
    let reads_output = body.clone().into_iter().any(|token| mentions(&token, "y"));
    if reads_output || all.len() != 2 { all } else { &["_y", "t"] }
}

fn mentions(token: &proc_macro2::TokenTree, name: &str) -> bool {
    match token {
        proc_macro2::TokenTree::Ident(ident) => ident == name,
        proc_macro2::TokenTree::Group(group) => {
            group.stream().into_iter().any(|token| mentions(&token, name))
        }
        _ => false,
    }
}

//! What all activations share: a function of each element, and its derivative.

use core::fmt;
use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Call, Misfit, Obstacle, Op, Reads, Streamed, Wrt};
use crate::functions::Function;
use crate::graph::Shape;
use crate::init::Init;

/// The range of what has no bounds.
pub const REALS: RangeInclusive<f64> = f64::NEG_INFINITY..=f64::INFINITY;

/// What makes one activation differ from another.
///
/// `value` and `derivative` are expressions of `x`, `y = f(x)`, and the functions of the runtime's `Scalar`,
/// as the generated code computes them; `definition` is the textbook's, however slow or inexact.
pub struct Elementwise {
    /// The keyword.
    pub keyword: &'static str,
    /// The arguments, as they would be written.
    pub settings: String,
    /// f(x), in plain f64.
    pub definition: Box<dyn Fn(f64) -> f64>,
    /// f(x), of `x`.
    pub value: TokenStream,
    /// dy/dx.
    pub derivative: Derivative,
    /// f(x) and dy/dx for people, of `{x}` and `{y}`.
    pub formulas: [&'static str; 2],
    /// What f(x) lies between; `None` where that is not known.
    pub range: Option<RangeInclusive<f64>>,
    /// How the weights before it should start.
    pub init_before: Option<Init>,
    /// A type of the user's that the expressions mention as `UserType`.
    pub user_type: Option<TokenStream>,
}

/// What the derivative is an expression of: that is what has to be kept for the way back.
#[derive(Debug)]
pub enum Derivative {
    /// `x`.
    Input(TokenStream),
    /// `y`: the pre-activation need not be kept.
    Output(TokenStream),
    /// `x` and `y`.
    Both(TokenStream),
}

impl Elementwise {
    /// As an op.
    #[must_use]
    pub fn build(self) -> Option<Rc<dyn Op>> {
        Some(Rc::new(self))
    }

    /// A formula of names.
    fn write(&self, which: usize, input: &str, output: &str) -> String {
        self.formulas[which].replace("{x}", input).replace("{y}", output)
    }
}

/// How far from 0 functions are compared: beyond that those of the catalogue have nothing new.
const SAMPLED: f64 = 1e4;

/// A range that has a bound, in words.
#[must_use]
pub fn describe_range(range: &RangeInclusive<f64>) -> String {
    match (range.start().is_finite(), range.end().is_finite()) {
        (true, true) => format!("between {} and {}", range.start(), range.end()),
        (true, false) => format!("above {}", range.start()),
        _ => format!("below {}", range.end()),
    }
}

impl fmt::Debug for Elementwise {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}({})", self.keyword, self.settings)
    }
}

impl Op for Elementwise {
    fn keyword(&self) -> &'static str {
        self.keyword
    }

    fn settings(&self) -> String {
        self.settings.clone()
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        Ok(inputs[0].clone())
    }

    fn init_before(&self) -> Option<Init> {
        self.init_before
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        self.range.clone()
    }

    fn describe_idle(&self, _input: &Shape, range: &RangeInclusive<f64>) -> Option<String> {
        let (low, high) = (range.start().max(-SAMPLED), range.end().min(SAMPLED));
        let mut samples = (0..=1000).map(|step| low + (high - low) * f64::from(step) / 1000.0);
        samples.all(|x| (self.definition)(x) == x).then(|| match *range == REALS {
            true => format!("`{}` changes nothing", self.keyword),
            false => {
                format!("`{}` changes nothing that lies {}", self.keyword, describe_range(range))
            }
        })
    }

    fn stream(&self, _inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        Streamed::itself(axis)
    }

    fn in_place_operands(&self) -> &'static [usize] {
        &[0]
    }

    fn reads(&self, _wrt: Wrt) -> Reads {
        match self.derivative {
            Derivative::Input(_) => Reads::INPUT,
            Derivative::Output(_) => Reads::OUTPUT,
            Derivative::Both(_) => Reads::BOTH,
        }
    }

    fn gradient_in_place(&self, _operand: usize) -> bool {
        true
    }

    fn functions(&self) -> Vec<Function> {
        let (parameters, body): (&[&str], _) = match &self.derivative {
            Derivative::Input(body) => (&["x"], body),
            Derivative::Output(body) => (&["y"], body),
            Derivative::Both(body) => (&["x", "y"], body),
        };
        let value = Function {
            name: self.keyword.to_owned(),
            docs: format!("y = {}", self.write(0, "x", "y")),
            parameters: &["x"],
            result: None,
            body: self.value.clone(),
            user_type: self.user_type.clone(),
        };
        let derivative = Function {
            name: format!("{}_derivative", self.keyword),
            docs: format!("dy/dx = {}", self.write(1, "x", "y")),
            parameters,
            body: body.clone(),
            ..value.clone()
        };
        vec![value, derivative]
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (function, x, y) = (&call.functions[0], &call.inputs[0], &call.output);
        match call.in_place {
            Some(_) => quote!(rt::elementwise::forward_in_place(#function, #y);),
            None => quote!(rt::elementwise::forward(#function, #x, #y);),
        }
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let Call { functions, inputs, output: y, store, delta, gradient: dx, .. } = call;
        let (derivative, x) = (&functions[1], &inputs[0]);
        let (saved, suffix) = match self.derivative {
            Derivative::Input(_) => (quote!(#x), ""),
            Derivative::Output(_) => (quote!(#y), ""),
            Derivative::Both(_) => (quote!((#x, #y)), "_from_both"),
        };
        let in_place = if call.in_place.is_some() { "_in_place" } else { "" };
        let kernel = quote::format_ident!("backward{suffix}{in_place}");
        match call.in_place {
            Some(_) => quote!(rt::elementwise::#kernel(#derivative, #saved, #dx);),
            None => quote!(rt::elementwise::#kernel(#store, #derivative, #saved, #delta, #dx);),
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        _output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        inputs[0].iter().map(|x| (self.definition)(*x)).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = {}", self.write(0, inputs[0], output))
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        let derivative = self.write(1, inputs[0], output);
        format!("dJ/d{} = dJ/d{output} ⊙ {derivative}", inputs[0])
    }
}

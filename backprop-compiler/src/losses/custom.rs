//! `custom(path::Type)(y)`: a user's own loss of one sample.

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Loss, LossKind, Target};
use crate::functions::Function;
use crate::graph::Shape;
use crate::ops::Misfit;
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "custom",
    docs: "`custom(path::Type)(y)`: the loss of one sample that the type gives by implementing `Loss`, \
           against as many numbers as the output has.",
    examples: &[],
    configure,
};

#[derive(Debug)]
struct Custom {
    path: TokenStream,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let path = arguments.take_path("type", "my::Loss")?;
    Some(Rc::new(Custom { path }))
}

impl Loss for Custom {
    fn keyword(&self) -> &'static str {
        LOSS.keyword
    }

    fn infer_target(&self, output: &Shape) -> Result<Target, Misfit> {
        Ok(Target::Values(output.count()))
    }

    fn functions(&self) -> Vec<Function> {
        vec![Function {
            name: "custom_loss".to_owned(),
            docs: format!("The loss of `{}`.", self.path),
            parameters: &[],
            result: Some(quote!(rt::losses::Custom<UserType>)),
            body: quote!(rt::losses::Custom::new()),
            user_type: Some(self.path.clone()),
        }]
    }

    fn emit(&self, functions: &[Ident]) -> TokenStream {
        let function = &functions[0];
        quote!(#function())
    }

    /// Only the compiler of the user's crate knows.
    fn evaluate(&self, _value: &[f64], _target: &[f64]) -> f64 {
        f64::NAN
    }

    fn derive_value(&self, output: &str) -> String {
        format!("loss({output}, target)")
    }

    fn derive_gradient(&self, output: &str) -> String {
        format!("dJ/d{output} = d loss / d{output}")
    }
}

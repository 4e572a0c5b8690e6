//! Small functions that the generated code defines once, and hands to the kernels.

use core::f64::consts::{FRAC_1_SQRT_2, LN_2, TAU};

use proc_macro2::{Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::graph::Dtype;

/// A function of scalars of the network's type.
///
/// In `body` and `result`, `rt` stands for the runtime, and `UserType` for the path that the declaration
/// gives, which is resolved where the declaration stands.
#[derive(Clone, Debug, Default)]
pub struct Function {
    /// What it is called, where no other function has that name.
    pub name: String,
    /// Its formula.
    pub docs: String,
    /// What its parameters are called.
    pub parameters: &'static [&'static str],
    /// The type of the result; a scalar without one.
    pub result: Option<TokenStream>,
    /// An expression.
    pub body: TokenStream,
    /// A path of the user's.
    pub user_type: Option<TokenStream>,
}

impl Function {
    /// Whether both would be written the same.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let text = |tokens: &Option<TokenStream>| tokens.as_ref().map(ToString::to_string);
        self.name == other.name
            && self.parameters == other.parameters
            && self.body.to_string() == other.body.to_string()
            && text(&self.user_type) == text(&other.user_type)
    }

    /// The tokens with `rt` and `UserType` as what they stand for.
    #[must_use]
    pub fn resolve(&self, tokens: &TokenStream, runtime: &TokenStream) -> TokenStream {
        replace(tokens, &|token| match (token, &self.user_type) {
            (TokenTree::Ident(ident), _) if ident == "rt" => Some(runtime.clone()),
            (TokenTree::Ident(ident), Some(path)) if ident == "UserType" => Some(path.clone()),
            _ => None,
        })
    }
}

/// The constants of `core` that a number may be.
const CONSTANTS: &[(&str, f64)] = &[("FRAC_1_SQRT_2", FRAC_1_SQRT_2), ("LN_2", LN_2), ("TAU", TAU)];

/// The tokens with every decimal number as the network's type can hold it, and constants of `core` by
/// their names: what a lint of the user's asks of a literal.
#[must_use]
pub fn fit_numbers(tokens: &TokenStream, dtype: Dtype) -> TokenStream {
    let module = Ident::new(dtype.name(), Span::call_site());
    replace(tokens, &|token| {
        let TokenTree::Literal(literal) = token else { return None };
        let text = literal.to_string();
        let value: f64 = text.parse().ok().filter(|_| text.contains(['.', 'e']))?;
        if let Some((name, _)) = CONSTANTS.iter().find(|(_, constant)| *constant == value) {
            let name = Ident::new(name, Span::call_site());
            return Some(quote!(::core::#module::consts::#name));
        }
        let literal = match dtype {
            // A weight that large has been reported.
            Dtype::F32 => Literal::f32_unsuffixed(value.min(f64::from(f32::MAX)) as f32),
            Dtype::F64 => Literal::f64_unsuffixed(value),
        };
        Some(literal.into_token_stream())
    })
}

/// The tokens with some of them replaced, at any depth.
fn replace(
    tokens: &TokenStream,
    change: &impl Fn(&TokenTree) -> Option<TokenStream>,
) -> TokenStream {
    let replaced = tokens.clone().into_iter().flat_map(|token| match (change(&token), token) {
        (Some(changed), _) => changed,
        (None, TokenTree::Group(group)) => {
            let inner = replace(&group.stream(), change);
            TokenTree::Group(Group::new(group.delimiter(), inner)).into()
        }
        (None, token) => token.into(),
    });
    replaced.collect()
}

/// A number as Rust code that fits either type.
#[must_use]
pub fn number(value: f64) -> TokenStream {
    let magnitude = Literal::f64_unsuffixed(value.abs());
    if value.is_sign_negative() { quote!(-#magnitude) } else { quote!(#magnitude) }
}

/// An array of numbers.
#[must_use]
pub fn numbers(values: &[f64]) -> TokenStream {
    let values = values.iter().map(|value| number(*value));
    quote!([#(#values),*])
}

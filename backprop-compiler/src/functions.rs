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
    /// What it does: functions of one text are one function.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { name, parameters, body, user_type, .. } = self;
        let user_type = user_type.as_ref().map(ToString::to_string);
        format!("{name} {parameters:?} {body} {user_type:?}")
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

/// The constants for which clippy takes a number that begins as they do: π, τ, e, √2, φ and their kin.
const FAMOUS: &[&str] = &[
    "3.141592653589793",
    "6.283185307179586",
    "2.718281828459045",
    "1.4142135623730951",
    "1.618033988749895",
    "0.5772156649015329",
    "0.3183098861837907",
    "0.6366197723675814",
    "1.1283791670955126",
    "0.7071067811865476",
    "1.5707963267948966",
    "1.0471975511965979",
    "0.7853981633974483",
    "0.5235987755982989",
    "0.39269908169872414",
    "0.6931471805599453",
    "2.302585092994046",
    "3.321928094887362",
    "0.3010299956639812",
    "1.4426950408889634",
    "0.4342944819032518",
];

/// Whether a number is the beginning of a famous one, as far as it goes.
fn is_famous(value: &str) -> bool {
    let places = value.split_once('.').map_or(0, |(_, places)| places.len());
    let rounds = |constant: &str| {
        constant.parse::<f64>().is_ok_and(|constant| format!("{constant:.places$}") == value)
    };
    places > 1 && FAMOUS.iter().any(|constant| constant.starts_with(value) || rounds(constant))
}

/// The tokens with every decimal number as the network's type can hold it, and constants of `core` by
/// their names: what a lint of the user's asks of a literal. One that only begins like a constant is not
/// meant as that, and is written by its bits.
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
        let (literal, bits) = match dtype {
            Dtype::F32 => {
                // A weight that large has been reported.
                let value = value.min(f64::from(f32::MAX)) as f32;
                (Literal::f32_unsuffixed(value), Literal::u32_unsuffixed(value.to_bits()))
            }
            Dtype::F64 => {
                (Literal::f64_unsuffixed(value), Literal::u64_unsuffixed(value.to_bits()))
            }
        };
        if is_famous(&literal.to_string()) {
            return Some(quote!(::core::primitive::#module::from_bits(#bits)));
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_begin_like_a_constant_are_written_by_their_bits() {
        let fit = |text: &str, dtype| {
            let tokens: TokenStream = text.parse().expect("a number");
            fit_numbers(&tokens, dtype).to_string().replace(' ', "")
        };
        // √2, as far as an f32 goes.
        let bits = 0x3fb5_04f3_u32;
        assert_eq!(f32::from_bits(bits), core::f32::consts::SQRT_2);
        let expected = format!("::core::primitive::f32::from_bits({bits})");
        assert_eq!(fit("1.4142135", Dtype::F32), expected);
        let bits = 2.72_f64.to_bits();
        assert_eq!(fit("2.72", Dtype::F64), format!("::core::primitive::f64::from_bits({bits})"));
        assert_eq!(fit("0.6931471805599453", Dtype::F64), "::core::f64::consts::LN_2");
        for plain in ["0.5", "1.5", "0.02", "1.4141", "3.2", "100.25"] {
            assert_eq!(fit(plain, Dtype::F32), plain);
        }
    }
}

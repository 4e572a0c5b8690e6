//! Number literals.

use proc_macro2::Span;
use syn::Lit;
use syn::buffer::Cursor;

use super::Parsed;
use super::peek::symbol;
use super::reader::Reader;
use crate::diagnostics::Rule;

/// The longest literal that is looked into: syn's time grows with the square of the digits. Every `f64` can
/// be written with far fewer.
const LONGEST: usize = 500;

/// A literal as a number.
pub(super) enum Number {
    /// `16`, `0x10`, `16usize`; the sign only where a macro made the literal.
    Whole { negative: bool, magnitude: u64 },
    /// `0.1`, `1e-3`
    Decimal(f64),
}

impl Reader<'_, '_> {
    /// Whether a literal with a point or an exponent stands here, maybe after a minus sign.
    pub(super) fn at_decimal(&self) -> bool {
        let unsigned = match symbol(self.cursor) {
            Some((symbol, _, rest)) if symbol == "-" => rest,
            _ => self.cursor,
        };
        is_decimal(unsigned)
    }

    /// A number literal, if any literal stands here.
    pub(super) fn number(&mut self) -> Option<Parsed<(Number, Span)>> {
        let (literal, rest) = self.cursor.literal()?;
        let span = literal.span();
        self.cursor = rest;
        self.last = span;
        let text = literal.to_string();
        if text.len() > LONGEST {
            let headline = format!("this literal has more than {LONGEST} characters");
            return Some(Err(self.error(
                Rule::BeyondLimits,
                span,
                headline,
                "write a shorter number",
            )));
        }
        Some(
            match Lit::new(literal) {
                Lit::Int(whole) => match whole.suffix() {
                    "" | "usize" => self.whole(whole.base10_digits(), span),
                    suffix => Err(self.suffix(&text, suffix, span)),
                },
                Lit::Float(decimal) => match decimal.suffix() {
                    "" => self.decimal(decimal.base10_digits(), span),
                    suffix => Err(self.suffix(&text, suffix, span)),
                },
                Lit::Str(word) => Err(self.error(
                    Rule::NumberForm,
                    span,
                    format!("expected a number, found `{text}`"),
                    format!("words stand without quotes: `{}`", word.value()),
                )),
                _ => Err(self.error(
                    Rule::NumberForm,
                    span,
                    format!("expected a number, found `{text}`"),
                    "write a number such as `8` or `0.5`",
                )),
            }
            .map(|number| (number, span)),
        )
    }

    fn whole(&mut self, digits: &str, span: Span) -> Parsed<Number> {
        let negative = digits.starts_with('-');
        match digits.trim_start_matches('-').parse() {
            Ok(magnitude) => Ok(Number::Whole { negative, magnitude }),
            Err(_) => Err(self.error(
                Rule::NumberForm,
                span,
                "this number does not fit 64 bits",
                format!("the largest is {}", u64::MAX),
            )),
        }
    }

    fn decimal(&mut self, digits: &str, span: Span) -> Parsed<Number> {
        match digits.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Number::Decimal(value)),
            _ => Err(self.error(
                Rule::NumberForm,
                span,
                "this number does not fit an `f64`",
                format!("the largest is {:e}", f64::MAX),
            )),
        }
    }

    fn suffix(&mut self, text: &str, suffix: &str, span: Span) -> super::Reported {
        let bare = text.strip_suffix(suffix).unwrap_or(text);
        let help = match suffix {
            "B" | "KiB" | "MiB" => {
                format!("units stand in a `budget` only, after a space: `{bare} {suffix}`")
            }
            _ => format!("write `{bare}`: numbers here have no suffix but `usize`"),
        };
        self.error(
            Rule::NumberForm,
            span,
            format!("unexpected suffix `{suffix}` of a number"),
            help,
        )
    }
}

fn is_decimal(cursor: Cursor) -> bool {
    cursor.literal().is_some_and(|(literal, _)| {
        literal.to_string().len() <= LONGEST && matches!(Lit::new(literal), Lit::Float(_))
    })
}

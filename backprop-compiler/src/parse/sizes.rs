//! Whole numbers known to the macro: `16`, `FILTERS`, `2 * (FILTERS + 1)`.

use proc_macro2::{Delimiter, Span};

use super::Parsed;
use super::literals::Number;
use super::reader::Reader;
use crate::ast::{Operator, Role, Size, SizeKind};
use crate::diagnostics::{Place, Rule};

/// How many operators one statement may have, as each makes the tree one level deeper.
const MAXIMUM_OPERATORS: usize = 512;

impl Reader<'_, '_> {
    /// `product + product - ..`
    pub(super) fn size(&mut self) -> Parsed<Size> {
        let mut left = self.size_product()?;
        while let Some(operator) = self.count_operator(Operator::Add, Operator::Subtract)? {
            left = binary(operator, left, self.size_product()?);
        }
        Ok(left)
    }

    fn size_product(&mut self) -> Parsed<Size> {
        let mut left = self.signed_size()?;
        while let Some(operator) = self.count_operator(Operator::Multiply, Operator::Divide)? {
            left = binary(operator, left, self.signed_size()?);
        }
        Ok(left)
    }

    /// One of two operators, if it stands here; of many the last is one too many.
    fn count_operator(&mut self, one: Operator, other: Operator) -> Parsed<Option<Operator>> {
        let Some((operator, span)) = self.eat_operator(&[one, other]) else {
            return Ok(None);
        };
        self.operators += 1;
        if self.operators > MAXIMUM_OPERATORS {
            let headline = format!("more than {MAXIMUM_OPERATORS} operators in one statement");
            return Err(self.error(Rule::BeyondLimits, span, headline, "name a part with `const`"));
        }
        Ok(Some(operator))
    }

    fn signed_size(&mut self) -> Parsed<Size> {
        let Some(sign) = self.eat("-") else {
            return self.single_size();
        };
        let size = self.descend(sign, Self::signed_size)?;
        let place = Place::at(sign).to(size.place);
        Ok(Size { kind: SizeKind::Negate(Box::new(size)), place })
    }

    fn single_size(&mut self) -> Parsed<Size> {
        if let Some(result) = self.invisible(|inside| inside.whole_size()) {
            return result;
        }
        if let Some(result) = self.group(Delimiter::Parenthesis, |inside| inside.whole_size()) {
            return result;
        }
        if let Some(result) = self.number() {
            let (number, span) = result?;
            return match number {
                Number::Whole { negative, magnitude } => {
                    let literal = Size { kind: SizeKind::Literal(magnitude), place: span.into() };
                    Ok(if negative {
                        Size { kind: SizeKind::Negate(Box::new(literal)), place: span.into() }
                    } else {
                        literal
                    })
                }
                Number::Decimal(value) => Err(self.error(
                    Rule::WholeNumber,
                    span,
                    format!("expected a whole number, found `{value:?}`"),
                    "sizes are whole numbers and `const`s",
                )),
            };
        }
        let help = "a size is a whole number such as `8`, or the name of a `const`";
        let name = self.name(Rule::MissingValue, "a size", help)?;
        self.note(Role::Size, &name);
        Ok(Size { place: name.span().into(), kind: SizeKind::Name(name) })
    }

    /// A size that fills its group.
    fn whole_size(&mut self) -> Parsed<Size> {
        let size = self.size()?;
        if self.at_end() {
            return Ok(size);
        }
        Err(self.expected(
            Rule::UnexpectedToken,
            "an operator",
            "sizes know `+`, `-`, `*`, `/` and parentheses",
        ))
    }

    /// Whether the next symbol does arithmetic on sizes.
    pub(super) fn at_operator(&self) -> bool {
        Operator::ALL.iter().any(|operator| self.at(operator.symbol()))
    }

    /// One of these operators, if it stands here, and where.
    pub(super) fn eat_operator(&mut self, choices: &[Operator]) -> Option<(Operator, Span)> {
        choices.iter().find_map(|operator| Some((*operator, self.eat(operator.symbol())?)))
    }
}

fn binary(operator: Operator, left: Size, right: Size) -> Size {
    let place = left.place.to(right.place);
    Size {
        kind: SizeKind::Binary { operator, left: Box::new(left), right: Box::new(right) },
        place,
    }
}

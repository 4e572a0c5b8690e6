//! `loss cross_entropy(word) + 0.1 * mse(level);`

use proc_macro2::{Delimiter, Ident};

use super::Parsed;
use super::layers::BETWEEN_ARGUMENTS;
use super::literals::Number;
use super::reader::Reader;
use crate::ast::{LossTerm, Role};
use crate::diagnostics::{Place, Rule};

const HELP: &str = "write a loss of an output, such as `mse(y)`, or several with `+` between them";

impl Reader<'_, '_> {
    /// `term + term ..`
    pub(super) fn loss_terms(&mut self) -> Parsed<Vec<LossTerm>> {
        let mut terms = vec![self.loss_term()?];
        while self.eat("+").is_some() {
            terms.push(self.loss_term()?);
        }
        match self.found().text.as_str() {
            "*" => Err(self.expected(
                Rule::LossForm,
                "the end of the loss",
                "a weight stands before its loss: `0.1 * mse(y)`",
            )),
            "-" => Err(self.expected(
                Rule::LossForm,
                "`+` or the end of the loss",
                "losses can only be added",
            )),
            _ => Ok(terms),
        }
    }

    /// `[weight *] name(output, .., name = argument)`
    fn loss_term(&mut self) -> Parsed<LossTerm> {
        let (weight, weight_place) = self.loss_weight()?.unzip();
        let name = self.name(Rule::LossForm, "a loss", HELP);
        let name = self.note_name(Role::Loss, name)?;
        if self.at("*") {
            return Err(self.error(
                Rule::LossForm,
                name.span(),
                format!("the weight `{name}` of a loss is not a number"),
                "write the number itself, such as `0.1 * mse(y)`",
            ));
        }
        let mut term = LossTerm {
            weight: weight.unwrap_or(1.0),
            weight_place,
            outputs: Vec::new(),
            arguments: Vec::new(),
            place: name.span().into(),
            name,
        };
        if term.name == "custom" {
            self.check_custom(&term.name)?;
            self.group(Delimiter::Parenthesis, |inside| {
                term.arguments = inside.list(Reader::argument, BETWEEN_ARGUMENTS);
                Ok(())
            })
            .transpose()?;
        }
        let read = self.group(Delimiter::Parenthesis, |inside| {
            inside.loss_arguments(&mut term);
            Ok(())
        });
        if read.transpose()?.is_none() {
            let help = format!("name the output that the loss reads: `{}(y)`", term.name);
            return Err(self.expected(Rule::MissingParentheses, "`(`", help));
        }
        term.place = self.since(term.name.span());
        Ok(term)
    }

    /// `weight *`, if it stands here.
    fn loss_weight(&mut self) -> Parsed<Option<(f64, Place)>> {
        let first = self.span();
        let sign = self.eat("-");
        let Some(number) = self.number() else {
            return match sign {
                Some(_) => {
                    Err(self.error(Rule::LossForm, first, "a loss cannot be subtracted", HELP))
                }
                None => Ok(None),
            };
        };
        let (weight, negative) = match number?.0 {
            Number::Whole { negative, magnitude } => (magnitude as f64, negative),
            Number::Decimal(value) => (value, value.is_sign_negative()),
        };
        let place = self.since(first);
        if sign.is_some() || negative {
            let help = "training makes a loss smaller; write a weight of zero or more";
            return Err(self.error(Rule::LossWeight, place, "a loss has a negative weight", help));
        }
        if self.eat("*").is_none() {
            return Err(self.expected(
                Rule::LossForm,
                "`*`",
                "a weight stands before its loss: `0.1 * mse(y)`",
            ));
        }
        Ok(Some((weight, place)))
    }

    /// Reports a user's own loss that is not of the form `custom(..)(..)`.
    fn check_custom(&mut self, keyword: &Ident) -> Parsed<()> {
        let after = self.cursor.group(Delimiter::Parenthesis).map(|(_, _, rest)| rest);
        if after.is_some_and(|rest| rest.group(Delimiter::Parenthesis).is_some()) {
            return Ok(());
        }
        let help = "write the type, then the output: `custom(path::Type)(y)`";
        Err(self.error(
            Rule::LossForm,
            keyword.span(),
            "`custom` has no type or reads no output",
            help,
        ))
    }

    fn loss_arguments(&mut self, term: &mut LossTerm) {
        let mut named = false;
        self.list(
            |reader| {
                if reader.at_named_argument() {
                    named = true;
                    term.arguments.push(reader.argument()?);
                } else if named {
                    let help = "move it before the named arguments";
                    return Err(reader.expected(
                        Rule::PositionalAfterNamed,
                        "a named argument",
                        help,
                    ));
                } else {
                    let help =
                        "a loss reads outputs by their names; give a value a name with `output`";
                    let output = reader.name(Rule::LossForm, "the name of an output", help)?;
                    reader.note(Role::Operand, &output);
                    term.outputs.push(output);
                    if !reader.at_end() && !reader.at(",") {
                        return Err(reader.expected(Rule::LossForm, "`,` or `)`", help));
                    }
                }
                Ok(())
            },
            BETWEEN_ARGUMENTS,
        );
    }
}

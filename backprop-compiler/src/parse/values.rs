//! Expressions that stand for values: `(a + b) -> dense(16) -> relu`.

use proc_macro2::{Delimiter, Ident, Span};
use syn::buffer::Cursor;

use super::layers::BETWEEN_ARGUMENTS;
use super::peek::symbol;
use super::reader::Reader;
use super::text::excerpt;
use super::{Parsed, Reported};
use crate::ast::{Operator, Role, Value};
use crate::diagnostics::{Rule, nearest};

/// Operands joined by operators, with what a message about mixing must know.
struct Sum<'a> {
    value: Value,
    /// Whether an operator stands in it outside of parentheses.
    joined: bool,
    first: Span,
    start: Cursor<'a>,
    /// Where the last factor starts.
    last_factor: Cursor<'a>,
}

const HELP: &str =
    "name an input, a `let` or an `output`, or join some with `+`, `-`, `*`, `/` or `concat(..)`";

impl<'a> Reader<'a, '_> {
    /// `sum [-> chain]`
    pub(super) fn value(&mut self) -> Parsed<Value> {
        let sum = self.sum()?;
        let before_arrow = self.cursor;
        if self.eat("->").is_none() {
            return Ok(sum.value);
        }
        let layer_start = self.cursor;
        let mut layers = vec![self.layer()?];
        if sum.joined {
            let layer = excerpt(layer_start, self.cursor);
            return Err(self.mixed_before(&sum, before_arrow, &layer));
        }
        if self.eat("->").is_some() {
            layers.extend(self.chain()?);
        }
        if self.at_operator() {
            return Err(self.mixed_after(sum.start, sum.first)?);
        }
        Ok(Value::Chain { source: Box::new(sum.value), layers })
    }

    /// Reports `a + b -> layer`.
    fn mixed_before(&mut self, sum: &Sum, arrow: Cursor, layer: &str) -> Reported {
        let joined = excerpt(sum.start, arrow);
        let others = excerpt(sum.start, sum.last_factor);
        let last = excerpt(sum.last_factor, arrow);
        let headline = format!(
            "`{joined} -> {layer}` could mean `({joined}) -> {layer}` or \
             `{others} ({last} -> {layer})`"
        );
        self.error(
            Rule::MixedOperators,
            self.since(sum.first),
            headline,
            "add the parentheses you mean",
        )
    }

    /// Reports `a -> layer + b`; the operator is the next token.
    fn mixed_after(&mut self, start: Cursor<'a>, first: Span) -> Parsed<Reported> {
        let chain = excerpt(start, self.cursor);
        let operator = self.found().text;
        self.eat(&operator);
        let rest = self.cursor;
        let sum = self.sum()?;
        let before_arrow = self.cursor;
        let right = excerpt(rest, before_arrow);
        if self.eat("->").is_none() {
            return Ok(self.error(
                Rule::MixedOperators,
                self.since(first),
                format!("`->` and `{operator}` do not mix without parentheses"),
                format!("write `({chain}) {operator} {right}`"),
            ));
        }
        let layer_start = self.cursor;
        self.layer()?;
        let layer = excerpt(layer_start, self.cursor);
        let others = excerpt(rest, sum.last_factor);
        let space = if others.is_empty() { "" } else { " " };
        let last = excerpt(sum.last_factor, before_arrow);
        let headline = format!(
            "`{chain} {operator} {right} -> {layer}` could mean \
             `({chain}) {operator} {others}{space}({last} -> {layer})` or \
             `(({chain}) {operator} {right}) -> {layer}`"
        );
        Ok(self.error(
            Rule::MixedOperators,
            self.since(first),
            headline,
            "add the parentheses you mean",
        ))
    }

    /// `product + product - ..`
    fn sum(&mut self) -> Parsed<Sum<'a>> {
        self.join([Operator::Add, Operator::Subtract], Self::product)
    }

    /// `factor * factor / ..`
    fn product(&mut self) -> Parsed<Sum<'a>> {
        self.join([Operator::Multiply, Operator::Divide], |reader| {
            let (start, first) = (reader.cursor, reader.span());
            let value = reader.factor()?;
            Ok(Sum { value, joined: false, first, start, last_factor: start })
        })
    }

    /// Operands between operators of one precedence.
    fn join(
        &mut self,
        choices: [Operator; 2],
        read: impl Fn(&mut Self) -> Parsed<Sum<'a>>,
    ) -> Parsed<Sum<'a>> {
        let mut sum = read(self)?;
        let (mut operands, mut operators) = (Vec::new(), Vec::new());
        while let Some(operator) = self.eat_operator(&choices) {
            operators.push(operator);
            let next = read(self)?;
            sum.last_factor = next.last_factor;
            operands.push(std::mem::replace(&mut sum.value, next.value));
        }
        if operators.is_empty() {
            return Ok(sum);
        }
        operands.push(sum.value);
        Ok(Sum { value: Value::Join { operands, operators }, joined: true, ..sum })
    }

    /// `name`, `(value)` or `concat(value, ..)`
    fn factor(&mut self) -> Parsed<Value> {
        if let Some(result) = self.invisible(|inside| inside.whole_value()) {
            return result;
        }
        if let Some(result) = self.group(Delimiter::Parenthesis, |inside| inside.whole_value()) {
            return result;
        }
        if self.cursor.literal().is_some() {
            let help = "a value is an input, or computed from one: `-> scale(0.5)` multiplies it by a number";
            return Err(self.expected(Rule::MissingValue, "a value", help));
        }
        let name = self.name(Rule::MissingValue, "a value", HELP);
        let name = self.note_name(Role::Operand, name)?;
        let called = self.cursor.group(Delimiter::Parenthesis).is_some();
        if called && name == "concat" {
            return self.concat(name);
        }
        if called {
            let help = match name.to_string().as_str() {
                "add" => "values are added by `+`".to_owned(),
                "subtract" | "sub" => "values are subtracted by `-`".to_owned(),
                "multiply" | "mul" => "values are multiplied by `*`".to_owned(),
                "divide" | "div" => "values are divided by `/`".to_owned(),
                text if nearest(text, ["concat"]).is_some() => "did you mean `concat`?".to_owned(),
                _ => format!("a layer follows the value that it reads: `value -> {name}(..)`"),
            };
            let headline = format!("`{name}(..)` is not a value");
            return Err(self.error(Rule::LayerAsValue, name.span(), headline, help));
        }
        Ok(Value::Name(name))
    }

    /// A value that fills its group.
    fn whole_value(&mut self) -> Parsed<Value> {
        let value = self.value()?;
        if self.at_end() { Ok(value) } else { Err(self.unexpected_after_value()) }
    }

    /// `(value, .., name = argument)`, after the keyword.
    fn concat(&mut self, keyword: Ident) -> Parsed<Value> {
        let (mut operands, mut arguments) = (Vec::new(), Vec::new());
        let read = self.group(Delimiter::Parenthesis, |inside| {
            inside.list(
                |reader| {
                    if reader.at_named_argument() {
                        arguments.push(reader.argument()?);
                    } else if arguments.is_empty() {
                        operands.push(reader.value()?);
                        reader.expect_value_end(",")?;
                    } else {
                        let help = "move it before the named arguments";
                        return Err(reader.expected(
                            Rule::PositionalAfterNamed,
                            "a named argument",
                            help,
                        ));
                    }
                    Ok(())
                },
                BETWEEN_ARGUMENTS,
            );
            Ok(())
        });
        read.transpose()?;
        let place = self.since(keyword.span());
        Ok(Value::Concat { keyword, operands, arguments, place })
    }

    /// Reports what can neither end a value nor go on with it.
    pub(super) fn expect_value_end(&mut self, end: &str) -> Parsed<()> {
        if self.at_end() || self.at(end) || self.at_statement() {
            return Ok(());
        }
        Err(self.unexpected_after_value())
    }

    fn unexpected_after_value(&mut self) -> Reported {
        let found = self.found();
        if let Some((word, rest)) = self.cursor.ident() {
            let ends = |(text, ..): (String, Span, Cursor)| [";", "->"].contains(&text.as_str());
            let is_called = rest.group(Delimiter::Parenthesis).is_some();
            if word != "as" && (is_called || symbol(rest).is_some_and(ends)) {
                let headline = format!("missing `->` before `{word}`");
                let help = format!("a value goes to a layer with `->`: write `-> {word}`");
                return self.error(Rule::MissingArrow, found.span, headline, help);
            }
        }
        let (rule, help) = match found.text.as_str() {
            "=>" | "|>" | ">" | "." => (Rule::MissingArrow, "a value goes to a layer with `->`"),
            "," => {
                (Rule::UnexpectedToken, "values are joined with `+`, `-`, `*`, `/` or `concat(..)`")
            }
            "as" => {
                let help = "a label stands once, right after its layer: `-> dense(16) as hidden`";
                (Rule::UnexpectedToken, help)
            }
            "[" | "{" => {
                (Rule::MissingParentheses, "the arguments of a layer stand in parentheses")
            }
            text if text.starts_with(|first: char| first.is_ascii_digit()) => {
                (Rule::MissingParentheses, "the arguments of a layer stand in parentheses")
            }
            "::" => (Rule::LayerPath, "names of values are single words"),
            _ => {
                let help = "a value goes on with `->`, `+` or `*`; a statement ends with `;`";
                (Rule::UnexpectedToken, help)
            }
        };
        self.error(rule, found.span, format!("unexpected {} after a value", found.quoted()), help)
    }
}

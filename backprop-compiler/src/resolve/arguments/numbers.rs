//! Arguments that are numbers.

use core::ops::RangeInclusive;

use super::{Arguments, as_size};
use crate::ast::{Argument, ArgumentValue};
use crate::diagnostics::Rule;

impl Arguments<'_> {
    /// A named decimal number within a range.
    pub fn take_number(
        &mut self,
        name: &'static str,
        default: f64,
        range: RangeInclusive<f64>,
    ) -> f64 {
        let Some(argument) = self.take(name, false) else { return default };
        self.evaluate_number(name, argument, &argument.value, &range).unwrap_or(default)
    }

    /// The main number: the first positional argument, or the one of that name. Without a default it must
    /// be there; `None` only after an error.
    pub fn take_main_number(
        &mut self,
        name: &'static str,
        default: Option<f64>,
        range: RangeInclusive<f64>,
    ) -> Option<f64> {
        let Some(argument) = self.take(name, true) else {
            if default.is_none() {
                self.report_missing(name, "a number", "0.5");
            }
            return default;
        };
        self.evaluate_number(name, argument, &argument.value, &range)
    }

    /// A number within a range; `None` after an error.
    fn evaluate_number(
        &mut self,
        name: &str,
        argument: &Argument,
        value: &ArgumentValue,
        range: &RangeInclusive<f64>,
    ) -> Option<f64> {
        let number = match value {
            ArgumentValue::Number { value, .. } => Some(*value),
            other => match as_size(other).filter(|_| self.is_integer(other)) {
                Some(size) if size.divides() => {
                    self.diagnostics
                        .error(
                            Rule::Division,
                            size.place,
                            "a division of whole numbers drops the remainder",
                        )
                        .help("write the result, such as `0.5`");
                    None
                }
                Some(size) => {
                    let value = self.consts.evaluate(&size, self.diagnostics);
                    value.map(|value| value as f64)
                }
                None => {
                    let kind = format!("a number from {} to {}", range.start(), range.end());
                    self.report_kind(argument, other, &kind);
                    None
                }
            },
        };
        let number = number?;
        if !range.contains(&number) {
            self.diagnostics
                .error(Rule::ArgumentRange, value.place(), format!("`{name}` cannot be {number}"))
                .help(format!("give a number from {} to {}", range.start(), range.end()));
            return None;
        }
        Some(number)
    }

    /// A named list of numbers within a range, or one number; `None` without it, or after an error.
    pub fn take_numbers(
        &mut self,
        name: &'static str,
        range: RangeInclusive<f64>,
    ) -> Option<Vec<f64>> {
        let argument = self.take(name, false)?;
        let values = argument.value.elements();
        if values.is_empty() {
            self.diagnostics
                .error(Rule::ArgumentRange, argument.place, format!("`{name}` is empty"))
                .help(format!("give numbers, such as `{name} = [1.0, 2.0]`"));
        }
        let numbers: Vec<Option<f64>> = values
            .into_iter()
            .map(|value| self.evaluate_number(name, argument, value, &range))
            .collect();
        numbers.into_iter().collect::<Option<Vec<f64>>>().filter(|numbers| !numbers.is_empty())
    }

    /// Whether the value is an integer, or the name of one.
    fn is_integer(&self, value: &ArgumentValue) -> bool {
        match value {
            ArgumentValue::Word(word) => self.consts.has(&word.to_string()),
            value => matches!(value, ArgumentValue::Size(_)),
        }
    }
}

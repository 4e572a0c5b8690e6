//! Arguments with a number for each axis.

use super::report::{INTEGER, find_word};
use super::{Arguments, as_size};
use crate::ast::{Argument, ArgumentValue};
use crate::diagnostics::Rule;

impl<'a> Arguments<'a> {
    /// A named size of at least 1 for each of `rank` axes: `3`, or `[3, 5]`. Without a default it must be there;
    /// `None` only after an error.
    pub fn take_axes(
        &mut self,
        name: &'static str,
        rank: usize,
        default: Option<usize>,
    ) -> Option<Vec<usize>> {
        let argument = match (self.take(name, false), default) {
            (Some(argument), _) => argument,
            (None, Some(default)) => return Some(vec![default; rank]),
            (None, None) => self.take_unnamed_axes(name)?,
        };
        let what = format!("the {name} of `{}`", self.keyword);
        self.evaluate_axes(argument, rank, |arguments, size| {
            arguments.consts.evaluate_size(size, &what, arguments.diagnostics)
        })
    }

    /// What was meant for an argument that must be there, as other frameworks take it: by its position. Or nothing was.
    fn take_unnamed_axes(&mut self, name: &'static str) -> Option<&'a Argument> {
        let Some(argument) = self.take(name, true) else {
            let help = format!("write `{name} = 3` between the parentheses");
            self.report_missing_with(name, INTEGER, help);
            return None;
        };
        let keyword = self.keyword;
        self.diagnostics
            .error(
                Rule::MissingArgument,
                argument.place,
                format!("`{keyword}` takes its {name} by name"),
            )
            .help(format!("put `{name} = ` before it"));
        Some(argument)
    }

    /// A named word of `choices`, by its index, or a number of at least 0 for each axis; the first word if it is not
    /// given, `None` only after an error.
    pub fn take_word_or_axes(
        &mut self,
        name: &'static str,
        choices: &[&str],
        rank: usize,
    ) -> Option<Result<usize, Vec<usize>>> {
        let Some(argument) = self.take(name, false) else { return Some(Ok(0)) };
        if let ArgumentValue::Word(word) = &argument.value
            && !self.consts.has(&word.to_string())
        {
            return find_word(name, word, choices, self.diagnostics).map(Ok);
        }
        self.evaluate_integers(argument, rank).map(Err)
    }

    /// A named number of at least 0 for each axis; zeros if it is not given, `None` only after an error.
    pub fn take_integers(&mut self, name: &'static str, rank: usize) -> Option<Vec<usize>> {
        match self.take(name, false) {
            Some(argument) => self.evaluate_integers(argument, rank),
            None => Some(vec![0; rank]),
        }
    }

    fn evaluate_integers(&mut self, argument: &Argument, rank: usize) -> Option<Vec<usize>> {
        self.evaluate_axes(argument, rank, |arguments, size| {
            arguments.consts.evaluate_integer(size, arguments.diagnostics)
        })
    }

    /// One integer for all axes, or a list with one for each.
    fn evaluate_axes(
        &mut self,
        argument: &Argument,
        rank: usize,
        evaluate: impl Fn(&mut Self, &crate::ast::Size) -> Option<usize>,
    ) -> Option<Vec<usize>> {
        let values = argument.value.elements();
        let is_list = matches!(argument.value, ArgumentValue::List { .. });
        if is_list && values.len() != rank {
            let headline = format!(
                "this list has {}, but `{}` moves over {}",
                count(values.len(), "element"),
                self.keyword,
                count(rank, "axis")
            );
            let example = if rank == 1 { "[3]" } else { "[3, 5]" };
            self.diagnostics
                .error(Rule::ArgumentKind, argument.value.place(), headline)
                .help(format!("give a number for all of it, or one for each axis: `{example}`"));
            return None;
        }
        let mut axes = Vec::new();
        for value in values {
            let Some(size) = as_size(value) else {
                self.report_kind(argument, value, INTEGER);
                return None;
            };
            axes.push(evaluate(self, &size)?);
        }
        if !is_list {
            axes = vec![axes[0]; rank];
        }
        Some(axes)
    }
}

fn count(number: usize, what: &str) -> String {
    match (number, what) {
        (1, _) => format!("1 {what}"),
        (_, "axis") => format!("{number} axes"),
        _ => format!("{number} {what}s"),
    }
}

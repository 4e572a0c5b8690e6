//! Integers for axes whose number is known only where the layer stands.

use core::fmt;

use super::report::INTEGER;
use super::{Arguments, as_size};
use crate::ast::{Argument, ArgumentValue, Size};
use crate::diagnostics::Rule;

/// One integer, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PerAxis {
    /// The same for all axes.
    All(usize),
    /// One for each.
    Each(Vec<usize>),
}

impl PerAxis {
    /// The integers that were written.
    #[must_use]
    pub fn as_slice(&self) -> &[usize] {
        match self {
            Self::All(size) => core::slice::from_ref(size),
            Self::Each(sizes) => sizes,
        }
    }

    /// One for each of `rank` axes; `None` if the list has another length.
    #[must_use]
    pub fn for_axes(&self, rank: usize) -> Option<Vec<usize>> {
        match self {
            Self::All(size) => Some(vec![*size; rank]),
            Self::Each(sizes) => (sizes.len() == rank).then(|| sizes.clone()),
        }
    }
}

impl fmt::Display for PerAxis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(size) => write!(formatter, "{size}"),
            Self::Each(sizes) => write!(formatter, "{sizes:?}"),
        }
    }
}

impl Arguments<'_> {
    /// An integer of at least 0, or a list of them; `Some(None)` if it is not given, `None` after an error.
    pub fn take_per_axis(
        &mut self,
        name: &'static str,
        positional: bool,
    ) -> Option<Option<PerAxis>> {
        let Some(argument) = self.take(name, positional) else { return Some(None) };
        let sizes = self.evaluate_per_axis(name, argument, |arguments, size| {
            arguments.consts.evaluate_integer(size, arguments.diagnostics)
        });
        sizes.map(Some)
    }

    /// The main argument, which must be there: a size of at least 1, or a list of them.
    pub fn take_sizes_per_axis(&mut self, name: &'static str) -> Option<PerAxis> {
        let Some(argument) = self.take(name, true) else {
            self.report_missing(name, INTEGER, "16");
            return None;
        };
        let what = format!("the {name} of `{}`", self.keyword);
        self.evaluate_per_axis(name, argument, |arguments, size| {
            arguments.consts.evaluate_size(size, &what, arguments.diagnostics)
        })
    }

    fn evaluate_per_axis(
        &mut self,
        name: &str,
        argument: &Argument,
        evaluate: impl Fn(&mut Self, &Size) -> Option<usize>,
    ) -> Option<PerAxis> {
        let mut sizes = Vec::new();
        for value in argument.value.elements() {
            let Some(size) = as_size(value) else {
                self.report_kind(argument, value, INTEGER);
                return None;
            };
            sizes.push(evaluate(self, &size)?);
        }
        match (&argument.value, sizes.first()) {
            (ArgumentValue::List { .. }, Some(_)) => Some(PerAxis::Each(sizes)),
            (_, Some(size)) => Some(PerAxis::All(*size)),
            (_, None) => {
                self.diagnostics
                    .error(Rule::ArgumentRange, argument.place, format!("`{name}` is empty"))
                    .help(format!("give integers, such as `{name} = [1, 2]`"));
                None
            }
        }
    }
}

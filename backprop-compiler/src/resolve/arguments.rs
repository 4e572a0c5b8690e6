//! What stands between a layer's parentheses, handed out by name.
//!
//! A layer takes what it knows; whatever is left when it is done is an error.

use core::ops::RangeInclusive;
use std::borrow::Cow;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

use super::sizes::Consts;
use crate::ast::{Argument, ArgumentValue, Size, SizeKind};
use crate::diagnostics::{Diagnostics, Place, nearest};
use crate::graph::Shape;
use crate::init::{INITIALISERS, Init};

/// Which parameters of a layer are trained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Training {
    /// All of them.
    All,
    /// None of them.
    Nothing,
    /// The one of this name.
    Only(String),
}

impl Training {
    /// Whether the parameter is trained.
    #[must_use]
    pub fn trains(&self, parameter: &str) -> bool {
        match self {
            Self::All => true,
            Self::Nothing => false,
            Self::Only(name) => name == parameter,
        }
    }
}

/// The arguments of one call.
pub struct Arguments<'a> {
    keyword: &'a Ident,
    call: Place,
    left: Vec<&'a Argument>,
    known: Vec<&'static str>,
    consts: &'a Consts,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Arguments<'a> {
    /// The arguments of `keyword(..)`.
    pub fn new(
        keyword: &'a Ident,
        call: Place,
        arguments: &'a [Argument],
        consts: &'a Consts,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let left = arguments.iter().collect();
        Self { keyword, call, left, known: Vec::new(), consts, diagnostics }
    }

    /// Whether the argument is given, by name or, where that is possible, by position.
    #[must_use]
    pub fn has(&self, name: &str, positional: bool) -> bool {
        self.find(name, positional).is_some()
    }

    /// The main size: the first positional argument, or the one of that name. It must be there.
    pub fn take_size(&mut self, name: &'static str) -> Option<usize> {
        let Some(argument) = self.take(name, true) else {
            self.report_missing(name, "an integer");
            return None;
        };
        let what = format!("the {name} of `{}`", self.keyword);
        match as_size(&argument.value) {
            Some(size) => self.consts.evaluate_size(&size, &what, self.diagnostics),
            None => {
                self.report_kind(argument, &argument.value, INTEGER);
                None
            }
        }
    }

    /// The same where there is a default; `None` only after an error.
    pub fn take_size_or(&mut self, name: &'static str, default: usize) -> Option<usize> {
        if self.has(name, true) { self.take_size(name) } else { self.know(name, default) }
    }

    /// A named integer of at least 0.
    pub fn take_integer(&mut self, name: &'static str, default: usize) -> usize {
        let Some(argument) = self.take(name, false) else { return default };
        let value = match as_size(&argument.value) {
            Some(size) => self.consts.evaluate_integer(&size, self.diagnostics),
            None => {
                self.report_kind(argument, &argument.value, INTEGER);
                None
            }
        };
        value.unwrap_or(default)
    }

    /// `[2, 3]`, or every positional argument: `(2, 3)`.
    pub fn take_shape(&mut self, name: &'static str) -> Option<Shape> {
        let Some(first) = self.take(name, true) else {
            self.report_missing(name, "a list of axes such as `[2, 3]`");
            return None;
        };
        let mut values = match &first.value {
            ArgumentValue::List { values, .. } => values.iter().collect(),
            single => vec![single],
        };
        if first.name.is_none() && !matches!(first.value, ArgumentValue::List { .. }) {
            let (more, left) = self.left.iter().partition(|one| means(one, name, true));
            self.left = left;
            values.extend(Vec::into_iter(more).map(|argument: &Argument| &argument.value));
        }
        let mut axes = Vec::new();
        for value in values {
            let Some(size) = as_size(value) else {
                self.report_kind(first, value, INTEGER);
                return None;
            };
            let size = self.consts.evaluate_size(&size, "an axis", self.diagnostics);
            axes.push(size);
        }
        let axes: Vec<usize> = axes.into_iter().collect::<Option<_>>()?;
        let is_empty = axes.is_empty();
        let shape = Shape::new(axes);
        if shape.is_none() {
            let (headline, help) = if is_empty {
                ("this shape has no axes", "give one axis at least: `[2, 3]`")
            } else {
                ("this shape has more scalars than any target can address", "give smaller axes")
            };
            self.diagnostics.error(first.place, headline).help(help);
        }
        shape
    }

    /// A named `true` or `false`.
    pub fn take_flag(&mut self, name: &'static str, default: bool) -> bool {
        match self.take_word(name, &["false", "true"]) {
            Some(index) => index == 1,
            None => default,
        }
    }

    /// The index of a named word in `choices`; `None` without one, or after an error.
    pub fn take_word(&mut self, name: &'static str, choices: &[&str]) -> Option<usize> {
        let argument = self.take(name, false)?;
        let list = choices.join("`, `");
        let ArgumentValue::Word(word) = &argument.value else {
            self.report_kind(argument, &argument.value, &format!("one of `{list}`"));
            return None;
        };
        self.find_word(name, word, choices)
    }

    /// The index of a word in `choices`; `None` after an error.
    fn find_word(&mut self, name: &str, word: &Ident, choices: &[&str]) -> Option<usize> {
        let list = choices.join("`, `");
        let text = word.to_string();
        let index = choices.iter().position(|choice| *choice == text);
        if index.is_none() {
            // A family of choices: `he` of `he_uniform` and `he_normal`.
            let family: Vec<&str> = choices
                .iter()
                .copied()
                .filter(|choice| choice.split('_').next() == Some(text.as_str()))
                .collect();
            let near = match nearest(&text, choices.iter().copied()) {
                _ if !family.is_empty() => Some(family.join("` or `")),
                near => near.map(str::to_owned),
            };
            self.diagnostics
                .error(word.span(), format!("`{text}` is not a value of `{name}`"))
                .help(match near {
                    Some(near) => format!("did you mean `{near}`? `{name}` is one of `{list}`"),
                    None => format!("`{name}` is one of `{list}`"),
                });
        }
        index
    }

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
                let keyword = self.keyword;
                self.diagnostics
                    .error(self.call, format!("`{keyword}` needs its {name}, a number"))
                    .help(format!("write `{keyword}(0.5)`"));
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
                        .error(size.place, "a division of whole numbers drops the remainder")
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
                .error(value.place(), format!("`{name}` cannot be {number}"))
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
        let values = match &argument.value {
            ArgumentValue::List { values, .. } => values.iter().collect(),
            single => vec![single],
        };
        if values.is_empty() {
            self.diagnostics
                .error(argument.place, format!("`{name}` is empty"))
                .help(format!("give numbers, such as `{name} = [1.0, 2.0]`"));
        }
        let numbers: Vec<Option<f64>> = values
            .into_iter()
            .map(|value| self.evaluate_number(name, argument, value, &range))
            .collect();
        numbers.into_iter().collect::<Option<Vec<f64>>>().filter(|numbers| !numbers.is_empty())
    }

    /// The path of a type of the user's: the first positional argument. It must be there.
    pub fn take_path(&mut self, name: &'static str, example: &str) -> Option<TokenStream> {
        let Some(argument) = self.take(name, true) else {
            let keyword = self.keyword;
            self.diagnostics
                .error(self.call, format!("`{keyword}` needs a type"))
                .help(format!("write `{keyword}({example})`"));
            return None;
        };
        match &argument.value {
            ArgumentValue::Path(path) => Some(path.clone()),
            ArgumentValue::Word(word) if word != "true" && word != "false" => {
                Some(word.to_token_stream())
            }
            other => {
                self.report_kind(argument, other, "the path of a type");
                None
            }
        }
    }

    /// Reports that the arguments do not fit one another, unless they do.
    pub fn check(&mut self, fits: bool, headline: &str, help: &str) -> Option<()> {
        if !fits {
            self.diagnostics.error(self.call, headline).help(help);
        }
        fits.then_some(())
    }

    /// A named initialiser of a vector.
    pub fn take_vector_init(&mut self, name: &'static str) -> Option<Init> {
        let place = self.find(name, false).map(|index| self.left[index].value.place());
        let init = self.take_init(name)?;
        if matches!(init, Init::Orthogonal(_)) {
            self.diagnostics
                .error(
                    place.unwrap_or(self.call),
                    format!(
                        "`{name}` starts a vector, which has no rows and columns to be orthogonal"
                    ),
                )
                .help("start it with `zeros`, `constant`, `normal` or `uniform`");
            return None;
        }
        Some(init)
    }

    /// A named initialiser.
    pub fn take_init(&mut self, name: &'static str) -> Option<Init> {
        let argument = self.take(name, false)?;
        let choices: Vec<&str> = INITIALISERS.iter().map(|init| init.keyword).collect();
        let (word, arguments): (_, &[Argument]) = match &argument.value {
            ArgumentValue::Word(word) => (word, &[]),
            ArgumentValue::Call { name, arguments, .. } => (name, arguments),
            other => {
                let list = choices.join("`, `");
                self.report_kind(argument, other, &format!("one of `{list}`"));
                return None;
            }
        };
        let index = self.find_word(name, word, &choices)?;
        let place = argument.value.place();
        let mut inner = Arguments::new(word, place, arguments, self.consts, self.diagnostics);
        let init = (INITIALISERS[index].configure)(&mut inner);
        inner.finish();
        init
    }

    /// `trainable = true | false | parameter`, where the layer has these parameters.
    pub fn take_training(&mut self, parameters: &[&str]) -> Training {
        let mut choices = vec!["false", "true"];
        choices.extend(parameters);
        match self.take_word("trainable", &choices) {
            None | Some(1) => Training::All,
            Some(0) => Training::Nothing,
            Some(index) => Training::Only(choices[index].to_owned()),
        }
    }

    /// Reports what no one took.
    pub fn finish(self) {
        let keyword = self.keyword;
        let known = self.known.join("`, `");
        for argument in self.left {
            let error = match &argument.name {
                Some(name) => {
                    let text = name.to_string();
                    let repeated = self.known.contains(&text.as_str());
                    let near = nearest(&text, self.known.iter().copied());
                    if repeated {
                        self.diagnostics
                            .error(argument.place, format!("`{text}` is given a second time"))
                            .help("leave one of them out");
                        continue;
                    }
                    let error = self
                        .diagnostics
                        .error(argument.place, format!("`{keyword}` has no argument `{text}`"));
                    if let Some(near) = near {
                        error.help(format!("did you mean `{near}`?"));
                        continue;
                    }
                    error
                }
                None => self
                    .diagnostics
                    .error(argument.place, format!("`{keyword}` does not take this argument")),
            };
            error.help(if known.is_empty() {
                format!("write `{keyword}` without arguments")
            } else {
                format!("its arguments are `{known}`")
            });
        }
    }

    /// The default of an argument that is not given.
    fn know<V>(&mut self, name: &'static str, default: V) -> Option<V> {
        self.known.push(name);
        Some(default)
    }

    fn take(&mut self, name: &'static str, positional: bool) -> Option<&'a Argument> {
        if !self.known.contains(&name) {
            self.known.push(name);
        }
        let index = self.find(name, positional)?;
        Some(self.left.remove(index))
    }

    /// Where the argument of this name stands, or a positional one if it may be that.
    fn find(&self, name: &str, positional: bool) -> Option<usize> {
        self.left.iter().position(|argument| means(argument, name, positional))
    }

    fn report_missing(&mut self, name: &str, kind: &str) {
        let keyword = self.keyword;
        let example = if name == "shape" { "[2, 3]" } else { "16" };
        self.diagnostics
            .error(self.call, format!("`{keyword}` needs its {name}, {kind}"))
            .help(format!("write `{keyword}({example})`"));
    }

    /// Whether the value is an integer, or the name of one.
    fn is_integer(&self, value: &ArgumentValue) -> bool {
        match value {
            ArgumentValue::Word(word) => self.consts.has(&word.to_string()),
            value => matches!(value, ArgumentValue::Size(_)),
        }
    }

    /// Reports an argument, or an element of it, that is of another kind.
    fn report_kind(&mut self, argument: &Argument, value: &ArgumentValue, kind: &str) {
        let name = match &argument.name {
            Some(name) => format!("`{name}` of `{}`", self.keyword),
            None if !std::ptr::eq(value, &argument.value) => {
                format!("each axis of `{}`", self.keyword)
            }
            None => format!("this argument of `{}`", self.keyword),
        };
        let error = self
            .diagnostics
            .error(value.place(), format!("{name} must be {kind}, but this is {}", value.kind()));
        match value {
            ArgumentValue::Path(path) if kind == INTEGER => {
                let last = path.clone().into_iter().last();
                let last = last.map_or_else(|| "N".to_owned(), |token| token.to_string());
                error
                    .note("a macro sees tokens, not the values of constants outside of it")
                    .help(format!("write the number, or `const {last} = ..;` inside the network"));
            }
            _ => {
                error.help(format!("give {kind}"));
            }
        }
    }
}

/// Whether the argument has this name, or is a positional one that may be that.
fn means(argument: &Argument, name: &str, positional: bool) -> bool {
    argument.name.as_ref().map_or(positional, |given| *given == name)
}

const INTEGER: &str = "an integer";

/// The integer that an argument may be.
fn as_size(value: &ArgumentValue) -> Option<Cow<'_, Size>> {
    match value {
        ArgumentValue::Size(size) => Some(Cow::Borrowed(size)),
        ArgumentValue::Word(word) => {
            let place = Place::at(word.span());
            Some(Cow::Owned(Size { kind: SizeKind::Name(word.clone()), place }))
        }
        _ => None,
    }
}

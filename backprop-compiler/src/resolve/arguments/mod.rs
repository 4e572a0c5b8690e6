//! What stands between a layer's parentheses, handed out by name.
//!
//! A layer takes what it knows; whatever is left when it is done is an error.

mod axes;
mod numbers;
mod per_axis;
mod report;

use std::borrow::Cow;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;

pub use self::per_axis::PerAxis;
use self::report::INTEGER;
pub(super) use self::report::find_word;
use super::shapes::make_shape;
use super::sizes::Consts;
use crate::ast::{Argument, ArgumentValue, Size, SizeKind};
use crate::diagnostics::{Diagnostics, Place, Rule};
use crate::graph::{Code, Shape};
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
        consts.mention_arguments(arguments);
        let left = arguments.iter().collect();
        Self { keyword, call, left, known: Vec::new(), consts, diagnostics }
    }

    /// The names of what `configure` asks for, as far as it gets without any.
    #[must_use]
    pub fn list_names<T>(configure: fn(&mut Arguments<'_>) -> T) -> Vec<&'static str> {
        let keyword = Ident::new("keyword", Span::call_site());
        let (consts, mut diagnostics) = (Consts::default(), Diagnostics::default());
        let place = Place::at(keyword.span());
        let mut arguments = Arguments::new(&keyword, place, &[], &consts, &mut diagnostics);
        configure(&mut arguments);
        arguments.known
    }

    /// Whether the argument is given, by name or, where that is possible, by position.
    #[must_use]
    pub fn has(&self, name: &str, positional: bool) -> bool {
        self.find(name, positional).is_some()
    }

    /// The main size: the first positional argument, or the one of that name. It must be there.
    pub fn take_size(&mut self, name: &'static str) -> Option<usize> {
        let Some(argument) = self.take(name, true) else {
            self.report_missing(name, INTEGER, "16");
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
            self.report_missing(name, "a list of axes such as `[2, 3]`", "[2, 3]");
            return None;
        };
        let mut values = first.value.elements();
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
        make_shape(axes, first.place, self.diagnostics)
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
        find_word(name, word, choices, self.diagnostics)
    }

    /// The path of a type of the user's: the first positional argument. It must be there.
    pub fn take_path(&mut self, name: &'static str, example: &str) -> Option<TokenStream> {
        let Some(argument) = self.take(name, true) else {
            let keyword = self.keyword;
            self.diagnostics
                .error(Rule::MissingArgument, self.call, format!("`{keyword}` needs a type"))
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
            self.diagnostics.error(Rule::ArgumentConflict, self.call, headline).help(help);
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
                    Rule::ArgumentConflict,
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

    /// `bias_init` of a layer that has a bias or not; zeros by default, `None` only after an error.
    pub fn take_bias_init(&mut self, has_bias: bool) -> Option<Init> {
        let is_given = self.has("bias_init", false);
        let init = self.take_vector_init("bias_init").unwrap_or(Init::ZEROS);
        self.check(
            has_bias || !is_given,
            "`bias_init` of a layer without a bias",
            "leave one of `bias = false` and `bias_init` out",
        )?;
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
        let index = find_word(name, word, &choices, self.diagnostics)?;
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

    /// `code = small | fast`
    pub fn take_code(&mut self) -> Option<Code> {
        self.take_word("code", &Code::WORDS).map(Code::from_index)
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
}

/// Whether the argument has this name, or is a positional one that may be that.
fn means(argument: &Argument, name: &str, positional: bool) -> bool {
    argument.name.as_ref().map_or(positional, |given| *given == name)
}

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

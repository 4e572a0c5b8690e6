//! What is wrong with arguments.

use proc_macro2::Ident;

use super::Arguments;
use crate::ast::{Argument, ArgumentValue};
use crate::diagnostics::{Diagnostics, Rule, nearest};
use crate::ops::LAYERS;

/// What a size is called.
pub(super) const INTEGER: &str = "an integer";

impl Arguments<'_> {
    /// Reports what no one took.
    pub fn finish(self) {
        let keyword = self.keyword;
        let known = match self.known[..] {
            [] => format!("write `{keyword}` without arguments"),
            [only] => format!("its only argument is `{only}`"),
            _ => format!("its arguments are `{}`", self.known.join("`, `")),
        };
        for argument in self.left {
            let error = match &argument.name {
                Some(name) => {
                    let text = name.to_string();
                    let repeated = self.known.contains(&text.as_str());
                    let near = nearest(&text, self.known.iter().copied());
                    if repeated {
                        self.diagnostics
                            .error(
                                Rule::RepeatedArgument,
                                argument.place,
                                format!("`{text}` is given a second time"),
                            )
                            .help("leave one of them out");
                        continue;
                    }
                    let error = self.diagnostics.error(
                        Rule::UnknownArgument,
                        argument.place,
                        format!("`{keyword}` has no argument `{text}`"),
                    );
                    if let Some(near) = near {
                        error.help(format!("did you mean `{near}`?"));
                        continue;
                    }
                    error
                }
                None => self.diagnostics.error(
                    Rule::UnknownArgument,
                    argument.place,
                    format!("`{keyword}` does not take this argument"),
                ),
            };
            error.help(
                explain_leftover(argument, keyword, &self.known).unwrap_or_else(|| known.clone()),
            );
        }
    }

    /// Reports that what has no default is not given, and what could stand between the parentheses.
    pub fn report_missing(&mut self, name: &str, kind: &str, example: &str) {
        let keyword = self.keyword;
        let help = format!("write `{keyword}({example})`");
        self.report_missing_with(name, kind, help);
    }

    /// The same with other advice.
    pub(super) fn report_missing_with(&mut self, name: &str, kind: &str, help: String) {
        let keyword = self.keyword;
        self.diagnostics
            .error(
                Rule::MissingArgument,
                self.call,
                format!("`{keyword}` needs its {name}, {kind}"),
            )
            .help(help);
    }

    /// Reports an argument, or an element of it, that is of another kind.
    pub(super) fn report_kind(&mut self, argument: &Argument, value: &ArgumentValue, kind: &str) {
        let name = match &argument.name {
            Some(name) => format!("`{name}` of `{}`", self.keyword),
            None if !std::ptr::eq(value, &argument.value) => {
                format!("each axis of `{}`", self.keyword)
            }
            None => format!("this argument of `{}`", self.keyword),
        };
        let headline = format!("{name} must be {kind}, but this is {}", value.kind());
        match value {
            ArgumentValue::Path(path) if kind == INTEGER => {
                let last = path.clone().into_iter().last();
                let last = last.map_or_else(|| "N".to_owned(), |token| token.to_string());
                self.diagnostics
                    .error(Rule::OutsideConst, value.place(), headline)
                    .note("a macro sees tokens, not the values of constants outside of it")
                    .help(format!("write the number, or `const {last} = ..;` inside the network"));
            }
            _ => {
                self.diagnostics
                    .error(Rule::ArgumentKind, value.place(), headline)
                    .help(format!("give {kind}"));
            }
        }
    }
}

/// The index of a word in `choices`; `None` after an error.
pub(in crate::resolve) fn find_word(
    name: &str,
    word: &Ident,
    choices: &[&str],
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
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
        diagnostics
            .error(Rule::UnknownOption, word.span(), format!("`{text}` is not a value of `{name}`"))
            .help(match near {
                Some(near) => format!("did you mean `{near}`? `{name}` is one of `{list}`"),
                None => format!("`{name}` is one of `{list}`"),
            });
    }
    index
}

/// What to do about an argument as other frameworks have it.
fn explain_leftover(argument: &Argument, keyword: &Ident, known: &[&str]) -> Option<String> {
    let is_layer = |word: &Ident| LAYERS.iter().any(|layer| *word == layer.keyword);
    match &argument.value {
        ArgumentValue::Word(word) if is_layer(keyword) && is_layer(word) => {
            Some(format!("an activation is a layer of its own: `-> {keyword}(..) -> {word}`"))
        }
        ArgumentValue::Size(_) if argument.name.is_none() && known.contains(&"units") => {
            Some("give the units alone: how many inputs there are is known".to_owned())
        }
        _ => None,
    }
}

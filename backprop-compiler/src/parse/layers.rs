//! `-> name(arguments) as label "path"`, and arguments wherever they stand.

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};

use syn::Lit;

use super::Parsed;
use super::literals::Number;
use super::peek::symbol;
use super::reader::{Reader, missing};
use crate::ast::{Argument, ArgumentValue, LayerCall, Path, Role};
use crate::diagnostics::Rule;

/// Bytes of a path: as many as a name may have.
const LONGEST_PATH: usize = 256;

impl Reader<'_, '_> {
    /// `layer -> layer ..`, after the first arrow.
    pub(super) fn chain(&mut self) -> Parsed<Vec<LayerCall>> {
        let mut layers = vec![self.layer()?];
        while self.eat("->").is_some() {
            layers.push(self.layer()?);
        }
        Ok(layers)
    }

    /// One layer, after its arrow.
    pub(super) fn layer(&mut self) -> Parsed<LayerCall> {
        let help = "a layer is a word, such as `relu` or `dense(16)`";
        let name = self.name(Rule::MissingLayer, "a layer after `->`", help);
        let name = self.note_name(Role::Layer, name)?;
        if self.at("::") {
            while self.eat("::").is_some() {
                self.word();
            }
            let help = "your own elementwise op is written `custom(path::Type)`";
            return Err(self.error(
                Rule::LayerPath,
                self.since(name.span()),
                "a layer is a single word, not a path",
                help,
            ));
        }
        let arguments = self.group(Delimiter::Parenthesis, |inside| {
            Ok(inside.list(Reader::argument, BETWEEN_ARGUMENTS))
        });
        let parenthesised = arguments.is_some();
        let arguments = arguments.transpose()?.unwrap_or_default();
        let place = self.since(name.span());
        let (label, path) = match self.at_word("as") {
            true => self.label()?,
            false => (None, None),
        };
        Ok(LayerCall { name, parenthesised, arguments, label, path, place })
    }

    /// `label`, `label "path"` or `"path"`, at `as`.
    fn label(&mut self) -> Parsed<(Option<Ident>, Option<Path>)> {
        self.word();
        let path = self.module_path()?;
        if path.is_some() {
            return Ok((None, path));
        }
        let help = "a label is a new name, such as `encoder`";
        let label = self.name(Rule::MissingName, "a label after `as`", help)?;
        self.note(Role::Label, &label);
        Ok((Some(label), self.module_path()?))
    }

    /// `"encoder.0"`, if a string stands here.
    fn module_path(&mut self) -> Parsed<Option<Path>> {
        let Some((literal, rest)) = self.cursor.literal() else { return Ok(None) };
        let Lit::Str(path) = Lit::new(literal) else { return Ok(None) };
        let (text, span) = (path.value(), path.span());
        (self.cursor, self.last) = (rest, span);
        if text.len() > LONGEST_PATH || text.split('.').any(str::is_empty) {
            let headline = format!("{path:?} is no path of a module", path = text);
            let help =
                "its parts have points between them, as `\"encoder.0\"`, and at most 256 bytes";
            return Err(self.error(Rule::MissingName, span, headline, help));
        }
        Ok(Some(Path { text, span }))
    }

    /// `value`, or `name = value`.
    pub(super) fn argument(&mut self) -> Parsed<Argument> {
        let first = self.span();
        let name = self.argument_name();
        let value = self.argument_value()?;
        Ok(Argument { name, value, place: self.since(first) })
    }

    /// Whether `name =` stands here.
    pub(super) fn at_named_argument(&self) -> bool {
        self.cursor
            .ident()
            .and_then(|(_, rest)| symbol(rest))
            .is_some_and(|(symbol, ..)| symbol == "=")
    }

    /// `name =`, if it stands here.
    fn argument_name(&mut self) -> Option<Ident> {
        if !self.at_named_argument() {
            return None;
        }
        let name = self.word();
        if let Some(name) = &name {
            self.note(Role::Size, name);
        }
        self.eat("=");
        name
    }

    fn argument_value(&mut self) -> Parsed<ArgumentValue> {
        if self.at_end() || self.at(",") {
            let help = "write a number, a word such as `same`, or a list such as `[2, 2]`";
            return Err(self.expected(Rule::MissingArgumentValue, "an argument", help));
        }
        let first = self.span();
        let values = self.group(Delimiter::Bracket, |inside| {
            Ok(inside.list(Reader::argument_value, "separate the elements with `,`"))
        });
        if let Some(values) = values {
            return Ok(ArgumentValue::List { values: values?, place: self.since(first) });
        }
        if self.at_path() {
            return self.path().map(ArgumentValue::Path);
        }
        if self.at_decimal() {
            return self.signed_decimal();
        }
        if let Some((word, rest)) = self.cursor.ident() {
            let before = (self.cursor, self.last);
            (self.cursor, self.last) = (rest, word.span());
            let arguments = self.group(Delimiter::Parenthesis, |inside| {
                Ok(inside.list(Reader::argument, BETWEEN_ARGUMENTS))
            });
            if arguments.is_some() || !self.at_operator() {
                self.note(Role::Size, &word);
            }
            if let Some(arguments) = arguments {
                let (arguments, place) = (arguments?, self.since(first));
                return Ok(ArgumentValue::Call { name: word, arguments, place });
            }
            if !self.at_operator() {
                if word != "true" && word != "false" {
                    self.check_segment(&word)?;
                }
                return Ok(ArgumentValue::Word(word));
            }
            (self.cursor, self.last) = before;
        }
        self.size().map(ArgumentValue::Size)
    }

    fn signed_decimal(&mut self) -> Parsed<ArgumentValue> {
        let first = self.span();
        let sign = if self.eat("-").is_some() { -1.0 } else { 1.0 };
        let value = match self.number() {
            Some(number) => match number?.0 {
                Number::Decimal(value) => value,
                Number::Whole { magnitude, .. } => magnitude as f64,
            },
            None => {
                return Err(self.expected(
                    Rule::MissingArgumentValue,
                    "a number",
                    "write a number such as `0.5`",
                ));
            }
        };
        if self.at_operator() {
            let help = "write the result; only whole numbers can be calculated with";
            return Err(self.expected(Rule::WholeNumber, "the end of the number", help));
        }
        Ok(ArgumentValue::Number { value: sign * value, place: self.since(first) })
    }

    /// Whether a Rust path stands here, or a type with parameters.
    fn at_path(&self) -> bool {
        let Some((_, rest)) = self.cursor.ident() else {
            return self.at("::");
        };
        symbol(rest).is_some_and(|(symbol, ..)| symbol == "::" || symbol == "<")
    }

    /// `segment::segment<..>`
    pub(super) fn path(&mut self) -> Parsed<TokenStream> {
        let mut tokens = TokenStream::new();
        let read = self.segments(&mut tokens);
        let mut noted = tokens.clone();
        noted.extend(read.is_err().then(|| TokenTree::from(missing())));
        self.words.paths.push(noted);
        read.map(|()| tokens)
    }

    fn segments(&mut self, tokens: &mut TokenStream) -> Parsed<()> {
        let help = "write the path of a type, such as `my_crate::Swish`";
        if self.at("::") {
            self.take_symbol(tokens);
        }
        loop {
            if self.at("<") {
                self.angle_brackets(tokens)?;
            } else {
                let Some(segment) = self.word() else {
                    return Err(self.expected(Rule::MissingArgumentValue, "a path", help));
                };
                self.check_segment(&segment)?;
                tokens.extend([TokenTree::from(segment)]);
                if self.at("<") {
                    self.angle_brackets(tokens)?;
                }
            }
            if !self.at("::") {
                return Ok(());
            }
            self.take_symbol(tokens);
        }
    }

    /// Reports a word that cannot stand in the path of a type.
    fn check_segment(&mut self, word: &Ident) -> Parsed<()> {
        match TYPE_KEYWORDS.iter().any(|keyword| word == keyword) {
            true => Ok(()),
            false => self.check_keyword(word),
        }
    }

    /// `<..>`, with whatever it holds.
    fn angle_brackets(&mut self, tokens: &mut TokenStream) -> Parsed<()> {
        let open = self.span();
        let mut depth = 0_usize;
        let mut arrow = false;
        while let Some((tree, rest)) = self.cursor.token_tree() {
            if let TokenTree::Punct(punct) = &tree {
                match punct.as_char() {
                    '<' => depth += 1,
                    '>' if !arrow => depth -= 1,
                    _ => {}
                }
                arrow = punct.as_char() == '-' && punct.spacing() == Spacing::Joint;
            }
            self.last = tree.span();
            self.cursor = rest;
            tokens.extend([tree]);
            if depth == 0 {
                return Ok(());
            }
        }
        Err(self.error(
            Rule::UnexpectedToken,
            open,
            "this `<` is never closed",
            "close it with `>`",
        ))
    }

    /// Moves the next symbol, whole, to `tokens`.
    fn take_symbol(&mut self, tokens: &mut TokenStream) {
        if let Some((text, span, rest)) = self.symbol() {
            let mut cursor = self.cursor;
            for _ in text.chars() {
                if let Some((punct, rest)) = cursor.punct() {
                    tokens.extend([TokenTree::from(punct)]);
                    cursor = rest;
                }
            }
            self.cursor = rest;
            self.last = span;
        }
    }
}

/// Keywords that may stand in the path of a type.
const TYPE_KEYWORDS: [&str; 4] = ["crate", "self", "super", "Self"];

/// What to do where a comma is missing.
pub(super) const BETWEEN_ARGUMENTS: &str = "separate the arguments with `,`";

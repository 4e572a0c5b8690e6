//! The position in the text, and what every part of the grammar needs of it.
//!
//! Invisible groups, in which a `macro_rules!` wraps its fragments, are looked through for
//! single tokens; [`Reader::invisible`] reads one as a whole, for expressions.

use proc_macro2::extra::DelimSpan;
use proc_macro2::{Delimiter, Ident, Span, TokenTree};
use syn::buffer::Cursor;

use super::peek::{is_end, symbol};
use super::{Parsed, Reported};
use crate::ast::{Role, Word, Words, can_be_raw, plain};
use crate::diagnostics::{Diagnostics, Place, Rule};

/// How deep parentheses, brackets and signs may stand within one another.
const MAXIMUM_DEPTH: usize = 64;

/// The longest name: the expansion repeats each as often as it is used.
const LONGEST_NAME: usize = 256;

/// Reads the tokens of one pair of delimiters.
pub(super) struct Reader<'a, 'd> {
    pub(super) cursor: Cursor<'a>,
    /// The token that was read last.
    pub(super) last: Span,
    /// Arithmetic operators so far in this statement.
    pub(super) operators: usize,
    pub(super) diagnostics: &'d mut Diagnostics,
    /// What an editor may be asked about.
    pub(super) words: &'d mut Words,
    /// What ends these tokens, and where.
    pub(super) close: (&'static str, Span),
    depth: usize,
}

impl<'a, 'd> Reader<'a, 'd> {
    pub(super) fn new(
        cursor: Cursor<'a>,
        diagnostics: &'d mut Diagnostics,
        words: &'d mut Words,
    ) -> Self {
        let close = ("", Span::call_site());
        Self { cursor, last: Span::call_site(), operators: 0, diagnostics, words, close, depth: 0 }
    }

    /// Notes a word, whatever is wrong behind it: an editor is asked about half a statement.
    pub(super) fn note(&mut self, role: Role, ident: &Ident) {
        self.words.words.push(Word { role, ident: ident.clone() });
    }

    /// Notes a name, or the place of one that is missing.
    pub(super) fn note_name(&mut self, role: Role, name: Parsed<Ident>) -> Parsed<Ident> {
        match &name {
            Ok(name) => self.note(role, name),
            Err(Reported) => self.note(role, &missing()),
        }
        name
    }

    /// Reports an error.
    pub(super) fn error(
        &mut self,
        rule: Rule,
        place: impl Into<Place>,
        headline: impl Into<String>,
        help: impl Into<String>,
    ) -> Reported {
        self.diagnostics.error(rule, place, headline).help(help);
        Reported
    }

    /// Reports that something else should stand here.
    pub(super) fn expected(&mut self, rule: Rule, what: &str, help: impl Into<String>) -> Reported {
        let found = self.found();
        self.error(rule, found.span, format!("expected {what}, found {}", found.quoted()), help)
    }

    /// Everything from `first` to the token that was read last.
    pub(super) fn since(&self, first: Span) -> Place {
        Place::at(first).to(Place::at(self.last))
    }

    /// Passes one token, or a group as a whole.
    pub(super) fn skip(&mut self) {
        if let Some((tree, rest)) = self.cursor.token_tree() {
            self.last = tree.span();
            self.cursor = rest;
        }
    }

    /// Passes everything up to the next comma.
    pub(super) fn skip_to_comma(&mut self) {
        while !self.at_end() && !self.at(",") {
            self.skip();
        }
    }

    /// Passes the next word, if there is one; without `r#` where that changes nothing.
    pub(super) fn word(&mut self) -> Option<Ident> {
        let (ident, rest) = self.cursor.ident()?;
        self.last = ident.span();
        self.cursor = rest;
        Some(simplify(ident))
    }

    /// A name that may become a Rust identifier; `what` says whose.
    pub(super) fn name(&mut self, rule: Rule, what: &str, help: &str) -> Parsed<Ident> {
        if self.at_statement() {
            return Err(self.expected(rule, what, help));
        }
        self.any_name(rule, what, help)
    }

    /// The name that a statement declares. Whatever `=`, `:` or `;` follows is meant as one: of a
    /// missing name the next statement would follow.
    pub(super) fn declared_name(&mut self, what: &str, help: &str) -> Parsed<Ident> {
        let ends = |(text, ..): (String, Span, Cursor)| ["=", ":", ";"].contains(&text.as_str());
        let declares = self.cursor.ident().and_then(|(_, rest)| symbol(rest)).is_some_and(ends);
        if declares {
            self.any_name(Rule::MissingName, what, help)
        } else {
            self.name(Rule::MissingName, what, help)
        }
    }

    fn any_name(&mut self, rule: Rule, what: &str, help: &str) -> Parsed<Ident> {
        let Some(name) = self.word() else {
            return Err(self.expected(rule, what, help));
        };
        let text = name.to_string();
        if text.len() > LONGEST_NAME {
            let headline = format!("this name has more than {LONGEST_NAME} bytes");
            return Err(self.error(
                Rule::BeyondLimits,
                name.span(),
                headline,
                "choose a shorter name",
            ));
        }
        self.check_keyword(&name)?;
        Ok(name)
    }

    /// Reports a word that rustc takes for anything but a name.
    pub(super) fn check_keyword(&mut self, word: &Ident) -> Parsed<()> {
        if !is_keyword(word) {
            return Ok(());
        }
        let text = word.to_string();
        let (headline, help) = if text == "_" {
            ("`_` is not a name".to_owned(), "choose a name".to_owned())
        } else {
            let raw =
                if can_be_raw(&text) { format!(", or write `r#{text}`") } else { String::new() };
            let headline = format!("`{text}` is a Rust keyword and cannot be a name");
            (headline, format!("choose another name{raw}"))
        };
        // Wherever such a name is used follows from its first use.
        if self.diagnostics.messages().iter().any(|message| message.headline == headline) {
            return Err(Reported);
        }
        Err(self.error(Rule::RustKeyword, word.span(), headline, help))
    }

    /// Passes `text`, if it stands here.
    pub(super) fn eat(&mut self, text: &str) -> Option<Span> {
        let (symbol, span, rest) = self.symbol()?;
        if symbol != text {
            return None;
        }
        self.last = span;
        self.cursor = rest;
        Some(span)
    }

    /// Reads a group of this delimiter with `parse`, if one stands here.
    pub(super) fn group<T>(
        &mut self,
        delimiter: Delimiter,
        parse: impl FnOnce(&mut Reader<'a, '_>) -> Parsed<T>,
    ) -> Option<Parsed<T>> {
        let (inside, span, rest) = self.cursor.group(delimiter)?;
        self.cursor = rest;
        let result = self.within(inside, delimiter, span, parse);
        if delimiter != Delimiter::None {
            self.last = span.close();
        }
        Some(result)
    }

    /// Reads an invisible group that holds more than blanks, if one stands here.
    pub(super) fn invisible<T>(
        &mut self,
        parse: impl FnOnce(&mut Reader<'a, '_>) -> Parsed<T>,
    ) -> Option<Parsed<T>> {
        while let Some((inside, _, rest)) = self.cursor.group(Delimiter::None) {
            if !is_end(inside) {
                return self.group(Delimiter::None, parse);
            }
            self.cursor = rest;
        }
        None
    }

    fn within<T>(
        &mut self,
        inside: Cursor<'a>,
        delimiter: Delimiter,
        span: DelimSpan,
        parse: impl FnOnce(&mut Reader<'a, '_>) -> Parsed<T>,
    ) -> Parsed<T> {
        self.descend(span.open(), |outer| {
            let close = match delimiter {
                Delimiter::Parenthesis => (")", span.close()),
                Delimiter::Bracket => ("]", span.close()),
                Delimiter::Brace => ("}", span.close()),
                Delimiter::None => {
                    let mut after = Reader::new(outer.cursor, outer.diagnostics, outer.words);
                    after.close = outer.close;
                    (outer.close.0, after.span())
                }
            };
            let mut inner = Reader {
                cursor: inside,
                last: span.open(),
                operators: outer.operators,
                diagnostics: outer.diagnostics,
                words: outer.words,
                close,
                depth: outer.depth,
            };
            let result = parse(&mut inner);
            (outer.operators, outer.last) = (inner.operators, inner.last);
            result
        })
    }

    /// Runs `parse` one level deeper, if there is room for that.
    pub(super) fn descend<T>(
        &mut self,
        place: Span,
        parse: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Parsed<T> {
        if self.depth == MAXIMUM_DEPTH {
            let headline = format!("nested more than {MAXIMUM_DEPTH} levels deep");
            return Err(self.error(
                Rule::BeyondLimits,
                place,
                headline,
                "name a part with `let` or `const`",
            ));
        }
        self.depth += 1;
        let result = parse(self);
        self.depth -= 1;
        result
    }

    /// `item, item, ..` up to the end of the group. Items with a mistake are left out.
    pub(super) fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Parsed<T>,
        between: &str,
    ) -> Vec<T> {
        let mut items = Vec::new();
        while !self.at_end() {
            let result = item(self);
            let sound = result.is_ok();
            items.extend(result.ok());
            if sound && !self.at_end() && !self.at(",") {
                let close = self.close.0;
                let help =
                    if self.at(":") { "a name and its value are joined by `=`" } else { between };
                self.expected(Rule::MissingComma, &format!("`,` or `{close}`"), help);
            }
            self.skip_to_comma();
            self.eat(",");
        }
        items
    }
}

/// A word without `r#` where that changes nothing.
pub(super) fn simplify(word: Ident) -> Ident {
    let plain = Ident::new(&plain(&word), word.span());
    if is_keyword(&plain) { word } else { plain }
}

/// Stands where a name is missing, so that an editor has a place to complete.
pub(super) fn missing() -> Ident {
    Ident::new("missing", Span::call_site())
}

/// Whether rustc takes the word for anything but a name.
pub(super) fn is_keyword(word: &Ident) -> bool {
    syn::parse2::<Ident>(TokenTree::from(word.clone()).into()).is_err()
}

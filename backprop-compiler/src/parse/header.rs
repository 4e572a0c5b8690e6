//! Everything around the statements: `#[attributes] pub struct Name { .. }`.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::buffer::Cursor;

use super::reader::{Reader, is_keyword};
use super::{Parsed, Reported};
use crate::ast::{Declaration, Item};
use crate::diagnostics::{Place, Rule};

const HELP: &str = "write `pub struct Name { .. }`";

impl Reader<'_, '_> {
    /// `facade; attributes visibility struct Name { statements }`
    pub(super) fn declaration(&mut self) -> Parsed<Declaration> {
        let facade = self.facade();
        // What is missing at the end is missing behind the last token.
        self.close.1 = find_last(self.cursor).unwrap_or(self.close.1);
        let attributes = self.attributes()?;
        let visibility = self.visibility();
        let is_struct = self.struct_keyword().is_ok();
        let name = match is_struct {
            true => self.name(Rule::NoNetwork, "the name of the network", HELP)?,
            false => self.word().filter(|name| !is_keyword(name)).ok_or(Reported)?,
        };
        let sound = is_struct && self.check_head(&name).is_ok();
        let items = match self.group(Delimiter::Brace, |inside| Ok(inside.statements())) {
            Some(items) => {
                if sound && !self.at_end() {
                    self.trailing();
                }
                items?
            }
            None => {
                if sound {
                    let help = format!("its statements stand in braces: `struct {name} {{ .. }}`");
                    self.expected(Rule::NoNetwork, "`{`", help);
                }
                // The name is enough for the code that uses it.
                let (keyword, words) = (String::new(), Vec::new());
                vec![Item::Broken { keyword, name: None, words }]
            }
        };
        let words = std::mem::take(self.words);
        Ok(Declaration { facade, attributes, visibility, name, items, words })
    }

    /// Everything up to the first `;`.
    fn facade(&mut self) -> TokenStream {
        let mut path = TokenStream::new();
        while self.eat(";").is_none()
            && let Some((tree, rest)) = self.cursor.token_tree()
        {
            path.extend([tree]);
            self.cursor = rest;
        }
        path
    }

    fn attributes(&mut self) -> Parsed<Vec<TokenStream>> {
        let mut attributes = Vec::new();
        while let Some((hash, _)) = self.cursor.punct()
            && hash.as_char() == '#'
        {
            self.eat("#");
            let Some((_, _, rest)) = self.cursor.group(Delimiter::Bracket) else {
                let help = "attributes of the network stand before the struct: `#[..]`";
                return Err(self.expected(Rule::NoNetwork, "`[` after `#`", help));
            };
            let mut tokens = TokenStream::from(TokenTree::from(hash));
            // The group is visible: were it wrapped in an invisible one, `#` would be too.
            tokens.extend(self.cursor.token_tree().map(|(tree, _)| tree));
            attributes.push(tokens);
            self.cursor = rest;
        }
        Ok(attributes)
    }

    /// `pub`, `pub(..)` or nothing.
    fn visibility(&mut self) -> TokenStream {
        let mut visibility = TokenStream::new();
        if self.at_word("pub") {
            visibility.extend(self.word().map(TokenTree::from));
            if self.cursor.group(Delimiter::Parenthesis).is_some()
                && let Some((restriction, rest)) = self.cursor.token_tree()
            {
                visibility.extend([restriction]);
                self.cursor = rest;
            }
        }
        visibility
    }

    fn struct_keyword(&mut self) -> Parsed<()> {
        if self.at_word("struct") {
            self.word();
            return Ok(());
        }
        let help = format!("a network is a struct: {HELP}");
        let error = self.expected(Rule::NoNetwork, "`struct`", help);
        // `enum Net`: the name is the second word.
        let second = self.cursor.ident().and_then(|(_, rest)| rest.ident());
        if second.is_some() {
            self.word();
        }
        Err(error)
    }

    /// Reports what a struct may have between its name and its braces, and a network may not.
    fn check_head(&mut self, name: &Ident) -> Parsed<()> {
        let help = format!("write `struct {name} {{ .. }}`");
        if let Some((_, span, rest)) = self.cursor.group(Delimiter::Parenthesis) {
            self.cursor = rest;
            self.eat(";");
            let place = Place::at(span.open()).to(Place::at(span.close()));
            return Err(self.error(Rule::NoNetwork, place, "a network is no tuple struct", help));
        }
        let headline = match self.found().text.as_str() {
            "<" => "a network has no generic parameters",
            "where" => "a network has no `where` clause",
            ":" => "a network has no supertraits",
            _ => return Ok(()),
        };
        let first = self.span();
        while !self.at_end() && self.cursor.group(Delimiter::Brace).is_none() {
            self.skip();
        }
        Err(self.error(Rule::NoNetwork, self.since(first), headline, help))
    }

    /// Reports what follows the struct.
    fn trailing(&mut self) -> Reported {
        let found = self.found();
        let another = ["#", "pub", "struct"].contains(&found.text.as_str());
        if another {
            let help = "write one `network!` for each";
            return self.error(
                Rule::NoNetwork,
                found.span,
                "more than one network in one `network!`",
                help,
            );
        }
        let headline = format!("unexpected {} after the network", found.quoted());
        self.error(
            Rule::NoNetwork,
            found.span,
            headline,
            "`network!` holds one struct and nothing else",
        )
    }
}

/// Where the last token stands; of a group, its closing delimiter.
fn find_last(mut cursor: Cursor) -> Option<Span> {
    let mut last = None;
    while let Some((tree, rest)) = cursor.token_tree() {
        last = Some(match tree {
            TokenTree::Group(group) => group.span_close(),
            token => token.span(),
        });
        cursor = rest;
    }
    last
}

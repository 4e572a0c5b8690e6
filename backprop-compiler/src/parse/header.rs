//! Everything around the statements: `#[attributes] pub struct Name { .. }`.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use super::reader::Reader;
use super::{Parsed, Reported};
use crate::ast::Declaration;
use crate::diagnostics::Place;

const HELP: &str = "write `pub struct Name { .. }`";

impl Reader<'_, '_> {
    /// `facade; attributes visibility struct Name { statements }`
    pub(super) fn declaration(&mut self) -> Parsed<Declaration> {
        let facade = self.facade();
        let attributes = self.attributes()?;
        let visibility = self.visibility();
        self.struct_keyword()?;
        let name = self.name("the name of the network", HELP)?;
        let sound = self.check_head(&name).is_ok();
        let Some(items) = self.group(Delimiter::Brace, |inside| Ok(inside.statements())) else {
            let help = format!("its statements stand in braces: `struct {name} {{ .. }}`");
            return Err(if sound { self.expected("`{`", help) } else { Reported });
        };
        let items = items?;
        if sound && !self.at_end() {
            self.trailing();
        }
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
                return Err(self.expected("`[` after `#`", help));
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
        if !self.at_word("struct") {
            return Err(self.expected("`struct`", format!("a network is a struct: {HELP}")));
        }
        self.word();
        Ok(())
    }

    /// Reports what a struct may have between its name and its braces, and a network may not.
    fn check_head(&mut self, name: &Ident) -> Parsed<()> {
        let help = format!("write `struct {name} {{ .. }}`");
        if let Some((_, span, rest)) = self.cursor.group(Delimiter::Parenthesis) {
            self.cursor = rest;
            self.eat(";");
            let place = Place::at(span.open()).to(Place::at(span.close()));
            return Err(self.error(place, "a network is no tuple struct", help));
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
        Err(self.error(self.since(first), headline, help))
    }

    /// Reports what follows the struct.
    fn trailing(&mut self) -> Reported {
        let found = self.found();
        let another = ["#", "pub", "struct"].contains(&found.text.as_str());
        if another {
            let help = "write one `network!` for each";
            return self.error(found.span, "more than one network in one `network!`", help);
        }
        let headline = format!("unexpected {} after the network", found.quoted());
        self.error(found.span, headline, "`network!` holds one struct and nothing else")
    }
}

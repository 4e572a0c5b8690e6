//! The statements between the braces, and how to go on after a broken one.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::buffer::Cursor;

use super::peek::symbol;
use super::reader::{Reader, is_keyword, simplify};
use super::text::excerpt_tokens;
use super::{Parsed, Reported};
use crate::ast::{Item, Role, Size, Value, plain};
use crate::diagnostics::{Rule, nearest};

const KEYWORDS: [&str; 10] =
    ["input", "let", "output", "loss", "const", "block", "budget", "dtype", "tile", "code"];

impl Reader<'_, '_> {
    /// Every statement.
    pub(super) fn statements(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        while !self.at_end() {
            let start = self.cursor;
            self.operators = 0;
            let statement = self.check_attributes().and_then(|()| self.whole_statement());
            if statement.is_err() {
                self.recover();
            }
            items.push(match statement {
                Ok(Some(item)) => item,
                _ => describe_broken(start, self.cursor),
            });
        }
        items
    }

    /// Goes on behind the next `;`, or at what can only be the next statement.
    fn recover(&mut self) {
        while !self.at_end() && !self.at_statement() && self.eat(";").is_none() {
            self.skip();
        }
    }

    /// Whether a statement starts here: a keyword, and then what its statement needs. Keywords
    /// are names elsewhere, so the keyword alone is no sign.
    pub(super) fn at_statement(&self) -> bool {
        let Some((keyword, rest)) = self.cursor.ident() else {
            return false;
        };
        let word_follows = rest.ident().is_some_and(|(word, _)| word != "as");
        match keyword.to_string().as_str() {
            "let" | "const" => true,
            "input" | "output" | "dtype" | "block" => word_follows,
            "loss" => word_follows || rest.literal().is_some(),
            "tile" | "code" => symbol(rest).is_some_and(|(symbol, ..)| symbol == "="),
            "budget" => rest.group(Delimiter::Brace).is_some(),
            _ => false,
        }
    }

    /// A statement and its end; `None` where something in it is wrong, although its end is clear.
    fn whole_statement(&mut self) -> Parsed<Option<Item>> {
        let messages = self.diagnostics.messages().len();
        let Some(keyword) = self.word() else {
            let help = format!("a statement starts with {}", listed_keywords());
            return Err(self.expected(Rule::UnknownStatement, "a statement", help));
        };
        self.note(Role::Statement, &keyword);
        let item = self.statement(&keyword)?;
        let is_sound = self.diagnostics.messages().len() == messages;
        match item {
            Item::Budget { .. } => {
                self.eat(";");
            }
            _ => self.end_statement(&keyword.to_string())?,
        }
        Ok(is_sound.then_some(item))
    }

    /// A statement without its end.
    fn statement(&mut self, keyword: &Ident) -> Parsed<Item> {
        Ok(match keyword.to_string().as_str() {
            "const" => self.const_statement()?,
            "dtype" => {
                let name = self.name(
                    Rule::MissingName,
                    "a number type",
                    "write `dtype f32;` or `dtype f64;`",
                )?;
                Item::Dtype { keyword: keyword.span(), name }
            }
            "tile" => {
                self.equals("tile", "write `tile = 32;`")?;
                Item::Tile { keyword: keyword.span(), size: self.size_of_statement()? }
            }
            "code" => {
                let help = "write `code = small;` or `code = fast;`";
                self.equals("code", help)?;
                let word = self.name(Rule::MissingArgumentValue, "`small` or `fast`", help)?;
                Item::Code { keyword: keyword.span(), word }
            }
            "input" => self.input_statement()?,
            "let" => {
                if self.at_word("mut") {
                    let help = "leave `mut` out: a value has one meaning for good";
                    let (rule, span) = (Rule::UnexpectedToken, self.span());
                    return Err(self.error(rule, span, "unexpected `mut` after `let`", help));
                }
                if self.cursor.group(Delimiter::Parenthesis).is_some() {
                    return self.split_statement();
                }
                let name = self.declared_name("a name after `let`", "write `let name = value;`")?;
                self.note(Role::Let, &name);
                self.equals(&name.to_string(), &format!("write `let {name} = value;`"))?;
                Item::Let { name, value: self.value_of_statement()? }
            }
            "block" => self.block_statement()?,
            "output" => self.output_statement(keyword)?,
            "loss" => Item::Loss { keyword: keyword.span(), terms: self.loss_terms()? },
            "budget" => Item::Budget { keyword: keyword.span(), limits: self.limits()? },
            _ => return Err(self.unknown_statement(keyword)),
        })
    }

    /// Reports attributes and documentation before a statement, and passes them; an error where
    /// no statement follows.
    fn check_attributes(&mut self) -> Parsed<()> {
        let first = self.span();
        let mut any = false;
        while self.at("#") {
            any = true;
            self.skip();
            while self.at("!") {
                self.skip();
            }
            if self.cursor.group(Delimiter::Bracket).is_some() {
                self.skip();
            }
        }
        if any {
            let headline = "statements have no attributes and no documentation";
            let help = "write a comment with `//`, or move it before the struct";
            let error = self.error(Rule::StatementAttribute, first, headline, help);
            if self.at_end() {
                return Err(error);
            }
        }
        Ok(())
    }

    fn const_statement(&mut self) -> Parsed<Item> {
        let name = self.declared_name("a name after `const`", "write `const NAME = 16;`")?;
        self.note(Role::Const, &name);
        if self.at(":") {
            let help = format!("every `const` here is a whole number: write `const {name} = 16;`");
            return Err(self.expected(Rule::MissingEquals, &format!("`=` after `{name}`"), help));
        }
        self.equals(&name.to_string(), &format!("write `const {name} = 16;`"))?;
        Ok(Item::Const { name, value: self.size_of_statement()? })
    }

    fn input_statement(&mut self) -> Parsed<Item> {
        let name = self.declared_name("a name after `input`", "write `input image: [28, 28];`")?;
        self.note(Role::Input, &name);
        let first = name.span();
        let help = format!("give the shape in brackets: `input {name}: [28, 28];`");
        if self.eat(":").is_none() {
            return Err(self.expected(
                Rule::MissingShape,
                &format!("`:` and the shape of `{name}`"),
                help,
            ));
        }
        let shape = self.group(Delimiter::Bracket, |inside| {
            Ok(inside.list(Reader::size, "a shape has sizes with `,` between them: `[28, 28]`"))
        });
        match shape {
            Some(shape) => Ok(Item::Input { shape: shape?, place: self.since(first), name }),
            None => Err(self.expected(Rule::MissingShape, "`[`", help)),
        }
    }

    /// `name = layer -> layer ..`, after `block`.
    fn block_statement(&mut self) -> Parsed<Item> {
        const HELP: &str = "write `block name = dense(16) -> relu;`";
        let name = self.declared_name("a name after `block`", HELP)?;
        self.note(Role::Block, &name);
        self.equals(&name.to_string(), HELP)?;
        let layers = self.chain()?;
        self.expect_value_end(";")?;
        Ok(Item::Block { name, layers })
    }

    /// `(name, name, ..) = value -> split`, after `let`.
    fn split_statement(&mut self) -> Parsed<Item> {
        const HELP: &str = "write `let (a, b) = value -> split;`";
        let (first, messages) = (self.span(), self.diagnostics.messages().len());
        let names = self.group(Delimiter::Parenthesis, |inside| {
            Ok(inside.list(
                |reader| {
                    let name = reader.name(Rule::MissingName, "a name", HELP);
                    reader.note_name(Role::Let, name)
                },
                "names of parts have `,` between them: `(a, b)`",
            ))
        });
        let names = names.unwrap_or(Err(Reported))?;
        let place = self.since(first);
        if self.diagnostics.messages().len() > messages {
            return Err(Reported);
        }
        if names.len() < 2 {
            let headline = "a value is split into two parts at least";
            return Err(self.error(Rule::SplitParts, place, headline, HELP));
        }
        self.equals("(..)", HELP)?;
        Ok(Item::Split { names, value: self.value_of_statement()?, place })
    }

    fn output_statement(&mut self, keyword: &Ident) -> Parsed<Item> {
        let keyword = keyword.span();
        let name = self.declared_name("a name after `output`", "write `output name = value;`")?;
        self.note(Role::Output, &name);
        if self.eat("=").is_some() {
            let value = Some(self.value_of_statement()?);
            return Ok(Item::Output { keyword, name, value });
        }
        if self.at(";") || self.at_end() || self.at_statement() {
            return Ok(Item::Output { keyword, name, value: None });
        }
        let (rule, help) = match self.found().text.as_str() {
            "->" | "+" | "-" | "*" | "/" | "(" => {
                (Rule::MissingName, "name the output: `output name = value;`".to_owned())
            }
            "," => (Rule::MissingEquals, "write one `output` for each".to_owned()),
            _ => {
                let help = format!(
                    "write `output {name} = value;`, or `output {name};` for a named value"
                );
                (Rule::MissingEquals, help)
            }
        };
        Err(self.expected(rule, &format!("`=` or `;` after `{name}`"), help))
    }

    fn size_of_statement(&mut self) -> Parsed<Size> {
        let size = self.size()?;
        if self.at_end() || self.at(";") || self.at_statement() {
            return Ok(size);
        }
        if self.at("::") {
            let help =
                "a macro sees tokens, not the values of constants outside of it: write the number";
            return Err(self.expected(Rule::OutsideConst, "an operator or `;`", help));
        }
        let help = "sizes know `+`, `-`, `*`, `/` and parentheses; a statement ends with `;`";
        Err(self.expected(Rule::UnexpectedToken, "an operator or `;`", help))
    }

    fn value_of_statement(&mut self) -> Parsed<Value> {
        let value = self.value()?;
        self.expect_value_end(";")?;
        Ok(value)
    }

    /// `=` after `what`.
    fn equals(&mut self, what: &str, help: &str) -> Parsed<()> {
        if self.eat("=").is_some() {
            return Ok(());
        }
        Err(self.expected(Rule::MissingEquals, &format!("`=` after `{what}`"), help))
    }

    /// `;`
    fn end_statement(&mut self, keyword: &str) -> Parsed<()> {
        if self.eat(";").is_some() {
            return Ok(());
        }
        let help = format!("end the `{keyword}` statement with `;`");
        if !self.at_end() && !self.at_statement() {
            return Err(self.expected(Rule::MissingSemicolon, "`;`", help));
        }
        // Nothing is missing but the semicolon.
        let found = self.found();
        let headline = format!("missing `;` before {}", found.quoted());
        self.error(Rule::MissingSemicolon, found.span, headline, help);
        Ok(())
    }

    fn unknown_statement(&mut self, word: &Ident) -> Reported {
        let text = word.to_string();
        let help = match nearest(&text, KEYWORDS) {
            _ if self.at("=") => format!("write `let {word} = value;` to name a value"),
            _ if self.at(":") => format!("write `input {word}: [4];` to declare an input"),
            _ if self.at("->") || self.at_operator() => {
                "give the value a name: `let name = value;` or `output name = value;`".to_owned()
            }
            Some(keyword) => format!("did you mean `{keyword}`?"),
            None => format!("a statement starts with {}", listed_keywords()),
        };
        self.error(Rule::UnknownStatement, word.span(), format!("unknown statement `{word}`"), help)
    }
}

/// What can be told of a statement with a mistake in it.
fn describe_broken(start: Cursor, end: Cursor) -> Item {
    let mut words = Vec::new();
    collect_words(excerpt_tokens(start, end), &mut words);
    let (keyword, second) = match start.ident() {
        Some((keyword, rest)) => (keyword.to_string(), rest.ident()),
        None => (String::new(), None),
    };
    let name = second.map(|(name, _)| simplify(name)).filter(|name| !is_keyword(name));
    let name = name.filter(|_| DECLARING.contains(&keyword.as_str()));
    Item::Broken { keyword, name, words }
}

/// The statements whose second word is a new name.
const DECLARING: [&str; 5] = ["block", "const", "input", "let", "output"];

fn collect_words(tokens: TokenStream, words: &mut Vec<String>) {
    for tree in tokens {
        match tree {
            TokenTree::Ident(word) => words.push(plain(&word)),
            TokenTree::Group(group) => collect_words(group.stream(), words),
            _ => {}
        }
    }
}

fn listed_keywords() -> String {
    let keywords = KEYWORDS.map(|keyword| format!("`{keyword}`"));
    match keywords.split_last() {
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

//! Edits of valid declarations, token by token.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::tokens::INVISIBLE;
use super::words::{KINDS, NAMES, WORDS};

/// One edit. Its numbers mean something for any declaration, so that whatever draws numbers draws edits.
#[derive(Clone, Copy, Debug)]
pub struct Edit {
    /// What is done.
    pub kind: u8,
    /// Where.
    pub at: u16,
    /// With which other token or word.
    pub with: u16,
}

/// A declaration as tokens that can be edited one by one, brackets among them.
pub fn split_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    flatten(text.parse().expect("a declaration is made of tokens"), &mut words);
    words
}

fn flatten(tokens: TokenStream, words: &mut Vec<String>) {
    let mut joint = false;
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                words.push(open.to_owned());
                flatten(group.stream(), words);
                words.push(close.to_owned());
                joint = false;
            }
            TokenTree::Punct(punct) => {
                match words.last_mut() {
                    Some(last) if joint => last.push(punct.as_char()),
                    _ => words.push(punct.to_string()),
                }
                joint = punct.spacing() == Spacing::Joint;
            }
            token => {
                words.push(token.to_string());
                joint = false;
            }
        }
    }
}

impl Edit {
    /// Edits the words of a declaration.
    pub fn apply(self, words: &mut Vec<String>) {
        if words.is_empty() {
            return;
        }
        let (at, with) = (usize::from(self.at) % words.len(), usize::from(self.with));
        let other = with % words.len();
        match self.kind % 16 {
            0 => drop(words.remove(at)),
            1 => words.swap(at, other),
            2 => words.insert(at, words[at].clone()),
            3 => words[at] = words[other].clone(),
            4 | 5 => words[at] = WORDS[with % WORDS.len()].to_owned(),
            6 => words[at] = retype(&words[at], with),
            7 | 8 => rename(words, at, with),
            9 => wrap(words, at),
            10 => repeat_statement(words, at, with),
            11 => drop_statement(words, at),
            _ => vary(words, at, with),
        }
    }
}

/// The same text as a token of another type.
fn retype(word: &str, with: usize) -> String {
    let plain = word.trim_matches('"');
    let escaped = plain.replace('\\', "\\\\").replace('"', "\\\"");
    match with % 7 {
        0 => format!("\"{escaped}\""),
        1 => format!("'{plain}"),
        2 => format!("r#{plain}"),
        3 => format!("{plain}.0"),
        4 => format!("{plain}u8"),
        5 => format!("-{plain}"),
        _ => format!("_{plain}"),
    }
}

/// Gives a name that is declared another meaning's, or an odd one, wherever it stands.
fn rename(words: &mut [String], at: usize, with: usize) {
    let declares = |word: &str| ["input", "let", "output", "const", "as", "struct"].contains(&word);
    let names: Vec<&String> =
        words.windows(2).filter(|pair| declares(&pair[0])).map(|pair| &pair[1]).collect();
    let Some(old) = names.get(at % names.len().max(1)).map(|name| (*name).clone()) else { return };
    let new = NAMES[with % NAMES.len()];
    words.iter_mut().filter(|word| **word == old).for_each(|word| new.clone_into(word));
}

/// Puts a token into an invisible group, as a macro of the user's does.
fn wrap(words: &mut Vec<String>, at: usize) {
    if ["(", ")", "[", "]", "{", "}"].contains(&words[at].as_str()) {
        return;
    }
    let word = std::mem::take(&mut words[at]);
    words.splice(at..=at, [INVISIBLE.to_owned(), "(".to_owned(), word, ")".to_owned()]);
}

/// The words of the statement around `at`, its `;` included.
fn find_statement(words: &[String], at: usize) -> std::ops::Range<usize> {
    let ends = |word: &String| [";", "{", "}"].contains(&word.as_str());
    let start = words[..at].iter().rposition(ends).map_or(0, |end| end + 1);
    let end = words[at..].iter().position(ends).map_or(words.len(), |end| at + end + 1);
    start..end
}

fn repeat_statement(words: &mut Vec<String>, at: usize, with: usize) {
    let statement = words[find_statement(words, at)].to_vec();
    let place = find_statement(words, with % words.len()).start;
    words.splice(place..place, statement);
}

fn drop_statement(words: &mut Vec<String>, at: usize) {
    words.drain(find_statement(words, at));
}

/// Puts another word of the same kind in place of one.
fn vary(words: &mut [String], at: usize, with: usize) {
    let kind_of = |word: &str| KINDS.iter().find(|kind| kind.contains(&word)).copied();
    let varied: Vec<(usize, &[&str])> = words
        .iter()
        .enumerate()
        .filter_map(|(index, word)| Some((index, kind_of(word)?)))
        .collect();
    if let Some((index, kind)) = varied.get(at % varied.len().max(1)) {
        words[*index] = kind[with % kind.len()].to_owned();
    }
}

//! Whatever stands between the braces, the parser ends, without a panic.

use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::parse_tokens;

const TOKENS: &str = r##"
    const dtype tile code input let output loss budget concat as a b N custom KiB _ self r#let 'x
    0 3 0.5 1e999 8u8 3KiB 99999999999999999999 "text" 'c' b"x"
    -> = ; , : :: + - * / < > # ! % .. => & . ? $
"##;

/// A linear congruential generator (Knuth's MMIX constants): the same soup on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }

    fn soup(&mut self, depth: usize) -> TokenStream {
        let tokens: Vec<&str> = TOKENS.split_whitespace().collect();
        let mut soup = TokenStream::new();
        for _ in 0..self.below(14) {
            let delimiter = match self.below(20) {
                _ if depth == 0 => None,
                0 | 1 => Some(Delimiter::Parenthesis),
                2 => Some(Delimiter::Bracket),
                3 => Some(Delimiter::Brace),
                4 => Some(Delimiter::None),
                _ => None,
            };
            match delimiter {
                Some(delimiter) => {
                    let inside = self.soup(depth - 1);
                    soup.extend([TokenTree::from(Group::new(delimiter, inside))]);
                }
                None => soup.extend(TokenStream::from_str(tokens[self.below(tokens.len())])),
            }
        }
        soup
    }
}

#[test]
fn no_soup_is_too_hot() {
    let mut random = Random(1);
    let (mut silent, mut loud) = (0, 0);
    for _ in 0..5_000 {
        let soup = random.soup(3);
        let in_body = random.below(4) > 0;
        let text = soup.to_string();
        let (declaration, messages) =
            parse_tokens(if in_body { quote::quote!(struct Net { #soup }) } else { soup });
        assert!(declaration.is_some() || !messages.is_empty(), "nothing said about {text}");
        *if messages.is_empty() { &mut silent } else { &mut loud } += 1;
    }
    assert!(silent > 100 && loud > 3_000, "the soup has both kinds: {silent} and {loud}");
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    for (open, close) in [("(", ")"), ("[", "]")] {
        for before in ["let v = ", "let v = x -> f(", "const N = ", "loss "] {
            let end = if before.ends_with('(') { ")" } else { "" };
            let (deep, shut) = (open.repeat(500), close.repeat(500));
            let text = format!("struct Net {{ {before}{deep}a{shut}{end}; let w = a; }}");
            let (declaration, messages) = super::parse_text(&text);
            assert_eq!(messages.len(), 1, "{text}: {messages:#?}");
            assert_eq!(super::count_sound(declaration), 1);
        }
    }
}

#[test]
fn long_arithmetic_is_an_error_and_no_overflow() {
    for text in [vec!["1"; 100_000].join("+"), "-".repeat(100_000) + "1"] {
        let (messages, sound) = super::errors(&format!("const N = {text}; let w = a;"));
        assert_eq!((messages.len(), sound), (1, 1), "{messages:#?}");
    }
}

/// Every way to leave one token, or one group, out of `tokens`.
fn without_one(tokens: &TokenStream) -> Vec<(String, TokenStream)> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut all = Vec::new();
    for (index, tree) in trees.iter().enumerate() {
        let put = |middle: Option<TokenTree>| -> TokenStream {
            let (before, after) = (&trees[..index], &trees[index + 1..]);
            before.iter().cloned().chain(middle).chain(after.iter().cloned()).collect()
        };
        all.push((tree.to_string(), put(None)));
        if let TokenTree::Group(group) = tree {
            for (name, inside) in without_one(&group.stream()) {
                all.push((name, put(Some(Group::new(group.delimiter(), inside).into()))));
            }
        }
    }
    all
}

#[test]
fn one_slip_makes_one_message() {
    let full = TokenStream::from_str(super::valid::FULL).expect("balanced tokens");
    let variants = without_one(&full);
    assert!(variants.len() > 150, "{}", variants.len());
    for (left_out, tokens) in variants {
        let text = tokens.to_string();
        let (_, messages) = parse_tokens(tokens);
        assert!(messages.len() <= 1, "without {left_out}: {text}\n{messages:#?}");
    }
}

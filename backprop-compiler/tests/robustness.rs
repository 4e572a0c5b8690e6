//! Whatever stands between the braces: the compiler neither panics nor hangs, what it accepts is Rust
//! without a name defined twice, and what it rejects has a message.

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// How long one declaration may take; unoptimised, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a slip of the pen, or malice, puts in place of a token.
const WORDS: &[&str] = &[
    "a",
    "x",
    "y",
    "mix",
    "dense1",
    "frozen",
    "input",
    "let",
    "output",
    "loss",
    "const",
    "budget",
    "dtype",
    "tile",
    "as",
    "f64",
    "KiB",
    "dense",
    "flatten",
    "identity",
    "relu",
    "reshape",
    "softmax",
    "tanh",
    "concat",
    "custom",
    "cross_entropy",
    "mse",
    "axis",
    "bias",
    "init",
    "zeros",
    "trainable",
    "shape",
    "target",
    "smoothing",
    "true",
    "false",
    "self",
    "Self",
    "crate",
    "fn",
    "r#type",
    "_",
    "Größe",
    "pub",
    "struct",
    "->",
    "=>",
    "::",
    "<",
    ">",
    "=",
    ":",
    ";",
    ",",
    "+",
    "-",
    "*",
    "/",
    "#",
    "!",
    "'a",
    "0",
    "1",
    "2",
    "3",
    "8",
    "-1",
    "0.5",
    "1e400",
    "65536",
    "4294967295",
    "18446744073709551615",
    "99999999999999999999999",
    "1u8",
    "0x10",
    "\"8\"",
    "'c'",
    "b\"x\"",
    "( )",
    "[ ]",
    "{ }",
    "[2, 3]",
    "(a + x)",
    "{ step = 1 KiB }",
];

/// Words that mean things of one kind: with one in another's place much is still sound.
const KINDS: &[&[&str]] = &[
    &["relu", "tanh", "sigmoid", "identity", "softmax", "flatten"],
    &["1", "2", "3", "4", "6", "8", "10", "12", "16", "4294967295"],
    &["f32", "f64"],
    &["+", "*"],
    &["mse", "cross_entropy"],
    &["B", "KiB", "MiB"],
    &["false", "true", "bias", "weight"],
    &["x", "a", "b", "left", "right", "first", "hidden", "r#type", "self_", "Größe"],
];

/// Statements, so that soup gets past the parser.
const STATEMENTS: &[&str] = &[
    "input x: [4];",
    "input x: [2, 2];",
    "input a: [N];",
    "const N = 4;",
    "const N = N;",
    "dtype f64;",
    "tile = 4294967295;",
    "tile = 3;",
    "let a = x -> relu;",
    "let a = x -> dense(4) as mix -> mix -> tanh;",
    "let b = x + a;",
    "let b = concat(a, x, axis = 1);",
    "let b = (x * a + x) -> flatten;",
    "output y = x -> flatten -> dense(3);",
    "output y = b -> mix;",
    "output a;",
    "output b;",
    "output x;",
    "loss mse(y);",
    "loss cross_entropy(y) + 2 * mse(a);",
    "loss cross_entropy(y, target = probabilities) + mse(y) + mse(y);",
    "budget { parameters = 1 KiB, step = 1 }",
];

/// A declaration as tokens that can be edited one by one, brackets among them.
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

fn read_networks() -> Vec<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/networks");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let networks: Vec<Vec<String>> = paths
        .iter()
        .map(|path| {
            let mut words = Vec::new();
            flatten(fs::read_to_string(path).unwrap().parse().unwrap(), &mut words);
            // What stands before passes through as it is: its mistakes are rustc's to report.
            let head = words.iter().position(|word| word == "struct").unwrap();
            words.split_off(head)
        })
        .collect();
    assert!(networks.len() >= 10);
    networks
}

#[derive(Clone, Debug)]
enum Edit {
    Drop(Index),
    Swap(Index, Index),
    Duplicate(Index),
    /// Takes another token of the same declaration.
    Copy(Index, Index),
    Replace(Index, &'static str),
    /// Puts another word of the same kind in place of one.
    Vary(Index, Index),
}

impl Edit {
    fn apply(&self, words: &mut Vec<String>) {
        let count = words.len();
        if count == 0 {
            return;
        }
        match self {
            Self::Drop(at) => drop(words.remove(at.index(count))),
            Self::Swap(one, other) => words.swap(one.index(count), other.index(count)),
            Self::Duplicate(at) => words.insert(at.index(count), words[at.index(count)].clone()),
            Self::Copy(from, to) => words[to.index(count)] = words[from.index(count)].clone(),
            Self::Replace(at, word) => words[at.index(count)] = (*word).to_owned(),
            Self::Vary(at, by) => {
                let kind_of = |word: &str| KINDS.iter().find(|kind| kind.contains(&word)).copied();
                let varied: Vec<(usize, &[&str])> = words
                    .iter()
                    .enumerate()
                    .filter_map(|(index, word)| Some((index, kind_of(word)?)))
                    .collect();
                if !varied.is_empty() {
                    let (index, kind) = varied[at.index(varied.len())];
                    let new = kind[by.index(kind.len())];
                    let old = core::mem::replace(&mut words[index], new.to_owned());
                    // A name keeps its meaning only if it is renamed wherever it stands.
                    if kind == KINDS[KINDS.len() - 1] {
                        words
                            .iter_mut()
                            .filter(|word| **word == old)
                            .for_each(|word| *word = new.to_owned());
                    }
                }
            }
        }
    }
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        1 => any::<Index>().prop_map(Edit::Drop),
        1 => any::<(Index, Index)>().prop_map(|(one, other)| Edit::Swap(one, other)),
        1 => any::<Index>().prop_map(Edit::Duplicate),
        1 => any::<(Index, Index)>().prop_map(|(from, to)| Edit::Copy(from, to)),
        3 => any::<(Index, Index)>().prop_map(|(at, by)| Edit::Vary(at, by)),
        1 => (any::<Index>(), select(WORDS)).prop_map(|(at, word)| Edit::Replace(at, word)),
    ];
    vec(edit, 1..4)
}

/// Compiles in a thread of its own: what does not come back has hung. Says whether it was accepted;
/// `None` for text that is not even tokens, which no macro ever sees.
fn try_compile(text: &str) -> Result<Option<bool>, String> {
    let (sender, receiver) = mpsc::channel();
    let source = text.to_owned();
    thread::spawn(move || {
        let result = catch_unwind(|| check(&source));
        let result = result.unwrap_or_else(|_| Err("the compiler panics".to_owned()));
        // The receiver is gone only once it has given up.
        let _ = sender.send(result);
    });
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|_| Err("the compiler hangs".to_owned()))
}

fn check(source: &str) -> Result<Option<bool>, String> {
    let Ok(tokens) = source.parse::<TokenStream>() else { return Ok(None) };
    let analysis = backprop_compiler::analyse(tokens.clone());
    let accepted = analysis.compiled.is_some();
    if accepted == analysis.diagnostics.has_errors() {
        return Err(format!("accepted: {accepted}, and errors: {}", !accepted));
    }
    for message in analysis.diagnostics.messages() {
        if message.headline.is_empty() || message.help.is_none() {
            return Err(format!("no help: {}", message.text()));
        }
    }
    let items = backprop_compiler::compile(tokens.clone());
    if items.to_string() != backprop_compiler::compile(tokens).to_string() {
        return Err("the same input gives other tokens".to_owned());
    }
    let file = syn::parse2::<syn::File>(items).map_err(|error| format!("no Rust: {error}"))?;
    find_repeated(&file.items).map_or(Ok(Some(accepted)), Err)
}

/// A name that is defined twice: what rustc would reject without the compiler having said why.
fn find_repeated(items: &[syn::Item]) -> Option<String> {
    let mut types = BTreeSet::new();
    let mut members = BTreeSet::new();
    for item in items {
        match item {
            syn::Item::Struct(item) => {
                if !types.insert(item.ident.to_string()) {
                    return Some(format!("the struct `{}` is defined twice", item.ident));
                }
                let mut fields = BTreeSet::new();
                for name in item.fields.iter().filter_map(|field| field.ident.as_ref()) {
                    if !fields.insert(name.to_string()) {
                        return Some(format!("`{}.{name}` is defined twice", item.ident));
                    }
                }
            }
            syn::Item::Impl(item) if item.trait_.is_none() => {
                let owner = &item.self_ty;
                for member in &item.items {
                    let name = match member {
                        syn::ImplItem::Fn(member) => &member.sig.ident,
                        syn::ImplItem::Const(member) => &member.ident,
                        _ => continue,
                    };
                    if !members.insert(format!("{}::{name}", quote::quote!(#owner))) {
                        return Some(format!("the member `{name}` is defined twice"));
                    }
                }
            }
            syn::Item::Const(item) => {
                if let syn::Expr::Block(inside) = &*item.expr {
                    let inner = inside.block.stmts.iter().filter_map(|statement| match statement {
                        syn::Stmt::Item(item) => Some(item.clone()),
                        _ => None,
                    });
                    let found = find_repeated(&inner.collect::<Vec<_>>());
                    if found.is_some() {
                        return found;
                    }
                }
            }
            syn::Item::Mod(item) => {
                let inner = item.content.as_ref().map(|(_, items)| items.as_slice());
                let found = inner.and_then(find_repeated);
                if found.is_some() {
                    return found;
                }
            }
            _ => {}
        }
    }
    None
}

fn assert_sound(text: &str) -> Result<(), TestCaseError> {
    match try_compile(text) {
        Ok(_) => Ok(()),
        Err(what) => Err(TestCaseError::fail(format!("{what}:\n{text}"))),
    }
}

fn config(cases: u32) -> ProptestConfig {
    // One fixed seed: CI says the same of the same commit; `PROPTEST_CASES` and another seed look further.
    let rng_seed = proptest::test_runner::RngSeed::Fixed(1);
    ProptestConfig { cases, failure_persistence: None, rng_seed, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn any_tokens_are_survived(words in vec(select(WORDS), 0..40)) {
        let soup = words.join(" ");
        assert_sound(&format!("backprop; {soup}"))?;
        assert_sound(&format!("backprop; pub struct Net {{ {soup} }}"))?;
    }

    #[test]
    fn any_statements_are_survived(
        statements in vec(select(STATEMENTS), 0..12),
        edits in prop::option::of(edits()),
    ) {
        let mut words = Vec::new();
        flatten(statements.concat().parse().unwrap(), &mut words);
        edits.iter().flatten().for_each(|edit| edit.apply(&mut words));
        assert_sound(&format!("backprop; pub struct Net {{ {} }}", words.join(" ")))?;
    }
}

#[test]
fn any_edit_of_a_network_is_survived() {
    let networks = read_networks();
    let strategy = (select(networks), edits());
    let mut runner = proptest::test_runner::TestRunner::new(config(700));
    let accepted = std::cell::Cell::new(0);
    let outcome = runner.run(&strategy, |(mut words, edits)| {
        edits.iter().for_each(|edit| edit.apply(&mut words));
        let text = format!("backprop; {}", words.join(" "));
        let result =
            try_compile(&text).map_err(|what| TestCaseError::fail(format!("{what}:\n{text}")))?;
        accepted.set(accepted.get() + u32::from(result == Some(true)));
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    // Were everything rejected, nothing behind the parser would have been tried.
    assert!(accepted.get() > 50, "{}", accepted.get());
}

/// Counts beyond 64 bits, and beyond any memory.
#[test]

fn enormous_sizes_are_survived() {
    let enormous = [
        "dtype f64; input x: [4294967295]; output y = x -> dense(4294967295); loss mse(y);",
        "input x: [4294967295]; output y = x -> dense(4294967295) as a -> a -> a; loss mse(y);",
        "input x: [65535, 65537]; output y = (x * x + x) -> flatten; output z = y -> tanh;",
        "tile = 4294967295; input x: [4294967295]; output y = x -> dense(2); loss mse(y);",
        "input x: [4]; output y = x -> dense(2); loss 1e308 * mse(y) + 1e308 * mse(y);",
    ];
    let found: Vec<String> = enormous
        .iter()
        .filter_map(|items| {
            let what = try_compile(&format!("backprop; pub struct Net {{ {items} }}")).err()?;
            Some(format!("{what}: {items}"))
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Networks that no one writes by hand, but a macro might.
#[test]
fn large_declarations_end() {
    let wrap = |items: &str| format!("backprop; pub struct Net {{ input x: [4]; {items} }}");
    let cases = [
        wrap(&format!("output y = x {};", "-> tanh".repeat(200))),
        wrap(&format!("output y = x {};", "-> flatten".repeat(400))),
        wrap(&format!("output y = x {}; loss mse(y);", "-> dense(4)".repeat(80))),
        wrap(&format!("output y = x -> dense(4) as mix {}; loss mse(y);", "-> mix".repeat(80))),
        wrap(&format!("output y = {} -> dense(1);", ["(x)"; 100].join(" + "))),
        wrap(&format!("output y = ({}) -> dense(1); loss mse(y);", ["x"; 200].join(" + "))),
        wrap(&format!("output y = concat({}) -> dense(1); loss mse(y);", "x,".repeat(200))),
        wrap(&format!("output y = {}x{};", "(".repeat(500), ")".repeat(500))),
        wrap(&format!("const N = {}1;", "-".repeat(5000))),
        wrap(&format!("const N = {};", ["1"; 5000].join(" * "))),
    ];
    for text in cases {
        if let Err(what) = try_compile(&text) {
            panic!("{what}: {}", &text[..text.len().min(200)]);
        }
    }
}

//! Edits of valid declarations.
#![no_main]

#[path = "../../backprop-compiler/tests/robustness/check.rs"]
mod check;
#[path = "../../backprop-compiler/tests/robustness/declarations.rs"]
mod declarations;
#[path = "../../backprop-compiler/tests/robustness/mutate.rs"]
mod mutate;
#[path = "../../backprop-compiler/tests/robustness/repeated.rs"]
mod repeated;
#[path = "../../backprop-compiler/tests/robustness/spans.rs"]
mod spans;
#[path = "../../backprop-compiler/tests/robustness/tokens.rs"]
mod tokens;
#[path = "../../backprop-compiler/tests/robustness/words.rs"]
mod words;

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mutate::Edit;

static DECLARATIONS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    declarations::list_declarations(&root.join("../backprop-compiler/tests/networks"))
});

fuzz_target!(|input: (u8, Vec<(u8, u16, u16)>)| {
    let (declaration, edits) = input;
    let mut words = DECLARATIONS[usize::from(declaration) % DECLARATIONS.len()].clone();
    for (kind, at, with) in edits {
        Edit { kind, at, with }.apply(&mut words);
    }
    let text = words.join(" ");
    if let Err(what) = check::check(&text) {
        panic!("{what}:\n{text}");
    }
});

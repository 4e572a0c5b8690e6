//! Any bytes as the text of a declaration.
#![no_main]

#[path = "../../backprop-compiler/tests/robustness/check.rs"]
mod check;
#[path = "../../backprop-compiler/tests/robustness/repeated.rs"]
mod repeated;
#[path = "../../backprop-compiler/tests/robustness/spans.rs"]
mod spans;
#[path = "../../backprop-compiler/tests/robustness/tokens.rs"]
mod tokens;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Err(what) = check::check(&text) {
        panic!("{what}:\n{text}");
    }
});

//! Declarations in a stranger's crate: those that must compile and run under whatever lints and names
//! surround them, and those that must not, with the messages that a person reads.
//!
//! `TRYBUILD=overwrite cargo test --test ui` blesses the messages; read the diff.

#[test]
fn declarations_that_compile() {
    trybuild::TestCases::new().pass("tests/ui/pass/*.rs");
}

/// A folder for each rule of the language, and one for declarations with several mistakes; `types` is
/// what the types of the generated code refuse.
#[test]
fn mistakes_and_their_messages() {
    let cases = trybuild::TestCases::new();
    for folder in ["fail/*", "several", "types"] {
        cases.compile_fail(format!("tests/ui/{folder}/*.rs"));
    }
}

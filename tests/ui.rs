//! Declarations in a stranger's crate: those that must compile and run under whatever lints and names
//! surround them, and those that must not, with the messages that a person reads.
//!
//! `TRYBUILD=overwrite cargo test --test ui` blesses the messages; read the diff.

#[test]
fn declarations_that_compile() {
    trybuild::TestCases::new().pass("tests/ui/pass/*.rs");
}

/// A folder for each rule of the language, and one for declarations with several mistakes. What they say is
/// the same with every compiler since `rust-version`.
#[test]
fn mistakes_and_their_messages() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/fail/*/*.rs");
    cases.compile_fail("tests/ui/several/*.rs");
}

/// What the types of the generated code refuse: most of the text is rustc's own, which differs from one
/// version to the next, so that it is pinned for the one in `rust-toolchain.toml`.
#[test]
fn refusals_of_the_types() {
    trybuild::TestCases::new().compile_fail("tests/ui/types/*.rs");
}

/// What the runtime adds to a network with the feature `rayon`, it adds to one with a mistake too.
#[cfg(feature = "rayon")]
#[test]
fn mistakes_under_calls_on_several_threads() {
    trybuild::TestCases::new().compile_fail("tests/ui/threads/*.rs");
}

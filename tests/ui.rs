//! Declarations in a stranger's crate: those that must compile and run under whatever lints and names
//! surround them, and those that must not, with the messages that a person reads.

#[test]
fn declarations_that_compile() {
    trybuild::TestCases::new().pass("tests/ui/pass/*.rs");
}

#[test]
fn mistakes_and_their_messages() {
    trybuild::TestCases::new().compile_fail("tests/ui/fail/*.rs");
}

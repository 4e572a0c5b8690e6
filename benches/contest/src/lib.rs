//! What the Rust contestants of `cargo xtask compare` share, so that all start from the same numbers, are asked
//! the same questions, and take the time the same way. `benches/compare/python` says the same in Python.

// Of no use to anyone else, and most names say it.
#![allow(missing_docs)]

pub mod ceilings;
pub mod clock;
pub mod data;
pub mod inference;
pub mod networks;
pub mod protocol;
pub mod tasks;

//! The compiler behind `backprop::network!`.
pub mod ast;
pub mod diagnostics;

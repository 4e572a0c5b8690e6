//! What a layer that asks for fast code is computed by, in a program that is compiled for size too.

pub use crate::__private::*;
pub use crate::kernels::{dense, elementwise};

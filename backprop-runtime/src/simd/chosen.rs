//! The choice made by each kernel for itself, for builds whose own code is not optimised.

use super::lanes::list_kernels;
use super::x86::{Level, level};
use super::{InstructionSet, Vectors};

/// Whatever [`level`] finds, kernel by kernel.
#[derive(Clone, Copy, Debug)]
pub struct Chosen;

impl InstructionSet for Chosen {
    #[inline(always)]
    fn vectorize<R>(self, function: impl FnOnce() -> R) -> R {
        function()
    }
}

macro_rules! choose_kernels {
    ($($(#[$docs:meta])* $method:ident($call:ty);)*) => {
        $(
            unsafe fn $method(self, call: &$call) {
                // SAFETY: the caller's.
                unsafe {
                    match level() {
                        Level::Avx512(simd) => simd.$method(call),
                        Level::Avx2(simd) => simd.$method(call),
                        Level::Sse2(simd) => simd.$method(call),
                    }
                }
            }
        )*
    };
}

macro_rules! implement_chosen {
    ($scalar:ident) => {
        impl Vectors<$scalar> for Chosen {
            type Wide = $scalar;
            const REGISTERS: usize = 16;

            list_kernels!(choose_kernels, $scalar);
        }
    };
}

implement_chosen!(f32);
implement_chosen!(f64);

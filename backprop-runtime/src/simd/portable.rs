//! One lane: plain arithmetic, for targets without vectors.

use super::lanes::list_kernels;
use super::{InstructionSet, Lanes, Vectors};
use crate::scalar::Scalar;

/// No vectors: any target has this.
#[derive(Clone, Copy, Debug)]
pub struct Portable;

impl InstructionSet for Portable {
    #[inline(always)]
    fn vectorize<R>(self, function: impl FnOnce() -> R) -> R {
        function()
    }
}

macro_rules! run_kernels {
    ($($(#[$docs:meta])* $method:ident($call:ty);)*) => {
        $(
            #[inline(never)]
            unsafe fn $method(self, call: &$call) {
                // SAFETY: the caller's.
                unsafe { call.run(self) }
            }
        )*
    };
}

macro_rules! implement_portable {
    ($scalar:ident) => {
        impl Vectors<$scalar> for Portable {
            type Wide = $scalar;
            const REGISTERS: usize = 32;

            list_kernels!(run_kernels, $scalar);
        }
    };
}

implement_portable!(f32);
implement_portable!(f64);

/// A scalar is a vector of one, wherever it is used.
impl<S, T: Scalar> Lanes<S, T> for T {
    const COUNT: usize = 1;
    type Half = Self;

    #[inline(always)]
    fn splat(_simd: S, value: T) -> Self {
        value
    }

    #[inline(always)]
    unsafe fn load(_simd: S, from: *const T) -> Self {
        // SAFETY: the caller's.
        unsafe { *from }
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut T) {
        // SAFETY: the caller's.
        unsafe { *to = self }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self + other
    }

    #[inline(always)]
    fn mul_add(self, factor: Self, addend: Self) -> Self {
        addend.add_product(self, factor)
    }

    #[inline(always)]
    fn zip(self, other: Self) -> (Self, Self) {
        (self, other)
    }

    #[inline(always)]
    fn sum(self) -> T {
        self
    }
}

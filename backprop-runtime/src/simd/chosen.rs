//! The choice made by each kernel for itself, for builds whose own code is not optimised.

use super::x86::{Level, level};
use super::{InstructionSet, Vectors};
use crate::kernels::conv::{Correlate, Products};
use crate::kernels::dense::{Forward, InputGradient, WeightGradient};

/// Whatever [`level`] finds, kernel by kernel.
#[derive(Clone, Copy, Debug)]
pub struct Chosen;

impl InstructionSet for Chosen {
    #[inline(always)]
    fn vectorize<R>(self, function: impl FnOnce() -> R) -> R {
        function()
    }
}

macro_rules! choose {
    ($self:ident.$method:ident($call:ident)) => {
        // SAFETY: the caller's.
        unsafe {
            match level() {
                Level::Avx512(simd) => simd.$method($call),
                Level::Avx2(simd) => simd.$method($call),
                Level::Sse2(simd) => simd.$method($call),
            }
        }
    };
}

macro_rules! implement_chosen {
    ($scalar:ident) => {
        impl Vectors<$scalar> for Chosen {
            type Wide = $scalar;
            const REGISTERS: usize = 16;

            unsafe fn run_forward(self, call: &Forward<'_, $scalar>) {
                choose!(self.run_forward(call));
            }

            unsafe fn run_weight_gradient(self, call: &WeightGradient<'_, $scalar>) {
                choose!(self.run_weight_gradient(call));
            }

            unsafe fn run_input_gradient(self, call: &InputGradient<'_, $scalar>) {
                choose!(self.run_input_gradient(call));
            }

            unsafe fn run_correlate(self, call: &Correlate<$scalar>) {
                choose!(self.run_correlate(call));
            }

            unsafe fn run_products(self, call: &Products<$scalar>) {
                choose!(self.run_products(call));
            }
        }
    };
}

implement_chosen!(f32);
implement_chosen!(f64);

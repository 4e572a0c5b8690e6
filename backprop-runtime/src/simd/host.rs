//! Vectors of x86-64, 64-bit Arm and WebAssembly, by `fearless_simd`.

use fearless_simd::prelude::*;
#[cfg(target_arch = "wasm32")]
use fearless_simd::wasm32::WasmSimd128;
#[cfg(target_arch = "x86_64")]
use fearless_simd::x86::{Avx2, Avx512, Sse2};
use fearless_simd::{f32x4, f64x2};
#[cfg(target_arch = "x86_64")]
use fearless_simd::{f32x8, f32x16, f64x4, f64x8};

use super::lanes::list_kernels;
use super::{InstructionSet, Lanes, Vectors};

/// A vector of which only the first lane is looked at: a scalar that is computed as vectors are, fused
/// or not.
#[derive(Clone, Copy, Debug)]
pub struct First<V>(V);

macro_rules! implement_level {
    ($level:ident, $registers:literal, $fused:literal, $wide32:ident, $wide64:ident) => {
        impl InstructionSet for $level {
            #[inline(always)]
            fn vectorize<R>(self, function: impl FnOnce() -> R) -> R {
                fearless_simd::Simd::vectorize(self, function)
            }
        }

        implement_vectors!($level, $registers, f32, $wide32);
        implement_vectors!($level, $registers, f64, $wide64);
        implement_first!($level, $fused, f32, f32x4);
        implement_first!($level, $fused, f64, f64x2);
    };
}

macro_rules! vectorize_kernels {
    ($($(#[$docs:meta])* $method:ident($call:ty);)*) => {
        $(
            #[inline(never)]
            unsafe fn $method(self, call: &$call) {
                InstructionSet::vectorize(
                    self,
                    #[inline(always)]
                    || {
                        // SAFETY: the caller's.
                        unsafe { call.run(self) }
                    },
                );
            }
        )*
    };
}

macro_rules! implement_vectors {
    ($level:ident, $registers:literal, $scalar:ident, $wide:ident) => {
        impl Vectors<$scalar> for $level {
            type Wide = $wide<Self>;
            const REGISTERS: usize = $registers;

            list_kernels!(vectorize_kernels, $scalar);
        }
    };
}

/// The methods that a vector and its first lane share.
macro_rules! implement_arithmetic {
    ($fused:literal, $wrap:expr, $unwrap:expr) => {
        #[inline(always)]
        fn add(self, other: Self) -> Self {
            $wrap($unwrap(self) + $unwrap(other))
        }

        #[inline(always)]
        fn mul_add(self, factor: Self, addend: Self) -> Self {
            let (one, factor, addend) = ($unwrap(self), $unwrap(factor), $unwrap(addend));
            if $fused && cfg!(not(feature = "reproducible")) {
                $wrap(SimdFloat::mul_add(one, factor, addend))
            } else {
                $wrap(one * factor + addend)
            }
        }
    };
}

macro_rules! implement_lanes {
    ($level:ident, $fused:literal, $scalar:ident, $vector:ident, $count:literal, $half:ty, $sum:expr) => {
        impl Lanes<$level, $scalar> for $vector<$level> {
            const COUNT: usize = $count;
            type Half = $half;

            #[inline(always)]
            fn splat(simd: $level, value: $scalar) -> Self {
                SimdBase::splat(simd, value)
            }

            #[inline(always)]
            unsafe fn load(simd: $level, from: *const $scalar) -> Self {
                // SAFETY: COUNT scalars can be read there, says the caller.
                SimdBase::load_array_ref(simd, unsafe { &*from.cast::<[$scalar; $count]>() })
            }

            #[inline(always)]
            unsafe fn store(self, to: *mut $scalar) {
                // SAFETY: COUNT scalars can be written there, says the caller.
                SimdBase::store_array(self, unsafe { &mut *to.cast::<[$scalar; $count]>() });
            }

            implement_arithmetic!($fused, core::convert::identity, core::convert::identity);

            #[inline(always)]
            fn zip(self, other: Self) -> (Self, Self) {
                (SimdBase::zip_low(self, other), SimdBase::zip_high(self, other))
            }

            #[inline(always)]
            fn sum(self) -> $scalar {
                $sum(self)
            }
        }
    };
}

macro_rules! implement_first {
    ($level:ident, $fused:literal, $scalar:ident, $vector:ident) => {
        impl Lanes<$level, $scalar> for First<$vector<$level>> {
            const COUNT: usize = 1;
            type Half = Self;

            #[inline(always)]
            fn splat(simd: $level, value: $scalar) -> Self {
                Self(SimdBase::splat(simd, value))
            }

            #[inline(always)]
            unsafe fn load(simd: $level, from: *const $scalar) -> Self {
                // SAFETY: a scalar can be read there, says the caller.
                Self(SimdBase::splat(simd, unsafe { *from }))
            }

            #[inline(always)]
            unsafe fn store(self, to: *mut $scalar) {
                // SAFETY: a scalar can be written there, says the caller.
                unsafe { *to = self.sum() }
            }

            implement_arithmetic!($fused, First, |one: Self| one.0);

            #[inline(always)]
            fn zip(self, other: Self) -> (Self, Self) {
                (self, other)
            }

            #[inline(always)]
            fn sum(self) -> $scalar {
                let [first, ..] = self.0.to_array();
                first
            }
        }
    };
}

macro_rules! implement_quarter {
    ($level:ident, $fused:literal) => {
        implement_lanes!($level, $fused, f32, f32x4, 4, First<Self>, |vector: Self| {
            let [a, b, c, d] = vector.to_array();
            (a + c) + (b + d)
        });
        implement_lanes!($level, $fused, f64, f64x2, 2, First<Self>, |vector: Self| {
            let [a, b] = vector.to_array();
            a + b
        });
    };
}

#[cfg(target_arch = "x86_64")]
macro_rules! implement_half {
    ($level:ident, $fused:literal) => {
        implement_lanes!($level, $fused, f32, f32x8, 8, f32x4<$level>, |vector: Self| {
            let (low, high) = vector.split();
            Lanes::sum(low + high)
        });
        implement_lanes!($level, $fused, f64, f64x4, 4, f64x2<$level>, |vector: Self| {
            let (low, high) = vector.split();
            Lanes::sum(low + high)
        });
        implement_quarter!($level, $fused);
    };
}

#[cfg(target_arch = "x86_64")]
const _: () = {
    implement_level!(Avx512, 32, true, f32x16, f64x8);
    implement_lanes!(Avx512, true, f32, f32x16, 16, f32x8<Avx512>, |vector: Self| {
        let (low, high) = vector.split();
        Lanes::sum(low + high)
    });
    implement_lanes!(Avx512, true, f64, f64x8, 8, f64x4<Avx512>, |vector: Self| {
        let (low, high) = vector.split();
        Lanes::sum(low + high)
    });
    implement_half!(Avx512, true);
    implement_level!(Avx2, 16, true, f32x8, f64x4);
    implement_half!(Avx2, true);
    implement_level!(Sse2, 16, false, f32x4, f64x2);
    implement_quarter!(Sse2, false);
};

#[cfg(target_arch = "aarch64")]
const _: () = {
    use fearless_simd::aarch64::Neon;
    implement_level!(Neon, 32, true, f32x4, f64x2);
    implement_quarter!(Neon, true);
};

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
const _: () = {
    implement_level!(WasmSimd128, 16, false, f32x4, f64x2);
    implement_quarter!(WasmSimd128, false);
};

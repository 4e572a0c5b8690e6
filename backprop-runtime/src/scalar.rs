//! The two types that a network can be made of.

use core::fmt::{Debug, Display};
use core::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::checkpoint::Field;
use crate::math;
use crate::soft_float::{self, IS_SOFT};
use crate::zero::Zero;

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// `f32` or `f64`.
pub trait Scalar:
    sealed::Sealed
    + Copy
    + Debug
    + Display
    + Default
    + Field
    + PartialEq
    + PartialOrd
    + Zero
    + Add<Output = Self>
    + AddAssign
    + Sub<Output = Self>
    + SubAssign
    + Mul<Output = Self>
    + MulAssign
    + Div<Output = Self>
    + Neg<Output = Self>
    + Send
    + Sync
    + 'static
{
    /// 1
    const ONE: Self;
    /// The largest finite value.
    const MAX: Self;

    /// The nearest value of this type.
    fn from_f64(value: f64) -> Self;
    /// The nearest value of this type.
    fn from_u32(value: u32) -> Self;
    /// The nearest value of this type.
    fn from_usize(value: usize) -> Self;
    /// The whole part; of what is too small, or no number, 0, and of what is too large the largest.
    fn to_usize(self) -> usize;
    /// A uniform value in [0, 1) of as many random bits as the significand has: exact everywhere.
    fn from_random_bits(bits: u64) -> Self;
    /// The same value, or the nearest.
    fn to_f64(self) -> f64;
    /// e^x, within 1.1 ULP.
    #[must_use]
    fn exp(self) -> Self;
    /// e^x - 1, within 2 ULP, near 0 too.
    #[must_use]
    fn exp_m1(self) -> Self;
    /// The natural logarithm, within 1 ULP.
    #[must_use]
    fn ln(self) -> Self;
    /// ln(1 + x), within 1.5 ULP, near 0 too.
    #[must_use]
    fn ln_1p(self) -> Self;
    /// The hyperbolic tangent, within 1.5 ULP.
    #[must_use]
    fn tanh(self) -> Self;
    /// 1 / (1 + e^-x), within 2 ULP.
    #[must_use]
    fn sigmoid(self) -> Self;
    /// The error function, 2 / √π times the integral of e^-t² from 0 to x, within 1.5 ULP.
    #[must_use]
    fn erf(self) -> Self;
    /// The square root, correctly rounded.
    #[must_use]
    fn sqrt(self) -> Self;
    /// The cosine, of radians.
    #[must_use]
    fn cos(self) -> Self;
    /// Without its sign, exactly.
    #[must_use]
    fn abs(self) -> Self;
    /// Whether it is neither infinite nor NaN.
    fn is_finite(self) -> bool;
    /// self other, exactly as `*` computes it. It and the two below are for the innermost loops: one call each
    /// where there is no floating-point unit.
    #[must_use]
    #[inline(always)]
    fn multiply(self, other: Self) -> Self {
        self * other
    }

    /// self + a b, each rounded.
    #[must_use]
    #[inline(always)]
    fn add_product(self, a: Self, b: Self) -> Self {
        self + a * b
    }

    /// self - a b, each rounded.
    #[must_use]
    #[inline(always)]
    fn subtract_product(self, a: Self, b: Self) -> Self {
        self - a * b
    }

    /// The larger of two; `self` if either is NaN.
    #[must_use]
    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        if other > self { other } else { self }
    }

    /// The smaller of two; `self` if either is NaN.
    #[must_use]
    #[inline(always)]
    fn smaller(self, other: Self) -> Self {
        if other < self { other } else { self }
    }

    /// No less than `low` and no more than `high`; NaN stays NaN.
    #[must_use]
    #[inline(always)]
    fn clip(self, low: Self, high: Self) -> Self {
        self.larger(low).smaller(high)
    }

    /// -1, 0 or 1, exactly; 0, of either sign, and NaN are their own.
    #[must_use]
    #[inline(always)]
    fn sign(self) -> Self {
        let positive = if self > Self::ZERO { Self::ONE } else { self };
        if self < Self::ZERO { -Self::ONE } else { positive }
    }
}

/// Whether it is no number.
#[inline(always)]
pub(crate) fn is_nan<T: Scalar>(x: T) -> bool {
    x.partial_cmp(&x).is_none()
}

macro_rules! implement_scalar {
    ($kind:ident, $significand:literal, $($method:ident: $function:path),*; $($own:item)*) => {
        impl Scalar for $kind {
            const ONE: Self = 1.0;
            const MAX: Self = $kind::MAX;

            #[inline(always)]
            fn from_f64(value: f64) -> Self {
                value as Self
            }

            #[inline(always)]
            fn from_u32(value: u32) -> Self {
                value as Self
            }

            #[inline(always)]
            fn from_usize(value: usize) -> Self {
                value as Self
            }

            #[inline(always)]
            fn to_usize(self) -> usize {
                self as usize
            }

            #[inline(always)]
            fn from_random_bits(bits: u64) -> Self {
                (bits >> (64 - $significand)) as Self / (1_u64 << $significand) as Self
            }

            #[inline(always)]
            fn to_f64(self) -> f64 {
                self.into()
            }

            $(
                #[inline(always)]
                fn $method(self) -> Self {
                    $function(self)
                }
            )*

            #[inline(always)]
            fn is_finite(self) -> bool {
                $kind::is_finite(self)
            }

            $($own)*
        }
    };
}

implement_scalar!(
    f32,
    24,
    exp: math::exp_f32,
    exp_m1: math::exp_m1_f32,
    ln: math::ln_f32,
    ln_1p: math::ln_1p_f32,
    tanh: math::tanh_f32,
    sigmoid: math::sigmoid_f32,
    erf: math::erf_f32,
    sqrt: math::sqrt_f32,
    cos: libm::cosf,
    abs: f32::abs;

    #[inline(always)]
    fn multiply(self, other: Self) -> Self {
        if const { IS_SOFT } { soft_float::multiply(self, other) } else { self * other }
    }

    #[inline(always)]
    fn add_product(self, a: Self, b: Self) -> Self {
        if const { IS_SOFT } { soft_float::add_product(self, a, b) } else { self + a * b }
    }

    #[inline(always)]
    fn subtract_product(self, a: Self, b: Self) -> Self {
        if const { IS_SOFT } { soft_float::add_product(self, -a, b) } else { self - a * b }
    }
);
implement_scalar!(
    f64,
    53,
    exp: math::exp_f64,
    exp_m1: math::exp_m1_f64,
    ln: math::ln_f64,
    ln_1p: math::ln_1p_f64,
    tanh: math::tanh_f64,
    sigmoid: math::sigmoid_f64,
    erf: math::erf_f64,
    sqrt: math::sqrt_f64,
    cos: libm::cos,
    abs: f64::abs;
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_bits_stay_below_one() {
        assert!(f32::from_random_bits(u64::MAX) < 1.0);
        assert!(f64::from_random_bits(u64::MAX) < 1.0);
        assert_eq!(f32::from_random_bits(0), 0.0);
    }

    #[test]
    fn signs_are_set_apart() {
        fn check<T: Scalar>() {
            let infinity = T::ONE / T::ZERO;
            let values = [-infinity, -T::MAX, -T::ONE, -T::ZERO, T::ZERO, T::ONE, T::MAX, infinity];
            let signs = values.map(|x| x.sign().to_f64());
            assert_eq!(signs, [-1.0, -1.0, -1.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
            assert!(
                values.iter().all(|x| x.abs().to_f64().to_bits() == x.to_f64().abs().to_bits())
            );
            let nan = infinity - infinity;
            assert!([nan.sign(), nan.abs()].iter().all(|x| x.to_f64().is_nan()));
        }
        check::<f32>();
        check::<f64>();
    }

    #[test]
    fn clipping_keeps_what_is_inside_and_nan() {
        assert_eq!([3.0_f32, -3.0, 0.5].map(|x| x.clip(-1.0, 1.0)), [1.0, -1.0, 0.5]);
        assert!(f32::NAN.clip(-1.0, 1.0).is_nan());
    }

    #[test]
    fn a_comparison_with_nan_keeps_the_first() {
        let compare =
            |one: f64, other: f64| [Scalar::larger(one, other), Scalar::smaller(one, other)];
        assert_eq!(compare(1.0, 2.0), [2.0, 1.0]);
        assert_eq!(compare(2.0, 1.0), [2.0, 1.0]);
        assert_eq!(compare(1.0, f64::NAN), [1.0, 1.0]);
        assert!(compare(f64::NAN, 1.0).iter().all(|y| y.is_nan()));
    }
}

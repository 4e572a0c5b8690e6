//! The two types that a network can be made of.

use core::fmt::{Debug, Display};
use core::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::math;
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
    /// A uniform value in [0, 1) of as many random bits as the significand has: exact everywhere.
    fn from_random_bits(bits: u64) -> Self;
    /// The same value, or the nearest.
    fn to_f64(self) -> f64;
    /// e^x, within 1.1 ULP.
    #[must_use]
    fn exp(self) -> Self;
    /// The natural logarithm, within 1 ULP.
    #[must_use]
    fn ln(self) -> Self;
    /// The hyperbolic tangent, within 1.5 ULP.
    #[must_use]
    fn tanh(self) -> Self;
    /// 1 / (1 + e^-x), within 2 ULP.
    #[must_use]
    fn sigmoid(self) -> Self;
    /// The square root, correctly rounded.
    #[must_use]
    fn sqrt(self) -> Self;
    /// The cosine, of radians.
    #[must_use]
    fn cos(self) -> Self;
    /// Whether it is neither infinite nor NaN.
    fn is_finite(self) -> bool;

    /// e^x - 1, exact near zero.
    #[must_use]
    fn exp_m1(self) -> Self;
    /// ln(1 + x), exact near zero.
    #[must_use]
    fn ln_1p(self) -> Self;
    /// The error function.
    #[must_use]
    fn erf(self) -> Self;
    /// The magnitude.
    #[must_use]
    fn abs(self) -> Self;

    /// -1, 0 or 1; NaN stays NaN.
    #[must_use]
    #[inline(always)]
    fn sign(self) -> Self {
        if self > Self::ZERO {
            Self::ONE
        } else if self < Self::ZERO {
            -Self::ONE
        } else {
            self
        }
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

    /// The larger of two; `self` if either is NaN.
    #[must_use]
    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        if other > self { other } else { self }
    }
}

macro_rules! implement_scalar {
    ($kind:ident, $significand:literal, $exp:ident, $ln:ident, $tanh:ident, $sigmoid:ident, $sqrt:ident, $cos:ident) => {
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
            fn from_random_bits(bits: u64) -> Self {
                (bits >> (64 - $significand)) as Self / (1_u64 << $significand) as Self
            }

            #[inline(always)]
            fn to_f64(self) -> f64 {
                self.into()
            }

            #[inline(always)]
            fn exp(self) -> Self {
                math::$exp(self)
            }

            #[inline(always)]
            fn ln(self) -> Self {
                math::$ln(self)
            }

            #[inline(always)]
            fn tanh(self) -> Self {
                math::$tanh(self)
            }

            #[inline(always)]
            fn sigmoid(self) -> Self {
                math::$sigmoid(self)
            }

            #[inline(always)]
            fn sqrt(self) -> Self {
                math::$sqrt(self)
            }

            #[inline(always)]
            fn cos(self) -> Self {
                libm::$cos(self)
            }

            #[inline(always)]
            fn exp_m1(self) -> Self {
                libm::expm1(self.into()) as Self
            }

            #[inline(always)]
            fn ln_1p(self) -> Self {
                libm::log1p(self.into()) as Self
            }

            #[inline(always)]
            fn erf(self) -> Self {
                libm::erf(self.into()) as Self
            }

            #[inline(always)]
            fn abs(self) -> Self {
                $kind::abs(self)
            }

            #[inline(always)]
            fn is_finite(self) -> bool {
                $kind::is_finite(self)
            }
        }
    };
}

implement_scalar!(f32, 24, exp_f32, ln_f32, tanh_f32, sigmoid_f32, sqrt_f32, cosf);
implement_scalar!(f64, 53, exp_f64, ln_f64, tanh_f64, sigmoid_f64, sqrt_f64, cos);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_of_zero_is_zero_and_of_nan_nan() {
        assert_eq!([2.5_f64, -1e-300, 0.0, -0.0].map(Scalar::sign), [1.0, -1.0, 0.0, 0.0]);
        assert!(f32::NAN.sign().is_nan() && f32::NAN.clip(-1.0, 1.0).is_nan());
        assert_eq!([3.0_f32, -3.0, 0.5].map(|value| value.clip(-1.0, 1.0)), [1.0, -1.0, 0.5]);
    }

    #[test]
    fn random_bits_stay_below_one() {
        assert!(f32::from_random_bits(u64::MAX) < 1.0);
        assert!(f64::from_random_bits(u64::MAX) < 1.0);
        assert_eq!(f32::from_random_bits(0), 0.0);
    }
}

//! What rules and schedules compute with beside [`Scalar`].

use crate::scalar::Scalar;

/// 1, -1, or the value itself where it is neither above nor below zero: zero, or NaN, which must not be lost.
#[inline(always)]
pub fn sign<T: Scalar>(value: T) -> T {
    if value > T::ZERO {
        T::ONE
    } else if value < T::ZERO {
        -T::ONE
    } else {
        value
    }
}

/// A number of steps.
#[inline(always)]
pub fn count<T: Scalar>(steps: u64) -> T {
    T::from_f64(steps as f64)
}

/// The base to a whole power, by repeated squaring.
#[inline]
pub fn power<T: Scalar>(mut base: T, mut exponent: u64) -> T {
    let mut product = T::ONE;
    while exponent > 0 {
        if exponent & 1 == 1 {
            product *= base;
        }
        base *= base;
        exponent >>= 1;
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_of_zero_is_zero_and_of_nan_nan() {
        assert_eq!([2.5_f64, -1e-300, 0.0, -0.0].map(sign), [1.0, -1.0, 0.0, 0.0]);
        assert!(sign(f32::NAN).is_nan());
    }

    #[test]
    fn powers_are_products() {
        for exponent in [0, 1, 2, 3, 10, 37, 1_000] {
            let product = (0..exponent).fold(1.0_f64, |product, _| product * 0.99);
            assert!((power(0.99, exponent) / product - 1.0).abs() < 1e-12, "{exponent}");
        }
    }
}

//! What rules and schedules compute with beside [`Scalar`].

use crate::scalar::Scalar;

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
    fn powers_are_products() {
        for exponent in [0, 1, 2, 3, 10, 37, 1_000] {
            let product = (0..exponent).fold(1.0_f64, |product, _| product * 0.99);
            assert!((power(0.99, exponent) / product - 1.0).abs() < 1e-12, "{exponent}");
        }
    }
}

//! How weights start. None is inlined: they run once, and one copy serves all layers of a program. What a
//! distribution takes from the fan-in and the fan-out of a layer is a number by the time that it comes here.

mod orthogonal;

pub use self::orthogonal::fill_orthogonal;

use core::hint::black_box;

use crate::random::Random;
use crate::scalar::Scalar;

/// Uniform from `-bound` to `bound`.
#[inline(never)]
pub fn fill_within<T: Scalar>(random: &mut impl Random, bound: T, values: &mut [T]) {
    for value in values {
        let unit: T = draw_unit(random);
        *value = bound * (unit + unit - T::ONE);
    }
}

/// All the same.
#[inline(never)]
pub fn fill_constant<T: Scalar>(_random: &mut impl Random, value: T, values: &mut [T]) {
    // Of zeros that the compiler knows to be zeros it would make a call of `memset`, which a microcontroller
    // seldom has another use for: 174 bytes.
    let value = black_box(value);
    for place in values {
        *place = value;
    }
}

/// Uniform from `low` to `high`.
#[inline(never)]
pub fn fill_uniform<T: Scalar>(random: &mut impl Random, low: T, high: T, values: &mut [T]) {
    for value in values {
        let unit: T = draw_unit(random);
        *value = low + (high - low) * unit;
    }
}

/// Normal around 0 with this standard deviation (Box and Muller 1958).
#[inline(never)]
pub fn fill_normal<T: Scalar>(random: &mut impl Random, deviation: T, values: &mut [T]) {
    for value in values {
        *value = deviation * draw_normal(random);
    }
}

/// One uniform scalar, from 0 up to 1. A call, since a loop with a call in it is not unrolled: inlined, it took 680
/// bytes of a microcontroller's flash.
#[inline(never)]
fn draw_unit<T: Scalar>(random: &mut impl Random) -> T {
    T::from_random_bits(random.next_u64())
}

/// One normal scalar of mean 0 and variance 1.
fn draw_normal<T: Scalar>(random: &mut impl Random) -> T {
    let turn = T::from_f64(core::f64::consts::TAU);
    // 1 - u is never 0, of which there is no logarithm.
    let unit = T::ONE - draw_unit(random);
    let angle = turn * draw_unit(random);
    let squared = -(unit.ln() + unit.ln());
    squared.sqrt() * angle.cos()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Rng;

    /// The mean, the variance and the largest magnitude.
    fn measure(values: &[f64]) -> (f64, f64, f64) {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let variance = values.iter().map(|value| value * value).sum::<f64>() / count;
        (mean, variance, values.iter().fold(0.0, |largest, value| value.abs().max(largest)))
    }

    #[test]
    fn draws_have_the_promised_moments() {
        let mut values = std::vec![0.0_f64; 40_000];
        let random = &mut Rng::new(3);
        fill_within(random, 0.5, &mut values);
        let (mean, measured, largest) = measure(&values);
        assert!(mean.abs() < 0.01 && (measured / (0.25 / 3.0) - 1.0).abs() < 0.03, "{measured}");
        assert!((0.495..=0.5).contains(&largest), "{largest}");
        fill_normal(random, 0.02, &mut values);
        let (mean, measured, _) = measure(&values);
        assert!(mean.abs() < 0.001 && (measured / 0.0004 - 1.0).abs() < 0.03, "{measured}");
        fill_uniform(random, -0.1, 0.3, &mut values);
        assert!(values.iter().all(|value| (-0.1..=0.3).contains(value)));
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        assert!((mean - 0.1).abs() < 0.002, "{mean}");
        fill_constant(random, -0.5, &mut values);
        assert!(values.iter().all(|value| *value == -0.5));
    }
}

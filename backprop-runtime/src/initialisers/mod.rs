//! How weights start. Some depend on the fan-in and the fan-out of the layer: how many inputs each output
//! sums over, and how many outputs each input reaches.

mod orthogonal;

pub use self::orthogonal::fill_orthogonal;
use crate::random::Random;
use crate::scalar::Scalar;

/// Uniform within ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010).
pub fn fill_glorot_uniform<T: Scalar>(
    random: &mut impl Random,
    fan_in: usize,
    fan_out: usize,
    values: &mut [T],
) {
    fill_within(random, divide_root(6, fan_in.saturating_add(fan_out)), values);
}

/// Normal with a variance of 2 / (fan in + fan out) (Glorot and Bengio 2010).
pub fn fill_glorot_normal<T: Scalar>(
    random: &mut impl Random,
    fan_in: usize,
    fan_out: usize,
    values: &mut [T],
) {
    fill_normal(random, divide_root(2, fan_in.saturating_add(fan_out)), values);
}

/// Uniform within ±√(6 / fan in): for layers that a ReLU follows (He et al. 2015).
pub fn fill_he_uniform<T: Scalar>(
    random: &mut impl Random,
    fan_in: usize,
    _fan_out: usize,
    values: &mut [T],
) {
    fill_within(random, divide_root(6, fan_in), values);
}

/// Normal with a variance of 2 / fan in: for layers that a ReLU follows (He et al. 2015).
pub fn fill_he_normal<T: Scalar>(
    random: &mut impl Random,
    fan_in: usize,
    _fan_out: usize,
    values: &mut [T],
) {
    fill_normal(random, divide_root(2, fan_in), values);
}

/// Normal with a variance of 1 / fan in: for layers that a SELU follows (Klambauer et al. 2017).
pub fn fill_lecun_normal<T: Scalar>(
    random: &mut impl Random,
    fan_in: usize,
    _fan_out: usize,
    values: &mut [T],
) {
    fill_normal(random, divide_root(1, fan_in), values);
}

/// Uniform within ±√(3 / fan in) (LeCun et al. 1998).
pub fn fill_lecun_uniform<T: Scalar>(
    random: &mut impl Random,
    fan_in: usize,
    _fan_out: usize,
    values: &mut [T],
) {
    fill_within(random, divide_root(3, fan_in), values);
}

/// All the same.
pub fn fill_constant<T: Scalar>(_random: &mut impl Random, value: T, values: &mut [T]) {
    values.fill(value);
}

/// Uniform from `low` to `high`.
pub fn fill_uniform<T: Scalar>(random: &mut impl Random, low: T, high: T, values: &mut [T]) {
    for value in values {
        let unit = T::from_random_bits(random.next_u64());
        *value = low + (high - low) * unit;
    }
}

/// Normal around 0 with this standard deviation (Box and Muller 1958).
pub fn fill_normal<T: Scalar>(random: &mut impl Random, deviation: T, values: &mut [T]) {
    for value in values {
        *value = deviation * draw_normal(random);
    }
}

/// One normal scalar of mean 0 and variance 1.
fn draw_normal<T: Scalar>(random: &mut impl Random) -> T {
    let turn = T::from_f64(core::f64::consts::TAU);
    // 1 - u is never 0, of which there is no logarithm.
    let unit = T::ONE - T::from_random_bits(random.next_u64());
    let angle = turn * T::from_random_bits(random.next_u64());
    let squared = -(unit.ln() + unit.ln());
    squared.sqrt() * angle.cos()
}

/// √(numerator / fan)
fn divide_root<T: Scalar>(numerator: u32, fan: usize) -> T {
    (T::from_u32(numerator) / T::from_usize(fan)).sqrt()
}

/// Uniform from `-bound` to `bound`.
fn fill_within<T: Scalar>(random: &mut impl Random, bound: T, values: &mut [T]) {
    for value in values {
        let unit = T::from_random_bits(random.next_u64());
        *value = bound * (unit + unit - T::ONE);
    }
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
        type Fill = fn(&mut Rng, usize, usize, &mut [f64]);
        let cases: [(Fill, f64, Option<f64>); 6] = [
            (fill_glorot_uniform, 2.0 / 30.0, Some((6.0_f64 / 30.0).sqrt())),
            (fill_glorot_normal, 2.0 / 30.0, None),
            (fill_he_uniform, 2.0 / 10.0, Some((6.0_f64 / 10.0).sqrt())),
            (fill_he_normal, 2.0 / 10.0, None),
            (fill_lecun_uniform, 1.0 / 10.0, Some((3.0_f64 / 10.0).sqrt())),
            (fill_lecun_normal, 1.0 / 10.0, None),
        ];
        for (fill, variance, bound) in cases {
            fill(random, 10, 20, &mut values);
            let (mean, measured, largest) = measure(&values);
            assert!(mean.abs() < 0.01, "{mean}");
            assert!((measured / variance - 1.0).abs() < 0.03, "{measured} is not {variance}");
            assert!(bound.is_none_or(|bound| (0.99 * bound..=bound).contains(&largest)));
        }
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

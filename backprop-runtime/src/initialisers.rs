//! How weights start. The compiler computes bounds from the fans of a layer.

use crate::random::Random;
use crate::scalar::Scalar;

/// Uniform from `-bound` to `bound`.
pub fn fill_uniform<T: Scalar>(random: &mut impl Random, bound: T, values: &mut [T]) {
    for value in values {
        let unit = T::from_random_bits(random.next_u64());
        *value = bound * (unit + unit - T::ONE);
    }
}

/// Normal around 0 with this standard deviation (Box and Muller 1958).
pub fn fill_normal<T: Scalar>(random: &mut impl Random, deviation: T, values: &mut [T]) {
    let turn = T::from_f64(core::f64::consts::TAU);
    for value in values {
        // 1 - u is never 0, of which there is no logarithm.
        let unit = T::ONE - T::from_random_bits(random.next_u64());
        let angle = turn * T::from_random_bits(random.next_u64());
        let squared = -(unit.ln() + unit.ln());
        *value = deviation * squared.sqrt() * angle.cos();
    }
}

/// The same everywhere.
pub fn fill_constant<T: Scalar>(constant: T, values: &mut [T]) {
    values.fill(constant);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Rng;

    #[test]
    fn draws_have_the_promised_moments() {
        let mut values = [0.0_f64; 40_000];
        let count = values.len() as f64;
        fill_uniform(&mut Rng::new(3), 0.5, &mut values);
        let variance = values.iter().map(|value| value * value).sum::<f64>() / count;
        assert!(values.iter().all(|value| value.abs() <= 0.5));
        assert!((variance - 0.25 / 3.0).abs() < 2e-3, "{variance}");
        fill_normal(&mut Rng::new(4), 2.0, &mut values);
        let mean = values.iter().sum::<f64>() / count;
        let variance = values.iter().map(|value| value * value).sum::<f64>() / count;
        assert!(mean.abs() < 0.05 && (variance - 4.0).abs() < 0.1, "{mean} {variance}");
    }
}

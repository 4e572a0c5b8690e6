//! Matrices whose rows, or columns, are at right angles.

use super::draw_normal;
use crate::random::Random;
use crate::scalar::Scalar;

/// How often a vector is drawn before an axis takes its place. Only a generator that is no source of
/// random bits comes to that.
const DRAWS: usize = 8;

/// Orthonormal rows or columns, whichever are fewer, times `gain` (Saxe et al. 2014), of a matrix with this
/// many columns.
///
/// Each vector is normal, less what lies along those before it (Gram and Schmidt), and as long as it
/// should be: so all such matrices are equally likely. One of which almost nothing is left, where rounding
/// would choose the direction, is drawn again.
pub fn fill_orthogonal<T: Scalar>(
    random: &mut impl Random,
    gain: T,
    columns: usize,
    values: &mut [T],
) {
    let rows = values.len().checked_div(columns).unwrap_or(0);
    // Vectors of `length` scalars, `stride` apart, that begin at multiples of `step`.
    let (count, length, step, stride) =
        if rows <= columns { (rows, columns, columns, 1) } else { (columns, rows, 1, columns) };
    let vector = |index: usize| (0..length).map(move |place| index * step + place * stride);
    let least = T::from_f64(1e-4);
    for index in 0..count {
        // Along one axis at least there is something left, since there are fewer vectors than axes.
        for attempt in 0..DRAWS.saturating_add(length) {
            for (axis, place) in vector(index).enumerate() {
                change(values, place, |_| match attempt.checked_sub(DRAWS) {
                    None => draw_normal(random),
                    Some(chosen) if chosen == axis => T::ONE,
                    Some(_) => T::ZERO,
                });
            }
            // Twice is enough (Giraud et al. 2005): what the first pass leaves, the second removes.
            for _ in 0..2 {
                for other in 0..index {
                    let product = multiply(values, vector(index), vector(other));
                    for (place, direction) in vector(index).zip(vector(other)) {
                        let direction = read(values, direction);
                        change(values, place, |value| value - product * direction);
                    }
                }
            }
            let norm = multiply(values, vector(index), vector(index)).sqrt();
            if norm > least {
                for place in vector(index) {
                    change(values, place, |value| value / norm);
                }
                break;
            }
        }
    }
    for value in values {
        *value *= gain;
    }
}

fn multiply<T: Scalar>(
    values: &[T],
    left: impl Iterator<Item = usize>,
    right: impl Iterator<Item = usize>,
) -> T {
    left.zip(right)
        .fold(T::ZERO, |sum, (left, right)| sum + read(values, left) * read(values, right))
}

fn read<T: Scalar>(values: &[T], place: usize) -> T {
    values.get(place).copied().unwrap_or(T::ZERO)
}

fn change<T: Scalar>(values: &mut [T], place: usize, change: impl FnOnce(T) -> T) {
    if let Some(value) = values.get_mut(place) {
        *value = change(*value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Rng;

    fn draw<T: Scalar>(
        random: &mut impl Random,
        rows: usize,
        columns: usize,
        gain: f64,
    ) -> std::vec::Vec<T> {
        let mut values = std::vec![T::ZERO; rows * columns];
        fill_orthogonal(random, T::from_f64(gain), columns, &mut values);
        values
    }

    /// The largest difference of the vectors' products from those of orthonormal ones times the gain.
    fn measure<T: Scalar>(values: &[T], rows: usize, columns: usize, gain: f64) -> f64 {
        let at = |row: usize, column: usize| values[row * columns + column].to_f64();
        let (count, length) = if rows <= columns { (rows, columns) } else { (columns, rows) };
        let mut worst = 0.0_f64;
        for left in 0..count {
            for right in 0..count {
                let product: f64 = (0..length)
                    .map(|place| {
                        if rows <= columns {
                            at(left, place) * at(right, place)
                        } else {
                            at(place, left) * at(place, right)
                        }
                    })
                    .sum();
                let wanted = if left == right { gain * gain } else { 0.0 };
                // `max` would pass over NaN.
                let error = (product - wanted).abs();
                worst = if error <= worst { worst } else { error };
            }
        }
        worst
    }

    const SIZES: [(usize, usize); 8] =
        [(1, 1), (1, 5), (5, 1), (8, 8), (20, 6), (6, 20), (40, 40), (100, 30)];

    #[test]
    fn rows_or_columns_are_orthonormal() {
        for (rows, columns) in SIZES {
            for (gain, seed) in [(1.0, 7), (1.0, 8), (1.5, 9), (-0.5, 10)] {
                let random = &mut Rng::new(seed);
                let single = draw::<f32>(random, rows, columns, gain);
                let error = measure(&single, rows, columns, gain) / (gain * gain);
                assert!(error < 1e-6, "{rows}x{columns}: {error}");
                let double = draw::<f64>(random, rows, columns, gain);
                let error = measure(&double, rows, columns, gain) / (gain * gain);
                assert!(error < 1e-14, "{rows}x{columns}: {error}");
            }
        }
        fill_orthogonal::<f32>(&mut Rng::new(1), 1.0, 0, &mut []);
    }

    /// What a generator that is broken draws: always the same.
    struct Stuck(u32);

    impl Random for Stuck {
        fn next_u32(&mut self) -> u32 {
            self.0
        }
    }

    #[test]
    fn a_broken_generator_cannot_make_it_nan() {
        for (rows, columns) in SIZES {
            for bits in [0, 1 << 30, u32::MAX] {
                let values = draw::<f32>(&mut Stuck(bits), rows, columns, 1.0);
                let error = measure(&values, rows, columns, 1.0);
                assert!(error < 1e-5, "{rows}x{columns} of {bits}: {error}");
            }
        }
    }

    /// The moments of Haar's measure on rotations and reflections (Diaconis and Shahshahani 1994): the trace
    /// has mean 0 and variance 1, and half of them turn the plane over.
    #[test]
    fn every_rotation_is_equally_likely() {
        let (random, count) = (&mut Rng::new(5), 5_000_u32);
        let (mut trace, mut squares, mut fourth, mut flips) = (0.0, 0.0, 0.0, 0_u32);
        for _ in 0..count {
            let values = draw::<f64>(random, 4, 4, 1.0);
            let sum: f64 = values.iter().step_by(5).sum();
            trace += sum;
            squares += sum * sum;
            fourth += values[0].powi(4);
            let plane = draw::<f64>(random, 2, 2, 1.0);
            flips += u32::from(plane[0] * plane[3] < plane[1] * plane[2]);
        }
        let mean = |sum: f64| sum / f64::from(count);
        assert!(mean(trace).abs() < 0.05, "{}", mean(trace));
        assert!((mean(squares) - 1.0).abs() < 0.08, "{}", mean(squares));
        // 3 / (n (n + 2))
        assert!((mean(fourth) - 0.125).abs() < 0.008, "{}", mean(fourth));
        assert!((mean(f64::from(flips)) - 0.5).abs() < 0.025, "{flips}");
    }
}

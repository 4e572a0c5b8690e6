//! Matrices whose rows, or columns, are at right angles.

use crate::random::Random;
use crate::scalar::Scalar;

use super::fill_normal;

/// Orthonormal rows or columns, whichever are fewer, times `gain` (Saxe et al. 2014): uniform among all
/// such matrices, since Gram and Schmidt turn a normal matrix into one.
pub fn fill_orthogonal<T: Scalar>(
    random: &mut impl Random,
    gain: T,
    columns: usize,
    values: &mut [T],
) {
    let rows = values.len().checked_div(columns).unwrap_or(0);
    fill_normal(random, T::ONE, values);
    // Vectors of `length` scalars, `stride` apart, that begin at multiples of `step`.
    let (count, length, step, stride) =
        if rows <= columns { (rows, columns, columns, 1) } else { (columns, rows, 1, columns) };
    let vector = |index: usize| (0..length).map(move |place| index * step + place * stride);
    for index in 0..count {
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
        for place in vector(index) {
            change(values, place, |value| value / norm);
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

    /// The largest difference of the rows' products from those of orthonormal ones times the gain.
    fn measure<T: Scalar>(rows: usize, columns: usize, gain: f64) -> f64 {
        let mut values = std::vec![T::ZERO; rows * columns];
        fill_orthogonal(&mut Rng::new(7), T::from_f64(gain), columns, &mut values);
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
                worst = worst.max((product - wanted).abs());
            }
        }
        worst
    }

    #[test]
    fn rows_or_columns_are_orthonormal() {
        for (rows, columns) in [(1, 1), (1, 5), (5, 1), (8, 8), (20, 6), (6, 20), (40, 40)] {
            for gain in [1.0, 1.5] {
                let single = measure::<f32>(rows, columns, gain);
                assert!(single < 2e-6, "{rows}x{columns}: {single}");
                let double = measure::<f64>(rows, columns, gain);
                assert!(double < 1e-14, "{rows}x{columns}: {double}");
            }
        }
        fill_orthogonal::<f32>(&mut Rng::new(1), 1.0, 0, &mut []);
    }
}

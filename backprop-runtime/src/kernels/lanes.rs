//! Sums in lanes: element k in lane k modulo their number, which is the same for all instruction sets.

use super::segments::split;
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors};

/// Vectors that 32 bytes of lanes take at most: single scalars.
pub const VECTORS: usize = 8;

/// Lanes of 32 bytes.
#[inline(always)]
pub const fn count_lanes<T>() -> usize {
    32 / size_of::<T>()
}

/// The first `count` vectors, the upper half added to the lower one until one is left.
#[inline(always)]
pub fn add_vectors<S, T, V: Lanes<S, T>, const N: usize>(
    mut vectors: [V; N],
    mut count: usize,
) -> V {
    while count > 1 {
        count /= 2;
        if let Some((lower, upper)) = vectors.split_at_mut_checked(count) {
            for (lower, upper) in lower.iter_mut().zip(upper) {
                *lower = lower.add(*upper);
            }
        }
    }
    vectors[0]
}

/// The sum of all values, in lanes of 32 bytes; what is left is added one by one.
#[inline(always)]
pub fn add_up<S: Vectors<T>, T: Scalar, V: Lanes<S, T>>(simd: S, values: &[T]) -> T {
    let lanes = count_lanes::<T>();
    if const { V::COUNT > count_lanes::<T>() } {
        return add_up::<S, T, V::Half>(simd, values);
    }
    let vectors = lanes / V::COUNT;
    let mut sums = [V::splat(simd, T::ZERO); VECTORS];
    for part in split(values, lanes) {
        for (sum, vector) in sums.iter_mut().take(vectors).zip(split(part, V::COUNT)) {
            // SAFETY: the part has as many scalars.
            *sum = sum.add(unsafe { V::load(simd, vector.as_ptr()) });
        }
    }
    let mut sum = add_vectors::<S, T, V, VECTORS>(sums, vectors).sum();
    let whole = values.len() - values.len() % lanes;
    for value in values.get(whole..).unwrap_or_default() {
        sum += *value;
    }
    sum
}

//! Sums in lanes: rows that are multiplied by one vector, all as they stand in memory.

use super::block::{at, at_mut, list};
use super::order::MANY;
use super::scalar::{self, is_scalar};
use crate::kernels::lanes::add_vectors;
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors};

/// The most vectors that the lanes of a sum take.
const VECTORS: usize = 16;

/// Hands over Σ_k one[k] row(index)[k] of each of `rows` rows, of `count` products each.
///
/// # Safety
///
/// `count` scalars can be read from `one` on, and from each of the rows.
#[inline(always)]
pub unsafe fn multiply_rows<S: Vectors<T>, T: Scalar>(
    simd: S,
    count: usize,
    one: *const T,
    rows: usize,
    row: impl Fn(usize) -> *const T,
    put: impl Fn(usize, T),
) {
    let mut index = 0;
    // SAFETY: the caller's; indices below the number of rows.
    unsafe {
        if const { is_scalar::<S, T>() } {
            return scalar::multiply_rows(count, one, rows, row, put);
        }
        if const { <S::Wide as Lanes<S, T>>::COUNT > 1 } {
            while index + 4 <= rows {
                let sums = dots::<S, T, 4>(simd, count, one, list(|m| row(index + m)));
                for m in 0..4 {
                    put(index + m, at!(sums, m));
                }
                index += 4;
            }
        }
        while index < rows {
            let [sum] = dots(simd, count, one, [row(index)]);
            put(index, sum);
            index += 1;
        }
    }
}

/// Σ_k one[k] rows[m][k] for each row: in lanes of 64 bytes, or of 32 where there are few products; what is
/// left is added one by one.
///
/// # Safety
///
/// `count` scalars can be read from `one` on, and from each of the rows.
#[inline(always)]
pub(super) unsafe fn dots<S: Vectors<T>, T: Scalar, const M: usize>(
    simd: S,
    count: usize,
    one: *const T,
    rows: [*const T; M],
) -> [T; M] {
    // SAFETY: the caller's.
    unsafe {
        if count >= MANY {
            sum_lanes::<S, T, S::Wide, M, 64>(simd, count, one, rows)
        } else {
            sum_lanes::<S, T, S::Wide, M, 32>(simd, count, one, rows)
        }
    }
}

#[inline(always)]
unsafe fn sum_lanes<S, T, V, const M: usize, const BYTES: usize>(
    simd: S,
    count: usize,
    one: *const T,
    rows: [*const T; M],
) -> [T; M]
where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
{
    let lanes = BYTES / size_of::<T>();
    if const { V::COUNT * size_of::<T>() > BYTES } {
        // SAFETY: the caller's.
        return unsafe { sum_lanes::<S, T, V::Half, M, BYTES>(simd, count, one, rows) };
    }
    let vectors = lanes / V::COUNT;
    let mut sums = [[V::splat(simd, T::ZERO); VECTORS]; M];
    let whole = count - count % lanes;
    let mut first = 0;
    // SAFETY: indices below `count`, m below M, and no more than VECTORS vectors.
    unsafe {
        while first < whole {
            for vector in 0..vectors {
                let offset = first + vector * V::COUNT;
                let factor = V::load(simd, one.add(offset));
                for m in 0..M {
                    let row = V::load(simd, at!(rows, m).add(offset));
                    let sum = &mut at_mut!(at_mut!(sums, m), vector);
                    *sum = factor.mul_add(row, *sum);
                }
            }
            first += lanes;
        }
        // A loop: a closure would be more than the compiler inlines.
        let mut totals = [T::ZERO; M];
        for (total, sums) in totals.iter_mut().zip(sums) {
            *total = add_vectors::<S, T, V, VECTORS>(sums, vectors).sum();
        }
        for k in whole..count {
            let factor = First::<S, T>::splat(simd, *one.add(k));
            for m in 0..M {
                let row = First::<S, T>::splat(simd, *at!(rows, m).add(k));
                let total = &mut at_mut!(totals, m);
                *total = factor.mul_add(row, First::<S, T>::splat(simd, *total)).sum();
            }
        }
        totals
    }
}

/// The narrowest vector of an instruction set: four steps below the widest at the most.
pub(super) type First<S, T> = Half<S, T, Half<S, T, Half<S, T, <S as Vectors<T>>::Wide>>>;
type Half<S, T, V> = <V as Lanes<S, T>>::Half;

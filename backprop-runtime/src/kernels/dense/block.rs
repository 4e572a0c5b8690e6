//! The innermost loops: a block of sums that stays in registers from the first product to the last.

use crate::simd::Lanes;

/// Where the vectors of a block begin in a row of the matrix.
pub type Offsets<const N: usize> = [usize; N];

/// A matrix in memory, a row after the other.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<T> {
    /// Its first element.
    pub start: *const T,
    /// Elements from one row to the next.
    pub stride: usize,
}

/// sums[m][n] += Σ_k factors(k)[m] matrix[k][offsets[n] ..], from k = 0 to `count` - 1.
///
/// # Safety
///
/// A vector can be read at each of the offsets of `count` rows of the matrix.
#[inline(always)]
pub unsafe fn multiply<S: Copy, T: Copy, V: Lanes<S, T>, const M: usize, const N: usize>(
    simd: S,
    count: usize,
    factors: impl Fn(usize) -> [T; M],
    matrix: Matrix<T>,
    offsets: Offsets<N>,
    mut sums: [[V; N]; M],
) -> [[V; N]; M] {
    let mut row = matrix.start;
    for k in 0..count {
        // SAFETY: this is row k of `count`.
        let vectors = offsets.map(|offset| unsafe { V::load(simd, row.add(offset)) });
        for (sums, factor) in sums.iter_mut().zip(factors(k)) {
            let factor = V::splat(simd, factor);
            for (sum, vector) in sums.iter_mut().zip(vectors) {
                *sum = factor.mul_add(vector, *sum);
            }
        }
        row = row.wrapping_add(matrix.stride);
    }
    sums
}

/// The same in four sums of every fourth product each: a block too small to hide how long each addition
/// takes. `sums` is what the first of the four starts with.
///
/// # Safety
///
/// That of [`multiply`].
#[inline(always)]
pub unsafe fn multiply_apart<S: Copy, T: Copy, V: Lanes<S, T>, const M: usize, const N: usize>(
    simd: S,
    count: usize,
    factors: impl Fn(usize) -> [T; M],
    matrix: Matrix<T>,
    offsets: Offsets<N>,
    sums: [[V; N]; M],
    zero: T,
) -> [[V; N]; M] {
    let nothing = [[V::splat(simd, zero); N]; M];
    let (whole, rest) = (count / 4, count % 4);
    let mut four = [sums, nothing, nothing, nothing];
    let mut start = matrix.start;
    for group in 0..whole {
        for (part, sums) in four.iter_mut().enumerate() {
            let row = Matrix { start: start.wrapping_add(part * matrix.stride), ..matrix };
            let factors = |_| factors(4 * group + part);
            // SAFETY: this is row 4 group + part of `count`.
            *sums = unsafe { multiply(simd, 1, factors, row, offsets, *sums) };
        }
        start = start.wrapping_add(4 * matrix.stride);
    }
    for (part, sums) in four.iter_mut().enumerate().take(rest) {
        let row = Matrix { start: start.wrapping_add(part * matrix.stride), ..matrix };
        let factors = |_| factors(4 * whole + part);
        // SAFETY: as above.
        *sums = unsafe { multiply(simd, 1, factors, row, offsets, *sums) };
    }
    let [first, second, third, fourth] = four;
    add(add(first, second), add(third, fourth))
}

#[inline(always)]
fn add<S, T, V: Lanes<S, T>, const M: usize, const N: usize>(
    mut left: [[V; N]; M],
    right: [[V; N]; M],
) -> [[V; N]; M] {
    for (left, right) in left.iter_mut().zip(right) {
        for (left, right) in left.iter_mut().zip(right) {
            *left = left.add(right);
        }
    }
    left
}

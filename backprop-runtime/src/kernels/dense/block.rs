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

/// `[item(0), item(1), ..]`. What `core::array::from_fn` does, in a tenth of the code to compile.
#[inline(always)]
pub fn list<T: Copy, const N: usize>(item: impl Fn(usize) -> T) -> [T; N] {
    let mut items = [item(0); N];
    for (index, place) in items.iter_mut().enumerate() {
        *place = item(index);
    }
    items
}

/// Where `N` vectors of a row begin, from vector `first` on. The last vector of a row ends where the row
/// does: what it shares with the one before it is then computed twice, to the same bits.
#[inline(always)]
pub fn place_vectors<S, T, V: Lanes<S, T>, const N: usize>(
    first: usize,
    length: usize,
) -> Offsets<N> {
    if const { V::COUNT == 1 } {
        return list(|n| first + n);
    }
    let last = length.saturating_sub(V::COUNT);
    list(|n| ((first + n) * V::COUNT).min(last))
}

/// An element of an array whose length is known to the caller.
macro_rules! at {
    ($array:expr, $index:expr) => {
        *$array.get_unchecked($index)
    };
}

/// The same, to change.
macro_rules! at_mut {
    ($array:expr, $index:expr) => {
        *$array.get_unchecked_mut($index)
    };
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
        // SAFETY: this is row k of `count`; m is below M and n below N.
        unsafe {
            let vectors: [V; N] = list(|n| V::load(simd, row.add(at!(offsets, n))));
            let factors = factors(k);
            for m in 0..M {
                let factor = V::splat(simd, at!(factors, m));
                for n in 0..N {
                    let sum = &mut at_mut!(at_mut!(sums, m), n);
                    *sum = factor.mul_add(at!(vectors, n), *sum);
                }
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
    let mut four = [sums, nothing, nothing, nothing];
    let mut row = matrix.start;
    let mut k = 0;
    while k < count {
        for part in 0..4 {
            if k < count {
                let matrix = Matrix { start: row, ..matrix };
                // SAFETY: this is row k of `count`, and there are four parts.
                unsafe {
                    let sums = &mut at_mut!(four, part);
                    *sums = multiply(simd, 1, |_| factors(k), matrix, offsets, *sums);
                }
                row = row.wrapping_add(matrix.stride);
                k += 1;
            }
        }
    }
    let [first, second, third, fourth] = four;
    add(add(first, second), add(third, fourth))
}

#[inline(always)]
fn add<S, T, V: Lanes<S, T>, const M: usize, const N: usize>(
    mut left: [[V; N]; M],
    right: [[V; N]; M],
) -> [[V; N]; M] {
    for m in 0..M {
        for n in 0..N {
            // SAFETY: m is below M and n below N.
            unsafe {
                let sum = &mut at_mut!(at_mut!(left, m), n);
                *sum = sum.add(at!(at!(right, m), n));
            }
        }
    }
    left
}

/// # Safety
///
/// A vector can be written at each offset of each row.
#[inline(always)]
pub unsafe fn store_sums<S, T, V: Lanes<S, T>, const M: usize, const N: usize>(
    rows: [*mut T; M],
    offsets: Offsets<N>,
    sums: [[V; N]; M],
) {
    for m in 0..M {
        for n in 0..N {
            // SAFETY: the caller's; m is below M and n below N.
            unsafe { at!(at!(sums, m), n).store(at!(rows, m).add(at!(offsets, n))) }
        }
    }
}

pub(super) use {at, at_mut};

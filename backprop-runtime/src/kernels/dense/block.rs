//! The innermost loops: a block of sums that stays in registers from the first product to the last.

use crate::scalar::Scalar;
use crate::simd::Lanes;

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

/// Some vectors of each row of a matrix.
#[derive(Clone, Copy, Debug)]
pub struct Panel<T, const N: usize> {
    /// The rows.
    pub matrix: Matrix<T>,
    /// Where the vectors begin in a row.
    pub offsets: Offsets<N>,
}

impl<T: Copy, const N: usize> Panel<T, N> {
    /// Those of row `k`.
    ///
    /// # Safety
    ///
    /// They can be read there.
    #[inline(always)]
    pub unsafe fn load<S: Copy, V: Lanes<S, T>>(&self, simd: S, k: usize) -> [V; N] {
        let row = self.matrix.start.wrapping_add(k * self.matrix.stride);
        // SAFETY: the caller's.
        list(|n| unsafe { V::load(simd, row.wrapping_add(at!(self.offsets, n))) })
    }

    /// Without the rows before `k`.
    #[inline(always)]
    pub fn skip(&self, k: usize) -> Self {
        let start = self.matrix.start.wrapping_add(k * self.matrix.stride);
        Self { matrix: Matrix { start, ..self.matrix }, ..*self }
    }
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

/// sums[m][n] += Σ_k factors(k)[m] vectors(k)[n], from k = 0 to `count` - 1.
#[inline(always)]
pub fn multiply<S: Copy, T: Copy, V: Lanes<S, T>, const M: usize, const N: usize>(
    simd: S,
    count: usize,
    factors: impl Fn(usize) -> [T; M],
    vectors: impl Fn(usize) -> [V; N],
    mut sums: [[V; N]; M],
) -> [[V; N]; M] {
    for k in 0..count {
        sums = multiply_one(simd, factors(k), vectors(k), sums);
    }
    sums
}

/// The same in parts (see [`count_parts`](super::order::count_parts)), of which the first begins with `sums`, and
/// which are added as (0 + 1) + (2 + 3). As many are computed at a time as keep the arithmetic units busy and
/// fit the registers.
#[inline(always)]
pub fn multiply_parts<S: Copy, T: Scalar, V: Lanes<S, T>, const M: usize, const N: usize>(
    simd: S,
    parts: usize,
    count: usize,
    factors: impl Fn(usize) -> [T; M],
    vectors: impl Fn(usize) -> [V; N],
    sums: [[V; N]; M],
) -> [[V; N]; M] {
    let zero = [[V::splat(simd, T::ZERO); N]; M];
    if parts == 1 {
        return multiply(simd, count, factors, vectors, sums);
    }
    if parts == 4 && const { M * N <= 2 } {
        let starts = [sums, zero, zero, zero];
        let [a, b, c, d] = multiply_some(simd, 0, parts, count, factors, vectors, starts);
        return add(add(a, b), add(c, d));
    }
    let low = multiply_pair(simd, 0, parts, count, &factors, &vectors, [sums, zero]);
    if parts == 2 {
        return low;
    }
    add(low, multiply_pair(simd, 2, parts, count, &factors, &vectors, [zero; 2]))
}

/// The sum of two parts of `parts`, from part `first` on: side by side if both fit the registers.
#[inline(always)]
fn multiply_pair<S: Copy, T: Copy, V: Lanes<S, T>, const M: usize, const N: usize>(
    simd: S,
    first: usize,
    parts: usize,
    count: usize,
    factors: impl Fn(usize) -> [T; M],
    vectors: impl Fn(usize) -> [V; N],
    starts: [[[V; N]; M]; 2],
) -> [[V; N]; M] {
    if const { M * N <= 4 } {
        let [a, b] = multiply_some(simd, first, parts, count, factors, vectors, starts);
        return add(a, b);
    }
    let [a, b] = starts;
    let [a] = multiply_some(simd, first, parts, count, &factors, &vectors, [a]);
    let [b] = multiply_some(simd, first + 1, parts, count, &factors, &vectors, [b]);
    add(a, b)
}

/// `P` parts of `parts` side by side, from part `first` on.
#[inline(always)]
fn multiply_some<
    S: Copy,
    T: Copy,
    V: Lanes<S, T>,
    const M: usize,
    const N: usize,
    const P: usize,
>(
    simd: S,
    first: usize,
    parts: usize,
    count: usize,
    factors: impl Fn(usize) -> [T; M],
    vectors: impl Fn(usize) -> [V; N],
    mut sums: [[[V; N]; M]; P],
) -> [[[V; N]; M]; P] {
    let mut k = first;
    while k + P <= count {
        for (part, sums) in sums.iter_mut().enumerate() {
            *sums = multiply_one(simd, factors(k + part), vectors(k + part), *sums);
        }
        k += parts;
    }
    for (part, sums) in sums.iter_mut().enumerate() {
        if k + part < count {
            *sums = multiply_one(simd, factors(k + part), vectors(k + part), *sums);
        }
    }
    sums
}

#[inline(always)]
fn multiply_one<S: Copy, T: Copy, V: Lanes<S, T>, const M: usize, const N: usize>(
    simd: S,
    factors: [T; M],
    vectors: [V; N],
    mut sums: [[V; N]; M],
) -> [[V; N]; M] {
    for m in 0..M {
        // SAFETY: m is below M and n below N.
        unsafe {
            let factor = V::splat(simd, at!(factors, m));
            for n in 0..N {
                let sum = &mut at_mut!(at_mut!(sums, m), n);
                *sum = factor.mul_add(at!(vectors, n), *sum);
            }
        }
    }
    sums
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

/// The scalars from an address on, and zeros.
///
/// # Safety
///
/// `count` scalars can be read there.
#[inline(always)]
pub unsafe fn load_first<S: Copy, T: Scalar, V: Lanes<S, T>>(
    simd: S,
    from: *const T,
    count: usize,
) -> V {
    let mut lanes = [T::ZERO; LONGEST];
    // SAFETY: no vector is longer; the caller's.
    unsafe {
        for k in 0..count {
            at_mut!(lanes, k) = *from.add(k);
        }
        V::load(simd, lanes.as_ptr())
    }
}

/// Writes the first lanes of a vector.
///
/// # Safety
///
/// `count` scalars can be written there, no more than the vector has.
#[inline(always)]
pub unsafe fn store_first<S: Copy, T: Scalar, V: Lanes<S, T>>(vector: V, to: *mut T, count: usize) {
    let mut lanes = [T::ZERO; LONGEST];
    // SAFETY: no vector is longer; the caller's.
    unsafe {
        vector.store(lanes.as_mut_ptr());
        for k in 0..count {
            *to.add(k) = at!(lanes, k);
        }
    }
}

/// Scalars of the longest vector.
pub const LONGEST: usize = 16;

pub(in crate::kernels) use {at, at_mut};

//! Products on a machine without vectors, such as a microcontroller: eight outputs at a time.
//!
//! Their sums are written out, so that they stay in registers whatever the compiler optimises for, and sizes are
//! arguments, so that one copy of the code serves all layers of a program. The order of every sum is the one that
//! all other kernels keep.

use super::order::{MANY, count_parts};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors};

/// Whether these kernels are the ones: vectors are single scalars.
pub const fn is_scalar<S: Vectors<T>, T: Scalar>() -> bool {
    cfg!(not(debug_assertions)) && <S::Wide as Lanes<S, T>>::COUNT == 1
}

/// Whether two parts of a sum are computed side by side: where a floating-point unit has the registers for twice eight
/// sums. Elsewhere it would be more code, and no fewer instructions.
pub const PAIRED: bool = cfg!(any(target_abi = "eabihf", target_feature = "f"));

/// y = x W + b, of one row.
///
/// # Safety
///
/// From `weight` on `x.len()` rows of `y.len()` scalars can be read; a bias is as long as `y`.
#[inline(never)]
pub unsafe fn forward<T: Scalar, const PAIRED: bool>(
    x: &[T],
    weight: *const T,
    bias: Option<&[T]>,
    y: &mut [T],
) {
    let outputs = y.len();
    let parts = count_parts(x.len(), outputs);
    let mut first = 0;
    // SAFETY: the caller's; outputs below their number.
    unsafe {
        let start = bias.map(<[T]>::as_ptr);
        while first + 8 <= outputs {
            let start = start.map_or([T::ZERO; 8], |bias| *bias.add(first).cast());
            *y.as_mut_ptr().add(first).cast() =
                sum_parts::<T, PAIRED, _>(x, weight.add(first), outputs, parts, start);
            first += 8;
        }
        while first < outputs {
            let start = start.map_or([T::ZERO], |bias| [*bias.add(first)]);
            let [sum] = sum_parts::<T, PAIRED, _>(x, weight.add(first), outputs, parts, start);
            *y.as_mut_ptr().add(first) = sum;
            first += 1;
        }
    }
}

/// The only output of a row that is summed in lanes, the bias last.
#[inline(never)]
pub fn forward_one<T: Scalar>(x: &[T], weight: &[T], bias: Option<&[T]>) -> T {
    let count = x.len().min(weight.len());
    let (x, weight) = (x.as_ptr(), weight.as_ptr());
    // SAFETY: no more than there are of both.
    let sum = unsafe {
        if fits_registers::<T>(count) {
            dot_eight(*weight.cast(), count, weight, x)
        } else {
            dot(count, weight, x)
        }
    };
    match bias {
        Some([bias, ..]) => *bias + sum,
        _ => sum,
    }
}

/// Σ_k x[k] w[k][..N], in so many parts.
///
/// Rows are told apart by their addresses. So each loop keeps two pointers and no counter, and the compiler, which does not
/// know how often it runs, does not unroll it into more sums than there are registers.
#[inline(always)]
unsafe fn sum_parts<T: Scalar, const PAIRED: bool, const N: usize>(
    x: &[T],
    weight: *const T,
    stride: usize,
    parts: usize,
    mut start: [T; N],
) -> [T; N]
where
    [T; N]: Written<T>,
{
    let last = weight.wrapping_add(x.len() * stride).wrapping_sub(stride);
    let (mut x, mut row) = (x.as_ptr(), weight);
    // SAFETY: the caller's; rows up to the last one.
    unsafe {
        if const { PAIRED } && parts > 1 {
            let mut low: Option<[T; N]> = None;
            loop {
                let pair = sum_pair(x, row, last, stride, parts, start);
                if parts == 2 {
                    return pair;
                }
                if let Some(low) = low {
                    return low.add(pair);
                }
                (low, start) = (Some(pair), [T::ZERO; N]);
                (x, row) = (x.wrapping_add(2), row.wrapping_add(2 * stride));
            }
        }
        let (mut low, mut high) = (start, start);
        for part in 0..parts {
            let sums = sum_part(x, row, last, stride, parts, start);
            match part {
                0 => low = sums,
                1 => low = low.add(sums),
                2 => high = sums,
                _ => high = high.add(sums),
            }
            start = [T::ZERO; N];
            (x, row) = (x.wrapping_add(1), row.wrapping_add(stride));
        }
        if parts == 4 { low.add(high) } else { low }
    }
}

/// A part.
#[inline(always)]
pub unsafe fn sum_part<T: Scalar, const N: usize>(
    mut x: *const T,
    mut row: *const T,
    last: *const T,
    stride: usize,
    parts: usize,
    mut sums: [T; N],
) -> [T; N]
where
    [T; N]: Written<T>,
{
    while row <= last {
        // SAFETY: the caller's; rows up to the last one.
        sums = unsafe { sums.add_products(*x, *row.cast()) };
        (x, row) = (x.wrapping_add(parts), row.wrapping_add(parts * stride));
    }
    sums
}

/// A part and the next one, side by side, and added.
#[inline(always)]
unsafe fn sum_pair<T: Scalar, const N: usize>(
    mut x: *const T,
    mut row: *const T,
    last: *const T,
    stride: usize,
    parts: usize,
    start: [T; N],
) -> [T; N]
where
    [T; N]: Written<T>,
{
    let (mut even, mut odd) = (start, [T::ZERO; N]);
    // SAFETY: the caller's; rows up to the last one.
    unsafe {
        while row < last {
            even = even.add_products(*x, *row.cast());
            odd = odd.add_products(*x.add(1), *row.add(stride).cast());
            (x, row) = (x.wrapping_add(parts), row.wrapping_add(parts * stride));
        }
        if row == last {
            even = even.add_products(*x, *row.cast());
        }
    }
    even.add(odd)
}

/// Hands over Σ_k one[k] row(index)[k] of each of `rows` rows, in as many lanes as everywhere.
///
/// # Safety
///
/// `count` scalars can be read from `one` on, and from each of the rows.
#[inline(always)]
pub unsafe fn multiply_rows<T: Scalar>(
    count: usize,
    one: *const T,
    rows: usize,
    row: impl Fn(usize) -> *const T,
    put: impl Fn(usize, T),
) {
    // SAFETY: the caller's; indices below the number of rows.
    unsafe {
        if fits_registers::<T>(count) {
            let factors = *one.cast::<[T; 8]>();
            for index in 0..rows {
                put(index, dot_eight(factors, count, one, row(index)));
            }
        } else {
            for index in 0..rows {
                put(index, dot(count, one, row(index)));
            }
        }
    }
}

/// Whether a sum has its lanes once: eight factors stay in registers, whatever they are multiplied by.
#[inline(always)]
fn fits_registers<T>(count: usize) -> bool {
    size_of::<T>() == 4 && (8..16).contains(&count)
}

/// Σ_k a[k] b[k] of so few, by the first eight of `a`.
#[inline(always)]
unsafe fn dot_eight<T: Scalar>(factors: [T; 8], count: usize, a: *const T, b: *const T) -> T {
    // SAFETY: the caller's.
    unsafe {
        let sum = add_up(factors.multiply(*b.cast()));
        add_rest(sum, 8, count, a, b)
    }
}

/// Σ_k a[k] b[k], in as many lanes as everywhere.
#[inline(never)]
unsafe fn dot<T: Scalar>(count: usize, a: *const T, b: *const T) -> T {
    let lanes = if count >= MANY { 64 } else { 32 } / size_of::<T>();
    let (mut low, mut high) = ([T::ZERO; 8], [T::ZERO; 8]);
    let mut k = 0;
    // SAFETY: the caller's.
    unsafe {
        while k + lanes <= count {
            if lanes == 4 {
                // The other four lanes add nothing but zeros, which change no bit of a sum that began at zero.
                let [[a, b, c, d], [e, f, g, h]] = [*a.add(k).cast(), *b.add(k).cast()];
                let z = T::ZERO;
                low = low.add_lanes([a, b, c, d, z, z, z, z], [e, f, g, h, z, z, z, z]);
            } else {
                low = low.add_lanes(*a.add(k).cast(), *b.add(k).cast());
            }
            if lanes == 16 {
                high = high.add_lanes(*a.add(k + 8).cast(), *b.add(k + 8).cast());
            }
            k += lanes;
        }
        if lanes == 16 {
            low = low.add(high);
        }
        add_rest(add_up(low), k, count, a, b)
    }
}

/// The sum of the lanes: the upper half is added to the lower one until one is left.
///
/// Zero is added in the end, for lanes that began with a product in place of zero plus a product: the sums differ if all
/// products are negative zeros, and not otherwise.
#[inline(always)]
pub fn add_up<T: Scalar>([a0, a1, a2, a3, a4, a5, a6, a7]: [T; 8]) -> T {
    ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7)) + T::ZERO
}

/// What is left behind the lanes, one by one.
#[inline(always)]
unsafe fn add_rest<T: Scalar>(
    mut sum: T,
    first: usize,
    count: usize,
    a: *const T,
    b: *const T,
) -> T {
    let (mut at, mut other, end) =
        (a.wrapping_add(first), b.wrapping_add(first), a.wrapping_add(count));
    while at < end {
        // SAFETY: below the count, the caller's.
        sum = unsafe { sum.add_product(*at, *other) };
        at = at.wrapping_add(1);
        other = other.wrapping_add(1);
    }
    sum
}

/// Arithmetic of a few numbers without a loop.
pub trait Written<T>: Copy {
    /// Each plus `x` times its partner.
    fn add_products(self, x: T, row: Self) -> Self;

    /// Each times its partner.
    fn multiply(self, other: Self) -> Self;

    /// Each plus the product of its partners.
    fn add_lanes(self, a: Self, b: Self) -> Self;

    /// Each plus its partner.
    fn add(self, other: Self) -> Self;
}

macro_rules! write_out {
    ($count:literal: $($sum:ident $one:ident $other:ident),*) => {
        impl<T: Scalar> Written<T> for [T; $count] {
            #[inline(always)]
            fn add_products(self, x: T, [$($one),*]: Self) -> Self {
                let [$($sum),*] = self;
                [$($sum.add_product(x, $one)),*]
            }

            #[inline(always)]
            fn multiply(self, [$($one),*]: Self) -> Self {
                let [$($sum),*] = self;
                [$($sum.multiply($one)),*]
            }

            #[inline(always)]
            fn add_lanes(self, [$($one),*]: Self, [$($other),*]: Self) -> Self {
                let [$($sum),*] = self;
                [$($sum.add_product($one, $other)),*]
            }

            #[inline(always)]
            fn add(self, [$($one),*]: Self) -> Self {
                let [$($sum),*] = self;
                [$($sum + $one),*]
            }
        }
    };
}

write_out!(1: a0 b0 c0);
write_out!(4: a0 b0 c0, a1 b1 c1, a2 b2 c2, a3 b3 c3);
write_out!(8: a0 b0 c0, a1 b1 c1, a2 b2 c2, a3 b3 c3, a4 b4 c4, a5 b5 c5, a6 b6 c6, a7 b7 c7);

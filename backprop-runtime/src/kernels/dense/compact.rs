//! The same products in little code: one copy serves all layers of a program, and computes one vector of sums at a
//! time, or one sum; where there is a floating-point unit without vectors, four (`four`). Their order, and so their bits,
//! are those of all other kernels.

use core::array::from_fn;
use core::slice::{from_mut, from_ref};

use super::dot::{First, dots};
use super::order::{MANY, count_parts, sums_lanes};
use super::rows::Row;
use super::scalar::is_scalar;
use super::{WeightGradient, four, scalar};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors, forget_length, forget_length_mut, keep_rolled};
use crate::sink::Sink;
use crate::soft_float::IS_SOFT;
use crate::store::Store;

/// Whether there is anything to save: without optimisation nothing is inlined anyway, and kernels choose their
/// instruction set themselves. Tests name it.
const IS_COMPACT: bool = cfg!(any(test, not(debug_assertions)));

/// Whether a floating-point unit computes single scalars: there several sums side by side pay, for a little more code.
const fn is_quick<S: Vectors<T>, T: Scalar>() -> bool {
    !IS_SOFT && is_scalar::<S, T>()
}

/// y = x W + b
#[inline(always)]
pub fn forward<S: Vectors<T>, T: Scalar, X: Row<T, I>, const I: usize, const O: usize>(
    simd: S,
    x: &[X],
    weight: &[[T; O]; I],
    bias: Option<&[T; O]>,
    y: &mut [[T; O]],
) {
    if const { !IS_COMPACT } {
        return super::forward(simd, x, weight, bias, y);
    }
    for (x, y) in x.iter().zip(y) {
        let bias = bias.map(<[T; O]>::as_slice);
        if const { is_quick::<S, T>() && O == 1 && sums_lanes(I) } {
            y.fill(scalar::forward_one(x.row(), weight.as_flattened(), bias));
            continue;
        }
        let weight = weight.as_ptr().cast();
        // SAFETY: the weight has I rows of O scalars.
        unsafe {
            if const { is_quick::<S, T>() && O >= 4 } {
                four::forward(x.row(), weight, bias, y);
            } else if const { O == 1 && sums_lanes(I) } {
                forward_one(simd, x.row(), weight, bias, y);
            } else {
                forward_row(simd, x.row(), weight, bias, y);
            }
        }
    }
}

/// The same of a single row.
#[inline(always)]
pub fn forward_sample<S: Vectors<T>, T: Scalar, const I: usize, const O: usize>(
    simd: S,
    x: &[T; I],
    weight: &[[T; O]; I],
    bias: Option<&[T; O]>,
    y: &mut [T; O],
) {
    forward(simd, from_ref(x), weight, bias, from_mut(y));
}

/// dJ/dx = delta Wᵀ
#[inline(always)]
pub fn input_gradient<S: Vectors<T>, T: Scalar, const I: usize, const O: usize>(
    simd: S,
    store: impl Store,
    delta: &[[T; O]],
    weight: &[[T; O]; I],
    dx: &mut [[T; I]],
) {
    if const { !IS_COMPACT } {
        return super::input_gradient(simd, store, delta, weight, dx);
    }
    let in_lanes = delta.len() == 1 && sums_lanes(O);
    for (delta, dx) in delta.iter().zip(dx) {
        let weight = weight.as_ptr().cast();
        // SAFETY: the weight has I rows of O scalars.
        unsafe {
            if const { O == 1 } {
                multiply(store, delta, weight, dx);
            } else if in_lanes {
                hand_back_lanes(simd, store, delta, weight, dx);
            } else {
                hand_back(simd, store, delta, weight, dx);
            }
        }
    }
}

/// dJ/dW = xᵀ delta, summed over the rows.
#[inline(always)]
pub fn weight_gradient<S: Vectors<T>, T: Scalar, X, K, const I: usize, const O: usize>(
    simd: S,
    x: &[X],
    delta: &[[T; O]],
    mut sink: K,
) where
    X: Row<T, I>,
    K: Sink<T, O>,
{
    if const { !IS_COMPACT } {
        return super::weight_gradient(simd, x, delta, sink);
    }
    if const { !K::COLLECTS } {
        if let ([x], [delta]) = (x, delta) {
            sink.put_products_compactly(x.row(), delta);
        }
    } else {
        let (adds, gradient) = sink.matrix();
        let call = WeightGradient::new(adds, x, delta, gradient);
        // SAFETY: as above.
        unsafe { run_weight_gradient(simd, &call) }
    }
}

/// dJ/db = delta, summed over the rows.
#[inline(always)]
pub fn bias_gradient<S: Vectors<T>, T: Scalar, K: Sink<T, O>, const O: usize>(
    simd: S,
    delta: &[[T; O]],
    mut sink: K,
) {
    if const { !IS_COMPACT } {
        return super::bias_gradient(simd, delta, sink);
    }
    if const { !K::COLLECTS } {
        if let [delta] = delta {
            sink.put_delta(delta);
        }
    } else {
        let (adds, gradient) = sink.matrix();
        sum_columns(adds, delta.as_flattened(), gradient.as_flattened_mut());
    }
}

/// The sums of the columns of as many rows as there are, set or added.
#[inline(never)]
fn sum_columns<T: Scalar>(adds: bool, delta: &[T], gradient: &mut [T]) {
    let columns = gradient.len().max(1);
    for (column, place) in gradient.iter_mut().enumerate() {
        let mut sum = T::ZERO;
        for delta in delta.iter().skip(column).step_by(columns) {
            keep_rolled();
            sum += *delta;
        }
        *place = if adds { *place + sum } else { sum };
    }
}

/// y = x W + b, of a single output that is summed in lanes.
///
/// # Safety
///
/// There are as many weights as inputs; a bias is as long as `y`.
#[inline(never)]
unsafe fn forward_one<S: Vectors<T>, T: Scalar>(
    simd: S,
    x: &[T],
    weight: *const T,
    bias: Option<&[T]>,
    y: &mut [T],
) {
    // SAFETY: the caller's.
    let sum = unsafe { dot(simd, x.len(), weight, x.as_ptr()) };
    for (output, y) in y.iter_mut().enumerate() {
        *y = bias.and_then(|bias| bias.get(output)).map_or(sum, |bias| *bias + sum);
    }
}

/// y = x W + b, of one row.
///
/// # Safety
///
/// From `weight` on `x.len()` rows of `y.len()` scalars can be read; a bias is as long as `y`.
#[inline(never)]
unsafe fn forward_row<S: Vectors<T>, T: Scalar>(
    simd: S,
    x: &[T],
    weight: *const T,
    bias: Option<&[T]>,
    y: &mut [T],
) {
    let outputs = y.len();
    simd.vectorize(
        #[inline(always)]
        || {
            let mut first = 0;
            // SAFETY: the caller's; outputs below their number.
            unsafe {
                while const { <S::Wide as Lanes<S, T>>::COUNT > 1 }
                    && first + <S::Wide as Lanes<S, T>>::COUNT <= outputs
                {
                    sum_column::<S, T, S::Wide>(simd, x, weight, bias, y, first);
                    first += <S::Wide as Lanes<S, T>>::COUNT;
                }
                while first < outputs {
                    sum_column::<S, T, First<S, T>>(simd, x, weight, bias, y, first);
                    first += 1;
                }
            }
        },
    );
}

/// A vector of a row's outputs.
///
/// # Safety
///
/// That of [`forward_row`], and there are so many outputs from the first on.
#[inline(always)]
unsafe fn sum_column<S: Vectors<T>, T: Scalar, V: Lanes<S, T>>(
    simd: S,
    x: &[T],
    weight: *const T,
    bias: Option<&[T]>,
    y: &mut [T],
    first: usize,
) {
    let (zero, outputs) = (V::splat(simd, T::ZERO), y.len());
    let parts = count_parts(x.len(), outputs);
    // SAFETY: the caller's; inputs below their number.
    unsafe {
        let start = bias.map_or(zero, |bias| V::load(simd, bias.as_ptr().add(first)));
        let (mut low, mut high) = (start, zero);
        for part in 0..parts {
            let mut sum = if part == 0 { start } else { zero };
            let mut k = part;
            while k < x.len() {
                keep_rolled();
                let weight = V::load(simd, weight.add(k * outputs + first));
                sum = V::splat(simd, *x.as_ptr().add(k)).mul_add(weight, sum);
                k += parts;
            }
            match part {
                0 => low = sum,
                1 => low = low.add(sum),
                2 => high = sum,
                _ => high = high.add(sum),
            }
        }
        let sum = if parts == 4 { low.add(high) } else { low };
        sum.store(y.as_mut_ptr().add(first));
    }
}

/// dJ/dx of one row, through a single output: a product each, and no sum.
///
/// # Safety
///
/// There are as many weights as inputs.
#[inline(never)]
unsafe fn multiply<T: Scalar>(store: impl Store, delta: &[T], weight: *const T, dx: &mut [T]) {
    let [delta, ..] = delta else { return };
    for (input, dx) in forget_length_mut(dx).iter_mut().enumerate() {
        keep_rolled();
        // SAFETY: the caller's.
        store.store(dx, *delta * unsafe { *weight.add(input) });
    }
}

/// dJ/dx of one row, whose sums are in lanes.
///
/// # Safety
///
/// From `weight` on `dx.len()` rows of `delta.len()` scalars can be read.
#[inline(never)]
unsafe fn hand_back_lanes<S: Vectors<T>, T: Scalar>(
    simd: S,
    store: impl Store,
    delta: &[T],
    weight: *const T,
    dx: &mut [T],
) {
    let outputs = delta.len();
    for (input, dx) in forget_length_mut(dx).iter_mut().enumerate() {
        keep_rolled();
        // SAFETY: the caller's.
        let sum = unsafe { dot(simd, outputs, delta.as_ptr(), weight.add(input * outputs)) };
        store.store(dx, sum);
    }
}

/// dJ/dx of one row, from the first output to the last.
///
/// # Safety
///
/// From `weight` on `dx.len()` rows of `delta.len()` scalars can be read.
#[inline(never)]
unsafe fn hand_back<S: Vectors<T>, T: Scalar>(
    simd: S,
    store: impl Store,
    delta: &[T],
    weight: *const T,
    dx: &mut [T],
) {
    simd.vectorize(
        #[inline(always)]
        || {
            let (delta, mut place) = (forget_length(delta), weight);
            for dx in forget_length_mut(dx) {
                let start = if store.adds() { *dx } else { T::ZERO };
                let mut sum = First::<S, T>::splat(simd, start);
                for delta in delta {
                    keep_rolled();
                    // SAFETY: the caller's.
                    let weight = First::<S, T>::splat(simd, unsafe { *place });
                    sum = First::<S, T>::splat(simd, *delta).mul_add(weight, sum);
                    place = place.wrapping_add(1);
                }
                *dx = sum.sum();
            }
        },
    );
}

/// # Safety
///
/// That of [`WeightGradient::run`].
#[inline(never)]
unsafe fn run_weight_gradient<S: Vectors<T>, T: Scalar>(simd: S, call: &WeightGradient<'_, T>) {
    simd.vectorize(
        #[inline(always)]
        || {
            for input in 0..call.inputs {
                let mut first = 0;
                // SAFETY: inputs and outputs below their numbers.
                unsafe {
                    while const { <S::Wide as Lanes<S, T>>::COUNT > 1 }
                        && first + <S::Wide as Lanes<S, T>>::COUNT <= call.outputs
                    {
                        put_column::<S, T, S::Wide>(simd, call, input, first);
                        first += <S::Wide as Lanes<S, T>>::COUNT;
                    }
                    while first < call.outputs {
                        put_column::<S, T, First<S, T>>(simd, call, input, first);
                        first += 1;
                    }
                }
            }
        },
    );
}

/// A vector of the gradients of an input's weights.
///
/// # Safety
///
/// There is such an input, and there are so many outputs from the first on.
#[inline(always)]
unsafe fn put_column<S: Vectors<T>, T: Scalar, V: Lanes<S, T>>(
    simd: S,
    call: &WeightGradient<'_, T>,
    input: usize,
    first: usize,
) {
    let table = call.x.table();
    let mut sum = V::splat(simd, T::ZERO);
    // SAFETY: the caller's; rows below their number.
    unsafe {
        for row in 0..call.rows {
            keep_rolled();
            let factor = V::splat(simd, *table.start(row).add(input));
            let delta = V::load(simd, call.delta.add(row * call.outputs + first));
            sum = factor.mul_add(delta, sum);
        }
        let place = call.gradient.add(input * call.outputs + first);
        if call.adds {
            sum = sum.add(V::load(simd, place));
        }
        sum.store(place);
    }
}

/// Σ_k a[k] b[k], in as many lanes as everywhere.
///
/// # Safety
///
/// `count` scalars can be read from `a` and from `b` on.
#[inline(never)]
unsafe fn dot<S: Vectors<T>, T: Scalar>(simd: S, count: usize, a: *const T, b: *const T) -> T {
    if const { <S::Wide as Lanes<S, T>>::COUNT == 1 } {
        // SAFETY: the caller's.
        return unsafe { sum_lanes(count, a, b) };
    }
    simd.vectorize(
        #[inline(always)]
        || {
            // SAFETY: the caller's.
            let [sum] = unsafe { dots::<S, T, 1>(simd, count, a, [b]) };
            sum
        },
    )
}

/// The same lane by lane.
///
/// # Safety
///
/// The same.
#[inline(always)]
unsafe fn sum_lanes<T: Scalar>(count: usize, a: *const T, b: *const T) -> T {
    let lanes = if count >= MANY { 64 } else { 32 } / size_of::<T>();
    let whole = count - count % lanes;
    // SAFETY: below the count, the caller's.
    let add = |mut sum: T, from: usize, to: usize, step: usize| unsafe {
        let mut k = from;
        while k < to {
            keep_rolled();
            sum = sum.add_product(*a.add(k), *b.add(k));
            k += step;
        }
        sum
    };
    // Of sixteen lanes the upper half is added to the lower one as soon as both are there.
    let mut sums: [T; 8] = from_fn(|lane| {
        let sum = if lane < lanes { add(T::ZERO, lane, whole, lanes) } else { T::ZERO };
        if lanes > 8 { sum + add(T::ZERO, lane + 8, whole, lanes) } else { sum }
    });
    let mut lanes = lanes.min(8);
    while lanes > 1 {
        lanes /= 2;
        let (lower, upper) = sums.split_at_mut(lanes);
        for (lower, upper) in lower.iter_mut().zip(upper) {
            keep_rolled();
            *lower += *upper;
        }
    }
    let [sum, ..] = sums;
    add(sum, whole, count, 1)
}

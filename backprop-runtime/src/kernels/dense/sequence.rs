//! The same products at each step of a sequence: a row of `N` scalars is steps of `I` each.

use super::{Row, WeightGradient};
use crate::kernels::by_profile::dense;
use crate::scalar::Scalar;
use crate::simd::Vectors;
use crate::sink::Sink;
use crate::store::Store;

/// How many scalars of its operand a product takes at each step.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<const I: usize>;

/// y = x W + b
#[inline(always)]
pub fn forward<S, T, X, const N: usize, const M: usize, const I: usize, const O: usize>(
    simd: S,
    x: &[X],
    weight: &[[T; O]; I],
    bias: Option<&[T; O]>,
    y: &mut [[T; M]],
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, N>,
{
    for (x, y) in x.iter().zip(y) {
        dense::forward(simd, x.row().as_chunks().0, weight, bias, y.as_chunks_mut().0);
    }
}

/// dJ/dx = delta Wᵀ
#[inline(always)]
pub fn input_gradient<S, T, const N: usize, const M: usize, const I: usize, const O: usize>(
    simd: S,
    store: impl Store,
    delta: &[[T; M]],
    weight: &[[T; O]; I],
    dx: &mut [[T; N]],
) where
    S: Vectors<T>,
    T: Scalar,
{
    for (delta, dx) in delta.iter().zip(dx) {
        dense::input_gradient(simd, store, delta.as_chunks().0, weight, dx.as_chunks_mut().0);
    }
}

/// dJ/dW = xᵀ delta, summed over the steps and the samples.
#[inline(always)]
pub fn weight_gradient<
    S,
    T,
    X,
    K,
    const N: usize,
    const M: usize,
    const I: usize,
    const O: usize,
    const L: usize,
>(
    simd: S,
    _: Inputs<I>,
    x: &[X],
    delta: &[[T; M]],
    scratch: &mut [[T; L]],
    mut sink: K,
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, N>,
    K: Sink<T, O>,
{
    for (index, ((x, delta), room)) in x.iter().zip(delta).zip(scratch).enumerate() {
        let (x, delta): (&[[T; I]], _) = (x.row().as_chunks().0, delta.as_chunks().0);
        put_products(simd, index > 0, x, delta, room, &mut sink);
    }
}

/// dJ/db = delta, summed over the steps and the samples.
#[inline(always)]
pub fn bias_gradient<T: Scalar, K: Sink<T, O>, const M: usize, const O: usize>(
    delta: &[[T; M]],
    mut sink: K,
) {
    for (index, delta) in delta.iter().enumerate() {
        put_sums(index > 0, delta.as_chunks().0, &mut sink);
    }
}

/// The weight gradient of one sample, which is the first or is added to those before. An optimiser takes a gradient at
/// once: as many of its rows as there is room for are summed before they are handed over.
#[inline(always)]
pub(in crate::kernels) fn put_products<S, T, K, const I: usize, const O: usize>(
    simd: S,
    adds: bool,
    x: &[[T; I]],
    delta: &[[T; O]],
    room: &mut [T],
    sink: &mut K,
) where
    S: Vectors<T>,
    T: Scalar,
    K: Sink<T, O>,
{
    if const { K::COLLECTS } {
        let (keeps, gradient) = sink.matrix();
        let call = WeightGradient::new(keeps || adds, x, delta, gradient);
        // SAFETY: `call` was made of borrowed arrays of these sizes.
        unsafe { simd.run_weight_gradient(&call) }
        return;
    }
    let (rows, _) = room.as_chunks_mut();
    put_pieces((adds, I), rows, sink, |first, rows| sum_products(simd, first, x, delta, rows));
}

/// The gradient of so many rows, some at a time: as many as there is room for are summed before they are handed over.
#[inline(always)]
pub(in crate::kernels) fn put_pieces<T, K, const O: usize>(
    (adds, count): (bool, usize),
    rows: &mut [[T; O]],
    sink: &mut K,
    mut sum: impl FnMut(usize, &mut [[T; O]]),
) where
    T: Scalar,
    K: Sink<T, O>,
{
    let mut first = 0;
    while first < count && !rows.is_empty() {
        sum(first, rows);
        for (row, gradients) in rows.iter().take(count - first).enumerate() {
            put_row(adds, first + row, gradients, sink);
        }
        first += rows.len();
    }
}

/// The gradient of a row, of one sample.
#[inline(always)]
fn put_row<T: Scalar, K: Sink<T, O>, const O: usize>(
    adds: bool,
    row: usize,
    gradients: &[T; O],
    sink: &mut K,
) {
    if const { K::COLLECTS } {
        let (keeps, gradient) = sink.matrix();
        for (place, sum) in gradient.iter_mut().skip(row).take(1).flatten().zip(gradients) {
            *place = if keeps || adds { *place + *sum } else { *sum };
        }
    } else {
        sink.put(row, 0, gradients.iter().copied());
    }
}

/// Some rows of the weight gradient of one sample.
#[inline(always)]
pub(in crate::kernels) fn sum_products<S, T, const I: usize, const O: usize>(
    simd: S,
    first: usize,
    x: &[[T; I]],
    delta: &[[T; O]],
    rows: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
{
    let call = WeightGradient::of_inputs(x, first, delta, rows);
    // SAFETY: `call` was made of borrowed arrays of these sizes.
    unsafe { simd.run_weight_gradient(&call) }
}

/// The bias gradient of one sample.
#[inline(always)]
pub(in crate::kernels) fn put_sums<T: Scalar, K: Sink<T, O>, const O: usize>(
    adds: bool,
    delta: &[[T; O]],
    sink: &mut K,
) {
    let mut sums = [T::ZERO; O];
    for row in delta {
        for (sum, delta) in sums.iter_mut().zip(row) {
            *sum += *delta;
        }
    }
    put_row(adds, 0, &sums, sink);
}

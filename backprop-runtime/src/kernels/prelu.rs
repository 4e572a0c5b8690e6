//! The parametric ReLU: each of `C` slopes serves `INNER` neighbouring scalars.

use core::borrow::Borrow;

use crate::scalar::Scalar;
use crate::sink::Sink;
use crate::store::Store;

/// y = x above zero, slope x below
#[inline(always)]
pub fn forward<T: Scalar, X: Borrow<[T; N]>, const INNER: usize, const C: usize, const N: usize>(
    x: &[X],
    slopes: &[T; C],
    y: &mut [[T; N]],
) {
    for (x, y) in x.iter().zip(y) {
        let (blocks, _) = x.borrow().as_chunks::<INNER>();
        let (places, _) = y.as_chunks_mut::<INNER>();
        for ((x, slope), y) in blocks.iter().zip(slopes).zip(places) {
            for (x, y) in x.iter().zip(y) {
                *y = if *x > T::ZERO { *x } else { *slope * *x };
            }
        }
    }
}

/// dJ/dx = dJ/dy above zero, slope dJ/dy below
#[inline(always)]
pub fn input_gradient<
    S: Store,
    T: Scalar,
    X: Borrow<[T; N]>,
    const INNER: usize,
    const C: usize,
    const N: usize,
>(
    store: S,
    x: &[X],
    slopes: &[T; C],
    dy: &[[T; N]],
    dx: &mut [[T; N]],
) {
    for ((x, dy), dx) in x.iter().zip(dy).zip(dx) {
        let (blocks, _) = x.borrow().as_chunks::<INNER>();
        let (deltas, _) = dy.as_chunks::<INNER>();
        let (places, _) = dx.as_chunks_mut::<INNER>();
        for (((x, slope), dy), dx) in blocks.iter().zip(slopes).zip(deltas).zip(places) {
            for ((x, dy), dx) in x.iter().zip(dy).zip(dx) {
                store.store(dx, if *x > T::ZERO { *dy } else { *slope * *dy });
            }
        }
    }
}

/// dJ/dslope = sum of x dJ/dy over the scalars below zero: sample by sample, then scalar by scalar
#[inline(always)]
pub fn slope_gradient<
    T: Scalar,
    X: Borrow<[T; N]>,
    const INNER: usize,
    const C: usize,
    const N: usize,
>(
    x: &[X],
    dy: &[[T; N]],
    mut sink: impl Sink<T, C>,
) {
    let mut sums = [T::ZERO; C];
    for (x, dy) in x.iter().zip(dy) {
        let (blocks, _) = x.borrow().as_chunks::<INNER>();
        let (deltas, _) = dy.as_chunks::<INNER>();
        for ((x, dy), sum) in blocks.iter().zip(deltas).zip(&mut sums) {
            for (x, dy) in x.iter().zip(dy) {
                *sum += if *x > T::ZERO { T::ZERO } else { *x * *dy };
            }
        }
    }
    sink.put(0, 0, sums.into_iter());
}

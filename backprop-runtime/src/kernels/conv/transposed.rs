//! Transposed convolutions. The geometry, and the weight, are those of the convolution that goes the other way: its
//! input is the output here, its filters are the channels here. What it would hand back as dJ/dx is the forward pass,
//! its forward pass is dJ/dx, and dJ/dW is its own with x and dJ/dy in each other's place (Dumoulin and Visin, A guide
//! to convolution arithmetic for deep learning, 2016). dJ/db is that of any convolution.

use super::forward::gather;
use super::input_gradient::spread;
use super::{Geometry, weight_gradient as weigh};
use crate::kernels::dense::Row;
use crate::scalar::Scalar;
use crate::simd::Vectors;
use crate::sink::Sink;
use crate::store::{Set, Store};

/// y = Wᵀ * x + b
#[inline(always)]
pub fn forward<
    S,
    T,
    X,
    const I: usize,
    const O: usize,
    const K: usize,
    const C: usize,
    const L: usize,
>(
    simd: S,
    geometry: Geometry,
    x: &[X],
    weight: &[[T; C]; K],
    bias: Option<&[T]>,
    scratch: &mut [[T; L]],
    y: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, I>,
{
    spread(simd, geometry, Set, x, weight, bias, scratch, y);
}

/// dJ/dx
#[inline(always)]
pub fn input_gradient<
    S,
    T,
    const I: usize,
    const O: usize,
    const K: usize,
    const C: usize,
    const L: usize,
>(
    simd: S,
    geometry: Geometry,
    store: impl Store,
    delta: &[[T; O]],
    weight: &[[T; C]; K],
    scratch: &mut [[T; L]],
    dx: &mut [[T; I]],
) where
    S: Vectors<T>,
    T: Scalar,
{
    gather(simd, geometry, store, delta, weight, None, scratch, dx);
}

/// dJ/dW, summed over the samples.
#[inline(always)]
pub fn weight_gradient<S, T, X, K, const I: usize, const O: usize, const C: usize, const L: usize>(
    simd: S,
    geometry: Geometry,
    x: &[X],
    delta: &[[T; O]],
    scratch: &mut [[T; L]],
    sink: K,
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, I>,
    K: Sink<T, C>,
{
    weigh(simd, geometry, delta, x, scratch, sink);
}

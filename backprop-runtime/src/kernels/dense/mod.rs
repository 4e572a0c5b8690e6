//! Products with a weight matrix `[in][out]`.
//!
//! | | order of the sum | |
//! |---|---|---|
//! | y = x W + b | over inputs | from first to last, the bias first; at least 8 inputs and fewer than 128 outputs: in two or four parts (`order`); a single output of at least 8 inputs: in lanes (`dot`), the bias last |
//! | dJ/dW = xᵀ delta | over samples | from first to last |
//! | dJ/dx = delta Wᵀ | over outputs | from first to last; one sample through at least 8 outputs in lanes, as [`Lanes::sum`](crate::simd::Lanes::sum) adds them |
//!
//! That order depends on sizes alone: every instruction set computes the same bits, but for whether a
//! product and a sum are rounded once or twice.
//!
//! Products of small layers know their sizes: they are compiled for each layer, in the user's crate, and the
//! smallest are inlined (`small`). For all others each product is a struct that says what to multiply, and is
//! compiled once for each instruction set, in this crate: only its innermost blocks know their size.

mod bias_gradient;
pub(in crate::kernels) mod block;
pub mod compact;
mod dot;
mod forward;
mod four;
mod input_gradient;
mod order;
mod pack;
mod rows;
pub(in crate::kernels) mod scalar;
pub mod sequence;
mod small;
#[cfg(test)]
mod tests;
mod transpose;
mod weight_gradient;

pub use self::bias_gradient::bias_gradient;
pub use self::forward::Forward;
pub use self::input_gradient::InputGradient;
use self::order::sums_lanes;
pub use self::rows::{Row, Rows};
use self::scalar::{PAIRED, is_scalar};
use self::small::{SAMPLE_WEIGHTS, holds_loop, holds_row, is_small, is_tiny};
pub use self::weight_gradient::WeightGradient;

use core::slice::{from_mut, from_ref};

use crate::scalar::Scalar;
use crate::simd::Vectors;
use crate::sink::Sink;
use crate::store::Store;

/// y = x W + b
#[inline(always)]
pub fn forward<S: Vectors<T>, T: Scalar, X: Row<T, I>, const I: usize, const O: usize>(
    simd: S,
    x: &[X],
    weight: &[[T; O]; I],
    bias: Option<&[T; O]>,
    y: &mut [[T; O]],
) {
    if const { is_scalar::<S, T>() && O == 1 && sums_lanes(I) } {
        for (x, y) in x.iter().zip(y.as_flattened_mut()) {
            let bias = bias.map(<[T; O]>::as_slice);
            *y = scalar::forward_one(x.row(), weight.as_flattened(), bias);
        }
    } else if const { is_scalar::<S, T>() } {
        for (x, y) in x.iter().zip(y) {
            let (weight, bias) = (weight.as_ptr().cast(), bias.map(<[T; O]>::as_slice));
            // SAFETY: the weight has I rows of O scalars.
            unsafe { scalar::forward::<T, PAIRED>(x.row(), weight, bias, y) }
        }
    } else if const { is_small::<S, T>(I, O) } {
        if const { is_tiny(I, O) } || const { I * O <= SAMPLE_WEIGHTS } && x.len() == 1 {
            small::forward::<S, T, S::Wide, X, I, O>(simd, x, weight, bias, y);
        } else {
            small::run_forward(simd, x, weight, bias, y);
        }
    } else {
        let call = Forward::new(x, weight, bias, y);
        // SAFETY: `call` was made of borrowed arrays of these sizes.
        unsafe { simd.run_forward(&call) }
    }
}

/// The same of a single row, compiled where it is called: for a product that everything else waits for.
#[inline(always)]
pub fn forward_sample<S: Vectors<T>, T: Scalar, const I: usize, const O: usize>(
    simd: S,
    x: &[T; I],
    weight: &[[T; O]; I],
    bias: Option<&[T; O]>,
    y: &mut [T; O],
) {
    if const { holds_row::<S, T>(O) } {
        small::forward::<S, T, S::Wide, [T; I], I, O>(simd, from_ref(x), weight, bias, from_mut(y));
    } else if const { holds_loop::<S, T>(I, O) } {
        let call = Forward::new(from_ref(x), weight, bias, from_mut(y));
        // SAFETY: `call` was made of borrowed arrays of these sizes; as many outputs as a row of vectors has are several.
        unsafe { call.run_sample::<S, S::Wide>(simd) }
    } else {
        forward(simd, from_ref(x), weight, bias, from_mut(y));
    }
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
    if const { O == 1 } {
        // A product each: no sum.
        for (delta, dx) in delta.as_flattened().iter().zip(dx) {
            for (dx, weight) in dx.iter_mut().zip(weight.as_flattened()) {
                store.store(dx, delta.multiply(*weight));
            }
        }
    } else {
        let call = InputGradient::new(store.adds(), delta, weight, dx);
        // SAFETY: as above.
        unsafe {
            if const { is_tiny(O, I) && !is_scalar::<S, T>() } {
                call.run(simd);
            } else {
                simd.run_input_gradient(&call);
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
    if const { !K::COLLECTS } {
        if let ([x], [delta]) = (x, delta) {
            sink.put_products(x.row(), delta);
        }
    } else if const { is_small::<S, T>(I, O) } {
        let (adds, gradient) = sink.matrix();
        if const { is_tiny(I, O) } {
            small::weight_gradient::<S, T, S::Wide, X, I, O>(simd, adds, x, delta, gradient);
        } else {
            small::run_weight_gradient::<S, T, X, I, O>(simd, adds, x, delta, gradient);
        }
    } else {
        let (adds, gradient) = sink.matrix();
        let call = WeightGradient::new(adds, x, delta, gradient);
        // SAFETY: as above.
        unsafe { simd.run_weight_gradient(&call) }
    }
}

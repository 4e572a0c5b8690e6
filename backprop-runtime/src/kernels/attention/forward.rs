//! From a sequence to what each of its steps takes of the others.

use super::heads::{Heads, Parts, gather, scatter, take_rows};
use crate::kernels::by_profile::dense;
use crate::kernels::dense::Row;
use crate::scalar::Scalar;
use crate::simd::Vectors;
use crate::store::Set;

/// The parameters of a layer.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a, T, const D: usize, const P: usize> {
    /// From a step to its q, k and v.
    pub input: &'a [[T; P]; D],
    /// From the heads to the output.
    pub output: &'a [[T; D]; D],
    /// What is added to the first products.
    pub input_bias: Option<&'a [T; P]>,
    /// What is added to the last ones.
    pub output_bias: Option<&'a [T; D]>,
}

/// y, of a memory that nobody looks at afterwards.
#[inline(always)]
pub fn forward<
    S,
    T,
    X,
    const N: usize,
    const L: usize,
    const E: usize,
    const H: usize,
    const D: usize,
    const P: usize,
>(
    simd: S,
    heads: Heads<E, H, D>,
    weights: Weights<'_, T, D, P>,
    x: &[X],
    y: &mut [[T; N]],
    scratch: &mut [[T; L]],
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, N>,
{
    for ((x, y), scratch) in x.iter().zip(y).zip(scratch) {
        let Some((parts, room)) = Parts::<T, E, D, P>::find(scratch, 1) else { return };
        attend(simd, heads, weights, x.row().as_chunks().0, y.as_chunks_mut().0, parts, room);
    }
}

/// The same, and everything that the gradients need.
#[inline(always)]
pub fn forward_saving<
    S,
    T,
    X,
    const N: usize,
    const L: usize,
    const K: usize,
    const E: usize,
    const H: usize,
    const D: usize,
    const P: usize,
>(
    simd: S,
    heads: Heads<E, H, D>,
    weights: Weights<'_, T, D, P>,
    x: &[X],
    y: &mut [[T; N]],
    saved: &mut [[T; K]],
    scratch: &mut [[T; L]],
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, N>,
{
    for (((x, y), saved), scratch) in x.iter().zip(y).zip(saved).zip(scratch) {
        let Some((parts, _)) = Parts::<T, E, D, P>::find(saved, heads.count) else { return };
        attend(simd, heads, weights, x.row().as_chunks().0, y.as_chunks_mut().0, parts, scratch);
    }
}

/// One sample.
#[inline(always)]
fn attend<
    S: Vectors<T>,
    T: Scalar,
    const E: usize,
    const H: usize,
    const D: usize,
    const P: usize,
>(
    simd: S,
    heads: Heads<E, H, D>,
    weights: Weights<'_, T, D, P>,
    x: &[[T; D]],
    y: &mut [[T; D]],
    parts: Parts<'_, T, E, D, P>,
    room: &mut [T],
) {
    let Parts { projected, context, probabilities } = parts;
    let Some((q, room)) = take_rows::<T, E, H>(room) else { return };
    let Some((k, room)) = take_rows::<T, E, H>(room) else { return };
    let Some((v, _)) = take_rows::<T, E, H>(room) else { return };
    dense::forward(simd, x, weights.input, weights.input_bias, projected);
    // Without gradients all heads make do with the same rows.
    let keeps = probabilities.len() > E;
    for head in 0..heads.count {
        let first = if keeps { head * E } else { 0 };
        let rows = probabilities.get_mut(first..).and_then(<[_]>::first_chunk_mut::<E>);
        let Some(p) = rows else { return };
        gather(projected, head * H, q);
        gather(projected, D + head * H, k);
        gather(projected, 2 * D + head * H, v);
        dense::input_gradient(simd, Set, q.as_slice(), k, p.as_mut_slice());
        for (step, scores) in p.iter_mut().enumerate() {
            normalise(scores, heads.sees(step), heads.scale());
        }
        // The head's questions are answered: its results take their place.
        dense::forward(simd, p.as_slice(), v, None, q.as_mut_slice());
        scatter(q, context, head * H);
    }
    dense::forward(simd, context, weights.output, weights.output_bias, y);
}

/// The softmax of the first scores, each multiplied by `scale` before; zeros behind them.
#[inline(always)]
fn normalise<T: Scalar, const E: usize>(scores: &mut [T; E], sees: usize, scale: T) {
    let Some((seen, unseen)) = scores.split_at_mut_checked(sees) else { return };
    let largest = seen.iter().fold(-T::MAX, |largest, score| largest.larger(*score));
    for score in seen.iter_mut() {
        *score = ((*score - largest) * scale).exp();
    }
    let sum = seen.iter().fold(T::ZERO, |sum, score| sum + *score);
    for score in seen {
        *score = *score / sum;
    }
    unseen.fill(T::ZERO);
}

//! From dJ/dy to the deltas of q, k and v, and to the gradients.

use super::forward::Weights;
use super::heads::{Heads, Parts, gather, scatter, take_rows};
use crate::kernels::by_profile::dense;
use crate::kernels::dense::Row;
use crate::kernels::sequence::{put_products, put_sums};
use crate::kernels::softmax;
use crate::scalar::Scalar;
use crate::simd::Vectors;
use crate::sink::{Collect, Sink};
use crate::store::{Set, Store};

/// The deltas of q, k and v, in their place.
#[inline(always)]
pub fn compute_deltas<
    S,
    T,
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
    dy: &[[T; N]],
    saved: &mut [[T; K]],
    scratch: &mut [[T; L]],
) where
    S: Vectors<T>,
    T: Scalar,
{
    for ((dy, saved), scratch) in dy.iter().zip(saved).zip(scratch) {
        let Some((parts, _)) = Parts::<T, E, D, P>::find(saved, heads.count) else { return };
        let Some((of_context, room)) = take_rows::<T, E, D>(scratch) else { return };
        dense::input_gradient(
            simd,
            Set,
            dy.as_chunks().0,
            weights.output,
            of_context.as_mut_slice(),
        );
        let rows = parts.probabilities.as_chunks::<E>().0;
        for (head, p) in rows.iter().take(heads.count).enumerate() {
            let first = head * H;
            if go_back(simd, heads, (first, p), of_context, parts.projected, room).is_none() {
                return;
            }
        }
    }
}

/// One head, whose columns begin at `first`.
#[inline(always)]
fn go_back<
    S: Vectors<T>,
    T: Scalar,
    const E: usize,
    const H: usize,
    const D: usize,
    const P: usize,
>(
    simd: S,
    heads: Heads<E, H, D>,
    (first, p): (usize, &[[T; E]; E]),
    of_context: &[[T; D]; E],
    projected: &mut [[T; P]],
    room: &mut [T],
) -> Option<()> {
    let (q, room) = take_rows::<T, E, H>(room)?;
    let (k, room) = take_rows::<T, E, H>(room)?;
    let (v, room) = take_rows::<T, E, H>(room)?;
    let (delta, room) = take_rows::<T, E, H>(room)?;
    let (result, room) = take_rows::<T, E, H>(room)?;
    let (of_scores, _) = take_rows::<T, E, E>(room)?;
    gather(projected, first, q);
    gather(projected, D + first, k);
    gather(projected, 2 * D + first, v);
    gather(of_context, first, delta);
    dense::weight_gradient(simd, p.as_slice(), delta, Collect(Set, result.as_mut_slice()));
    scatter(result, projected, 2 * D + first);
    dense::input_gradient(simd, Set, delta.as_slice(), v, of_scores.as_mut_slice());
    softmax::backward_in_place(p.as_slice(), of_scores.as_mut_slice());
    for delta in of_scores.as_flattened_mut() {
        *delta *= heads.scale();
    }
    dense::forward(simd, of_scores.as_slice(), k, None, result.as_mut_slice());
    scatter(result, projected, first);
    dense::weight_gradient(simd, of_scores.as_slice(), q, Collect(Set, result.as_mut_slice()));
    scatter(result, projected, D + first);
    Some(())
}

/// dJ/dx, from the deltas of q, k and v.
#[inline(always)]
pub fn input_gradient<
    S,
    T,
    const N: usize,
    const K: usize,
    const E: usize,
    const H: usize,
    const D: usize,
    const P: usize,
>(
    simd: S,
    _: Heads<E, H, D>,
    store: impl Store,
    weight: &[[T; P]; D],
    saved: &[[T; K]],
    dx: &mut [[T; N]],
) where
    S: Vectors<T>,
    T: Scalar,
{
    for (saved, dx) in saved.iter().zip(dx) {
        let deltas = find_deltas::<T, E, P>(saved);
        dense::input_gradient(simd, store, deltas, weight, dx.as_chunks_mut().0);
    }
}

/// dJ/dW_in = xᵀ delta, summed over the steps and the samples.
#[inline(always)]
pub fn input_weight_gradient<
    S,
    T,
    X,
    G,
    const N: usize,
    const L: usize,
    const K: usize,
    const E: usize,
    const H: usize,
    const D: usize,
    const P: usize,
>(
    simd: S,
    _: Heads<E, H, D>,
    x: &[X],
    (saved, scratch): (&[[T; K]], &mut [[T; L]]),
    mut sink: G,
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, N>,
    G: Sink<T, P>,
{
    for (index, ((x, saved), room)) in x.iter().zip(saved).zip(scratch).enumerate() {
        let x: &[[T; D]] = x.row().as_chunks().0;
        put_products(simd, index > 0, x, find_deltas::<T, E, P>(saved), room, &mut sink);
    }
}

/// dJ/db_in = delta, summed over the steps and the samples.
#[inline(always)]
pub fn input_bias_gradient<
    T,
    G,
    const K: usize,
    const E: usize,
    const H: usize,
    const D: usize,
    const P: usize,
>(
    _: Heads<E, H, D>,
    saved: &[[T; K]],
    mut sink: G,
) where
    T: Scalar,
    G: Sink<T, P>,
{
    for (index, saved) in saved.iter().enumerate() {
        put_sums(index > 0, find_deltas::<T, E, P>(saved), &mut sink);
    }
}

/// dJ/dW_out = (p v)ᵀ dJ/dy, summed over the steps and the samples.
#[inline(always)]
pub fn output_weight_gradient<
    S,
    T,
    G,
    const N: usize,
    const L: usize,
    const K: usize,
    const E: usize,
    const H: usize,
    const D: usize,
>(
    simd: S,
    _: Heads<E, H, D>,
    dy: &[[T; N]],
    (saved, scratch): (&[[T; K]], &mut [[T; L]]),
    mut sink: G,
) where
    S: Vectors<T>,
    T: Scalar,
    G: Sink<T, D>,
{
    for (index, ((dy, saved), room)) in dy.iter().zip(saved).zip(scratch).enumerate() {
        let context = saved.get(E * 3 * D..).and_then(|saved| saved.get(..E * D));
        let context: &[[T; D]] = context.unwrap_or_default().as_chunks().0;
        put_products(simd, index > 0, context, dy.as_chunks().0, room, &mut sink);
    }
}

/// dJ/db_out = dJ/dy, summed over the steps and the samples.
#[inline(always)]
pub fn output_bias_gradient<T, G, const N: usize, const D: usize>(dy: &[[T; N]], mut sink: G)
where
    T: Scalar,
    G: Sink<T, D>,
{
    for (index, dy) in dy.iter().enumerate() {
        put_sums(index > 0, dy.as_chunks().0, &mut sink);
    }
}

/// The deltas of q, k and v of a sample.
#[inline(always)]
fn find_deltas<T, const E: usize, const P: usize>(saved: &[T]) -> &[[T; P]] {
    saved.get(..E * P).unwrap_or_default().as_chunks().0
}

//! Elements that are left out at random: which ones is a function, so that the backward pass finds the same ones again.

use core::borrow::Borrow;

use crate::memory::pass::Pass;
use crate::random::mix;
use crate::scalar::Scalar;
use crate::store::Store;

/// What the element of that index is multiplied by, in a row whose random numbers start from `start`.
#[inline(always)]
fn weigh<T: Scalar>(start: u64, index: usize, threshold: u32, scale: T) -> T {
    let random = mix(start.wrapping_add((index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    if ((random >> 32) as u32) < threshold { T::ZERO } else { scale }
}

/// y = x ⊙ mask `scale`, where `threshold` of 2³² elements are masked.
#[inline(always)]
pub fn forward<T: Scalar, X: Borrow<[T; N]>, const N: usize>(
    pass: Pass,
    seed: u64,
    threshold: u32,
    scale: T,
    x: &[X],
    y: &mut [[T; N]],
) {
    for (row, (x, y)) in x.iter().zip(y).enumerate() {
        let start = pass.row_seed(seed, row);
        for (index, (x, y)) in x.borrow().iter().zip(y).enumerate() {
            *y = *x * weigh(start, index, threshold, scale);
        }
    }
}

/// y = y ⊙ mask `scale`; the gradient too, of the same elements.
#[inline(always)]
pub fn forward_in_place<T: Scalar, const N: usize>(
    pass: Pass,
    seed: u64,
    threshold: u32,
    scale: T,
    y: &mut [[T; N]],
) {
    for (row, y) in y.iter_mut().enumerate() {
        let start = pass.row_seed(seed, row);
        for (index, y) in y.iter_mut().enumerate() {
            *y *= weigh(start, index, threshold, scale);
        }
    }
}

/// dJ/dx = dJ/dy ⊙ mask `scale`
#[inline(always)]
pub fn backward<T: Scalar, const N: usize>(
    pass: Pass,
    seed: u64,
    threshold: u32,
    scale: T,
    store: impl Store,
    dy: &[[T; N]],
    dx: &mut [[T; N]],
) {
    for (row, (dy, dx)) in dy.iter().zip(dx).enumerate() {
        let start = pass.row_seed(seed, row);
        for (index, (dy, dx)) in dy.iter().zip(dx).enumerate() {
            store.store(dx, *dy * weigh(start, index, threshold, scale));
        }
    }
}

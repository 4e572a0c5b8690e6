//! The gated linear unit: of each block of `2 * HALF` scalars, the first half times the sigmoid of the second.

use core::borrow::Borrow;

use crate::scalar::Scalar;
use crate::store::Store;

/// y = a sigmoid(b)
#[inline(always)]
pub fn forward<T: Scalar, X: Borrow<[T; N]>, const HALF: usize, const N: usize, const M: usize>(
    x: &[X],
    y: &mut [[T; M]],
) {
    for (x, y) in x.iter().zip(y) {
        let (halves, _) = x.borrow().as_chunks::<HALF>();
        let (pairs, _) = halves.as_chunks::<2>();
        let (blocks, _) = y.as_chunks_mut::<HALF>();
        for ([a, b], y) in pairs.iter().zip(blocks) {
            for ((a, b), y) in a.iter().zip(b).zip(y) {
                *y = *a * b.sigmoid();
            }
        }
    }
}

/// dJ/da = dJ/dy sigmoid(b), dJ/db = dJ/dy a sigmoid'(b)
#[inline(always)]
pub fn backward<
    S: Store,
    T: Scalar,
    X: Borrow<[T; N]>,
    const HALF: usize,
    const N: usize,
    const M: usize,
>(
    store: S,
    x: &[X],
    dy: &[[T; M]],
    dx: &mut [[T; N]],
) {
    for ((x, dy), dx) in x.iter().zip(dy).zip(dx) {
        let (halves, _) = x.borrow().as_chunks::<HALF>();
        let (pairs, _) = halves.as_chunks::<2>();
        let (blocks, _) = dy.as_chunks::<HALF>();
        let (halves, _) = dx.as_chunks_mut::<HALF>();
        let (gradients, _) = halves.as_chunks_mut::<2>();
        for (([a, b], dy), [da, db]) in pairs.iter().zip(blocks).zip(gradients) {
            for (((a, b), dy), (da, db)) in a.iter().zip(b).zip(dy).zip(da.iter_mut().zip(db)) {
                let gate = b.sigmoid();
                store.store(da, *dy * gate);
                store.store(db, *dy * *a * gate * (T::ONE - gate));
            }
        }
    }
}

//! The mean over the elements of a row of (y - t)².

use core::borrow::Borrow;

use crate::scalar::Scalar;
use crate::store::Store;

/// The sum over the rows.
#[inline(always)]
pub fn value<T: Scalar, Y: Borrow<[T; N]>, D: Borrow<[T; N]>, const N: usize>(
    y: &[Y],
    target: &[D],
) -> T {
    let mut total = T::ZERO;
    for (y, target) in y.iter().zip(target) {
        total += mean_squares(y.borrow(), target.borrow());
    }
    total
}

/// The same; dJ/dy = scale 2/N (y - t)
#[inline(always)]
pub fn gradient<S: Store, T: Scalar, Y: Borrow<[T; N]>, D: Borrow<[T; N]>, const N: usize>(
    store: S,
    scale: T,
    y: &[Y],
    target: &[D],
    dy: &mut [[T; N]],
) -> T {
    let factor = scale * (T::from_u32(2) / T::from_usize(N));
    let mut total = T::ZERO;
    for ((y, target), dy) in y.iter().zip(target).zip(dy) {
        let (y, target) = (y.borrow(), target.borrow());
        total += mean_squares(y, target);
        for ((y, target), dy) in y.iter().zip(target).zip(dy) {
            store.store(dy, factor * (*y - *target));
        }
    }
    total
}

#[inline(always)]
fn mean_squares<T: Scalar, const N: usize>(y: &[T; N], target: &[T; N]) -> T {
    let squares = y.iter().zip(target).fold(T::ZERO, |sum, (y, target)| {
        let difference = *y - *target;
        sum + difference * difference
    });
    squares / T::from_usize(N)
}

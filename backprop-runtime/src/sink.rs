//! Where the gradient of a parameter goes: added to a gradient, collected in a buffer, or applied at
//! once by an optimiser (`Apply`, beside the optimisers). One kernel serves all three.

use crate::scalar::Scalar;
use crate::store::Store;

/// Takes the gradient of a matrix of parameters with rows of `C`, each element once.
pub trait Sink<T, const C: usize> {
    /// Whether there is a memory that collects the gradient. Otherwise each gradient is gone as soon as
    /// it is taken, and comes from a single sample.
    const COLLECTS: bool;

    /// Takes dJ/dw of as many parameters of a row, from a column on.
    fn put(&mut self, row: usize, column: usize, gradients: impl ExactSizeIterator<Item = T>);

    /// Takes the gradient of a matrix of weights from a single sample: each input times each delta.
    #[inline(always)]
    fn put_products(&mut self, x: &[T], delta: &[T; C])
    where
        T: Scalar,
    {
        put_rows(self, x, delta);
    }

    /// Takes the gradient of a bias from a single sample.
    #[inline(always)]
    fn put_delta(&mut self, delta: &[T; C])
    where
        T: Scalar,
    {
        self.put(0, 0, begin_sums(delta));
    }

    /// The same in little code, for any machine: there may be fewer inputs than rows.
    #[inline(always)]
    fn put_products_compactly(&mut self, x: &[T], delta: &[T; C])
    where
        T: Scalar,
    {
        self.put_products(x, delta);
    }

    /// That memory, and whether what stands there is kept.
    fn matrix(&mut self) -> (bool, &mut [[T; C]]);
}

/// Each input times each delta, row by row.
#[inline(always)]
pub fn put_rows<T: Scalar, const C: usize>(
    sink: &mut (impl Sink<T, C> + ?Sized),
    x: &[T],
    delta: &[T; C],
) {
    for (row, x) in x.iter().enumerate() {
        sink.put(row, 0, delta.iter().map(|delta| x.multiply(*delta)));
    }
}

/// The sums of the deltas of a single sample. They begin with zero like those of more samples, which shows where a delta is
/// a negative zero.
#[inline(always)]
pub fn begin_sums<T: Scalar>(delta: &[T]) -> impl ExactSizeIterator<Item = T> {
    delta.iter().map(|delta| T::ZERO + *delta)
}

/// Adds to a gradient, or begins one.
#[derive(Debug)]
pub struct Collect<'a, S, T, const C: usize>(pub S, pub &'a mut [[T; C]]);

impl<S: Store, T: Scalar, const C: usize> Sink<T, C> for Collect<'_, S, T, C> {
    const COLLECTS: bool = true;

    #[inline(always)]
    fn put(&mut self, row: usize, column: usize, gradients: impl ExactSizeIterator<Item = T>) {
        if let Some(places) = self.1.get_mut(row).and_then(|row| row.get_mut(column..)) {
            for (place, gradient) in places.iter_mut().zip(gradients) {
                self.0.store(place, gradient);
            }
        }
    }

    #[inline(always)]
    fn matrix(&mut self) -> (bool, &mut [[T; C]]) {
        (self.0.adds(), self.1)
    }
}

//! Where the gradient of a parameter goes: added to a gradient, collected in a buffer, or applied at
//! once by an optimiser (`Apply`, beside the optimisers). One kernel serves all three.

use crate::scalar::Scalar;
use crate::store::Store;

/// Takes the gradient of an `R` x `C` matrix of parameters, each element once.
pub trait Sink<T, const R: usize, const C: usize> {
    /// Takes dJ/dw of one parameter.
    fn put(&mut self, row: usize, column: usize, gradient: T);
}

/// Adds to a gradient.
#[derive(Debug)]
pub struct Accumulate<'a, T, const R: usize, const C: usize>(pub &'a mut [[T; C]; R]);

impl<T: Scalar, const R: usize, const C: usize> Sink<T, R, C> for Accumulate<'_, T, R, C> {
    #[inline(always)]
    fn put(&mut self, row: usize, column: usize, gradient: T) {
        if let Some(place) = self.0.get_mut(row).and_then(|row| row.get_mut(column)) {
            *place += gradient;
        }
    }
}

/// Sets or adds to a flat buffer of `R * C` scalars.
#[derive(Debug)]
pub struct Buffered<'a, S, T>(pub S, pub &'a mut [T]);

impl<S: Store, T: Scalar, const R: usize, const C: usize> Sink<T, R, C> for Buffered<'_, S, T> {
    #[inline(always)]
    fn put(&mut self, row: usize, column: usize, gradient: T) {
        if let Some(place) = self.1.get_mut(row * C + column) {
            self.0.store(place, gradient);
        }
    }
}

//! The simple recurrent layer (Elman 1990): h = f(W x + b + U h + c).

use super::cell::{Cell, Turn};
use crate::scalar::Scalar;

/// Its function is tanh, or relu.
#[derive(Clone, Copy, Debug)]
pub struct Rnn {
    /// Whether it is relu.
    pub relu: bool,
}

impl Cell for Rnn {
    const SPLITS: bool = false;
    const HAS_CELL: bool = false;

    #[inline(always)]
    fn advance<T: Scalar, const H: usize>(
        self,
        gates: &mut [[T; H]],
        products: &mut [[T; H]],
        _cell: &mut [T; H],
        hidden: &mut [T; H],
    ) {
        let ([gate, ..], [product, ..]) = (gates, products) else { return };
        let mut next = *gate;
        for (next, product) in next.iter_mut().zip(product) {
            let sum = *next + *product;
            *next = if self.relu { sum.larger(T::ZERO) } else { sum.tanh() };
        }
        *hidden = next;
    }

    #[inline(always)]
    fn go_back<T: Scalar, const H: usize>(
        self,
        gates: &mut [[T; H]],
        _products: &mut [[T; H]],
        _cells: Turn<'_, T, H>,
        hidden: Turn<'_, T, H>,
    ) {
        let [gate, ..] = gates else { return };
        for ((gate, h), delta) in gate.iter_mut().zip(hidden.after).zip(hidden.delta) {
            let derivative = match self.relu {
                true if *h > T::ZERO => T::ONE,
                true => T::ZERO,
                false => T::ONE - *h * *h,
            };
            *gate = *delta * derivative;
            *delta = T::ZERO;
        }
    }
}

//! The gated recurrent unit with the reset gate before the product with the state, as in the first version of the paper (Cho et
//! al. 2014) and in Keras with `reset_after=False`; its gates in PyTorch's order: reset, update, new.

use super::cell::{Cell, Turn};
use crate::scalar::Scalar;

/// n = tanh(W x + b + U (r ⊙ h) + c), h = n + z ⊙ (h - n)
#[derive(Clone, Copy, Debug)]
pub struct GruBefore;

impl Cell for GruBefore {
    const SPLITS: bool = false;
    const HAS_CELL: bool = false;
    const RESETS_BEFORE: bool = true;

    #[inline(always)]
    fn reset<T: Scalar, const H: usize>(
        self,
        gates: &mut [[T; H]],
        products: &[[T; H]],
        hidden: &[T; H],
        to: &mut [T; H],
    ) {
        let ([r, ..], [from_r, ..]) = (gates, products) else { return };
        for ((r, product), (h, to)) in r.iter_mut().zip(from_r).zip(hidden.iter().zip(to)) {
            *r = (*r + *product).sigmoid();
            *to = *r * *h;
        }
    }

    #[inline(always)]
    fn advance<T: Scalar, const H: usize>(
        self,
        gates: &mut [[T; H]],
        products: &mut [[T; H]],
        _cell: &mut [T; H],
        hidden: &mut [T; H],
    ) {
        let ([_, z, n], [_, from_z, from_n]) = (gates, products) else { return };
        for (gate, product) in z.iter_mut().zip(from_z) {
            *gate = (*gate + *product).sigmoid();
        }
        for (gate, product) in n.iter_mut().zip(from_n) {
            *gate = (*gate + *product).tanh();
        }
        let mut next = *hidden;
        for ((h, n), z) in next.iter_mut().zip(n).zip(z) {
            *h = *n + *z * (*h - *n);
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
        let [_, z, n] = gates else { return };
        let states = hidden.before.iter().zip(hidden.delta);
        for ((z, n), (before, delta)) in z.iter_mut().zip(n).zip(states) {
            let of_n = *delta * (T::ONE - *z) * (T::ONE - *n * *n);
            let of_z = *delta * (*before - *n) * *z * (T::ONE - *z);
            *delta *= *z;
            (*z, *n) = (of_z, of_n);
        }
    }

    #[inline(always)]
    fn go_back_to_reset<T: Scalar, const H: usize>(
        self,
        gates: &mut [[T; H]],
        of_reset: &[T; H],
        before: &[T; H],
        delta: &mut [T; H],
    ) {
        let [r, ..] = gates else { return };
        for ((r, of_reset), (before, delta)) in
            r.iter_mut().zip(of_reset).zip(before.iter().zip(delta))
        {
            *delta += *of_reset * *r;
            *r = *of_reset * *before * *r * (T::ONE - *r);
        }
    }
}

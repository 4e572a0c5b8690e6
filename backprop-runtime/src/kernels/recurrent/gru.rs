//! The gated recurrent unit (Cho et al. 2014), with the reset gate behind the product with the state, as in PyTorch; its
//! gates in PyTorch's order: reset, update, new.

use super::cell::{Cell, Turn};
use crate::scalar::Scalar;

/// n = tanh(W x + b + r ⊙ (U h + c)), h = n + z ⊙ (h - n)
#[derive(Clone, Copy, Debug)]
pub struct Gru;

impl Cell for Gru {
    const SPLITS: bool = true;
    const HAS_CELL: bool = false;

    #[inline(always)]
    fn advance<T: Scalar, const H: usize>(
        self,
        gates: &mut [[T; H]],
        products: &mut [[T; H]],
        _cell: &mut [T; H],
        hidden: &mut [T; H],
    ) {
        let ([r, z, n], [from_r, from_z, from_n]) = (gates, products) else { return };
        for (gate, product) in [(&mut *r, from_r), (&mut *z, from_z)] {
            for (gate, product) in gate.iter_mut().zip(product) {
                *gate = (*gate + *product).sigmoid();
            }
        }
        for ((n, r), product) in n.iter_mut().zip(r).zip(from_n) {
            *n = (*n + *r * *product).tanh();
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
        products: &mut [[T; H]],
        _cells: Turn<'_, T, H>,
        hidden: Turn<'_, T, H>,
    ) {
        let ([r, z, n], [from_r, from_z, from_n]) = (gates, products) else { return };
        let gates = r.iter_mut().zip(z).zip(n);
        let products = from_r.iter_mut().zip(from_z).zip(from_n);
        let states = hidden.before.iter().zip(hidden.delta);
        for ((((r, z), n), ((from_r, from_z), from_n)), (before, delta)) in
            gates.zip(products).zip(states)
        {
            let of_n = *delta * (T::ONE - *z) * (T::ONE - *n * *n);
            let of_z = *delta * (*before - *n) * *z * (T::ONE - *z);
            let of_r = of_n * *from_n * *r * (T::ONE - *r);
            *delta *= *z;
            (*from_r, *from_z, *from_n) = (of_r, of_z, of_n * *r);
            (*r, *z, *n) = (of_r, of_z, of_n);
        }
    }
}

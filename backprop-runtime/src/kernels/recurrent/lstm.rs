//! Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000), its gates in PyTorch's
//! order: input, forget, cell, output.

use super::cell::{Cell, Turn};
use crate::scalar::Scalar;

/// c = f ⊙ c + i ⊙ g, h = o ⊙ tanh c
#[derive(Clone, Copy, Debug)]
pub struct Lstm;

impl Cell for Lstm {
    const SPLITS: bool = false;
    const HAS_CELL: bool = true;

    #[inline(always)]
    fn advance<T: Scalar, const H: usize>(
        self,
        gates: &mut [[T; H]],
        products: &mut [[T; H]],
        cell: &mut [T; H],
        hidden: &mut [T; H],
    ) {
        let [i, f, g, o] = gates else { return };
        let [from_i, from_f, from_g, from_o] = products else { return };
        for (gate, product) in [(&mut *i, from_i), (&mut *f, from_f), (&mut *o, from_o)] {
            for (gate, product) in gate.iter_mut().zip(product) {
                *gate = (*gate + *product).sigmoid();
            }
        }
        for (gate, product) in g.iter_mut().zip(from_g) {
            *gate = (*gate + *product).tanh();
        }
        let mut next = *cell;
        for (((c, i), f), g) in next.iter_mut().zip(i).zip(f).zip(g) {
            *c = *f * *c + *i * *g;
        }
        *cell = next;
        for (c, o) in next.iter_mut().zip(o) {
            *c = *o * c.tanh();
        }
        *hidden = next;
    }

    #[inline(always)]
    fn go_back<T: Scalar, const H: usize>(
        self,
        gates: &mut [[T; H]],
        _products: &mut [[T; H]],
        cells: Turn<'_, T, H>,
        hidden: Turn<'_, T, H>,
    ) {
        let [i, f, g, o] = gates else { return };
        let inner = i.iter_mut().zip(f).zip(g).zip(o);
        let states = cells.before.iter().zip(cells.after);
        let deltas = cells.delta.iter_mut().zip(hidden.delta);
        for (((((i, f), g), o), (before, after)), (of_cell, of_hidden)) in
            inner.zip(states).zip(deltas)
        {
            let tanh = after.tanh();
            let delta = *of_cell + *of_hidden * *o * (T::ONE - tanh * tanh);
            *o = *of_hidden * tanh * *o * (T::ONE - *o);
            *of_hidden = T::ZERO;
            *of_cell = delta * *f;
            *f = delta * *before * *f * (T::ONE - *f);
            let of_g = delta * *i * (T::ONE - *g * *g);
            *i = delta * *g * *i * (T::ONE - *i);
            *g = of_g;
        }
    }
}

//! From the first step to the last.

use super::cell::Cell;
use super::scan::Scan;
use super::tape::Tape;
use crate::kernels::by_profile::dense;
use crate::kernels::dense::Row;
use crate::scalar::Scalar;
use crate::simd::Vectors;

/// The parameters of a direction.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a, T, const I: usize, const H: usize, const G: usize> {
    /// What the input is multiplied with.
    pub input: &'a [[T; G]; I],
    /// What the state is multiplied with.
    pub hidden: &'a [[T; G]; H],
    /// A bias of each.
    pub biases: [Option<&'a [T; G]>; 2],
}

/// What a step works in.
pub(super) struct Room<'a, T, const H: usize, const G: usize> {
    pub products: &'a mut [T; G],
    pub cell: &'a mut [T; H],
    pub hidden: &'a mut [T; H],
    /// The state as the last gate sees it, and the products with that: of cells that reset it before.
    pub reset: &'a mut [T],
}

impl<'a, T: Scalar, const H: usize, const G: usize> Room<'a, T, H, G> {
    /// With a state of zeros; `None` never, if there is as much as the layer asks for.
    #[inline(always)]
    fn find(scratch: &'a mut [T]) -> Option<Self> {
        let (products, scratch) = scratch.split_first_chunk_mut()?;
        let (cell, scratch) = scratch.split_first_chunk_mut()?;
        let (hidden, reset) = scratch.split_first_chunk_mut()?;
        (*cell, *hidden) = ([T::ZERO; H], [T::ZERO; H]);
        Some(Self { products, cell, hidden, reset })
    }
}

impl<T: Scalar, const I: usize, const H: usize, const G: usize> Weights<'_, T, I, H, G> {
    /// The products with the input of one step.
    #[inline(always)]
    pub(super) fn multiply_sample<S: Vectors<T>>(&self, simd: S, x: &[T; I], gates: &mut [T; G]) {
        dense::forward_sample(simd, x, self.input, self.biases[0], gates);
    }

    /// The same of as many steps as there are.
    #[inline(always)]
    pub(super) fn multiply_input<S: Vectors<T>>(
        &self,
        simd: S,
        x: &[[T; I]],
        gates: &mut [[T; G]],
    ) {
        dense::forward(simd, x, self.input, self.biases[0], gates);
    }

    /// From the products with the input to the next state.
    #[inline(always)]
    pub(super) fn advance<S: Vectors<T>, C: Cell>(
        &self,
        simd: S,
        cell: C,
        gates: &mut [T; G],
        room: &mut Room<'_, T, H, G>,
    ) {
        let Room { products, cell: state, hidden, reset } = room;
        dense::forward_sample(simd, hidden, self.hidden, self.biases[1], products);
        let (gates, products) = (gates.as_chunks_mut().0, products.as_chunks_mut().0);
        if const { C::RESETS_BEFORE } {
            let Some((reset, again)) = reset.split_first_chunk_mut() else { return };
            let Some(again) = again.first_chunk_mut::<G>() else { return };
            cell.reset(gates, products, hidden, reset);
            dense::forward_sample(simd, reset, self.hidden, self.biases[1], again);
            if let (Some(product), Some(again)) = (products.last_mut(), again.last_chunk()) {
                *product = *again;
            }
        }
        cell.advance(gates, products, state, hidden);
    }
}

/// The states after all steps, or after the last.
#[inline(always)]
pub fn forward<
    S,
    T,
    C,
    X,
    const N: usize,
    const M: usize,
    const L: usize,
    const I: usize,
    const H: usize,
    const G: usize,
>(
    simd: S,
    (cell, scan): (C, Scan<I, H>),
    weights: Weights<'_, T, I, H, G>,
    x: &[X],
    y: &mut [[T; M]],
    scratch: &mut [[T; L]],
) where
    S: Vectors<T>,
    T: Scalar,
    C: Cell,
    X: Row<T, N>,
{
    for ((x, y), scratch) in x.iter().zip(y).zip(scratch) {
        let (x, _) = x.row().as_chunks();
        let Some((gates, scratch)) = scratch.split_first_chunk_mut() else { return };
        let Some(mut room) = Room::find(scratch) else { return };
        for number in 0..scan.steps {
            let Some(x) = x.get(scan.step(number)) else { return };
            weights.multiply_sample(simd, x, gates);
            weights.advance(simd, cell, gates, &mut room);
            write_state(&scan, number, room.hidden, y);
        }
    }
}

/// The same, and everything that the gradients need.
#[inline(always)]
pub fn forward_saving<
    S,
    T,
    C,
    X,
    const N: usize,
    const M: usize,
    const L: usize,
    const K: usize,
    const I: usize,
    const H: usize,
    const G: usize,
>(
    simd: S,
    (cell, scan): (C, Scan<I, H>),
    weights: Weights<'_, T, I, H, G>,
    x: &[X],
    y: &mut [[T; M]],
    saved: &mut [[T; K]],
    scratch: &mut [[T; L]],
) where
    S: Vectors<T>,
    T: Scalar,
    C: Cell,
    X: Row<T, N>,
{
    for (((x, y), saved), scratch) in x.iter().zip(y).zip(saved).zip(scratch) {
        let Some(mut room) = Room::find(scratch) else { return };
        let Some(tape) = Tape::find::<C, I>(&scan, saved) else { return };
        weights.multiply_input(simd, x.row().as_chunks().0, tape.gates);
        keep(tape.hidden, scan.before(scan.step(0)), room.hidden);
        keep(tape.cells, scan.before(scan.step(0)), room.cell);
        for number in 0..scan.steps {
            let step = scan.step(number);
            let Some(gates) = tape.gates.get_mut(step) else { return };
            weights.advance(simd, cell, gates, &mut room);
            keep(tape.products, step, room.products);
            if let Some(reset) = room.reset.first_chunk() {
                keep(tape.reset, step, reset);
            }
            keep(tape.cells, scan.after(step), room.cell);
            keep(tape.hidden, scan.after(step), room.hidden);
            write_state(&scan, number, room.hidden, y);
        }
    }
}

/// Where there is such a place.
#[inline(always)]
fn keep<T: Scalar, const N: usize>(rows: &mut [[T; N]], index: usize, row: &[T; N]) {
    if let Some(place) = rows.get_mut(index) {
        *place = *row;
    }
}

/// Writes a state to the output, if it belongs there.
#[inline(always)]
fn write_state<T: Scalar, const I: usize, const H: usize>(
    scan: &Scan<I, H>,
    number: usize,
    hidden: &[T; H],
    y: &mut [T],
) {
    let place = scan.place(number).and_then(|first| y.get_mut(first..)?.first_chunk_mut());
    if let Some(place) = place {
        *place = *hidden;
    }
}

//! A layer that sees one step at a time.

use super::cell::Cell;
use super::forward::{Room, Weights};
use crate::kernels::dense::Row;
use crate::scalar::Scalar;
use crate::simd::Vectors;
use crate::zero::Zero;

/// The state after the last step, zeros before the first: the output, and the cell where it is something else.
#[derive(Clone, Debug)]
pub struct State<T, const H: usize, const D: usize> {
    hidden: [T; H],
    cell: [T; D],
}

impl<T: Scalar, const H: usize, const D: usize> Zero for State<T, H, D> {
    const ZERO: Self = Self { hidden: <[T; H]>::ZERO, cell: <[T; D]>::ZERO };
}

/// From the state before a step to the one after it.
#[inline(always)]
pub fn step<
    S,
    T,
    C,
    X,
    const L: usize,
    const I: usize,
    const H: usize,
    const G: usize,
    const D: usize,
>(
    simd: S,
    cell: C,
    weights: Weights<'_, T, I, H, G>,
    state: &mut State<T, H, D>,
    x: &[X],
    y: &mut [[T; H]],
    scratch: &mut [[T; L]],
) where
    S: Vectors<T>,
    T: Scalar,
    C: Cell,
    X: Row<T, I>,
{
    for ((x, y), scratch) in x.iter().zip(y).zip(scratch) {
        let Some((gates, scratch)) = scratch.split_first_chunk_mut() else { return };
        let Some((products, reset)) = scratch.split_first_chunk_mut() else { return };
        let mut nothing = [T::ZERO; H];
        let mut room = Room {
            products,
            cell: state.cell.first_chunk_mut().unwrap_or(&mut nothing),
            hidden: &mut state.hidden,
            reset,
        };
        weights.multiply_sample(simd, x.row(), gates);
        weights.advance(simd, cell, gates, &mut room);
        *y = state.hidden;
    }
}

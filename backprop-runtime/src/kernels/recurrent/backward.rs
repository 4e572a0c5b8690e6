//! Backpropagation through time: from the last step to the first.

use core::slice::{from_mut, from_ref};

use super::cell::{Cell, Turn};
use super::scan::Scan;
use super::tape::{Deltas, Tape};
use crate::kernels::by_profile::dense;
use crate::kernels::dense::Row;
use crate::kernels::sequence::{put_pieces, put_products, put_sums, sum_products};
use crate::scalar::Scalar;
use crate::simd::Vectors;
use crate::sink::Sink;
use crate::store::{Add, Set, Store};

/// The deltas of all gates, in the place of the gates.
#[inline(always)]
pub fn compute_deltas<
    S,
    T,
    C,
    const M: usize,
    const L: usize,
    const K: usize,
    const I: usize,
    const H: usize,
    const G: usize,
>(
    simd: S,
    (cell, scan): (C, Scan<I, H>),
    weight: &[[T; G]; H],
    dy: &[[T; M]],
    saved: &mut [[T; K]],
    scratch: &mut [[T; L]],
) where
    S: Vectors<T>,
    T: Scalar,
    C: Cell,
{
    for ((dy, saved), scratch) in dy.iter().zip(saved).zip(scratch) {
        let Some(mut tape) = Tape::find::<C, I>(&scan, saved) else { return };
        let Some((of_cell, scratch)) = scratch.split_first_chunk_mut() else { return };
        let Some((of_hidden, room)) = scratch.split_first_chunk_mut() else { return };
        (*of_cell, *of_hidden) = ([T::ZERO; H], [T::ZERO; H]);
        for number in (0..scan.steps).rev() {
            add_output(&scan, number, dy, of_hidden);
            let deltas = (&mut *of_cell, &mut *of_hidden, &mut *room);
            if go_back(simd, cell, (&scan, number), weight, &mut tape, deltas).is_none() {
                return;
            }
            if scan.cuts_before(number) {
                (*of_cell, *of_hidden) = ([T::ZERO; H], [T::ZERO; H]);
            }
        }
    }
}

/// Adds what the output hands to the state after a step.
#[inline(always)]
fn add_output<T: Scalar, const I: usize, const H: usize>(
    scan: &Scan<I, H>,
    number: usize,
    dy: &[T],
    delta: &mut [T; H],
) {
    let dy = scan.place(number).and_then(|first| dy.get(first..));
    for (delta, dy) in delta.iter_mut().zip(dy.unwrap_or_default()) {
        *delta += *dy;
    }
}

/// From dJ/d of the states after a step to its deltas, and to dJ/d of the states before it.
#[inline(always)]
fn go_back<S: Vectors<T>, T: Scalar, C: Cell, const I: usize, const H: usize, const G: usize>(
    simd: S,
    cell: C,
    (scan, number): (&Scan<I, H>, usize),
    weight: &[[T; G]; H],
    tape: &mut Tape<'_, T, H, G>,
    (of_cell, of_hidden, room): (&mut [T; H], &mut [T; H], &mut [T]),
) -> Option<()> {
    let step = scan.step(number);
    let (before, after) = (scan.before(step), scan.after(step));
    let nothing = [T::ZERO; H];
    let gates = tape.gates.get_mut(step)?;
    let products = tape.products.get_mut(step).map_or(&mut [][..], |row| row.as_chunks_mut().0);
    let cells = Turn {
        before: tape.cells.get(before).unwrap_or(&nothing),
        after: tape.cells.get(after).unwrap_or(&nothing),
        delta: of_cell,
    };
    let hidden = Turn {
        before: tape.hidden.get(before)?,
        after: tape.hidden.get(after)?,
        delta: &mut *of_hidden,
    };
    cell.go_back(gates.as_chunks_mut().0, products, cells, hidden);
    if const { C::RESETS_BEFORE } {
        let (of_reset, room) = room.split_first_chunk_mut::<H>()?;
        let alone = room.first_chunk_mut::<G>()?;
        let last = G.saturating_sub(H);
        // The delta of the last gate goes through the reset state, those of the others to the state itself.
        (alone.get_mut(..last)?).fill(T::ZERO);
        alone.get_mut(last..)?.copy_from_slice(gates.get(last..)?);
        dense::input_gradient(simd, Set, from_ref(&*alone), weight, from_mut(of_reset));
        let states = tape.hidden.get(before)?;
        cell.go_back_to_reset(gates.as_chunks_mut().0, of_reset, states, of_hidden);
        *alone = *gates;
        alone.get_mut(last..)?.fill(T::ZERO);
        dense::input_gradient(simd, Add, from_ref(&*alone), weight, from_mut(of_hidden));
        return Some(());
    }
    let deltas = tape.products.get(step).unwrap_or(gates);
    dense::input_gradient(simd, Add, from_ref(deltas), weight, from_mut(of_hidden));
    Some(())
}

/// dJ/dx = delta Wᵀ, of each step.
#[inline(always)]
pub fn input_gradient<
    S,
    T,
    C,
    const N: usize,
    const K: usize,
    const I: usize,
    const H: usize,
    const G: usize,
>(
    simd: S,
    (_, scan): (C, Scan<I, H>),
    store: impl Store,
    weight: &[[T; G]; I],
    saved: &[[T; K]],
    dx: &mut [[T; N]],
) where
    S: Vectors<T>,
    T: Scalar,
    C: Cell,
{
    for (saved, dx) in saved.iter().zip(dx) {
        let Some(deltas) = Deltas::<T, H, G>::find::<C, I>(&scan, saved) else { return };
        dense::input_gradient(simd, store, deltas.gates, weight, dx.as_chunks_mut().0);
    }
}

/// dJ/dW = xᵀ delta, summed over the steps and the samples.
#[inline(always)]
pub fn input_weight_gradient<
    S,
    T,
    C,
    X,
    P,
    const N: usize,
    const L: usize,
    const K: usize,
    const I: usize,
    const H: usize,
    const G: usize,
>(
    simd: S,
    (_, scan): (C, Scan<I, H>),
    x: &[X],
    (saved, scratch): (&[[T; K]], &mut [[T; L]]),
    mut sink: P,
) where
    S: Vectors<T>,
    T: Scalar,
    C: Cell,
    X: Row<T, N>,
    P: Sink<T, G>,
{
    for (index, ((x, saved), room)) in x.iter().zip(saved).zip(scratch).enumerate() {
        let Some(deltas) = Deltas::<T, H, G>::find::<C, I>(&scan, saved) else { return };
        let x: &[[T; I]] = x.row().as_chunks().0;
        put_products(simd, index > 0, x, deltas.gates, room, &mut sink);
    }
}

/// dJ/dU = hᵀ delta, of the states before the steps, summed over these and the samples.
#[inline(always)]
pub fn hidden_weight_gradient<
    S,
    T,
    C,
    P,
    const L: usize,
    const K: usize,
    const I: usize,
    const H: usize,
    const G: usize,
>(
    simd: S,
    (_, scan): (C, Scan<I, H>),
    (saved, scratch): (&[[T; K]], &mut [[T; L]]),
    mut sink: P,
) where
    S: Vectors<T>,
    T: Scalar,
    C: Cell,
    P: Sink<T, G>,
{
    for (index, (saved, room)) in saved.iter().zip(scratch).enumerate() {
        let Some(deltas) = Deltas::<T, H, G>::find::<C, I>(&scan, saved) else { return };
        if const { C::RESETS_BEFORE } {
            put_products_of_both(simd, index > 0, &deltas, room, &mut sink);
        } else {
            put_products(simd, index > 0, deltas.before, deltas.products, room, &mut sink);
        }
    }
}

/// dJ/db = delta, of the products with the input or with the state, summed over the steps and the samples.
#[inline(always)]
pub fn bias_gradient<T, C, P, const K: usize, const I: usize, const H: usize, const G: usize>(
    (_, scan): (C, Scan<I, H>),
    of_products: bool,
    saved: &[[T; K]],
    mut sink: P,
) where
    T: Scalar,
    C: Cell,
    P: Sink<T, G>,
{
    for (index, saved) in saved.iter().enumerate() {
        let Some(deltas) = Deltas::<T, H, G>::find::<C, I>(&scan, saved) else { return };
        let deltas = if of_products { deltas.products } else { deltas.gates };
        put_sums(index > 0, deltas, &mut sink);
    }
}

/// The same where the last gate's products are those with another state: some rows at a time of both, of which each has its
/// columns.
#[inline(always)]
fn put_products_of_both<S, T, P, const H: usize, const G: usize>(
    simd: S,
    adds: bool,
    deltas: &Deltas<'_, T, H, G>,
    room: &mut [T],
    sink: &mut P,
) where
    S: Vectors<T>,
    T: Scalar,
    P: Sink<T, G>,
{
    let half = room.len() / 2;
    let Some((rows, others)) = room.split_at_mut_checked(half) else { return };
    let (rows, others): (&mut [[T; G]], &mut [[T; G]]) =
        (rows.as_chunks_mut().0, others.as_chunks_mut().0);
    let last = G.saturating_sub(H);
    put_pieces((adds, H), rows, sink, |first, rows| {
        sum_products(simd, first, deltas.before, deltas.gates, rows);
        sum_products(simd, first, deltas.reset, deltas.gates, others);
        for (sums, others) in rows.iter_mut().zip(&*others) {
            for (sum, other) in sums.iter_mut().zip(others).skip(last) {
                *sum = *other;
            }
        }
    });
}

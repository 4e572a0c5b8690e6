//! What a direction of a layer keeps of all steps.

use super::Scan;
use super::cell::Cell;

/// By step: the gates, and the states before and after.
pub struct Tape<'a, T, const H: usize, const G: usize> {
    /// The gates; then their deltas.
    pub gates: &'a mut [[T; G]],
    /// Products with the state; then their deltas. Empty where these are the gates'.
    pub products: &'a mut [[T; G]],
    /// The states as the last gate sees them; empty where it sees them as they are.
    pub reset: &'a mut [[T; H]],
    /// The states of the cell, one more than steps; empty where it has none but the output.
    pub cells: &'a mut [[T; H]],
    /// The outputs, one more than steps.
    pub hidden: &'a mut [[T; H]],
}

/// Scalars of the tape's parts, in order.
#[inline(always)]
fn measure<C: Cell, const I: usize, const H: usize, const G: usize>(
    scan: &Scan<I, H>,
) -> [usize; 5] {
    let (gates, states) = (scan.steps * G, (scan.steps + 1) * H);
    let products = if C::SPLITS { gates } else { 0 };
    let reset = if C::RESETS_BEFORE { scan.steps * H } else { 0 };
    let cells = if C::HAS_CELL { states } else { 0 };
    [gates, products, reset, cells, states]
}

impl<'a, T, const H: usize, const G: usize> Tape<'a, T, H, G> {
    /// That of a direction, of what is saved of a sample; `None` never, if the sizes are the layer's.
    #[inline(always)]
    pub fn find<C: Cell, const I: usize>(scan: &Scan<I, H>, saved: &'a mut [T]) -> Option<Self> {
        let parts = measure::<C, I, H, G>(scan);
        let length = parts.iter().sum::<usize>();
        let [gates, products, reset, cells, hidden] = parts;
        let (_, saved) = saved.split_at_mut_checked(scan.direction * length)?;
        let (gates, saved) = saved.split_at_mut_checked(gates)?;
        let (products, saved) = saved.split_at_mut_checked(products)?;
        let (reset, saved) = saved.split_at_mut_checked(reset)?;
        let (cells, saved) = saved.split_at_mut_checked(cells)?;
        let (hidden, _) = saved.split_at_mut_checked(hidden)?;
        Some(Self {
            gates: gates.as_chunks_mut().0,
            products: products.as_chunks_mut().0,
            reset: reset.as_chunks_mut().0,
            cells: cells.as_chunks_mut().0,
            hidden: hidden.as_chunks_mut().0,
        })
    }
}

/// The deltas of a sample, to read.
pub struct Deltas<'a, T, const H: usize, const G: usize> {
    /// Of the products with the input.
    pub gates: &'a [[T; G]],
    /// Of the products with the state.
    pub products: &'a [[T; G]],
    /// The states that were multiplied.
    pub before: &'a [[T; H]],
    /// Those that the last gate's were multiplied with, where they are others.
    pub reset: &'a [[T; H]],
}

impl<'a, T, const H: usize, const G: usize> Deltas<'a, T, H, G> {
    /// Those of a direction.
    #[inline(always)]
    pub fn find<C: Cell, const I: usize>(scan: &Scan<I, H>, saved: &'a [T]) -> Option<Self> {
        let parts = measure::<C, I, H, G>(scan);
        let start = scan.direction * parts.iter().sum::<usize>();
        let [gates, products, reset, cells, _] = parts;
        let rows = |from: usize, count: usize| saved.get(start + from..)?.get(..count);
        let of_products = if C::SPLITS { gates } else { 0 };
        let before = gates + products + reset + cells + scan.before(0) * H;
        Some(Self {
            gates: rows(0, gates)?.as_chunks().0,
            products: rows(of_products, gates)?.as_chunks().0,
            before: rows(before, scan.steps * H)?.as_chunks().0,
            reset: rows(gates + products, reset)?.as_chunks().0,
        })
    }
}

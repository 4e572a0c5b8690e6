//! What the layers differ in.

use crate::scalar::Scalar;

/// What happens at a step: from the products with the input and with the state to the next state.
///
/// Each gate has a row of `H` scalars.
pub trait Cell: Copy {
    /// Whether the deltas of the products with the state are others than those of the products with the input.
    const SPLITS: bool;
    /// Whether there is a state besides the output.
    const HAS_CELL: bool;
    /// Whether the last gate sees the state through the first one: then there is a second product with the state.
    const RESETS_BEFORE: bool = false;

    /// From the products with the state to the first gate, in its place, and to the state as the last gate sees it.
    #[inline(always)]
    fn reset<T: Scalar, const H: usize>(
        self,
        _gates: &mut [[T; H]],
        _products: &[[T; H]],
        _hidden: &[T; H],
        _to: &mut [T; H],
    ) {
    }

    /// From dJ/d of that state to the delta of the first gate, in its place; adds to dJ/d of the state before.
    #[inline(always)]
    fn go_back_to_reset<T: Scalar, const H: usize>(
        self,
        _gates: &mut [[T; H]],
        _of_reset: &[T; H],
        _before: &[T; H],
        _delta: &mut [T; H],
    ) {
    }

    /// From the products of a step to its gates, in the place of those with the input, and to the next state, in the place
    /// of the last: written at once when it is known, since the compiler cannot see that the state does not overlap the
    /// gates, and would go unit by unit.
    fn advance<T: Scalar, const H: usize>(
        self,
        gates: &mut [[T; H]],
        products: &mut [[T; H]],
        cell: &mut [T; H],
        hidden: &mut [T; H],
    );

    /// From the gates to their deltas, in their place. What the output before is handed without a product with its weights
    /// takes the place of dJ/d hidden, and so for the cell.
    fn go_back<T: Scalar, const H: usize>(
        self,
        gates: &mut [[T; H]],
        products: &mut [[T; H]],
        cells: Turn<'_, T, H>,
        hidden: Turn<'_, T, H>,
    );
}

/// A state at a step.
pub struct Turn<'a, T, const H: usize> {
    /// Before it.
    pub before: &'a [T; H],
    /// After it.
    pub after: &'a [T; H],
    /// dJ/d that after; then dJ/d that before.
    pub delta: &'a mut [T; H],
}

//! Updates of a few weights at a time, that stand in registers meanwhile.
//!
//! The compiler makes vectors of a line: what is in registers cannot be what the next gradient is computed from, which
//! it has to assume of weights that change in their places. A row that is shorter than a vector it would even put
//! together with others, from AVX-512's instructions that gather and scatter, which take several times as long.

use super::apply::{Of, update_all};
use super::rule::Rule;
use super::slots::Slots;
use crate::scalar::Scalar;

/// Weights and their state.
pub type Row<'a, R, T> = (&'a mut [T], Of<R, T, &'a mut [T]>);

/// The gradients of a row.
pub trait Gradients<T> {
    /// Those of the next `N` weights.
    fn take<const N: usize>(&mut self) -> [T; N];

    /// Those of all that are left.
    fn rest(self) -> impl Iterator<Item = T>;
}

/// One after the other.
pub struct Each<I>(pub I);

impl<T: Scalar, I: Iterator<Item = T>> Gradients<T> for Each<I> {
    #[inline(always)]
    fn take<const N: usize>(&mut self) -> [T; N] {
        let mut taken = [T::ZERO; N];
        for (place, gradient) in taken.iter_mut().zip(&mut self.0) {
            *place = gradient;
        }
        taken
    }

    #[inline(always)]
    fn rest(self) -> impl Iterator<Item = T> {
        self.0
    }
}

/// An input times each delta.
pub struct Products<'a, T> {
    pub x: T,
    pub delta: &'a [T],
}

impl<T: Scalar> Gradients<T> for Products<'_, T> {
    #[inline(always)]
    fn take<const N: usize>(&mut self) -> [T; N] {
        match self.delta.split_first_chunk::<N>() {
            Some((line, rest)) => {
                self.delta = rest;
                line.map(|delta| self.x.multiply(delta))
            }
            None => [T::ZERO; N],
        }
    }

    #[inline(always)]
    fn rest(self) -> impl Iterator<Item = T> {
        self.delta.iter().map(move |delta| self.x.multiply(*delta))
    }
}

/// Some weights, or their state.
struct Line<'a, T, const N: usize> {
    values: [T; N],
    place: &'a mut [T; N],
    rest: &'a mut [T],
}

impl<'a, T: Copy, const N: usize> Line<'a, T, N> {
    #[inline(always)]
    fn take(values: &'a mut [T]) -> Option<Self> {
        let (place, rest) = values.split_first_chunk_mut()?;
        Some(Self { values: *place, place, rest })
    }

    /// Writes it back; what is behind it.
    #[inline(always)]
    fn put(self) -> &'a mut [T] {
        *self.place = self.values;
        self.rest
    }
}

/// Changes weights, `N` at a time; returns those that are left.
#[inline(always)]
fn update_lines<'a, R: Rule<T>, T: Scalar, const N: usize>(
    rule: &R,
    (mut weights, mut slots): Row<'a, R, T>,
    gradients: &mut impl Gradients<T>,
) -> Option<Row<'a, R, T>> {
    while weights.len() >= N {
        let mut line = Line::<T, N>::take(weights)?;
        let mut states = R::Slots::try_map(slots, Line::<T, N>::take)?;
        let taken = gradients.take::<N>();
        for (index, (weight, gradient)) in line.values.iter_mut().zip(taken).enumerate() {
            let states = R::Slots::each(&mut states);
            let slots = R::Slots::try_map(states, |state| state.values.get_mut(index))?;
            rule.update(weight, gradient, slots);
        }
        weights = line.put();
        slots = R::Slots::try_map(states, |state| Some(state.put()))?;
    }
    Some((weights, slots))
}

/// Changes the weights of a row, of which there are `COLUMNS` or fewer. `None` if their state has another shape, which
/// no caller's has.
#[inline(always)]
pub fn update_row<R: Rule<T>, T: Scalar, const COLUMNS: usize>(
    rule: &R,
    mut row: Row<'_, R, T>,
    mut gradients: impl Gradients<T>,
) -> Option<()> {
    if const { COLUMNS >= 16 } {
        row = update_lines::<R, T, 16>(rule, row, &mut gradients)?;
    }
    if const { COLUMNS % 16 >= 8 } {
        row = update_lines::<R, T, 8>(rule, row, &mut gradients)?;
    }
    if const { COLUMNS % 8 >= 4 } {
        row = update_lines::<R, T, 4>(rule, row, &mut gradients)?;
    }
    let (weights, slots) = row;
    update_all(rule, weights, gradients.rest(), slots);
    Some(())
}

//! A rule at work: on slices, and in place of collecting a gradient.

use super::rule::Rule;
use super::slots::Slots;
use crate::scalar::Scalar;
use crate::sink::Sink;

type Of<R, T, X> = <<R as Rule<T>>::Slots as Slots>::Of<X>;

/// Changes weights by their gradients, one by one.
#[inline(always)]
pub fn update_all<R: Rule<T>, T: Scalar>(
    rule: &R,
    weights: &mut [T],
    gradients: impl Iterator<Item = T>,
    mut slots: Of<R, T, &mut [T]>,
) {
    for (index, (weight, gradient)) in weights.iter_mut().zip(gradients).enumerate() {
        let slots = R::Slots::try_map(R::Slots::each(&mut slots), |slot| slot.get_mut(index));
        if let Some(slots) = slots {
            rule.update(weight, gradient, slots);
        }
    }
}

/// The sink of a matrix of weights.
pub struct Apply<'a, R: Rule<T>, T: Scalar, const ROWS: usize, const COLUMNS: usize> {
    pub rule: &'a R,
    pub weights: &'a mut [[T; COLUMNS]; ROWS],
    pub slots: Option<Of<R, T, &'a mut [[T; COLUMNS]; ROWS]>>,
}

impl<R: Rule<T>, T: Scalar, const ROWS: usize, const COLUMNS: usize> Sink<T, COLUMNS>
    for Apply<'_, R, T, ROWS, COLUMNS>
{
    const COLLECTS: bool = false;

    #[inline(always)]
    fn put(&mut self, row: usize, column: usize, gradients: impl Iterator<Item = T>) {
        let weights = self.weights.get_mut(row).and_then(|row| row.get_mut(column..));
        let Some(weights) = weights else { return };
        let Some(slots) = &mut self.slots else { return };
        let slots = R::Slots::try_map(R::Slots::each(slots), |slot| {
            slot.get_mut(row).and_then(|row| row.get_mut(column..))
        });
        if let Some(slots) = slots {
            update_all(self.rule, weights, gradients, slots);
        }
    }

    #[inline(always)]
    fn matrix(&mut self) -> (bool, &mut [[T; COLUMNS]]) {
        (false, &mut [])
    }
}

//! A rule at work: on slices, and in place of collecting a gradient.

use super::lines::{Each, Products, Row, update_row};
use super::rule::Rule;
use super::slots::Slots;
use crate::scalar::Scalar;
use crate::simd::{HAS_VECTORS, forget_length, keep_apart, keep_rolled};
use crate::sink::{Sink, begin_sums, put_rows};

/// The most weights of a layer that are updated where they are used, even on a machine without vectors: a call would cost
/// much in comparison.
const INLINED_WEIGHTS: usize = 64;

/// The most weights of a row whose loop over gradients the compiler unrolls, so that lines of them are worth it.
const SHORT: usize = 64;

/// The most biases.
const INLINED_BIASES: usize = 8;

/// For each slot of a rule.
pub type Of<R, T, X> = <<R as Rule<T>>::Slots as Slots>::Of<X>;

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

impl<R: Rule<T>, T: Scalar, const ROWS: usize, const COLUMNS: usize>
    Apply<'_, R, T, ROWS, COLUMNS>
{
    /// The weights of a row from a column on, no more than `count`, and their state.
    #[inline(always)]
    fn find_row(&mut self, row: usize, column: usize, count: usize) -> Option<Row<'_, R, T>> {
        let columns = column..column + count.min(COLUMNS.saturating_sub(column));
        let weights = self.weights.get_mut(row)?.get_mut(columns.clone())?;
        let slots = R::Slots::try_map(R::Slots::each(self.slots.as_mut()?), |slot| {
            slot.get_mut(row)?.get_mut(columns.clone())
        })?;
        Some((weights, slots))
    }

    /// Where all weights and their state begin.
    #[inline(always)]
    fn locate(&mut self) -> Option<(*mut T, Of<R, T, *mut T>)> {
        let slots = R::Slots::try_map(R::Slots::each(self.slots.as_mut()?), |slot| {
            Some(slot.as_mut_ptr().cast())
        })?;
        Some((self.weights.as_mut_ptr().cast(), slots))
    }
}

impl<R: Rule<T>, T: Scalar, const ROWS: usize, const COLUMNS: usize> Sink<T, COLUMNS>
    for Apply<'_, R, T, ROWS, COLUMNS>
{
    const COLLECTS: bool = false;

    #[inline(always)]
    fn put(&mut self, row: usize, column: usize, gradients: impl ExactSizeIterator<Item = T>) {
        let rule = self.rule;
        if let Some(row) = self.find_row(row, column, gradients.len()) {
            if const { HAS_VECTORS && COLUMNS <= SHORT } {
                update_row::<R, T, COLUMNS>(rule, row, Each(gradients));
            } else {
                let (weights, slots) = row;
                update_all(rule, weights, gradients, slots);
            }
        }
    }

    #[inline(always)]
    fn put_products(&mut self, x: &[T], delta: &[T; COLUMNS]) {
        if const { HAS_VECTORS && COLUMNS <= SHORT } {
            let (rule, delta) = (self.rule, *delta);
            for (index, x) in x.iter().enumerate() {
                keep_apart();
                if let Some(row) = self.find_row(index, 0, COLUMNS) {
                    let products = Products { x: *x, delta: &delta };
                    update_row::<R, T, COLUMNS>(rule, row, products);
                }
            }
            return;
        }
        if const { HAS_VECTORS || ROWS * COLUMNS <= INLINED_WEIGHTS } {
            return put_rows(self, x, delta);
        }
        if let Some((weights, slots)) = self.locate() {
            let x = x.get(..ROWS).unwrap_or(x);
            // SAFETY: there are no more inputs than rows, and each of the matrices has rows as long as delta.
            unsafe { update_by_products(self.rule, weights, x, delta, slots) }
        }
    }

    #[inline(always)]
    fn put_delta(&mut self, delta: &[T; COLUMNS]) {
        if const { HAS_VECTORS || COLUMNS <= INLINED_BIASES } {
            return self.put(0, 0, begin_sums(delta));
        }
        let rule = self.rule;
        if let Some((weights, slots)) = self.find_row(0, 0, COLUMNS) {
            update_by_delta(rule, weights, delta, slots);
        }
    }

    #[inline(always)]
    fn put_products_compactly(&mut self, x: &[T], delta: &[T; COLUMNS]) {
        if let Some((weights, slots)) = self.locate() {
            let x = x.get(..ROWS).unwrap_or(x);
            // SAFETY: as above.
            unsafe { update_one_by_one(self.rule, weights, x, delta, slots) }
        }
    }

    #[inline(always)]
    fn matrix(&mut self) -> (bool, &mut [[T; COLUMNS]]) {
        (false, &mut [])
    }
}

/// Updates biases by the gradient of a single sample. One copy of the code serves all layers.
#[inline(never)]
fn update_by_delta<R: Rule<T>, T: Scalar>(
    rule: &R,
    biases: &mut [T],
    delta: &[T],
    slots: Of<R, T, &mut [T]>,
) {
    update_all(rule, biases, begin_sums(delta), slots);
}

/// Updates a matrix of weights by the gradient of a single sample: each input times each delta. One copy of the code
/// serves all layers, and eight weights at a time stand in registers: for a machine without vectors.
///
/// # Safety
///
/// The weights, and each of the slots, are `x.len()` rows of `delta.len()` scalars that nobody else uses.
#[inline(never)]
unsafe fn update_by_products<R: Rule<T>, T: Scalar>(
    rule: &R,
    weights: *mut T,
    x: &[T],
    delta: &[T],
    mut slots: Of<R, T, *mut T>,
) {
    let columns = delta.len();
    let mut first = 0;
    while first + 8 <= columns {
        // SAFETY: the caller's.
        let delta = unsafe { *delta.as_ptr().add(first).cast::<[T; 8]>() };
        let (mut place, mut row) = (first, weights.wrapping_add(first));
        for x in x {
            // SAFETY: the caller's.
            unsafe { update_eight(rule, row, *x, delta, &mut slots, place) }
            place += columns;
            row = row.wrapping_add(columns);
        }
        first += 8;
    }
    for column in first..columns {
        let mut place = column;
        for x in x {
            // SAFETY: the caller's; the column is below their number.
            unsafe {
                let gradient = x.multiply(*delta.as_ptr().add(column));
                update_one(rule, &mut *weights.add(place), gradient, &mut slots, place);
            }
            place += columns;
        }
    }
}

/// The same as [`update_by_products`] in little code.
///
/// # Safety
///
/// That of [`update_by_products`].
#[inline(never)]
unsafe fn update_one_by_one<R: Rule<T>, T: Scalar>(
    rule: &R,
    weights: *mut T,
    x: &[T],
    delta: &[T],
    mut slots: Of<R, T, *mut T>,
) {
    let (x, delta) = (forget_length(x), forget_length(delta));
    // A weight is not found by its place, which nothing needs where there is no state.
    let (mut weight, mut place) = (weights, 0);
    for x in x {
        // The compiler would read it again after each weight, which might be the same place.
        let x = *x;
        for delta in delta {
            keep_rolled();
            // SAFETY: the caller's.
            unsafe { update_one(rule, &mut *weight, x.multiply(*delta), &mut slots, place) }
            weight = weight.wrapping_add(1);
            place += 1;
        }
    }
}

macro_rules! write_update {
    ($($index:literal $weight:ident $delta:ident),*) => {
        /// Without a loop, so that nothing goes through memory whatever the compiler optimises for.
        ///
        /// # Safety
        ///
        /// There are eight weights, and eight scalars at that place of each of the slots.
        #[inline(always)]
        unsafe fn update_eight<R: Rule<T>, T: Scalar>(
            rule: &R,
            weights: *mut T,
            x: T,
            [$($delta),*]: [T; 8],
            slots: &mut Of<R, T, *mut T>,
            place: usize,
        ) {
            // SAFETY: the caller's.
            unsafe {
                let weights = weights.cast::<[T; 8]>();
                let [$(mut $weight),*] = *weights;
                $(update_one(rule, &mut $weight, x.multiply($delta), slots, place + $index);)*
                *weights = [$($weight),*];
            }
        }
    };
}

write_update!(0 w0 d0, 1 w1 d1, 2 w2 d2, 3 w3 d3, 4 w4 d4, 5 w5 d5, 6 w6 d6, 7 w7 d7);

/// # Safety
///
/// A scalar stands at that place of each of the slots.
#[inline(always)]
unsafe fn update_one<R: Rule<T>, T: Scalar>(
    rule: &R,
    weight: &mut T,
    gradient: T,
    slots: &mut Of<R, T, *mut T>,
    place: usize,
) {
    let slots = R::Slots::try_map(R::Slots::each(slots), |slot| {
        // SAFETY: the caller's.
        Some(unsafe { &mut *slot.add(place) })
    });
    if let Some(slots) = slots {
        rule.update(weight, gradient, slots);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::Sgd;

    /// Numbers that tell places apart, and whose products are rounded.
    fn list<const N: usize>(first: f32) -> [f32; N] {
        let mut number = first;
        core::array::from_fn(|_| {
            number = 0.7 - number * 1.3 % 1.0;
            number
        })
    }

    fn check_shared_updates<const ROWS: usize, const COLUMNS: usize>() {
        let rule = Sgd::new(0.1).momentum(0.9);
        let (x, delta) = (list::<ROWS>(0.1), list::<COLUMNS>(0.2));
        let start = [0.3, 0.4].map(|first| x.map(|x| list::<COLUMNS>(first + x)));

        let [mut weights, mut velocity] = start;
        let mut sink = Apply { rule: &rule, weights: &mut weights, slots: Some([&mut velocity]) };
        put_rows(&mut sink, &x, &delta);
        let [mut shared, mut shared_velocity] = start;
        let slots = [shared_velocity.as_mut_ptr().cast()];
        // SAFETY: both matrices have a row for each x, and as many columns as delta.
        unsafe { update_by_products(&rule, shared.as_mut_ptr().cast(), &x, &delta, slots) };
        assert_eq!([shared, shared_velocity], [weights, velocity], "{ROWS} x {COLUMNS}");

        let mut sink = Apply { rule: &rule, weights: &mut weights, slots: Some([&mut velocity]) };
        sink.put(0, 0, begin_sums(&delta));
        update_by_delta(&rule, &mut shared[0], &delta, [&mut shared_velocity[0]]);
        assert_eq!([shared, shared_velocity], [weights, velocity], "bias, {COLUMNS}");
    }

    /// Part of a row: the filters of a group.
    fn check_part<const COLUMNS: usize>(column: usize, count: usize) {
        let rule = Sgd::new(0.1).momentum(0.9);
        let (start, gradients) = ([list::<COLUMNS>(0.3)], list::<COLUMNS>(0.2));
        let (mut weights, mut velocity) = (start, start);
        let mut sink = Apply { rule: &rule, weights: &mut weights, slots: Some([&mut velocity]) };
        sink.put(0, column, gradients.iter().copied().take(count));
        let (mut expected, mut expected_velocity) = (start, start);
        let columns = column..column + count;
        let each = expected[0][columns.clone()].iter_mut();
        let states = expected_velocity[0][columns].iter_mut();
        for ((weight, state), gradient) in each.zip(states).zip(gradients) {
            rule.update(weight, gradient, [state]);
        }
        assert_eq!([weights, velocity], [expected, expected_velocity], "{count} from {column}");
    }

    #[test]
    fn what_has_no_gradient_stays() {
        check_part::<6>(0, 3);
        check_part::<6>(3, 3);
        check_part::<24>(0, 12);
        check_part::<24>(12, 12);
        check_part::<40>(20, 20);
    }

    #[test]
    fn the_updates_that_layers_share_do_what_the_inlined_ones_do() {
        check_shared_updates::<2, 3>();
        check_shared_updates::<3, 8>();
        check_shared_updates::<5, 19>();
    }
}

//! Values moved from one layout to another along steps: slices, transpositions, padding, upsampling and sums over axes
//! are walks over two arrays at once, and each is the gradient of the same walk in the other direction.

use core::borrow::Borrow;

use crate::scalar::{Scalar, is_nan};
use crate::store::{Add, Store};

/// Pairs of places in two arrays: those that some loops, one inside another, come to.
#[derive(Clone, Copy, Debug)]
pub struct Walk<const AXES: usize> {
    /// How often each loop turns, the outermost first.
    pub lengths: [usize; AXES],
    /// The place where reading begins.
    pub source: usize,
    /// How far a turn of each loop moves it. Several may read one place.
    pub source_steps: [usize; AXES],
    /// The place where writing begins.
    pub target: usize,
    /// How far a turn of each loop moves it. What comes to the same place is added up.
    pub target_steps: [usize; AXES],
}

impl<const AXES: usize> Walk<AXES> {
    /// Goes to the next turn of the innermost loop that has one left, the `inner` innermost aside.
    #[inline(always)]
    fn advance(
        &self,
        inner: usize,
        turns: &mut [usize; AXES],
        [source, target]: [&mut usize; 2],
    ) -> bool {
        let steps = self.source_steps.iter().zip(&self.target_steps);
        let mut loops = turns.iter_mut().zip(&self.lengths).zip(steps).rev().skip(inner);
        loops.any(|((turn, length), (source_step, target_step))| {
            *turn += 1;
            *source += source_step;
            *target += target_step;
            if *turn < *length {
                return true;
            }
            *source -= source_step * length;
            *target -= target_step * length;
            *turn = 0;
            false
        })
    }

    /// Calls with each pair of places until the answer is true.
    #[inline(always)]
    fn find(&self, mut is_found: impl FnMut(usize, usize) -> bool) {
        let (mut source, mut target) = (self.source, self.target);
        let mut turns = [0; AXES];
        while !is_found(source, target) && self.advance(0, &mut turns, [&mut source, &mut target]) {
        }
    }
}

/// Moves each row of `x` to the same row of `y`; `covers` says that the walk writes every place of `y`, once.
#[inline(always)]
pub fn move_values<
    S: Store,
    T: Scalar,
    X: Borrow<[T; N]>,
    const AXES: usize,
    const N: usize,
    const M: usize,
>(
    walk: &Walk<AXES>,
    store: S,
    covers: bool,
    x: &[X],
    y: &mut [[T; M]],
) {
    move_rows(walk, store, covers, x, y, |value| value);
}

/// The same, with every value divided by `count`: a mean has its gradient from the same call.
#[inline(always)]
pub fn move_means<
    S: Store,
    T: Scalar,
    X: Borrow<[T; N]>,
    const AXES: usize,
    const N: usize,
    const M: usize,
>(
    (walk, count): (&Walk<AXES>, usize),
    store: S,
    covers: bool,
    x: &[X],
    y: &mut [[T; M]],
) {
    let share = T::ONE / T::from_usize(count);
    move_rows(walk, store, covers, x, y, |value| value * share);
}

#[inline(always)]
fn move_rows<
    S: Store,
    T: Scalar,
    X: Borrow<[T; N]>,
    const AXES: usize,
    const N: usize,
    const M: usize,
>(
    walk: &Walk<AXES>,
    store: S,
    covers: bool,
    x: &[X],
    y: &mut [[T; M]],
    change: impl Fn(T) -> T + Copy,
) {
    for (x, y) in x.iter().zip(y) {
        if covers {
            move_row(walk, store, x.borrow(), y, change);
        } else {
            if !store.adds() {
                y.fill(T::ZERO);
            }
            move_row(walk, Add, x.borrow(), y, change);
        }
    }
}

#[inline(always)]
fn move_row<S: Store, T: Scalar, const AXES: usize>(
    walk: &Walk<AXES>,
    store: S,
    x: &[T],
    y: &mut [T],
    change: impl Fn(T) -> T,
) {
    let (Some(length), Some(source_step), Some(target_step)) =
        (walk.lengths.last(), walk.source_steps.last(), walk.target_steps.last())
    else {
        return;
    };
    let (mut source, mut target) = (walk.source, walk.target);
    let mut turns = [0; AXES];
    loop {
        // The innermost loop: what it reads and writes lies this far apart, or in one place.
        let read = x.get(source..).unwrap_or_default();
        let written = y.get_mut(target..).unwrap_or_default();
        match (source_step, target_step) {
            (1, 1) => {
                for (value, place) in read.iter().zip(written).take(*length) {
                    store.store(place, change(*value));
                }
            }
            (0, step) => {
                let Some(value) = read.first().copied() else { return };
                for place in written.iter_mut().step_by((*step).max(1)).take(*length) {
                    store.store(place, change(value));
                }
            }
            (step, 0) => {
                let Some(place) = written.first_mut() else { return };
                for value in read.iter().step_by((*step).max(1)).take(*length) {
                    store.store(place, change(*value));
                }
            }
            (source_step, target_step) => {
                let values = read.iter().step_by((*source_step).max(1));
                let places = written.iter_mut().step_by((*target_step).max(1));
                for (value, place) in values.zip(places).take(*length) {
                    store.store(place, change(*value));
                }
            }
        }
        if !walk.advance(1, &mut turns, [&mut source, &mut target]) {
            return;
        }
    }
}

/// y = the largest of some elements: the first walk comes to every element of y and where its own begin in x, the
/// second to how far from there each of them is. One that is no number is the largest.
#[inline(always)]
pub fn max_forward<
    T: Scalar,
    X: Borrow<[T; N]>,
    const KEPT: usize,
    const GONE: usize,
    const N: usize,
    const M: usize,
>(
    (kept, gone): (&Walk<KEPT>, &Walk<GONE>),
    x: &[X],
    y: &mut [[T; M]],
) {
    for (x, y) in x.iter().zip(y) {
        kept.find(|start, target| {
            let Some(y) = y.get_mut(target) else { return true };
            *y = -(T::ONE / T::ZERO);
            gone.find(|offset, _| {
                let Some(x) = x.borrow().get(start + offset) else { return true };
                if *x > *y || is_nan(*x) {
                    *y = *x;
                }
                is_nan(*x)
            });
            false
        });
    }
}

/// dJ/dx: the delta goes to the first of the largest.
#[inline(always)]
pub fn max_backward<
    S: Store,
    T: Scalar,
    X: Borrow<[T; N]>,
    const KEPT: usize,
    const GONE: usize,
    const N: usize,
    const M: usize,
>(
    (kept, gone): (&Walk<KEPT>, &Walk<GONE>),
    store: S,
    (x, y): (&[X], &[[T; M]]),
    delta: &[[T; M]],
    dx: &mut [[T; N]],
) {
    for (((x, y), delta), dx) in x.iter().zip(y).zip(delta).zip(dx) {
        if !store.adds() {
            dx.fill(T::ZERO);
        }
        kept.find(|start, target| {
            let (Some(y), Some(delta)) = (y.get(target), delta.get(target)) else { return true };
            gone.find(|offset, _| {
                let place = start + offset;
                let is_largest = x.borrow().get(place).is_none_or(|x| *x == *y || is_nan(*x));
                if is_largest && let Some(dx) = dx.get_mut(place) {
                    *dx += *delta;
                }
                is_largest
            });
            false
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{Walk, max_backward, max_forward, move_means, move_values};
    use crate::store::{Add, Set};

    /// Two rows of three, turned.
    const TURN: Walk<2> =
        Walk { lengths: [3, 2], source: 0, source_steps: [1, 3], target: 0, target_steps: [2, 1] };

    /// The sums of two rows of three.
    const SUM: Walk<2> =
        Walk { lengths: [2, 3], source: 0, source_steps: [3, 1], target: 0, target_steps: [1, 0] };

    #[test]
    fn columns_become_rows() {
        let mut y = [[9.0_f32; 6]];
        move_values(&TURN, Set, true, &[[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]], &mut y);
        assert_eq!(y, [[1.0, 4.0, 2.0, 5.0, 3.0, 6.0]]);
        move_values(&TURN, Add, true, &[[1.0; 6]], &mut y);
        assert_eq!(y, [[2.0, 5.0, 3.0, 6.0, 4.0, 7.0]]);
    }

    #[test]
    fn what_meets_in_one_place_is_added_up() {
        let x = [[1.0_f64, 2.0, 3.0, 4.0, 5.0, 6.0], [1.0; 6]];
        let mut y = [[9.0; 2]; 2];
        move_values(&SUM, Set, false, &x, &mut y);
        assert_eq!(y, [[6.0, 15.0], [3.0, 3.0]]);
        move_means((&SUM, 3), Add, false, &x, &mut y);
        assert_eq!(y, [[8.0, 20.0], [4.0, 4.0]]);
    }

    #[test]
    fn places_between_are_zero_unless_something_is_there() {
        // Every other one of five.
        let walk =
            Walk { lengths: [2], source: 0, source_steps: [1], target: 1, target_steps: [2] };
        let mut y = [[7.0_f32; 5]];
        move_values(&walk, Add, false, &[[1.0, 2.0]], &mut y);
        assert_eq!(y, [[7.0, 8.0, 7.0, 9.0, 7.0]]);
        move_values(&walk, Set, false, &[[1.0, 2.0]], &mut y);
        assert_eq!(y, [[0.0, 1.0, 0.0, 2.0, 0.0]]);
    }

    #[test]
    fn the_first_of_the_largest_gets_the_gradient() {
        // Two rows of three: the largest of each column.
        let columns =
            Walk { lengths: [3], source: 0, source_steps: [1], target: 0, target_steps: [1] };
        let rows =
            Walk { lengths: [2], source: 0, source_steps: [3], target: 0, target_steps: [0] };
        let x = [[1.0_f64, 5.0, -3.0, 4.0, 5.0, f64::NAN]];
        let mut y = [[0.0; 3]];
        max_forward((&columns, &rows), &x, &mut y);
        assert_eq!(y[0][..2], [4.0, 5.0]);
        assert!(y[0][2].is_nan());
        let mut dx = [[9.0; 6]];
        max_backward((&columns, &rows), Set, (&x, &y), &[[1.0, 2.0, 3.0]], &mut dx);
        assert_eq!(dx, [[0.0, 2.0, 0.0, 1.0, 0.0, 3.0]]);
        max_backward((&columns, &rows), Add, (&x, &y), &[[1.0, 2.0, 3.0]], &mut dx);
        assert_eq!(dx, [[0.0, 4.0, 0.0, 2.0, 0.0, 6.0]]);
    }

    #[test]
    fn a_value_that_is_read_often_is_written_often() {
        // Two values, each three times, in two copies.
        let walk = Walk {
            lengths: [2, 2, 3],
            source: 0,
            source_steps: [0, 1, 0],
            target: 0,
            target_steps: [6, 3, 1],
        };
        let mut y = [[0.0_f32; 12]];
        move_values(&walk, Set, true, &[[1.0, 2.0]], &mut y);
        assert_eq!(y, [[1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0]]);
    }
}

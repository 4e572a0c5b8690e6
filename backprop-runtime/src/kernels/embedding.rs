//! Rows of a table, looked up by their indices.

use core::borrow::Borrow;

use crate::scalar::Scalar;
use crate::sink::Sink;
use crate::store::Store;

/// The row that a number names, to the nearest, if the table has it.
#[inline(always)]
fn find_row<T: Scalar>(index: T, rows: usize) -> Option<usize> {
    let nearest = index + T::from_f64(0.5);
    // What is negative, or no number, is no index.
    (nearest >= T::ZERO).then(|| nearest.to_usize()).filter(|row| *row < rows)
}

/// y = the rows of the indices, one behind the other. What names no row gives numbers that are none.
#[inline(always)]
pub fn forward<
    T: Scalar,
    X: Borrow<[T; N]>,
    const ROWS: usize,
    const UNITS: usize,
    const N: usize,
    const M: usize,
>(
    x: &[X],
    table: &[[T; UNITS]; ROWS],
    y: &mut [[T; M]],
) {
    for (x, y) in x.iter().zip(y) {
        let (places, _) = y.as_chunks_mut::<UNITS>();
        for (index, place) in x.borrow().iter().zip(places) {
            let row = find_row(*index, ROWS).and_then(|row| table.get(row));
            *place = row.copied().unwrap_or([T::from_f64(f64::NAN); UNITS]);
        }
    }
}

/// dJ/dx = 0: an index has no gradient.
#[inline(always)]
pub fn input_gradient<S: Store, T: Scalar, const N: usize>(store: S, dx: &mut [[T; N]]) {
    if !store.adds() {
        dx.fill([T::ZERO; N]);
    }
}

/// dJ/d row: the sum of the deltas of all places that it stands in.
#[inline(always)]
pub fn table_gradient<
    T: Scalar,
    X: Borrow<[T; N]>,
    K: Sink<T, UNITS>,
    const ROWS: usize,
    const UNITS: usize,
    const N: usize,
    const M: usize,
>(
    x: &[X],
    delta: &[[T; M]],
    mut sink: K,
) {
    if const { K::COLLECTS } {
        let (keeps, table) = sink.matrix();
        if !keeps {
            table.fill([T::ZERO; UNITS]);
        }
        for (x, delta) in x.iter().zip(delta) {
            for_each_place(x.borrow(), delta, |index, delta: &[T; UNITS]| {
                if let Some(row) = find_row(index, ROWS).and_then(|row| table.get_mut(row)) {
                    add(row, delta);
                }
            });
        }
    } else {
        // A rule sees every weight once a step, those of rows that the sample does not have as well.
        for row in 0..ROWS {
            let mut sum = [T::ZERO; UNITS];
            for (x, delta) in x.iter().zip(delta) {
                for_each_place(x.borrow(), delta, |index, delta: &[T; UNITS]| {
                    if find_row(index, ROWS) == Some(row) {
                        add(&mut sum, delta);
                    }
                });
            }
            sink.put(row, 0, sum.into_iter());
        }
    }
}

/// Calls with each index and the delta of its place.
#[inline(always)]
fn for_each_place<T: Scalar, const UNITS: usize>(
    x: &[T],
    delta: &[T],
    mut call: impl FnMut(T, &[T; UNITS]),
) {
    let (places, _) = delta.as_chunks::<UNITS>();
    for (index, place) in x.iter().zip(places) {
        call(*index, place);
    }
}

#[inline(always)]
fn add<T: Scalar, const UNITS: usize>(sum: &mut [T; UNITS], delta: &[T; UNITS]) {
    for (sum, delta) in sum.iter_mut().zip(delta) {
        *sum += *delta;
    }
}

#[cfg(test)]
mod tests {
    use super::{forward, input_gradient, table_gradient};
    use crate::sink::Collect;
    use crate::store::{Add, Set};

    const TABLE: [[f32; 2]; 3] = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]];

    #[test]
    fn rows_are_found_by_the_nearest_index() {
        let mut y = [[0.0; 6]];
        forward(&[[2.0, 0.4, 1.6]], &TABLE, &mut y);
        assert_eq!(y, [[5.0, 6.0, 1.0, 2.0, 5.0, 6.0]]);
    }

    #[test]
    fn what_names_no_row_is_no_number() {
        for index in [-1.0, -0.6, 2.6, 3.0, 1e30, f32::INFINITY, f32::NAN] {
            let mut y = [[0.0; 4]];
            forward(&[[index, 1.0]], &TABLE, &mut y);
            assert!(y[0][0].is_nan() && y[0][1].is_nan(), "{index}");
            assert_eq!(y[0][2..], [3.0, 4.0]);
        }
    }

    #[test]
    fn a_row_gets_the_deltas_of_all_of_its_places() {
        let (x, delta) = ([[2.0, 2.0], [0.0, 2.0]], [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]);
        let mut gradient = [[9.0_f32; 2]; 3];
        table_gradient::<_, _, _, 3, 2, 2, 4>(&x, &delta, Collect(Set, &mut gradient));
        assert_eq!(gradient, [[5.0, 6.0], [0.0, 0.0], [11.0, 14.0]]);
        table_gradient::<_, _, _, 3, 2, 2, 4>(&x, &delta, Collect(Add, &mut gradient));
        assert_eq!(gradient, [[10.0, 12.0], [0.0, 0.0], [22.0, 28.0]]);
    }

    #[test]
    fn an_index_has_no_gradient() {
        let mut dx = [[7.0_f32; 2]];
        input_gradient(Add, &mut dx);
        assert_eq!(dx, [[7.0; 2]]);
        input_gradient(Set, &mut dx);
        assert_eq!(dx, [[0.0; 2]]);
    }
}

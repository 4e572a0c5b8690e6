//! Places in a workspace: each buffer has its own, and several can be borrowed at once.

/// `LENGTH` scalars of a row of the workspace, from `OFFSET` on.
#[derive(Clone, Copy, Debug)]
pub struct Place<const OFFSET: usize, const LENGTH: usize>;

/// A tuple of places that do not overlap.
pub trait Places<'m, T> {
    /// A tuple of rows.
    type Rows;

    /// Borrows each place of `rows` rows of memory.
    fn borrow_rows<const WIDTH: usize, const ROWS: usize>(
        memory: &'m mut [[T; WIDTH]; ROWS],
        rows: usize,
    ) -> Self::Rows;
}

/// The rows of several places of one workspace. The rows of one place are contiguous: those of a tile
/// of `ROWS` samples begin at scalar `OFFSET * ROWS`.
///
/// Places that overlap, or that lie outside, do not compile.
#[inline(always)]
pub fn borrow<'m, T, P: Places<'m, T>, const WIDTH: usize, const ROWS: usize>(
    memory: &'m mut [[T; WIDTH]; ROWS],
    rows: usize,
    _places: P,
) -> P::Rows {
    P::borrow_rows(memory, rows)
}

/// The same memory as fewer or narrower rows; more than there are do not compile.
#[inline(always)]
pub fn narrow<T, const W1: usize, const R1: usize, const W2: usize, const R2: usize>(
    memory: &mut [[T; W1]; R1],
) -> &mut [[T; W2]; R2] {
    const { assert!(W2 * R2 <= W1 * R1, "the workspace is too small") };
    let start = memory.as_mut_ptr().cast::<[[T; W2]; R2]>();
    // SAFETY: arrays of scalars have no padding, W2 * R2 of them lie within the W1 * R1 that `memory`
    // borrows mutably, and the alignment is that of T.
    unsafe { &mut *start }
}

/// Whether the ranges are apart and end at `width` at the latest.
const fn are_apart<const N: usize>(places: [(usize, usize); N], width: usize) -> bool {
    let mut one = 0;
    while one < N {
        let (start, length) = places[one];
        if start + length > width {
            return false;
        }
        let mut two = one + 1;
        while two < N {
            let (other, other_length) = places[two];
            if start < other + other_length && other < start + length {
                return false;
            }
            two += 1;
        }
        one += 1;
    }
    true
}

macro_rules! implement_places {
    ($($offset:ident $length:ident),*) => {
        impl<'m, T: 'm, $(const $offset: usize, const $length: usize),*> Places<'m, T>
            for ($(Place<$offset, $length>,)*)
        {
            type Rows = ($(&'m mut [[T; $length]],)*);

            #[inline(always)]
            fn borrow_rows<const WIDTH: usize, const ROWS: usize>(
                memory: &'m mut [[T; WIDTH]; ROWS],
                rows: usize,
            ) -> Self::Rows {
                const {
                    assert!(
                        are_apart([$(($offset, $length)),*], WIDTH),
                        "places overlap, or lie outside of the workspace"
                    );
                }
                let rows = if rows < ROWS { rows } else { ROWS };
                let start = memory.as_mut_ptr().cast::<T>();
                ($({
                    // SAFETY: the assertion above says that OFFSET + LENGTH <= WIDTH, so that
                    // OFFSET * ROWS + LENGTH * ROWS <= WIDTH * ROWS lies within `memory`, which is
                    // borrowed mutably for 'm; and that no two places overlap, so that neither do
                    // these ranges, each LENGTH * rows <= LENGTH * ROWS scalars long.
                    unsafe {
                        core::slice::from_raw_parts_mut(
                            start.add($offset * ROWS).cast::<[T; $length]>(),
                            rows,
                        )
                    }
                },)*)
            }
        }
    };
}

implement_places!(O1 L1);
implement_places!(O1 L1, O2 L2);
implement_places!(O1 L1, O2 L2, O3 L3);
implement_places!(O1 L1, O2 L2, O3 L3, O4 L4);
implement_places!(O1 L1, O2 L2, O3 L3, O4 L4, O5 L5);
implement_places!(O1 L1, O2 L2, O3 L3, O4 L4, O5 L5, O6 L6);
implement_places!(O1 L1, O2 L2, O3 L3, O4 L4, O5 L5, O6 L6, O7 L7);
implement_places!(O1 L1, O2 L2, O3 L3, O4 L4, O5 L5, O6 L6, O7 L7, O8 L8);
implement_places!(O1 L1, O2 L2, O3 L3, O4 L4, O5 L5, O6 L6, O7 L7, O8 L8, O9 L9);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_apart_for_every_number_of_rows() {
        let mut memory = [[0.0_f32; 6]; 3];
        for rows in 1..=3 {
            let places = (Place::<0, 2>, Place::<5, 1>, Place::<2, 3>);
            let (first, second, third) = borrow(&mut memory, rows, places);
            assert_eq!((first.len(), second.len(), third.len()), (rows, rows, rows));
            first.as_flattened_mut().fill(1.0);
            second.as_flattened_mut().fill(2.0);
            third.as_flattened_mut().fill(3.0);
            assert!(first.as_flattened().iter().all(|value| *value == 1.0));
            assert!(second.as_flattened().iter().all(|value| *value == 2.0));
        }
        assert_eq!(memory.as_flattened()[15..], [2.0; 3]);
        assert!(!are_apart([(0, 2), (1, 2)], 6) && !are_apart([(5, 2)], 6));
    }

    #[test]
    fn narrowing_keeps_the_first_scalars() {
        let mut memory = [[1.0_f32, 2.0, 3.0], [4.0, 5.0, 6.0]];
        let narrowed: &mut [[f32; 2]; 2] = narrow(&mut memory);
        assert_eq!(*narrowed, [[1.0, 2.0], [3.0, 4.0]]);
    }
}

//! A matrix turned over: rows become columns.

use super::block::{Matrix, at, at_mut};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors, keep_apart};

/// The most rows of a square that is turned over in registers.
const LONGEST: usize = 4;

/// to[column][row] = from[row][column]
///
/// # Safety
///
/// Each of `rows` rows of `from` has `columns` scalars, and `to` has room for `columns` rows of `rows`, that nobody
/// else uses.
#[inline(always)]
pub unsafe fn transpose<S: Vectors<T>, T: Scalar>(
    simd: S,
    from: Matrix<T>,
    (rows, columns): (usize, usize),
    to: *mut T,
) {
    // SAFETY: the caller's.
    unsafe { transpose_squares::<S, T, S::Wide>(simd, from, (rows, columns), to) }
}

/// With squares as wide as the vector of 16 bytes, and one by one what they leave.
#[inline(always)]
unsafe fn transpose_squares<S: Vectors<T>, T: Scalar, V: Lanes<S, T>>(
    simd: S,
    from: Matrix<T>,
    (rows, columns): (usize, usize),
    to: *mut T,
) {
    // SAFETY: the caller's; squares of rows and columns below their numbers.
    unsafe {
        if const { V::COUNT > LONGEST || V::COUNT * size_of::<T>() > 16 } {
            return transpose_squares::<S, T, V::Half>(simd, from, (rows, columns), to);
        }
        let (whole_rows, whole_columns) = if const { V::COUNT > 1 } {
            (rows - rows % V::COUNT, columns - columns % V::COUNT)
        } else {
            (0, 0)
        };
        for row in (0..whole_rows).step_by(V::COUNT) {
            for column in (0..whole_columns).step_by(V::COUNT) {
                let start = from.start.add(row * from.stride + column);
                let square = Matrix { start, ..from };
                transpose_square::<S, T, V>(simd, square, to.add(column * rows + row), rows);
            }
            move_each(from, row..row + V::COUNT, whole_columns..columns, to, rows);
        }
        move_each(from, whole_rows..rows, 0..columns, to, rows);
    }
}

/// As many rows and columns as the vector has lanes: each pass pairs the first row with the middle one, the next
/// with the one behind that, and so on, and makes two rows of each pair by taking a lane of either in turn.
#[inline(always)]
unsafe fn transpose_square<S: Vectors<T>, T: Scalar, V: Lanes<S, T>>(
    simd: S,
    from: Matrix<T>,
    to: *mut T,
    stride: usize,
) {
    let mut square = [V::splat(simd, T::ZERO); LONGEST];
    // SAFETY: the caller's; a vector has no more than LONGEST lanes.
    unsafe {
        for row in 0..V::COUNT {
            at_mut!(square, row) = V::load(simd, from.start.add(row * from.stride));
        }
        let mut passes = V::COUNT;
        while passes > 1 {
            let before = square;
            for pair in 0..V::COUNT / 2 {
                let (low, high) = at!(before, pair).zip(at!(before, pair + V::COUNT / 2));
                at_mut!(square, 2 * pair) = low;
                at_mut!(square, 2 * pair + 1) = high;
            }
            passes /= 2;
        }
        for column in 0..V::COUNT {
            at!(square, column).store(to.add(column * stride));
        }
    }
}

/// One scalar at a time.
#[inline(always)]
unsafe fn move_each<T: Scalar>(
    from: Matrix<T>,
    rows: core::ops::Range<usize>,
    columns: core::ops::Range<usize>,
    to: *mut T,
    stride: usize,
) {
    // SAFETY: the caller's.
    unsafe {
        for row in rows {
            for column in columns.clone() {
                keep_apart();
                *to.add(column * stride + row) = *from.start.add(row * from.stride + column);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::ambient;

    fn check<T: Scalar, const R: usize, const C: usize>()
    where
        crate::simd::Ambient: Vectors<T>,
    {
        let mut from = [[T::ZERO; C]; R];
        for (index, value) in from.as_flattened_mut().iter_mut().enumerate() {
            *value = T::from_usize(index);
        }
        let mut to = [[T::ZERO; R]; C];
        let matrix = Matrix { start: from.as_ptr().cast(), stride: C };
        // SAFETY: both have R C scalars.
        unsafe { transpose(ambient(), matrix, (R, C), to.as_mut_ptr().cast()) };
        let expected: [[T; R]; C] = core::array::from_fn(|column| from.map(|row| row[column]));
        assert!(to == expected, "{R} x {C}");
    }

    #[test]
    fn rows_become_columns() {
        check::<f32, 4, 4>();
        check::<f64, 2, 2>();
        check::<f32, 16, 3>();
        check::<f32, 9, 14>();
        check::<f64, 9, 15>();
        check::<f64, 1, 7>();
        check::<f32, 7, 1>();
    }
}

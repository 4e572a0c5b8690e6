//! Slices in parts of one length that is no constant. `chunks_exact` checks that length, which stays a panic path where
//! the compiler optimises for size.

use core::iter::from_fn;
use core::mem::take;

/// The parts of `length` scalars each, as many as there are; none of no length.
#[inline(always)]
pub fn split<T>(mut values: &[T], length: usize) -> impl Iterator<Item = &[T]> {
    from_fn(move || {
        let (part, rest) = values.split_at_checked(length)?;
        values = rest;
        (!part.is_empty()).then_some(part)
    })
}

/// The same, to change.
#[inline(always)]
pub fn split_mut<T>(mut values: &mut [T], length: usize) -> impl Iterator<Item = &mut [T]> {
    from_fn(move || {
        let (part, rest) = take(&mut values).split_at_mut_checked(length)?;
        values = rest;
        (!part.is_empty()).then_some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_one_length_and_the_rest_is_left_out() {
        let mut values = [1, 2, 3, 4, 5, 6, 7];
        assert!(split(&values, 3).eq([&[1, 2, 3][..], &[4, 5, 6]]));
        assert!(split_mut(&mut values, 2).eq([&[1, 2][..], &[3, 4], &[5, 6]]));
        assert_eq!((split(&values, 0).count(), split(&values, 8).count()), (0, 0));
        assert_eq!(split_mut(&mut values, 7).count(), 1);
    }
}

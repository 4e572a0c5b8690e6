//! Mini-batches of indices: samples stay where they are.

use core::iter::FusedIterator;
use core::num::NonZeroUsize;

use crate::random::Random;

/// Shuffles `order`, and hands it out in batches of `size` indices; the last may have fewer.
///
/// `order` holds the indices of the samples to learn from, all of them or a part: it is made once, and
/// shuffled again for each epoch. Each batch is what `train_batch_indexed` takes. A `size` of 0 counts as 1.
///
/// ```
/// use backprop_runtime::{Rng, training::shuffle_batches};
///
/// let mut order = [0, 1, 2, 3, 4, 5, 6];
/// let mut random = Rng::new(1);
/// let sizes = shuffle_batches(&mut order, 3, &mut random).map(<[usize]>::len);
/// assert!(sizes.eq([3, 3, 1]));
/// assert_eq!(shuffle_batches(&mut order, 3, &mut random).drop_last().len(), 2);
/// ```
pub fn shuffle_batches<'a>(
    order: &'a mut [usize],
    size: usize,
    random: &mut impl Random,
) -> Batches<'a> {
    random.shuffle(order);
    Batches::new(order, size)
}

/// Consecutive parts of a slice of indices: what [`shuffle_batches`] returns.
///
/// It knows how many are left ([`len`](ExactSizeIterator::len)), so that progress bars that wrap an iterator
/// have a length.
#[derive(Clone, Debug)]
#[must_use = "batches do nothing unless they are handed to a network"]
pub struct Batches<'a> {
    left: &'a [usize],
    size: NonZeroUsize,
}

impl<'a> Batches<'a> {
    /// Batches in the order as it is. A `size` of 0 counts as 1.
    pub const fn new(order: &'a [usize], size: usize) -> Self {
        let size = match NonZeroUsize::new(size) {
            Some(size) => size,
            None => NonZeroUsize::MIN,
        };
        Self { left: order, size }
    }

    /// Leaves out the last batch if it has fewer indices than the others.
    ///
    /// With a shuffled order the samples left out are others each time.
    pub fn drop_last(mut self) -> Self {
        let whole = self.left.len() - self.left.len() % self.size;
        self.left = self.left.get(..whole).unwrap_or(self.left);
        self
    }
}

impl<'a> Iterator for Batches<'a> {
    type Item = &'a [usize];

    #[inline]
    fn next(&mut self) -> Option<&'a [usize]> {
        if self.left.is_empty() {
            return None;
        }
        let (batch, left) = self.left.split_at_checked(self.size.get()).unwrap_or((self.left, &[]));
        self.left = left;
        Some(batch)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }
}

impl ExactSizeIterator for Batches<'_> {
    // The default holds the bounds of `size_hint` against each other, with a panic.
    fn len(&self) -> usize {
        let partial = usize::from(self.left.len() % self.size != 0);
        self.left.len() / self.size + partial
    }
}

impl FusedIterator for Batches<'_> {}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;
    use crate::random::Rng;

    #[test]
    fn batches_cover_the_order_and_know_how_many_are_left() {
        for length in 0..12 {
            for size in 0..14 {
                let order: Vec<usize> = (0..length).collect();
                let mut batches = Batches::new(&order, size);
                assert_eq!(batches.len(), length.div_ceil(size.max(1)));
                let mut seen = Vec::new();
                let mut left = batches.len();
                while let Some(batch) = batches.next() {
                    left -= 1;
                    assert_eq!(batches.len(), left);
                    assert!(left == 0 || batch.len() == size.max(1));
                    seen.extend_from_slice(batch);
                }
                assert_eq!((left, seen), (0, order));
            }
        }
    }

    #[test]
    fn the_last_batch_is_dropped_only_if_it_is_short() {
        let order = [0, 1, 2, 3, 4, 5];
        assert!(Batches::new(&order, 4).drop_last().eq([&order[..4]]));
        assert!(Batches::new(&order, 3).drop_last().eq([&order[..3], &order[3..]]));
        assert_eq!(Batches::new(&order, 7).drop_last().next(), None);
    }

    #[test]
    fn each_epoch_is_another_permutation() {
        let mut order: Vec<usize> = (0..20).collect();
        let mut random = Rng::new(3);
        let mut epochs = [(); 3]
            .map(|()| shuffle_batches(&mut order, 6, &mut random).collect::<Vec<_>>().concat());
        assert_ne!(epochs[0], epochs[1]);
        assert_ne!(epochs[1], epochs[2]);
        for epoch in &mut epochs {
            epoch.sort_unstable();
            assert!(epoch.iter().copied().eq(0..20));
        }
    }
}

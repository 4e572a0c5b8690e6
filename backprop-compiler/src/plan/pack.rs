//! Packs buffers with known lives into as few scalars as can be.
//!
//! Dynamic storage allocation is NP-hard in general; here the number of scalars that live at once is a
//! bound from below, and a short search for a packing that meets it finds one for chains always and for
//! small graphs nearly always. Where it gives up, the best of the greedy packings is taken.

/// A buffer's size, and the first and the last step at which it is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    pub size: usize,
    pub first: usize,
    pub last: usize,
}

impl Life {
    /// Whether both are in use at some step.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// How many placements the search may try.
const SEARCH_LIMIT: usize = 20_000;

/// The scalars needed in all, and each buffer's first scalar.
pub fn pack(lives: &[Life]) -> (usize, Vec<usize>) {
    let bound = count_most_alive(lives);
    let mut order: Vec<usize> = (0..lives.len()).collect();
    order.sort_by_key(|index| (lives[*index].first, *index));
    let mut offsets = vec![None; lives.len()];
    let mut tries = SEARCH_LIMIT;
    if search(lives, &order, bound, &mut offsets, &mut tries) {
        return (bound, offsets.into_iter().map(Option::unwrap_or_default).collect());
    }
    let mut by_size = order.clone();
    by_size.sort_by_key(|index| (usize::MAX - lives[*index].size, *index));
    let mut by_length = order.clone();
    by_length.sort_by_key(|index| {
        let life = &lives[*index];
        (usize::MAX - (life.last - life.first), usize::MAX - life.size, *index)
    });
    [by_size, by_length, order]
        .iter()
        .map(|order| pack_greedily(lives, order))
        .min_by_key(|(width, _)| *width)
        .unwrap_or_default()
}

/// The most scalars that are alive at any one step.
fn count_most_alive(lives: &[Life]) -> usize {
    lives
        .iter()
        .map(|now| {
            let alive =
                lives.iter().filter(|life| life.first <= now.first && now.first <= life.last);
            alive.map(|life| life.size).fold(0, usize::saturating_add)
        })
        .max()
        .unwrap_or(0)
}

/// Places the buffers of `order` within `width`, trying for each the lowest and the highest gap.
fn search(
    lives: &[Life],
    order: &[usize],
    width: usize,
    offsets: &mut [Option<usize>],
    tries: &mut usize,
) -> bool {
    let Some((&index, rest)) = order.split_first() else { return true };
    let life = &lives[index];
    let gaps = find_gaps(lives, offsets, life, width);
    let lowest = gaps.iter().find(|gap| gap.1 - gap.0 >= life.size).map(|gap| gap.0);
    let highest =
        gaps.iter().rev().find(|gap| gap.1 - gap.0 >= life.size).map(|gap| gap.1 - life.size);
    let mut candidates = vec![lowest, highest];
    candidates.dedup();
    for offset in candidates.into_iter().flatten() {
        if *tries == 0 {
            return false;
        }
        *tries -= 1;
        offsets[index] = Some(offset);
        if search(lives, rest, width, offsets, tries) {
            return true;
        }
        offsets[index] = None;
    }
    false
}

/// What is free below `width` throughout a life, in ascending order.
fn find_gaps(
    lives: &[Life],
    offsets: &[Option<usize>],
    life: &Life,
    width: usize,
) -> Vec<(usize, usize)> {
    let mut taken: Vec<(usize, usize)> = lives
        .iter()
        .zip(offsets)
        .filter(|(other, _)| other.overlaps(life))
        .filter_map(|(other, offset)| offset.map(|offset| (offset, offset + other.size)))
        .collect();
    taken.sort_unstable();
    let mut gaps = Vec::new();
    let mut free_from = 0;
    for (start, end) in taken {
        if start > free_from {
            gaps.push((free_from, start));
        }
        free_from = free_from.max(end);
    }
    if width > free_from {
        gaps.push((free_from, width));
    }
    gaps
}

/// Places each buffer of `order` as low as it goes.
fn pack_greedily(lives: &[Life], order: &[usize]) -> (usize, Vec<usize>) {
    let mut offsets = vec![None; lives.len()];
    let mut width = 0;
    for &index in order {
        let gaps = find_gaps(lives, &offsets, &lives[index], usize::MAX);
        let size = lives[index].size;
        let offset = gaps.iter().find(|gap| gap.1 - gap.0 >= size).map_or(width, |gap| gap.0);
        offsets[index] = Some(offset);
        width = width.max(offset + size);
    }
    (width, offsets.into_iter().map(Option::unwrap_or_default).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_packed(lives: &[Life], expected: usize) {
        let (width, offsets) = pack(lives);
        assert_eq!(width, expected);
        for (one, life) in lives.iter().enumerate() {
            assert!(offsets[one] + life.size <= width);
            for (two, other) in lives.iter().enumerate().skip(one + 1) {
                let apart = offsets[one] + life.size <= offsets[two]
                    || offsets[two] + other.size <= offsets[one];
                assert!(apart || !life.overlaps(other), "{one} and {two} overlap");
            }
        }
    }

    fn chain(sizes: &[usize]) -> Vec<Life> {
        let life =
            |(step, size): (usize, &usize)| Life { size: *size, first: step, last: step + 1 };
        sizes.iter().enumerate().map(life).collect()
    }

    #[test]
    fn a_chain_needs_its_largest_adjacent_pair() {
        assert_packed(&chain(&[100, 20, 50, 90]), 140);
        assert_packed(&chain(&[100, 50, 200, 10, 100]), 250);
        let mut sizes = Vec::new();
        let mut state = 1_usize;
        for _ in 0..60 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            sizes.push(1 + (state >> 40) % 500);
        }
        let pair = sizes.windows(2).map(|pair| pair[0] + pair[1]).max().unwrap();
        assert_packed(&chain(&sizes), pair);
    }

    #[test]
    fn buffers_that_live_together_stand_apart() {
        let lives = [
            Life { size: 3, first: 0, last: 9 },
            Life { size: 5, first: 1, last: 2 },
            Life { size: 4, first: 3, last: 4 },
            Life { size: 2, first: 2, last: 3 },
        ];
        assert_packed(&lives, 10);
    }

    #[test]
    fn nothing_needs_nothing() {
        assert_packed(&[], 0);
    }
}

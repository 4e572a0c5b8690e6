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
    if let Some(offsets) = search(lives, &order, bound) {
        return (bound, offsets);
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
    let begins = lives.iter().map(|life| (life.first, false, life.size as i128));
    let ends = lives.iter().map(|life| (life.last, true, -(life.size as i128)));
    let mut changes: Vec<(usize, bool, i128)> = begins.chain(ends).collect();
    changes.sort_unstable();
    let mut alive = 0;
    let most = changes.into_iter().map(|(_, _, change)| {
        alive += change;
        alive
    });
    most.max().map_or(0, |most| usize::try_from(most).unwrap_or(usize::MAX))
}

/// Places the buffers of `order` within `width`, trying for each the lowest and the highest gap.
fn search(lives: &[Life], order: &[usize], width: usize) -> Option<Vec<usize>> {
    let mut offsets = vec![None; lives.len()];
    // For each buffer that has a place: the other place to try.
    let mut others: Vec<Option<usize>> = Vec::new();
    for _ in 0..SEARCH_LIMIT {
        let Some(&index) = order.get(others.len()) else {
            return Some(offsets.into_iter().map(Option::unwrap_or_default).collect());
        };
        let life = &lives[index];
        let mut gaps = find_gaps(lives, &offsets, life, width);
        gaps.retain(|gap| gap.1 - gap.0 >= life.size);
        let lowest = gaps.first().map(|gap| gap.0);
        let highest = gaps.last().map(|gap| gap.1 - life.size);
        let (mut place, mut other) = (lowest, highest.filter(|_| highest != lowest));
        let mut placed = index;
        while place.is_none() {
            offsets[placed] = None;
            (place, other) = (others.pop()?, None);
            placed = order[others.len()];
        }
        offsets[placed] = place;
        others.push(other);
    }
    None
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
    fn long_chains_need_no_stack() {
        let sizes: Vec<usize> = (0..3000).map(|step| 1 + step % 7).collect();
        let small_stack = std::thread::Builder::new().stack_size(128 * 1024);
        let run = small_stack.spawn(move || assert_packed(&chain(&sizes), 13));
        run.expect("there is room for a thread").join().expect("the chain is packed");
    }

    #[test]
    fn nothing_needs_nothing() {
        assert_packed(&[], 0);
    }
}

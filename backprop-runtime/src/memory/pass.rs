//! What the random numbers of a training pass are a function of: the same step, sample and node draw the
//! same ones, in whatever order the samples are computed.

/// One pass over a tile of samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    step: u64,
    sample: u64,
    node: usize,
}

impl Pass {
    /// The pass of a step over the samples from `sample` on.
    #[must_use]
    pub const fn new(step: u64, sample: u64) -> Self {
        Self { step, sample, node: 0 }
    }

    /// The same pass, at one node of the network.
    #[must_use]
    pub const fn for_node(self, node: usize) -> Self {
        Self { node, ..self }
    }

    /// A seed for the numbers of one row, that mixes in `seed`.
    #[must_use]
    pub const fn row_seed(self, seed: u64, row: usize) -> u64 {
        let sample = self.sample.wrapping_add(row as u64);
        crate::random::mix(
            crate::random::mix(
                crate::random::mix(seed.wrapping_add(self.step)).wrapping_add(sample),
            )
            .wrapping_add(self.node as u64),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_drawn_the_same_wherever_its_tile_begins() {
        let whole = Pass::new(3, 0).for_node(2);
        let later = Pass::new(3, 8).for_node(2);
        assert_eq!(whole.row_seed(1, 9), later.row_seed(1, 1));
        let others = [
            Pass::new(4, 8).for_node(2).row_seed(1, 1),
            Pass::new(3, 8).for_node(3).row_seed(1, 1),
            later.row_seed(2, 1),
            later.row_seed(1, 2),
        ];
        assert!(others.iter().all(|seed| *seed != later.row_seed(1, 1)));
    }
}

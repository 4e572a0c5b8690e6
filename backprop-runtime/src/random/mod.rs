//! A small seeded generator.

#[cfg(feature = "rand_core")]
mod interop;

#[cfg(feature = "rand_core")]
pub use self::interop::FromRand;

use crate::checkpoint::State;

/// A source of random bits.
pub trait Random {
    /// 32 uniform bits.
    fn next_u32(&mut self) -> u32;

    /// 64 uniform bits: the first word is the upper half.
    fn next_u64(&mut self) -> u64 {
        let high = u64::from(self.next_u32());
        (high << 32) | u64::from(self.next_u32())
    }

    /// A uniform integer below `bound`, or 0 if that is 0 (Lemire 2019: without a bias).
    fn below(&mut self, bound: u32) -> u32 {
        let threshold = bound.wrapping_neg().checked_rem(bound).unwrap_or(0);
        loop {
            let product = u64::from(self.next_u32()) * u64::from(bound);
            if product as u32 >= threshold {
                return (product >> 32) as u32;
            }
        }
    }

    /// Every order is equally likely (Fisher and Yates); slices of up to 2^32 elements.
    fn shuffle<X>(&mut self, values: &mut [X]) {
        let mut left = values;
        while let Ok(length) = u32::try_from(left.len())
            && length > 1
        {
            let chosen = self.below(length) as usize;
            let Some((last, rest)) = left.split_last_mut() else { return };
            // The last one may be chosen itself.
            if let Some(other) = rest.get_mut(chosen) {
                core::mem::swap(last, other);
            }
            left = rest;
        }
    }
}

/// xoshiro128++ (Blackman and Vigna 2021), seeded through SplitMix64: 32-bit arithmetic only, so that a
/// microcontroller draws the same weights as a desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rng {
    state: [u32; 4],
}

impl Rng {
    /// A generator that always draws the same numbers for the same seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        let first = mix(seed.wrapping_add(0x9e37_79b9_7f4a_7c15));
        let second = mix(seed.wrapping_add(0x3c6e_f372_fe94_f82a));
        Self { state: [first as u32, (first >> 32) as u32, second as u32, (second >> 32) as u32] }
    }
}

/// The output function of SplitMix64 (Steele, Lea and Flood 2014).
pub const fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

impl Random for Rng {
    #[inline]
    fn next_u32(&mut self) -> u32 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(7).wrapping_add(a);
        let shifted = b << 9;
        let (c, d) = (c ^ a, d ^ b);
        let (b, a) = (b ^ c, a ^ d);
        self.state = [a, b, c ^ shifted, d.rotate_left(11)];
        result
    }
}

impl State for Rng {
    const NAME: &'static str = "generator (xoshiro128++)";

    type Fields = [u32; 4];

    fn fields(&self) -> [u32; 4] {
        self.state
    }

    fn set_fields(&mut self, state: [u32; 4]) {
        self.state = state;
    }

    /// From zeros alone it would draw nothing else for ever, and no seed leads there.
    fn accepts(state: &[u32; 4]) -> bool {
        *state != [0; 4]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_the_reference_generator() {
        // From the authors' C code with the state 1, 2, 3, 4.
        let mut random = Rng { state: [1, 2, 3, 4] };
        let drawn = [(); 6].map(|()| random.next_u32());
        assert_eq!(
            drawn,
            [641, 1_573_767, 3_222_811_527, 3_517_856_514, 836_907_274, 4_247_214_768]
        );
        // SplitMix64 with the seed 0 begins with these two.
        assert_eq!(mix(0x9e37_79b9_7f4a_7c15), 0xe220_a839_7b1d_cdaf);
        assert_eq!(mix(0x3c6e_f372_fe94_f82a), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn below_is_uniform_and_in_range() {
        let mut random = Rng::new(1);
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            counts[random.below(7) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (9_500..10_500).contains(count)), "{counts:?}");
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn shuffle_keeps_every_element() {
        let mut values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        Rng::new(7).shuffle(&mut values);
        assert_ne!(values, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        values.sort_unstable();
        assert_eq!(values, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
}

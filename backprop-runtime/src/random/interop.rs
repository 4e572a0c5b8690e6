//! The traits of the rand ecosystem, in both directions.

use core::convert::Infallible;

use rand_core::{SeedableRng, TryRng};

use super::{Random, Rng};

/// A generator of the rand ecosystem where a [`Random`] is asked for.
///
/// ```
/// use backprop_runtime::{FromRand, Random};
/// use rand_chacha::ChaCha8Rng;
/// use rand_chacha::rand_core::SeedableRng;
///
/// let mut random = FromRand(ChaCha8Rng::seed_from_u64(1));
/// assert!(random.below(6) < 6);
/// ```
#[derive(Clone, Debug)]
pub struct FromRand<R>(pub R);

impl<R: rand_core::Rng> Random for FromRand<R> {
    fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }
}

impl TryRng for Rng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(Random::next_u32(self))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(Random::next_u64(self))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            for (byte, drawn) in chunk.iter_mut().zip(Random::next_u32(self).to_le_bytes()) {
                *byte = drawn;
            }
        }
        Ok(())
    }
}

impl SeedableRng for Rng {
    type Seed = [u8; 16];

    fn from_seed(seed: [u8; 16]) -> Self {
        let (words, _) = seed.as_chunks::<4>();
        let mut state = [0; 4];
        for (word, bytes) in state.iter_mut().zip(words) {
            *word = u32::from_le_bytes(*bytes);
        }
        // All zero is the one state that never changes.
        if state == [0; 4] { Self::new(0) } else { Self { state } }
    }

    fn seed_from_u64(seed: u64) -> Self {
        Self::new(seed)
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_core::Rng as _;

    use super::*;
    use crate::initialisers::fill_normal;

    #[test]
    fn their_generators_draw_our_numbers() {
        let mut ours = FromRand(ChaCha8Rng::seed_from_u64(3));
        let mut theirs = ChaCha8Rng::seed_from_u64(3);
        assert_eq!(Random::next_u32(&mut ours), theirs.next_u32());
        assert_eq!(Random::next_u64(&mut ours), theirs.next_u64());
        let mut values = [0.0_f32; 1_000];
        fill_normal(&mut ours, 1.0, &mut values);
        let variance = values.iter().map(|value| value * value).sum::<f32>() / 1_000.0;
        assert!((variance - 1.0).abs() < 0.15, "{variance}");
    }

    #[test]
    fn our_generator_is_one_of_theirs() {
        let mut seeded = <Rng as SeedableRng>::seed_from_u64(5);
        assert_eq!(seeded, Rng::new(5));
        let mut bytes = [0; 7];
        seeded.clone().fill_bytes(&mut bytes);
        let first = Random::next_u32(&mut seeded).to_le_bytes();
        let second = Random::next_u32(&mut seeded).to_le_bytes();
        assert_eq!(
            bytes,
            [first[0], first[1], first[2], first[3], second[0], second[1], second[2]]
        );
        let mut zero = Rng::from_seed([0; 16]);
        assert_ne!(Random::next_u64(&mut zero), 0);
    }
}

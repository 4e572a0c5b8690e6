//! CRC-32 as in ISO 3309, zlib and PNG: polynomial 0x04C11DB7 with its bits reversed.

#[cfg(any(test, not(backprop_wide_crc)))]
mod narrow;
#[cfg(any(test, backprop_wide_crc))]
mod wide;

#[cfg(not(backprop_wide_crc))]
use self::narrow::divide;
#[cfg(backprop_wide_crc)]
use self::wide::divide;

/// The polynomial, its bits reversed.
const POLYNOMIAL: u32 = 0xedb8_8320;

/// A sum under way.
#[derive(Clone, Copy)]
pub struct Crc(u32);

impl Crc {
    pub const fn new() -> Self {
        Self(!0)
    }

    pub const fn finish(self) -> u32 {
        !self.0
    }

    pub const fn add(self, bytes: &[u8]) -> Self {
        Self(divide(self.0, bytes))
    }
}

/// Whether [`sum`] has a faster way than [`Crc`].
pub const IS_FASTER_RUNNING: bool = cfg!(all(feature = "std", any(unix, windows)));

/// The sum of bytes in two parts, of a program that runs: where there is an operating system, by the processor's products.
#[cfg(all(feature = "std", any(unix, windows)))]
pub fn sum(front: &[u8], back: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(front);
    hasher.update(back);
    hasher.finalize()
}

/// The same where there is none.
#[cfg(not(all(feature = "std", any(unix, windows))))]
pub fn sum(front: &[u8], back: &[u8]) -> u32 {
    Crc::new().add(front).add(back).finish()
}

/// What is left of a remainder after so many zero bits.
const fn shift(mut remainder: u32, bits: u32) -> u32 {
    let mut bit = 0;
    while bit < bits {
        remainder = (remainder >> 1) ^ (if remainder & 1 == 1 { POLYNOMIAL } else { 0 });
        bit += 1;
    }
    remainder
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::{Crc, narrow, sum, wide};
    use crate::{Random, Rng};

    #[test]
    fn the_published_check_value() {
        assert_eq!(Crc::new().add(b"123456789").finish(), 0xcbf4_3926);
        assert_eq!(Crc::new().add(b"1234").add(b"56789").finish(), 0xcbf4_3926);
        assert_eq!(Crc::new().finish(), 0);
    }

    #[test]
    fn every_way_of_dividing_leaves_the_same() {
        let mut random = Rng::new(1);
        let bytes: Vec<u8> = (0..200).map(|_| random.below(256) as u8).collect();
        for length in 0..bytes.len() {
            let start = random.next_u32();
            let part = &bytes[..length];
            assert_eq!(wide::divide(start, part), narrow::divide(start, part), "{length} bytes");
            let (front, back) = part.split_at(length / 3);
            assert_eq!(sum(front, back), !narrow::divide(!0, part), "{length} bytes");
        }
        assert_eq!(!narrow::divide(!0, b"123456789"), 0xcbf4_3926);
    }
}

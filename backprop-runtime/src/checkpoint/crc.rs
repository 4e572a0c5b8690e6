//! CRC-32 as in ISO 3309, zlib and PNG: polynomial 0x04C11DB7 with its bits reversed.

/// Remainders of the sixteen values of four bits: 64 bytes, where a table of bytes would take a kilobyte of flash.
const TABLE: [u32; 16] = {
    let mut table = [0; 16];
    let mut index = 0;
    while index < table.len() {
        let mut remainder = index as u32;
        let mut bit = 0;
        while bit < 4 {
            remainder = (remainder >> 1) ^ (if remainder & 1 == 1 { 0xedb8_8320 } else { 0 });
            bit += 1;
        }
        table[index] = remainder;
        index += 1;
    }
    table
};

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
        let (mut crc, mut left) = (self.0, bytes);
        // Four bytes a turn: rustc counts turns, and stops an evaluation that takes too many.
        while let Some((word, rest)) = left.split_first_chunk() {
            crc ^= u32::from_le_bytes(*word);
            crc = (crc >> 4) ^ TABLE[(crc & 15) as usize];
            crc = (crc >> 4) ^ TABLE[(crc & 15) as usize];
            crc = (crc >> 4) ^ TABLE[(crc & 15) as usize];
            crc = (crc >> 4) ^ TABLE[(crc & 15) as usize];
            crc = (crc >> 4) ^ TABLE[(crc & 15) as usize];
            crc = (crc >> 4) ^ TABLE[(crc & 15) as usize];
            crc = (crc >> 4) ^ TABLE[(crc & 15) as usize];
            crc = (crc >> 4) ^ TABLE[(crc & 15) as usize];
            left = rest;
        }
        while let [byte, rest @ ..] = left {
            crc ^= *byte as u32;
            crc = (crc >> 4) ^ TABLE[(crc & 15) as usize];
            crc = (crc >> 4) ^ TABLE[(crc & 15) as usize];
            left = rest;
        }
        Self(crc)
    }
}

#[cfg(test)]
mod tests {
    use super::Crc;

    #[test]
    fn the_published_check_value() {
        assert_eq!(Crc::new().add(b"123456789").finish(), 0xcbf4_3926);
        assert_eq!(Crc::new().add(b"1234").add(b"56789").finish(), 0xcbf4_3926);
        assert_eq!(Crc::new().finish(), 0);
    }
}

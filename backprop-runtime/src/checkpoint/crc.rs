//! CRC-32 as in ISO 3309, zlib and PNG: polynomial 0x04C11DB7 with its bits reversed.

/// Remainders of the sixteen values of four bits: 64 bytes, where a table of bytes would take a kilobyte of flash.
static TABLE: [u32; 16] = {
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
        // Patterns and shifts, since each call costs as much as all the rest where rustc evaluates this; and four
        // bytes a turn, since it counts turns.
        while let [a, b, c, d, rest @ ..] = left {
            crc ^= *a as u32 | (*b as u32) << 8 | (*c as u32) << 16 | (*d as u32) << 24;
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

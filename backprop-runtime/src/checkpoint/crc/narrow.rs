//! Four bits at a time, by a table of 64 bytes: where flash is scarce.

use super::shift;

/// Remainders of the sixteen values of four bits.
static TABLE: [u32; 16] = {
    let mut table = [0; 16];
    let mut index = 0;
    while index < table.len() {
        table[index] = shift(index as u32, 4);
        index += 1;
    }
    table
};

pub const fn divide(mut crc: u32, bytes: &[u8]) -> u32 {
    let mut left = bytes;
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
    crc
}

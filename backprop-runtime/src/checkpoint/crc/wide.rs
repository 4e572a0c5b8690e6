//! Sixteen bytes at a time, by tables of 16 KiB (Kounavis and Berry 2005, "slicing by 8", twice as wide): where they are
//! there to spend.

use super::shift;

/// Remainders of a byte that so many others follow.
static TABLES: [[u32; 256]; 16] = {
    let mut tables = [[0; 256]; 16];
    let mut byte = 0;
    while byte < 256 {
        let mut remainder = shift(byte as u32, 8);
        tables[0][byte] = remainder;
        // The table of whole bytes is not complete yet: shifted bit by bit.
        let mut behind = 1;
        while behind < 16 {
            remainder = shift(remainder, 8);
            tables[behind][byte] = remainder;
            behind += 1;
        }
        byte += 1;
    }
    tables
};

pub const fn divide(mut crc: u32, bytes: &[u8]) -> u32 {
    let [t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13, t14, t15] = &TABLES;
    let mut left = bytes;
    // Patterns in place of calls, each of which costs as much as all the rest where rustc evaluates this.
    while let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, rest @ ..] = left {
        crc ^= *a as u32 | (*b as u32) << 8 | (*c as u32) << 16 | (*d as u32) << 24;
        crc = t15[(crc & 255) as usize]
            ^ t14[(crc >> 8 & 255) as usize]
            ^ t13[(crc >> 16 & 255) as usize]
            ^ t12[(crc >> 24) as usize]
            ^ t11[*e as usize]
            ^ t10[*f as usize]
            ^ t9[*g as usize]
            ^ t8[*h as usize]
            ^ t7[*i as usize]
            ^ t6[*j as usize]
            ^ t5[*k as usize]
            ^ t4[*l as usize]
            ^ t3[*m as usize]
            ^ t2[*n as usize]
            ^ t1[*o as usize]
            ^ t0[*p as usize];
        left = rest;
    }
    while let [byte, rest @ ..] = left {
        crc = (crc >> 8) ^ t0[((crc ^ *byte as u32) & 255) as usize];
        left = rest;
    }
    crc
}

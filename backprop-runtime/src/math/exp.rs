//! e^x = 2^k e^r with |r| <= ln 2 / 2: the reduction of Cody and Waite (1980), in which ln 2 has two parts
//! and k times the first is exact, and a polynomial for (e^r - 1 - r) / r², in Estrin's form (1960): its terms are
//! summed in pairs, so that few of the operations wait for one another.

use core::f32::consts::LOG2_E as LOG2_E_F32;
use core::f64::consts::LOG2_E as LOG2_E_F64;

/// e^x, within 1.1 ULP; gradual where the result is subnormal.
#[inline(always)]
pub fn exp_f32(x: f32) -> f32 {
    // Beyond these the result is 0 or infinite all the same, and k would leave its range. NaN passes.
    let x = if x < -104.0 { -104.0 } else { x };
    let x = if x > 89.0 { 89.0 } else { x };
    let (tail, k) = reduce_f32(x);
    // Two factors, since 2^k alone may be no normal number. Only the second product rounds.
    let biased = k.wrapping_add(2 * 127);
    let first = biased >> 1;
    let second = biased.wrapping_sub(first);
    (1.0 + tail) * f32::from_bits(first << 23) * f32::from_bits(second << 23)
}

/// e^x, within 1 ULP; gradual where the result is subnormal.
#[inline(always)]
pub fn exp_f64(x: f64) -> f64 {
    let x = if x < -746.0 { -746.0 } else { x };
    let x = if x > 710.0 { 710.0 } else { x };
    let (tail, k) = reduce_f64(x);
    let biased = k.wrapping_add(2 * 1023);
    let first = biased >> 1;
    let second = biased.wrapping_sub(first);
    (1.0 + tail) * f64::from_bits(first << 52) * f64::from_bits(second << 52)
}

/// e^r - 1, and k in two's complement, for |x| up to 2^7.
#[inline(always)]
pub(super) fn reduce_f32(x: f32) -> (f32, u32) {
    // Numbers of this size are whole: the sum rounds to the nearest, and its low bits are k.
    const ROUND: f32 = 1.5 * (1_u32 << 23) as f32;
    const LN_2_HIGH: f32 = 0.693_145_75;
    const LN_2_LOW: f32 = 1.428_606_8e-6;

    let sum = x * LOG2_E_F32 + ROUND;
    let whole = sum - ROUND;
    let k = sum.to_bits().wrapping_sub(ROUND.to_bits());
    let r = (x - whole * LN_2_HIGH) - whole * LN_2_LOW;
    let square = r * r;
    let fourth = square * square;
    let low = 0.166_665_42 * r + 0.5;
    let high = 0.001_394_655_3 * square + (0.008_366_644 * r + 0.041_666_28);
    ((square * low + fourth * high) + r, k)
}

/// e^r - 1, and k in two's complement, for |x| up to 2^11.
#[inline(always)]
pub(super) fn reduce_f64(x: f64) -> (f64, u64) {
    const ROUND: f64 = 1.5 * (1_u64 << 52) as f64;
    const LN_2_HIGH: f64 = 0.693_147_180_560_117_7;
    const LN_2_LOW: f64 = -1.723_944_452_561_483_5e-13;

    let sum = x * LOG2_E_F64 + ROUND;
    let whole = sum - ROUND;
    let k = sum.to_bits().wrapping_sub(ROUND.to_bits());
    let r = (x - whole * LN_2_HIGH) - whole * LN_2_LOW;
    let square = r * r;
    let fourth = square * square;
    let eighth = fourth * fourth;
    let low = 0.166_666_666_666_666_77 * r + 0.5;
    let high = square * (0.000_198_412_698_864_017_9 * r + 0.001_388_888_888_886_668_3)
        + (0.008_333_333_333_321_532 * r + 0.041_666_666_666_666_7);
    let highest = 2.092_452_489_839_801e-9 * fourth
        + (square * (2.510_914_759_451_895_3e-8 * r + 2.755_724_249_650_155_6e-7)
            + (2.755_724_391_103_528e-6 * r + 2.480_158_736_086_332_8e-5));
    ((square * low + (fourth * high + eighth * highest)) + r, k)
}

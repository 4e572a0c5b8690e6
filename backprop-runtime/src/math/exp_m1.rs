//! e^x - 1 = 2^k ((1 - 2^-k) + (e^r - 1)) with the reduction of e^x: nothing cancels where k is 0, and 1 - 2^-k is
//! exact wherever its last bits matter.

use super::exp::{reduce_f32, reduce_f64};

/// e^x - 1, within 1.9 ULP; never below -1, and -0 at -0.
#[inline(always)]
pub fn exp_m1_f32(x: f32) -> f32 {
    // Beyond these the result is -1 or infinity all the same. NaN passes.
    let bounded = if x < -18.0 { -18.0 } else { x };
    let bounded = if bounded > 89.0 { 89.0 } else { bounded };
    let (tail, k) = reduce_f32(bounded);
    // Two factors, since 2^k alone may overflow: the first 2^(k - n), the second 2^n.
    let biased = k.wrapping_add(2 * 127);
    let second = biased >> 1;
    let first = f32::from_bits(biased.wrapping_sub(second) << 23);
    let inverse = f32::from_bits((2 * 127_u32).wrapping_sub(second) << 23);
    let second = f32::from_bits(second << 23);
    (((first - inverse) + first * tail) * second).copysign(x)
}

/// e^x - 1, within 2 ULP; never below -1, and -0 at -0.
#[inline(always)]
pub fn exp_m1_f64(x: f64) -> f64 {
    let bounded = if x < -38.0 { -38.0 } else { x };
    let bounded = if bounded > 710.0 { 710.0 } else { bounded };
    let (tail, k) = reduce_f64(bounded);
    let biased = k.wrapping_add(2 * 1023);
    let second = biased >> 1;
    let first = f64::from_bits(biased.wrapping_sub(second) << 52);
    let inverse = f64::from_bits((2 * 1023_u64).wrapping_sub(second) << 52);
    let second = f64::from_bits(second << 52);
    (((first - inverse) + first * tail) * second).copysign(x)
}

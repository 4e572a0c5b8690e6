//! The logistic function from e^|x| = 2^k (1 + t): 1 / (1 + e^|x|) = 2^-k / (1 + (2^-k + t)), which neither
//! overflows nor rounds e^|x| on the way, and 1 less that on the positive side.

use super::exp::{reduce_f32, reduce_f64};

/// 1 / (1 + e^-x), within 2 ULP; for very negative x it is e^x, down to the smallest subnormal number.
#[inline(always)]
pub fn sigmoid_f32(x: f32) -> f32 {
    let magnitude = if x.abs() > 104.0 { 104.0 } else { x.abs() };
    let (tail, k) = reduce_f32(magnitude);
    // Two factors, since 2^-k may be subnormal.
    let first = k >> 1;
    let second = k.wrapping_sub(first);
    let first = f32::from_bits(127_u32.wrapping_sub(first) << 23);
    let second = f32::from_bits(127_u32.wrapping_sub(second) << 23);
    let power = first * second;
    let below = power / (1.0 + (power + tail));
    if x < 0.0 { below } else { 1.0 - below }
}

/// 1 / (1 + e^-x), within 2 ULP; for very negative x it is e^x, down to the smallest subnormal number.
#[inline(always)]
pub fn sigmoid_f64(x: f64) -> f64 {
    let magnitude = if x.abs() > 746.0 { 746.0 } else { x.abs() };
    let (tail, k) = reduce_f64(magnitude);
    let first = k >> 1;
    let second = k.wrapping_sub(first);
    let first = f64::from_bits(1023_u64.wrapping_sub(first) << 52);
    let second = f64::from_bits(1023_u64.wrapping_sub(second) << 52);
    let power = first * second;
    let below = power / (1.0 + (power + tail));
    if x < 0.0 { below } else { 1.0 - below }
}

//! ln(1 + x) with the reduction of ln: the rounded sum tells k, but f is 2^-k x - (1 - 2^-k), which is x itself
//! where k is 0 and rounds at most once elsewhere.

use super::ln::{add_ln_f32, add_ln_f64, find_power_f32, find_power_f64};

/// ln(1 + x), within 1.5 ULP; -0 at -0, and NaN below -1.
#[inline(always)]
pub fn ln_1p_f32(x: f32) -> f32 {
    let (k, power) = find_power_f32(1.0 + x);
    // Four times 2^-k, since 2^-k may be subnormal.
    let scale = f32::from_bits(f32::to_bits(4.0).wrapping_sub(power));
    let f = (x * scale + (scale - 4.0)) * 0.25;
    let value = add_ln_f32(k, f);

    let value = if x < f32::INFINITY { value } else { x };
    let value = if x < -1.0 { f32::NAN } else { value };
    (if x == -1.0 { f32::NEG_INFINITY } else { value }).copysign(x)
}

/// ln(1 + x), within 1.5 ULP; -0 at -0, and NaN below -1.
#[inline(always)]
pub fn ln_1p_f64(x: f64) -> f64 {
    let (k, power) = find_power_f64(1.0 + x);
    // Four times 2^-k, since 2^-k may be subnormal.
    let scale = f64::from_bits(f64::to_bits(4.0).wrapping_sub(power));
    let f = (x * scale + (scale - 4.0)) * 0.25;
    let value = add_ln_f64(k, f);

    let value = if x < f64::INFINITY { value } else { x };
    let value = if x < -1.0 { f64::NAN } else { value };
    (if x == -1.0 { f64::NEG_INFINITY } else { value }).copysign(x)
}

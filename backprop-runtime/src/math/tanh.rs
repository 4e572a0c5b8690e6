//! tanh |x| = 1 - 2 / (e^2|x| + 1), and near 0, where that cancels, a convergent of Lambert's continued fraction
//! (1768), x / (1 + x² / (3 + x² / (5 + ..))), written as x + x N / D. Both share one division.

use super::exp::{reduce_f32, reduce_f64};

/// Up to here the convergents are good for 2^-31 and 2^-59; from here on, the other formula loses no bit.
const NEAR: f32 = 0.5625;

/// The hyperbolic tangent, within 1.5 ULP; never beyond ±1, and -0 at -0.
#[inline(always)]
pub fn tanh_f32(x: f32) -> f32 {
    // Where tanh has long been 1 after rounding. NaN passes.
    let magnitude = if x.abs() > 10.0 { 10.0 } else { x.abs() };
    let near = magnitude < NEAR;

    let (tail, k) = reduce_f32(magnitude + magnitude);
    let whole = f32::from_bits(k.wrapping_add(127) << 23);

    let z = magnitude * magnitude;
    let numerator = if near { -(magnitude * z) * (14.0 * z + 315.0) } else { -2.0 };
    let denominator =
        if near { (15.0 * z + 420.0) * z + 945.0 } else { whole * tail + (whole + 1.0) };
    let base = if near { magnitude } else { 1.0 };
    (base + numerator / denominator).copysign(x)
}

/// The hyperbolic tangent, within 1.5 ULP; never beyond ±1, and -0 at -0.
#[inline(always)]
pub fn tanh_f64(x: f64) -> f64 {
    let magnitude = if x.abs() > 20.0 { 20.0 } else { x.abs() };
    let near = magnitude < f64::from(NEAR);

    let (tail, k) = reduce_f64(magnitude + magnitude);
    let whole = f64::from_bits(k.wrapping_add(1023) << 52);

    let z = magnitude * magnitude;
    let p = ((z + 594.0) * z + 45_045.0) * z + 675_675.0;
    let q = (((z + 630.0) * z + 51_975.0) * z + 945_945.0) * z + 2_027_025.0;
    let numerator = if near { -(magnitude * z) * p } else { -2.0 };
    let denominator = if near { q } else { whole * tail + (whole + 1.0) };
    let base = if near { magnitude } else { 1.0 };
    (base + numerator / denominator).copysign(x)
}

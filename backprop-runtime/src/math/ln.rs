//! ln x = k ln 2 + ln(1 + f) with 1 + f from √½ to √2. Without a division in f32: ln(1 + f) = f - f²/2 + f³ P(f).
//! In f64 that polynomial would be long, and s = f / (2 + f) makes it short: ln(1 + f) = 2 atanh(s), summed in
//! the order of FDLIBM (Sun Microsystems 1993), which keeps f exact.

/// The natural logarithm, within 1 ULP; of subnormal numbers too.
#[inline(always)]
pub fn ln_f32(x: f32) -> f32 {
    // A subnormal number becomes a normal one first.
    let tiny = x < f32::MIN_POSITIVE;
    let scaled = if tiny { x * (1_u32 << 23) as f32 } else { x };
    let shift = if tiny { 23.0 } else { 0.0 };
    let (k, power) = find_power_f32(scaled);
    let f = f32::from_bits(scaled.to_bits().wrapping_sub(power)) - 1.0;
    let value = add_ln_f32(k - shift, f);

    // Infinity and NaN are their own logarithms.
    let value = if x < f32::INFINITY { value } else { x };
    let value = if x < 0.0 { f32::NAN } else { value };
    if x == 0.0 { f32::NEG_INFINITY } else { value }
}

/// The k of a positive normal number, and what k adds to its bits.
#[inline(always)]
pub(super) fn find_power_f32(x: f32) -> (f32, u32) {
    const SQRT_HALF: u32 = 0x3f35_04f3;

    let above = x.to_bits().wrapping_sub(SQRT_HALF);
    ((above.cast_signed() >> 23) as f32, above & 0xff80_0000)
}

/// k ln 2 + ln(1 + f)
#[inline(always)]
pub(super) fn add_ln_f32(k: f32, f: f32) -> f32 {
    const LN_2_HIGH: f32 = 0.693_145_75;
    const LN_2_LOW: f32 = 1.428_606_8e-6;

    let square = f * f;
    let mut p = 0.069_155_36;
    p = p * f - 0.117_898_636;
    p = p * f + 0.118_729_27;
    p = p * f - 0.123_843_36;
    p = p * f + 0.142_186_64;
    p = p * f - 0.166_692_52;
    p = p * f + 0.200_022_27;
    p = p * f - 0.249_999_87;
    p = p * f + 0.333_333_1;
    let tail = square * f * p + k * LN_2_LOW;
    (f - (0.5 * square - tail)) + k * LN_2_HIGH
}

/// The natural logarithm, within 1 ULP; of subnormal numbers too.
#[inline(always)]
pub fn ln_f64(x: f64) -> f64 {
    let tiny = x < f64::MIN_POSITIVE;
    let scaled = if tiny { x * (1_u64 << 52) as f64 } else { x };
    let shift = if tiny { 52.0 } else { 0.0 };
    let (k, power) = find_power_f64(scaled);
    let f = f64::from_bits(scaled.to_bits().wrapping_sub(power)) - 1.0;
    let value = add_ln_f64(k - shift, f);

    let value = if x < f64::INFINITY { value } else { x };
    let value = if x < 0.0 { f64::NAN } else { value };
    if x == 0.0 { f64::NEG_INFINITY } else { value }
}

/// The k of a positive normal number, and what k adds to its bits.
#[inline(always)]
pub(super) fn find_power_f64(x: f64) -> (f64, u64) {
    const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
    /// An integer below 2^52 in its low bits makes the number 2^52 + the integer: not every vector unit has
    /// a conversion, or a signed shift, of 64 bits.
    const TWO_52: f64 = (1_u64 << 52) as f64;
    const BIAS: u64 = 1 << 10;

    let above = x.to_bits().wrapping_sub(SQRT_HALF);
    let biased = above.wrapping_add(BIAS << 52) >> 52;
    let k = f64::from_bits(TWO_52.to_bits() | biased) - (TWO_52 + BIAS as f64);
    (k, above & 0xfff0_0000_0000_0000)
}

/// k ln 2 + ln(1 + f)
#[inline(always)]
pub(super) fn add_ln_f64(k: f64, f: f64) -> f64 {
    const LN_2_HIGH: f64 = 0.693_147_180_560_117_7;
    const LN_2_LOW: f64 = -1.723_944_452_561_483_5e-13;

    let s = f / (2.0 + f);
    let z = s * s;
    let mut p = 0.147_959_495_027_472_5;
    p = p * z + 0.153_140_505_632_844_4;
    p = p * z + 0.181_835_643_260_695_43;
    p = p * z + 0.222_221_985_731_772_3;
    p = p * z + 0.285_714_287_423_877_8;
    p = p * z + 0.399_999_999_994_146_76;
    p = p * z + 0.666_666_666_666_673_4;
    let half_square = 0.5 * f * f;
    let tail = s * (half_square + z * p) + k * LN_2_LOW;
    (f - (half_square - tail)) + k * LN_2_HIGH
}

//! Products and sums of `f32` for machines without a floating-point unit, with the bits of IEEE 754-2019: rounded to
//! nearest, ties to even (section 4.3.1).
//!
//! The method is that of Berkeley SoftFloat 3 (J. Hauser; `f32_mul` and `f32_add`): significands are integers with
//! guard bits, the lowest of which says whether anything was lost beyond it. Two things make it faster than the
//! operators, which are calls of `compiler_builtins`: a product and the sum it belongs to are one call, and only
//! what networks compute with is written out here. Subnormal numbers, infinities, NaN, and results that are too large or
//! too small for a normal number are left to the operators.

#[cfg(test)]
mod tests;

use core::ops::Range;

/// Whether the innermost loops multiply and add here: where operations on `f32` are calls, as far as it is measured.
///
/// Stable Rust does not say whether an Arm target has a floating-point unit, but bare-metal targets that pass floats in
/// the general registers are compiled for none. Flags that add one to such a target cost it speed, and no bit.
pub const IS_SOFT: bool = cfg!(any(
    all(target_arch = "arm", target_os = "none", target_abi = "eabi"),
    all(target_arch = "riscv32", target_feature = "m", not(target_feature = "f")),
));

/// a b
#[inline(always)]
pub fn multiply(a: f32, b: f32) -> f32 {
    f32::from_bits(multiply_bits(a.to_bits(), b.to_bits()))
}

/// a + b c, each rounded.
#[inline(always)]
pub fn add_product(a: f32, b: f32, c: f32) -> f32 {
    f32::from_bits(add_product_bits(a.to_bits(), b.to_bits(), c.to_bits()))
}

// From here on floats are their bits. The compiler turns a comparison of what it knows to be a float's bits into one
// of floats, which is a call.

const SIGN: u32 = 1 << 31;
/// The significand 1: the sum of any two, with its sign, is an `i32`.
const ONE: u32 = 1 << 29;
/// The bits of a significand that no float has.
const GUARDS: u32 = 6;
/// Exponents, each less one, of normal numbers. The largest is not among them, so that rounding up is always finite.
const EXPONENTS: Range<u32> = 0..253;

/// A number without its sign.
#[derive(Clone, Copy)]
struct Magnitude {
    /// The one of the float less one, since packing adds the leading bit of the significand to it.
    exponent: u32,
    /// From `ONE` on, below twice of it.
    significand: u32,
}

impl Magnitude {
    /// Of a float that is normal.
    #[inline(always)]
    fn unpack(bits: u32) -> Option<Self> {
        let exponent = (bits >> 23 & 0xff).wrapping_sub(1);
        let significand = (bits << 8 | 1 << 31) >> 2;
        EXPONENTS.contains(&exponent).then_some(Self { exponent, significand })
    }

    /// The product, whose exponent may be none of a normal number.
    #[inline(always)]
    fn multiply(self, other: Self) -> Self {
        let product = u64::from(self.significand) * u64::from(other.significand << 2);
        let high = (product >> 32) as u32 | u32::from(product as u32 != 0);
        let carry = high / ONE;
        let exponent = (self.exponent + other.exponent + carry).wrapping_sub(126);
        Self { exponent, significand: high << (1 - carry) }
    }
}

/// The float that is nearest, of a significand with so many guard bits.
#[inline(always)]
fn pack(sign: u32, exponent: u32, significand: u32, guards: u32) -> u32 {
    sign & SIGN | ((exponent << 23) + (round(significand, guards) >> guards))
}

/// To nearest, ties to even: the guard bits are zero then.
#[inline(always)]
fn round(significand: u32, guards: u32) -> u32 {
    let is_odd = significand >> guards & 1;
    let half = 1 << (guards - 1);
    (significand + (half - 1) + is_odd) >> guards << guards
}

#[inline(never)]
fn multiply_bits(a: u32, b: u32) -> u32 {
    if let Some(x) = Magnitude::unpack(a)
        && let Some(y) = Magnitude::unpack(b)
    {
        let product = x.multiply(y);
        if EXPONENTS.contains(&product.exponent) {
            return pack(a ^ b, product.exponent, product.significand, GUARDS);
        }
    }
    multiply_any(a, b)
}

#[inline(never)]
fn add_product_bits(a: u32, b: u32, c: u32) -> u32 {
    add_normal_product(a, b, c).unwrap_or_else(|| add_any_product(a, b, c))
}

#[inline(always)]
fn add_normal_product(a: u32, b: u32, c: u32) -> Option<u32> {
    let addend = Magnitude::unpack(a)?;
    let product = Magnitude::unpack(b)?.multiply(Magnitude::unpack(c)?);
    // A difference loses its leading bits, 24 at the most: of a product from here on it is normal all the same, or zero.
    if !(25..EXPONENTS.end).contains(&product.exponent) {
        return None;
    }
    let one = addend.significand as i32;
    // With its sign relative to that of the addend.
    let other = round(product.significand, GUARDS) as i32;
    let opposite = (a ^ b ^ c) as i32 >> 31;
    let other = (other ^ opposite) - opposite;
    let distance = addend.exponent as i32 - product.exponent as i32;
    let (sum, exponent) = if distance >= 0 {
        (one + shift_right(other, distance)?, addend.exponent)
    } else {
        (other + shift_right(one, -distance)?, product.exponent)
    };
    let (sign, sum) = if sum > 0 {
        (a, sum)
    } else if sum < 0 {
        (!a, -sum)
    } else {
        return Some(0);
    };
    let (exponent, significand) = normalise(exponent, sum as u32);
    Some(pack(sign, exponent, significand, GUARDS + 1))
}

/// With a guard bit more, which sums may need.
#[inline(always)]
fn normalise(exponent: u32, mut significand: u32) -> (u32, u32) {
    let mut exponent = exponent + 1;
    while significand < 2 * ONE {
        significand <<= 1;
        exponent -= 1;
    }
    (exponent, significand)
}

/// The lowest bit says whether anything was lost; `None` if nothing is left.
#[inline(always)]
fn shift_right(significand: i32, by: i32) -> Option<i32> {
    if by > 31 {
        return None;
    }
    let shifted = significand >> by;
    Some(shifted | i32::from(shifted << by != significand))
}

/// Zeros are answered at once, since units at rest hand them on.
#[inline(never)]
fn multiply_any(a: u32, b: u32) -> u32 {
    let (x, y) = (a & !SIGN, b & !SIGN);
    if x.min(y) == 0 && x.max(y) < f32::INFINITY.to_bits() {
        return (a ^ b) & SIGN;
    }
    (f32::from_bits(a) * f32::from_bits(b)).to_bits()
}

#[inline(never)]
fn add_any_product(a: u32, b: u32, c: u32) -> u32 {
    let product = multiply_bits(b, c);
    if product & !SIGN == 0 && a & !SIGN != 0 { a } else { add(a, product) }
}

/// A function of its own, since the compiler would make the call even where its sum is not used.
#[inline(never)]
fn add(a: u32, b: u32) -> u32 {
    (f32::from_bits(a) + f32::from_bits(b)).to_bits()
}

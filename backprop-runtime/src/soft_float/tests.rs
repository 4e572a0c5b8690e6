//! Against the host's `f32`, which rounds as IEEE 754 says.

use core::hint::black_box;
use std::vec::Vec;

use super::{add_product, multiply};
use crate::random::{Random, Rng};

/// The same bits; any NaN is as good as another.
#[track_caller]
fn compare(found: f32, expected: f32, operands: &[f32]) {
    let is_same = found.to_bits() == expected.to_bits() || found.is_nan() && expected.is_nan();
    assert!(is_same, "{found:e} for {expected:e}, of {operands:?}");
}

fn check(a: f32, b: f32, c: f32) {
    // Two operations at run time, whatever the compiler knows of them.
    let product = black_box(b) * black_box(c);
    compare(multiply(b, c), product, &[b, c]);
    compare(add_product(a, b, c), black_box(a) + black_box(product), &[a, b, c]);
}

/// Zero, the ends of all ranges, powers of two, and significands on either side of a tie; of both signs.
fn list_special() -> Vec<f32> {
    let largest_subnormal = f32::from_bits(0x007f_ffff);
    let mut values = std::vec![0.0, f32::INFINITY, f32::NAN, f32::MAX, largest_subnormal];
    values.extend([1, 2, 3, 0x0040_0000, 0x0040_0001].map(f32::from_bits));
    // Exponents of floats: the least, those on either side of the least product that is added here, 1, those that a
    // significand is long, and the largest.
    for exponent in [1, 25, 26, 27, 64, 102, 126, 127, 150, 190, 253, 254] {
        for significand in [0, 1, 0x40_0000, 0x7f_ffff] {
            values.push(f32::from_bits(exponent << 23 | significand));
        }
    }
    values.extend([3.0_f32, 4_097.0]);
    let negative: Vec<f32> = values.iter().map(|x| -x).collect();
    values.extend(negative);
    values
}

#[test]
fn special_values_have_the_bits_of_the_host() {
    let values = list_special();
    let stride = if cfg!(miri) { 23 } else { 1 };
    for a in values.iter().step_by(stride) {
        for b in values.iter().step_by(stride) {
            for c in values.iter().step_by(stride) {
                check(*a, *b, *c);
            }
        }
    }
}

/// A number whose exponent is one of `count` from the first on, which may be beyond those that there are.
fn draw(random: &mut Rng, first: i32, count: u32) -> f32 {
    let exponent = first + random.below(count) as i32;
    f32::from_bits(random.next_u32() & 0x807f_ffff | (exponent.clamp(0, 255) as u32) << 23)
}

/// With zeros for the last bits of the significand.
fn shorten(random: &mut Rng, x: f32) -> f32 {
    f32::from_bits(x.to_bits() & u32::MAX << (8 + random.below(15)))
}

/// A number that is a few bits from the negative, so that most of their sum cancels, or all.
fn draw_opposite(random: &mut Rng, x: f32, bits: u32) -> f32 {
    let distance = random.below(1 << bits);
    f32::from_bits((-x).to_bits().wrapping_add(distance).wrapping_sub(1 << (bits - 1)))
}

/// So many of each kind of operands.
fn check_random(count: u64, seed: u64) {
    let random = &mut Rng::new(seed);
    for _ in 0..count {
        let [a, b, c] = [(); 3].map(|()| f32::from_bits(random.next_u32()));
        check(a, b, c);

        // An addend about as large as the product.
        let exponent = 64 + random.below(128) as i32;
        let (b, c) = (draw(random, exponent, 1), draw(random, 126, 3));
        check(draw(random, exponent - 28, 56), b, c);
        check(draw(random, exponent - 2, 5), b, c);
        check(draw_opposite(random, b * c, 2), b, c);

        // Ties, and exact results.
        let (b, c) = (shorten(random, b), shorten(random, c));
        let a = draw(random, exponent - 28, 56);
        check(shorten(random, a), b, c);

        // A product at either end of the range.
        let exponent = random.below(256) as i32;
        let b = draw(random, exponent, 1);
        let c = if random.below(2) == 0 {
            draw(random, 127 - exponent - 26, 60)
        } else {
            draw(random, 127 - exponent + 248, 10)
        };
        check(draw(random, 0, 256), b, c);
        check(draw_opposite(random, b * c, 25), b, c);
    }
}

#[test]
fn random_values_have_the_bits_of_the_host() {
    check_random(if cfg!(miri) { 100 } else { 200_000 }, 1);
}

/// Half a minute: `cargo test -p backprop-runtime --release soft_float -- --ignored`.
#[test]
#[ignore = "800 million, for a change of the algorithm"]
fn very_many_random_values_have_the_bits_of_the_host() {
    check_random(100_000_000, 2);
}

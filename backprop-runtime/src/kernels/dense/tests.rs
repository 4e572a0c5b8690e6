//! Every product, on every instruction set that this machine has, against loops that spell out the order
//! of its sum: the same bits.

use std::vec::Vec;

use super::*;
use crate::simd::{Portable, Simd};
use crate::store::{Add, Set};

/// Plain arithmetic in the promised order, fused or not.
trait Reference: Scalar {
    const LANES: usize;

    fn fuse(self, factor: Self, addend: Self) -> Self;

    fn multiply_add(self, factor: Self, addend: Self, fused: bool) -> Self {
        if fused { self.fuse(factor, addend) } else { self * factor + addend }
    }
}

impl Reference for f32 {
    const LANES: usize = 16;

    fn fuse(self, factor: Self, addend: Self) -> Self {
        self.mul_add(factor, addend)
    }
}

impl Reference for f64 {
    const LANES: usize = 8;

    fn fuse(self, factor: Self, addend: Self) -> Self {
        self.mul_add(factor, addend)
    }
}

/// Numbers whose sums are rounded.
fn draw<T: Scalar>(seed: u64, count: usize) -> Vec<T> {
    let draw = |index: usize| {
        let bits = crate::random::mix(seed.wrapping_mul(1 << 20).wrapping_add(index as u64));
        T::from_random_bits(bits) - T::from_f64(0.5)
    };
    (0..count).map(draw).collect()
}

fn rows<T: Scalar, const N: usize>(seed: u64, count: usize) -> Vec<[T; N]> {
    let values = draw(seed, count * N);
    values.as_chunks().0.to_vec()
}

fn expect_forward<T: Reference, const I: usize, const O: usize>(
    x: &[[T; I]],
    weight: &[[T; O]],
    bias: Option<&[T; O]>,
    fused: bool,
) -> Vec<[T; O]> {
    let sum = |x: &[T; I], output: usize| {
        let parts = if O < 32 && I >= 8 { 4 } else { 1 };
        let mut sums = [T::ZERO; 4];
        sums[0] = bias.map_or(T::ZERO, |bias| bias[output]);
        for input in 0..I {
            let part = &mut sums[input % parts];
            *part = x[input].multiply_add(weight[input][output], *part, fused);
        }
        if parts == 4 { (sums[0] + sums[1]) + (sums[2] + sums[3]) } else { sums[0] }
    };
    x.iter().map(|x| core::array::from_fn(|output| sum(x, output))).collect()
}

fn expect_weight_gradient<T: Reference, const I: usize, const O: usize>(
    x: &[[T; I]],
    delta: &[[T; O]],
    fused: bool,
) -> Vec<[T; O]> {
    let sum = |input: usize, output: usize| {
        x.iter().zip(delta).fold(T::ZERO, |sum, (x, delta)| {
            x[input].multiply_add(delta[output], sum, fused)
        })
    };
    (0..I).map(|input| core::array::from_fn(|output| sum(input, output))).collect()
}

fn expect_input_gradient<T: Reference, const I: usize, const O: usize>(
    delta: &[[T; O]],
    weight: &[[T; O]],
    old: Option<&[[T; I]]>,
    fused: bool,
) -> Vec<[T; I]> {
    let sum = |row: usize, input: usize| {
        let (delta, weight) = (&delta[row], &weight[input]);
        let start = old.map_or(T::ZERO, |old| old[row][input]);
        if O == 1 {
            return if old.is_some() { start + delta[0] * weight[0] } else { delta[0] * weight[0] };
        }
        if O < 32 || old.map_or(1, <[_]>::len).max(1) == 0 {
            return (0..O).fold(start, |sum, output| {
                delta[output].multiply_add(weight[output], sum, fused)
            });
        }
        start
    };
    let lanes = |row: usize, input: usize| {
        let (delta, weight) = (&delta[row], &weight[input]);
        let mut lanes = std::vec![T::ZERO; T::LANES];
        let whole = O - O % T::LANES;
        for output in 0..whole {
            let lane = &mut lanes[output % T::LANES];
            *lane = delta[output].multiply_add(weight[output], *lane, fused);
        }
        let mut count = T::LANES;
        while count > 1 {
            count /= 2;
            for lane in 0..count {
                lanes[lane] = lanes[lane] + lanes[lane + count];
            }
        }
        let sum = (whole..O).fold(lanes[0], |sum, output| {
            delta[output].multiply_add(weight[output], sum, fused)
        });
        old.map_or(sum, |old| old[row][input] + sum)
    };
    let in_order = |row: usize, input: usize| {
        let start = old.map_or(T::ZERO, |old| old[row][input]);
        (0..O).fold(start, |sum, output| {
            delta[row][output].multiply_add(weight[input][output], sum, fused)
        })
    };
    let choose = |row: usize, input: usize| {
        if O == 1 {
            sum(row, input)
        } else if O >= 32 && delta.len() == 1 {
            lanes(row, input)
        } else {
            in_order(row, input)
        }
    };
    (0..delta.len()).map(|row| core::array::from_fn(|input| choose(row, input))).collect()
}

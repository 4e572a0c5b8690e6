//! Every product, on every instruction set that this machine has, against loops that spell out the order
//! of its sum: the same bits.

use std::vec::Vec;

use super::*;
use crate::simd::{Lanes, Portable};
use crate::sink::Collect;
use crate::store::{Add, Set};

/// Plain arithmetic, fused or not.
trait Reference: Scalar {
    /// Lanes of a sum of many products.
    const LANES: usize;

    fn multiply_add(self, factor: Self, addend: Self, fused: bool) -> Self;
}

impl Reference for f32 {
    const LANES: usize = 16;

    fn multiply_add(self, factor: Self, addend: Self, fused: bool) -> Self {
        if fused { self.mul_add(factor, addend) } else { self * factor + addend }
    }
}

impl Reference for f64 {
    const LANES: usize = 8;

    fn multiply_add(self, factor: Self, addend: Self, fused: bool) -> Self {
        if fused { self.mul_add(factor, addend) } else { self * factor + addend }
    }
}

/// Numbers whose sums are rounded.
fn draw_rows<T: Scalar, const N: usize>(seed: u64, count: usize) -> Vec<[T; N]> {
    let draw = |index: usize| {
        let bits = crate::random::mix(seed.wrapping_mul(1 << 20).wrapping_add(index as u64));
        T::from_random_bits(bits) - T::from_f64(0.5)
    };
    (0..count).map(|row| core::array::from_fn(|column| draw(row * N + column))).collect()
}

fn expect_forward<T: Reference, const I: usize, const O: usize>(
    x: &[[T; I]],
    weight: &[[T; O]; I],
    bias: Option<&[T; O]>,
    fused: bool,
) -> Vec<[T; O]> {
    let parts = match (I, O) {
        (..8, _) | (_, 128..) => 1,
        (_, 64..) => 2,
        _ => 4,
    };
    let sum = |x: &[T; I], output: usize| {
        let start = bias.map_or(T::ZERO, |bias| bias[output]);
        if O == 1 && I >= 8 {
            return start + sum_lanes(x, weight.as_flattened(), fused);
        }
        let mut sums = [T::ZERO; 4];
        sums[0] = start;
        for input in 0..I {
            let sum = &mut sums[input % parts];
            *sum = x[input].multiply_add(weight[input][output], *sum, fused);
        }
        match parts {
            4 => (sums[0] + sums[1]) + (sums[2] + sums[3]),
            2 => sums[0] + sums[1],
            _ => sums[0],
        }
    };
    x.iter().map(|x| core::array::from_fn(|output| sum(x, output))).collect()
}

fn expect_weight_gradient<T: Reference, const I: usize, const O: usize>(
    x: &[[T; I]],
    delta: &[[T; O]],
    old: T,
    fused: bool,
) -> Vec<[T; O]> {
    let sum = |input: usize, output: usize| {
        let pairs = x.iter().zip(delta);
        old + pairs
            .fold(T::ZERO, |sum, (x, delta)| x[input].multiply_add(delta[output], sum, fused))
    };
    (0..I).map(|input| core::array::from_fn(|output| sum(input, output))).collect()
}

fn expect_input_gradient<T: Reference, const I: usize, const O: usize>(
    delta: &[[T; O]],
    weight: &[[T; O]; I],
    old: T,
    fused: bool,
) -> Vec<[T; I]> {
    let sum = |row: usize, input: usize| {
        let (delta_row, weight) = (&delta[row], &weight[input]);
        let add =
            |sum: T, output: usize| delta_row[output].multiply_add(weight[output], sum, fused);
        if O == 1 {
            old + delta_row[0] * weight[0]
        } else if O < 8 || delta.len() > 1 {
            (0..O).fold(old, add)
        } else {
            old + sum_lanes(delta_row, weight, fused)
        }
    };
    (0..delta.len()).map(|row| core::array::from_fn(|input| sum(row, input))).collect()
}

/// Whole groups of lanes, the upper half added to the lower one until a single sum is left, and what remains.
fn sum_lanes<T: Reference>(one: &[T], other: &[T], fused: bool) -> T {
    let count = if one.len() >= 32 { T::LANES } else { T::LANES / 2 };
    let whole = one.len() - one.len() % count;
    let mut lanes = std::vec![T::ZERO; count];
    for k in 0..whole {
        let lane = &mut lanes[k % count];
        *lane = one[k].multiply_add(other[k], *lane, fused);
    }
    while lanes.len() > 1 {
        let upper = lanes.split_off(lanes.len() / 2);
        for (lower, upper) in lanes.iter_mut().zip(upper) {
            *lower += upper;
        }
    }
    (whole..one.len()).fold(lanes[0], |sum, k| one[k].multiply_add(other[k], sum, fused))
}

fn check_products<S: Vectors<T>, T: Reference, const I: usize, const O: usize>(
    simd: S,
    fused: bool,
    count: usize,
) {
    let fused = fused && cfg!(not(feature = "reproducible"));
    let (x, delta) = (draw_rows::<T, I>(1, count), draw_rows::<T, O>(2, count));
    let (weight, bias) = (draw_rows::<T, O>(3, I), draw_rows::<T, O>(4, 1));
    let weight: &[[T; O]; I] = weight.as_slice().try_into().unwrap();
    let [start] = bias[..] else { return };
    let borrowed: Vec<&[T; I]> = x.iter().collect();
    let fits = O.div_ceil(<S::Wide as Lanes<S, T>>::COUNT) <= 8;
    let place = std::format!("{I} inputs, {O} outputs, {count} rows");

    for bias in [bias.first(), None] {
        let expected = expect_forward(&x, weight, bias, fused);
        let mut y = std::vec![[T::ONE; O]; count];
        // SAFETY: made by `new` of what is still borrowed.
        unsafe { simd.run_forward(&Forward::new(&x, weight, bias, &mut y)) };
        assert_eq!(y, expected, "forward, {place}");
        y.fill([T::ONE; O]);
        // SAFETY: made by `new` of what is still borrowed.
        unsafe { simd.run_forward(&Forward::new(&borrowed, weight, bias, &mut y)) };
        assert_eq!(y, expected, "forward of borrowed rows, {place}");
        y.fill([T::ONE; O]);
        forward(simd, &x, weight, bias, &mut y);
        assert_eq!(y, expected, "forward of the kernel for these sizes, {place}");
        compact::forward(simd, &borrowed, weight, bias, &mut y);
        assert_eq!(y, expected, "compact forward, {place}");
        if fits {
            y.fill([T::ONE; O]);
            small::forward::<S, T, S::Wide, _, I, O>(simd, &borrowed, weight, bias, &mut y);
            assert_eq!(y, expected, "forward of a small layer, {place}");
        }
    }

    for (adds, old) in [(false, T::ZERO), (true, T::ONE)] {
        let expected = expect_weight_gradient(&x, &delta, old, fused);
        let mut gradient = std::vec![[T::ONE; O]; I];
        let call = WeightGradient::new(adds, &borrowed, &delta, &mut gradient);
        // SAFETY: made by `new` of what is still borrowed.
        unsafe { simd.run_weight_gradient(&call) };
        assert_eq!(gradient, expected, "weight gradient, adds {adds}, {place}");
        gradient.fill([T::ONE; O]);
        match adds {
            true => compact::weight_gradient(simd, &x, &delta, Collect(Add, &mut gradient)),
            false => compact::weight_gradient(simd, &x, &delta, Collect(Set, &mut gradient)),
        }
        assert_eq!(gradient, expected, "compact weight gradient, adds {adds}, {place}");
        if fits {
            gradient.fill([T::ONE; O]);
            let gradient_rows = gradient.as_mut_slice();
            small::weight_gradient::<S, T, S::Wide, _, I, O>(simd, adds, &x, &delta, gradient_rows);
            assert_eq!(gradient, expected, "small weight gradient, adds {adds}, {place}");
        }

        let expected = expect_input_gradient(&delta, weight, old, fused);
        let mut dx = std::vec![[T::ONE; I]; count];
        match adds {
            true => input_gradient(simd, Add, &delta, weight, &mut dx),
            false => input_gradient(simd, Set, &delta, weight, &mut dx),
        }
        assert_eq!(dx, expected, "input gradient, adds {adds}, {place}");
        dx.fill([T::ONE; I]);
        match adds {
            true => compact::input_gradient(simd, Add, &delta, weight, &mut dx),
            false => compact::input_gradient(simd, Set, &delta, weight, &mut dx),
        }
        assert_eq!(dx, expected, "compact input gradient, adds {adds}, {place}");

        let mut sums = [start; 2];
        match adds {
            true => {
                bias_gradient(simd, &delta, Collect(Add, &mut sums[..1]));
                compact::bias_gradient(simd, &delta, Collect(Add, &mut sums[1..]));
            }
            false => {
                bias_gradient(simd, &delta, Collect(Set, &mut sums[..1]));
                compact::bias_gradient(simd, &delta, Collect(Set, &mut sums[1..]));
            }
        }
        assert_eq!(sums[0], sums[1], "compact bias gradient, adds {adds}, {place}");
    }
    let mut gradient = std::vec![[T::ONE; O]; I];
    weight_gradient(simd, &x, &delta, Collect(Add, &mut gradient));
    assert_eq!(gradient, expect_weight_gradient(&x, &delta, T::ONE, fused), "{place}");
}

/// A sum that begins with zero, or with a bias, is a negative zero only if that is.
fn check_zeros<S: Vectors<f32>, const I: usize, const O: usize>(simd: S) {
    let (ones, zeros, weight) = ([[1.0; I]], [[-0.0; O]], [[-0.0; O]; I]);
    let signs = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    let mut y = [[1.0; O]];
    for bias in [Some(&zeros[0]), None] {
        forward(simd, &ones, &weight, bias, &mut y);
        let expected = expect_forward(&ones, &weight, bias, false);
        assert_eq!(signs(&y[0]), signs(&expected[0]), "forward, {I} inputs, {O} outputs");
    }
    let mut dx = [[1.0; I]];
    input_gradient(simd, Set, &zeros, &[[1.0; O]; I], &mut dx);
    assert_eq!(signs(&dx[0]), [0; I], "input gradient, {I} inputs, {O} outputs");
}

fn check_sizes<S: Vectors<f32> + Vectors<f64>>(simd: S, fused: bool) {
    macro_rules! check {
        ($scalar:ty: $($inputs:literal x $outputs:literal)*) => { $(
            for count in [1, 2, 3, 7, 9, 13] {
                check_products::<S, $scalar, $inputs, $outputs>(simd, fused, count);
            }
        )* };
    }
    if cfg!(miri) {
        // An interpreter's day is long: one size of each kind.
        check!(f32: 1 x 1  5 x 3  9 x 10  6 x 33);
        check!(f64: 1 x 1  5 x 3  9 x 10  6 x 33);
        return;
    }
    check_zeros::<S, 4, 3>(simd);
    check_zeros::<S, 9, 10>(simd);
    check_zeros::<S, 20, 33>(simd);
    check_zeros::<S, 9, 65>(simd);
    check! {
        f32: 1 x 1  2 x 8  3 x 2  5 x 3  7 x 4  8 x 1  8 x 5  9 x 10  12 x 15  16 x 16  17 x 17
        13 x 31  6 x 32  20 x 33  31 x 40  9 x 63  33 x 64  10 x 65  11 x 90  70 x 130  150 x 70  3 x 300
    }
    // The same code for vectors of half as many lanes: sizes on both sides of those, and of several.
    check!(f64: 1 x 1  5 x 3  7 x 4  8 x 5  9 x 10  16 x 16  13 x 31  20 x 33  70 x 130  3 x 300);
}

/// With parts side by side or not, which no machine that runs this test chooses itself.
fn check_scalar_forward<T: Reference, const PAIRED: bool, const I: usize, const O: usize>() {
    let x = draw_rows::<T, I>(1, 1);
    let (weight, bias) = (draw_rows::<T, O>(3, I), draw_rows::<T, O>(4, 1));
    let weight: &[[T; O]; I] = weight.as_slice().try_into().unwrap();
    for bias in [bias.first(), None] {
        let (start, mut y) = (bias.map(<[T; O]>::as_slice), [T::ONE; O]);
        // SAFETY: the weight has I rows of O scalars.
        unsafe { scalar::forward::<T, PAIRED>(&x[0], weight.as_ptr().cast(), start, &mut y) };
        let expected = expect_forward(&x, weight, bias, false);
        assert_eq!(y, expected[0], "{I} inputs, {O} outputs, paired {PAIRED}");
    }
}

#[test]
fn scalars_sum_in_the_promised_order() {
    macro_rules! check {
        ($($inputs:literal x $outputs:literal)*) => { $(
            check_scalar_forward::<f32, true, $inputs, $outputs>();
            check_scalar_forward::<f32, false, $inputs, $outputs>();
            check_scalar_forward::<f64, true, $inputs, $outputs>();
            check_scalar_forward::<f64, false, $inputs, $outputs>();
        )* };
    }
    check!(1 x 1  5 x 3  7 x 9  8 x 2  9 x 10  10 x 17  11 x 8  12 x 65  13 x 70  9 x 130);
}

#[test]
fn one_lane_sums_in_the_promised_order() {
    check_sizes(Portable, false);
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2", feature = "std"))]
#[test]
fn every_level_of_this_machine_sums_in_the_promised_order() {
    use fearless_simd::x86::Sse2;

    // SAFETY: this test exists only where the target promises SSE2.
    check_sizes(unsafe { Sse2::assume_supported() }, false);
    let level = fearless_simd::Level::new();
    if let Some(simd) = level.as_avx2() {
        check_sizes(simd, true);
    }
    if let Some(simd) = level.as_avx512() {
        check_sizes(simd, true);
    }
}

//! Against the definition, in sizes that reach every path.

use super::*;
use crate::kernels::dense;
use crate::random::{Random, Rng};
use crate::simd::{InstructionSet, Vectors, ambient};
use crate::sink::Collect;
use crate::store::{Add, Set};
use std::vec;
use std::vec::Vec;

/// By the definition, of every element of the weight: calls with the places of x, w and y.
fn visit(g: &Geometry, mut call: impl FnMut(usize, usize, usize)) {
    let ([_, in_rows, in_columns], [filters, rows, columns]) = (g.input, g.output);
    let (per_group, channels) = (g.filters(), g.channels());
    for f in 0..filters {
        for (r, c) in (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c))) {
            for channel in 0..channels {
                for (a, b) in (0..g.kernel[0]).flat_map(|a| (0..g.kernel[1]).map(move |b| (a, b))) {
                    let row = (r * g.stride[0] + a * g.dilation[0]).wrapping_sub(g.padding[0]);
                    let column = (c * g.stride[1] + b * g.dilation[1]).wrapping_sub(g.padding[1]);
                    if row >= in_rows || column >= in_columns {
                        continue;
                    }
                    let plane = f / per_group * channels + channel;
                    let x = (plane * in_rows + row) * in_columns + column;
                    let w = ((channel * g.kernel[0] + a) * g.kernel[1] + b) * filters + f;
                    call(x, w, (f * rows + r) * columns + c);
                }
            }
        }
    }
}

fn draw(random: &mut Rng, count: usize) -> Vec<f64> {
    (0..count).map(|_| f64::from(random.below(2001)) / 1000.0 - 1.0).collect()
}

fn assert_close(what: &str, geometry: &Geometry, actual: &[f64], expected: &[f64]) {
    for (index, (actual, expected)) in actual.iter().zip(expected).enumerate() {
        assert!(
            (actual - expected).abs() < 1e-9,
            "{what} of {geometry:?} at {index}: {actual}, not {expected}"
        );
    }
}

/// A machine without vectors, whose kernels others take only where they are optimised.
#[derive(Clone, Copy)]
struct OneByOne;

impl InstructionSet for OneByOne {
    fn vectorize<R>(self, function: impl FnOnce() -> R) -> R {
        function()
    }
}

impl Vectors<f64> for OneByOne {
    type Wide = f64;
    const REGISTERS: usize = 32;

    unsafe fn run_forward(self, _: &dense::Forward<'_, f64>) {
        unreachable!("a convolution has no dense layer")
    }

    unsafe fn run_weight_gradient(self, _: &dense::WeightGradient<'_, f64>) {
        unreachable!("a convolution has no dense layer")
    }

    unsafe fn run_input_gradient(self, _: &dense::InputGradient<'_, f64>) {
        unreachable!("a convolution has no dense layer")
    }

    unsafe fn run_correlate(self, call: &Correlate<f64>) {
        // SAFETY: the caller's.
        unsafe { call.run_scalars() }
    }

    unsafe fn run_products(self, call: &Products<f64>) {
        // SAFETY: the caller's.
        unsafe { call.run_scalars() }
    }
}

/// Two samples through the kernels, with vectors and without, and through the definition.
fn check<const I: usize, const O: usize, const K: usize, const F: usize, const L: usize>(
    geometry: Geometry,
) {
    check_on::<_, I, O, K, F, L>(ambient(), geometry);
    check_on::<_, I, O, K, F, L>(OneByOne, geometry);
}

fn check_on<
    S: Vectors<f64>,
    const I: usize,
    const O: usize,
    const K: usize,
    const F: usize,
    const L: usize,
>(
    simd: S,
    geometry: Geometry,
) {
    assert_eq!(
        (geometry.inputs(), geometry.outputs(), geometry.taps(), geometry.output[0]),
        (I, O, K, F)
    );
    let random = &mut Rng::new(1);
    let array = |random: &mut Rng| -> Vec<[f64; I]> {
        (0..2).map(|_| draw(random, I).try_into().unwrap()).collect()
    };
    let x = array(random);
    let delta: Vec<[f64; O]> = (0..2).map(|_| draw(random, O).try_into().unwrap()).collect();
    let weight: Vec<[f64; F]> = (0..K).map(|_| draw(random, F).try_into().unwrap()).collect();
    let weight: &[[f64; F]; K] = weight.as_slice().try_into().unwrap();
    let bias: [f64; F] = draw(random, F).try_into().unwrap();
    let mut scratch = vec![[f64::NAN; L]; 2];

    let mut y = vec![[0.0; O]; 2];
    forward(simd, geometry, &x, weight, Some(&bias), &mut scratch, &mut y);
    for (x, y) in x.iter().zip(&y) {
        let mut expected: Vec<f64> = (0..O).map(|place| bias[place / (O / F)]).collect();
        visit(&geometry, |i, k, o| expected[o] += x[i] * weight[k / F][k % F]);
        assert_close("y", &geometry, y, &expected);
    }

    let before = array(random);
    for adds in [false, true] {
        let mut dx = before.clone();
        scratch.as_flattened_mut().fill(f64::NAN);
        match adds {
            false => input_gradient(simd, geometry, Set, &delta, weight, &mut scratch, &mut dx),
            true => input_gradient(simd, geometry, Add, &delta, weight, &mut scratch, &mut dx),
        }
        for ((delta, dx), before) in delta.iter().zip(&dx).zip(&before) {
            let mut expected = if adds { before.to_vec() } else { vec![0.0; I] };
            visit(&geometry, |i, k, o| expected[i] += delta[o] * weight[k / F][k % F]);
            assert_close("dx", &geometry, dx, &expected);
        }
    }

    for adds in [false, true] {
        let mut gradient = vec![[1.0; F]; K];
        scratch.as_flattened_mut().fill(f64::NAN);
        let sink = &mut gradient[..];
        match adds {
            false => weight_gradient(simd, geometry, &x, &delta, &mut scratch, Collect(Set, sink)),
            true => weight_gradient(simd, geometry, &x, &delta, &mut scratch, Collect(Add, sink)),
        }
        let mut expected = vec![if adds { 1.0 } else { 0.0 }; K * F];
        for (x, delta) in x.iter().zip(&delta) {
            visit(&geometry, |i, k, o| expected[k] += delta[o] * x[i]);
        }
        assert_close("dW", &geometry, gradient.as_flattened(), &expected);
    }

    let mut gradient = [[0.0; F]];
    bias_gradient(simd, &delta, Collect(Set, &mut gradient));
    let sum = |f: usize| -> f64 {
        delta.iter().flat_map(|delta| delta.chunks(O / F).nth(f).unwrap()).sum()
    };
    let expected: Vec<f64> = (0..F).map(sum).collect();
    assert_close("db", &geometry, &gradient[0], &expected);
}

#[test]
fn products_are_those_of_the_definition() {
    // The windows of LeNet-5: read where they are.
    check::<784, 3456, 25, 6, 6144>(Geometry::new([1, 28, 28], [6, 24, 24], [5, 5]));
    check::<864, 1024, 150, 16, 9000>(Geometry::new([6, 12, 12], [16, 8, 8], [5, 5]));
    // Padding, rows that are no whole vectors.
    check::<90, 300, 18, 10, 4000>(Geometry::new([2, 9, 5], [10, 6, 5], [3, 3]).padding([0, 1]));
    check::<98, 245, 18, 5, 4000>(Geometry::new([2, 7, 7], [5, 7, 7], [3, 3]).padding([1, 1]));
    // Strides, and windows smaller than them.
    check::<243, 125, 27, 5, 4000>(
        Geometry::new([3, 9, 9], [5, 5, 5], [3, 3]).stride([2, 2]).padding([1, 1]),
    );
    check::<128, 128, 2, 8, 4000>(Geometry::new([2, 8, 8], [8, 4, 4], [1, 1]).stride([2, 2]));
    check::<200, 84, 8, 4, 4000>(
        Geometry::new([2, 10, 10], [4, 7, 3], [2, 2]).stride([1, 3]).dilation([3, 2]),
    );
    check::<49, 12, 9, 3, 4000>(
        Geometry::new([1, 7, 7], [3, 2, 2], [3, 3]).stride([3, 2]).dilation([1, 2]),
    );
    // Groups, and a group for each channel.
    check::<216, 288, 18, 8, 4000>(
        Geometry::new([6, 6, 6], [8, 6, 6], [3, 2]).padding([1, 1]).groups(2),
    );
    check::<216, 216, 9, 6, 4000>(
        Geometry::new([6, 6, 6], [6, 6, 6], [3, 3]).padding([1, 1]).groups(6),
    );
    check::<64, 32, 9, 8, 4000>(
        Geometry::new([4, 4, 4], [8, 2, 2], [3, 3]).stride([2, 2]).padding([1, 1]).groups(4),
    );
    // A single axis: causal, and with a stride.
    check::<51, 68, 9, 4, 4000>(
        Geometry::new([3, 1, 17], [4, 1, 17], [1, 3]).padding([0, 4]).dilation([1, 2]),
    );
    check::<40, 500, 5, 25, 4000>(
        Geometry::new([1, 1, 40], [25, 1, 20], [1, 5]).stride([1, 2]).padding([0, 2]),
    );
    // Rows that the windows leave out at the end.
    check::<64, 9, 4, 1, 4000>(Geometry::new([1, 8, 8], [1, 3, 3], [2, 2]).stride([3, 3]));
}

/// Two samples through the transposed kernels and through the definition: `X` scalars, of `F` planes, become `Y`, of
/// `C` planes.
fn check_transposed<
    const X: usize,
    const Y: usize,
    const K: usize,
    const F: usize,
    const C: usize,
    const L: usize,
>(
    geometry: Geometry,
) {
    check_transposed_on::<_, X, Y, K, F, C, L>(ambient(), geometry);
    check_transposed_on::<_, X, Y, K, F, C, L>(OneByOne, geometry);
}

fn check_transposed_on<
    S: Vectors<f64>,
    const X: usize,
    const Y: usize,
    const K: usize,
    const F: usize,
    const C: usize,
    const L: usize,
>(
    simd: S,
    geometry: Geometry,
) {
    let sizes = (geometry.outputs(), geometry.inputs(), geometry.taps());
    assert_eq!((sizes, geometry.output[0], geometry.input[0]), ((X, Y, K), F, C));
    let random = &mut Rng::new(2);
    let x: Vec<[f64; X]> = (0..2).map(|_| draw(random, X).try_into().unwrap()).collect();
    let delta: Vec<[f64; Y]> = (0..2).map(|_| draw(random, Y).try_into().unwrap()).collect();
    let weight: Vec<[f64; F]> = (0..K).map(|_| draw(random, F).try_into().unwrap()).collect();
    let weight: &[[f64; F]; K] = weight.as_slice().try_into().unwrap();
    let bias: [f64; C] = draw(random, C).try_into().unwrap();
    let mut scratch = vec![[f64::NAN; L]; 2];

    // Rows of a batch are references.
    let rows: Vec<&[f64; X]> = x.iter().collect();
    let mut y = vec![[f64::NAN; Y]; 2];
    transposed::forward(simd, geometry, &rows, weight, Some(&bias), &mut scratch, &mut y);
    for (x, y) in x.iter().zip(&y) {
        let mut expected: Vec<f64> = (0..Y).map(|place| bias[place / (Y / C)]).collect();
        visit(&geometry, |i, k, o| expected[i] += x[o] * weight[k / F][k % F]);
        assert_close("y", &geometry, y, &expected);
    }

    let mut dx = vec![[1.0; X]; 2];
    scratch.as_flattened_mut().fill(f64::NAN);
    transposed::input_gradient(simd, geometry, Add, &delta, weight, &mut scratch, &mut dx);
    for (delta, dx) in delta.iter().zip(&dx) {
        let mut expected = vec![1.0; X];
        visit(&geometry, |i, k, o| expected[o] += delta[i] * weight[k / F][k % F]);
        assert_close("dx", &geometry, dx, &expected);
    }

    let mut gradient = vec![[f64::NAN; F]; K];
    scratch.as_flattened_mut().fill(f64::NAN);
    let sink = Collect(Set, &mut gradient[..]);
    transposed::weight_gradient(simd, geometry, &rows, &delta, &mut scratch, sink);
    let mut expected = vec![0.0; K * F];
    for (x, delta) in x.iter().zip(&delta) {
        visit(&geometry, |i, k, o| expected[k] += delta[i] * x[o]);
    }
    assert_close("dW", &geometry, gradient.as_flattened(), &expected);
}

#[test]
fn transposed_products_are_those_of_the_definition() {
    // Twice the size, and the windows overlap.
    check_transposed::<60, 160, 32, 3, 2, 4000>(
        Geometry::new([2, 8, 10], [3, 4, 5], [4, 4]).stride([2, 2]).padding([1, 1]),
    );
    // Places that no window reaches: the bias alone.
    check_transposed::<24, 98, 2, 2, 2, 4000>(
        Geometry::new([2, 7, 7], [2, 3, 4], [1, 1]).stride([3, 3]).padding([1, 2]),
    );
    // Groups, each with its part of the bias; and more added behind the last than a window moves by.
    check_transposed::<100, 180, 18, 4, 4, 4000>(
        Geometry::new([4, 5, 9], [4, 5, 5], [3, 3]).stride([1, 2]).padding([1, 1]).groups(2),
    );
    check_transposed::<24, 90, 9, 4, 6, 4000>(
        Geometry::new([6, 1, 15], [4, 1, 6], [1, 3]).dilation([1, 4]).groups(2),
    );
}

#[test]
fn a_bias_of_another_length_is_no_bias_of_these_planes() {
    let geometry = Geometry::new([2, 1, 3], [1, 1, 3], [1, 1]);
    let (simd, mut y) = (ambient(), [[7.0; 6]]);
    transposed::forward(
        simd,
        geometry,
        &[[1.0; 3]],
        &[[1.0]; 2],
        Some(&[0.0; 1]),
        &mut [[0.0; 0]],
        &mut y,
    );
    assert_eq!(y, [[7.0; 6]]);
}

//! Against `std`, whose f64 functions err by less than 1 ULP.

use core::hint::black_box;
use std::vec::Vec;

use super::*;

type Function<T> = (&'static str, f64, fn(T) -> T, fn(f64) -> f64, fn(&[T], &mut [T]));

/// A function with its bound in ULP, its reference, and a loop over slices that the compiler may vectorise.
macro_rules! function {
    ($bound:literal, $function:ident, $reference:expr) => {
        (stringify!($function), $bound, $function, $reference, |x, y| {
            for (x, y) in x.iter().zip(y) {
                *y = $function(*x);
            }
        })
    };
}

const F32: [Function<f32>; 5] = [
    function!(1.5, exp_f32, f64::exp),
    function!(1.0, ln_f32, f64::ln),
    function!(1.5, tanh_f32, f64::tanh),
    function!(2.0, sigmoid_f32, sigmoid),
    function!(0.5, sqrt_f32, f64::sqrt),
];

/// One more than what `cargo xtask ulp` bounds: the reference errs too.
const F64: [Function<f64>; 5] = [
    function!(2.0, exp_f64, f64::exp),
    function!(2.0, ln_f64, f64::ln),
    function!(2.0, tanh_f64, f64::tanh),
    function!(3.0, sigmoid_f64, sigmoid),
    function!(0.0, sqrt_f64, f64::sqrt),
];

fn sigmoid(x: f64) -> f64 {
    if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) }
}

/// The distance in units of the last place that an f32 of the reference's size has.
fn count_ulp(value: f32, reference: f64) -> f64 {
    let rounded = reference as f32;
    if value.to_bits() == rounded.to_bits() || value.is_nan() && rounded.is_nan() {
        return if rounded.is_finite() { distance(value, reference) } else { 0.0 };
    }
    if value.is_finite() && rounded.is_finite() {
        distance(value, reference)
    } else {
        f64::INFINITY
    }
}

fn distance(value: f32, reference: f64) -> f64 {
    let exponent = (reference.abs().to_bits() >> 52) as i32 - 1023;
    (f64::from(value) - reference).abs() / 2.0_f64.powi(exponent.max(-126) - 23)
}

/// Steps between neighbours in f64.
fn count_steps(value: f64, reference: f64) -> f64 {
    if value.is_nan() && reference.is_nan() {
        return 0.0;
    }
    let [value, reference] = [value, reference].map(|x| {
        if x.is_sign_negative() {
            -x.abs().to_bits().cast_signed()
        } else {
            x.to_bits().cast_signed()
        }
    });
    value.abs_diff(reference) as f64
}

/// Every exponent, with both signs, subnormal numbers, infinities, NaN, and what lies around the edges.
fn draw_f32() -> Vec<f32> {
    let edges = [
        0.0,
        f32::MIN_POSITIVE,
        f32::MAX,
        f32::INFINITY,
        0.5625,
        1.0,
        10.0,
        88.722_83,
        89.0,
        87.336_54,
        103.278_93,
        103.972_08,
        104.0,
        core::f32::consts::SQRT_2,
        core::f32::consts::LN_2,
    ];
    let around = edges.into_iter().flat_map(|edge: f32| {
        (-3_i32..=3).map(move |step| f32::from_bits(edge.to_bits().wrapping_add_signed(step)))
    });
    let signed = around.flat_map(|x| [x, -x]);
    signed.chain((0..=u32::MAX).step_by(4297).map(f32::from_bits)).collect()
}

fn draw_f64() -> Vec<f64> {
    let edges = [
        0.0,
        f64::MIN_POSITIVE,
        f64::MAX,
        f64::INFINITY,
        0.5625,
        1.0,
        20.0,
        709.782_712_893_384,
        710.0,
        708.396_418_532_264_1,
        744.440_071_921_381_3,
        745.133_219_101_941_2,
        746.0,
        core::f64::consts::SQRT_2,
        core::f64::consts::LN_2,
    ];
    let around = edges.into_iter().flat_map(|edge: f64| {
        (-3_i64..=3).map(move |step| f64::from_bits(edge.to_bits().wrapping_add_signed(step)))
    });
    let signed = around.flat_map(|x| [x, -x]);
    let spread = (0..200_000_u64).map(|n| f64::from_bits(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    let dense = (0..200_000_u32).map(|n| (f64::from(n) - 100_000.0) * 0.007_512_345);
    signed.chain(spread).chain(dense).collect()
}

#[test]
fn f32_errors_stay_within_their_bounds() {
    let inputs = draw_f32();
    assert!(inputs.len() > 990_000);
    for (name, bound, function, reference, _) in F32 {
        for x in &inputs {
            let (value, right) = (function(*x), reference(f64::from(*x)));
            let ulp = count_ulp(value, right);
            assert!(ulp <= bound, "{name}({x:e}) = {value:e} is {ulp} ULP from {right:e}");
        }
    }
}

#[test]
fn f64_errors_stay_within_their_bounds() {
    for (name, bound, function, reference, _) in F64 {
        for x in draw_f64() {
            let (value, right) = (function(x), reference(x));
            let steps = count_steps(value, right);
            assert!(steps <= bound, "{name}({x:e}) = {value:e} is {steps} steps from {right:e}");
        }
    }
}

#[test]
fn special_values_are_those_of_ieee_754() {
    for (exp, ln, tanh, sigmoid) in [(
        exp_f32 as fn(f32) -> f32,
        ln_f32 as fn(f32) -> f32,
        tanh_f32 as fn(f32) -> f32,
        sigmoid_f32 as fn(f32) -> f32,
    )] {
        assert_eq!(
            [exp(f32::INFINITY), exp(f32::NEG_INFINITY), exp(0.0)],
            [f32::INFINITY, 0.0, 1.0]
        );
        assert_eq!(
            [ln(0.0), ln(-0.0), ln(f32::INFINITY)],
            [f32::NEG_INFINITY, f32::NEG_INFINITY, f32::INFINITY]
        );
        assert_eq!(ln(1.0).to_bits(), 0);
        assert!(ln(-1.0).is_nan() && ln(f32::NEG_INFINITY).is_nan());
        assert_eq!([tanh(f32::INFINITY), tanh(f32::NEG_INFINITY)], [1.0, -1.0]);
        assert_eq!(tanh(-0.0).to_bits(), (-0.0_f32).to_bits());
        assert_eq!(
            [sigmoid(f32::INFINITY), sigmoid(f32::NEG_INFINITY), sigmoid(-0.0)],
            [1.0, 0.0, 0.5]
        );
        assert!([exp, ln, tanh, sigmoid].iter().all(|function| function(f32::NAN).is_nan()));
    }
}

/// What the optimiser makes of a loop must not show: this is for release builds above all.
#[test]
fn loops_give_the_bits_of_single_calls() {
    let inputs = draw_f32();
    let mut outputs = std::vec![0.0; inputs.len()];
    for (name, _, function, _, fill) in F32 {
        fill(&inputs, &mut outputs);
        for (x, y) in inputs.iter().zip(&outputs) {
            let single = black_box(function)(black_box(*x));
            assert!(
                single.to_bits() == y.to_bits() || single.is_nan() && y.is_nan(),
                "{name}({x:e})"
            );
        }
    }
    let inputs = draw_f64();
    let mut outputs = std::vec![0.0; inputs.len()];
    for (name, _, function, _, fill) in F64 {
        fill(&inputs, &mut outputs);
        for (x, y) in inputs.iter().zip(&outputs) {
            let single = black_box(function)(black_box(*x));
            assert!(
                single.to_bits() == y.to_bits() || single.is_nan() && y.is_nan(),
                "{name}({x:e})"
            );
        }
    }
}

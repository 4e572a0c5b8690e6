//! Against f64 functions that err by less than 1 ULP: `std`'s, and libm's erf.

use core::hint::black_box;
use std::vec::Vec;

use super::*;
use crate::scalar::Scalar;

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

const F32: [Function<f32>; 8] = [
    function!(1.1, exp_f32, f64::exp),
    function!(1.9, exp_m1_f32, f64::exp_m1),
    function!(1.0, ln_f32, f64::ln),
    function!(1.5, ln_1p_f32, f64::ln_1p),
    function!(1.5, erf_f32, libm::erf),
    function!(1.5, tanh_f32, f64::tanh),
    function!(2.0, sigmoid_f32, sigmoid),
    function!(0.5, sqrt_f32, f64::sqrt),
];

/// In whole steps from a reference that errs too.
const F64: [Function<f64>; 8] = [
    function!(2.0, exp_f64, f64::exp),
    function!(3.0, exp_m1_f64, f64::exp_m1),
    function!(2.0, ln_f64, f64::ln),
    function!(2.0, ln_1p_f64, f64::ln_1p),
    function!(2.0, erf_f64, libm::erf),
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
    if value.is_finite() && rounded.is_finite() {
        let exponent = (reference.abs().to_bits() >> 52) as i32 - 1023;
        (f64::from(value) - reference).abs() / 2.0_f64.powi(exponent.max(-126) - 23)
    } else if value == rounded || value.is_nan() && rounded.is_nan() {
        0.0
    } else {
        f64::INFINITY
    }
}

/// Steps between neighbours in f64; a wrong sign is very many.
fn count_steps(value: f64, reference: f64) -> f64 {
    if value.is_nan() && reference.is_nan() {
        return 0.0;
    }
    value.to_bits().abs_diff(reference.to_bits()) as f64
}

/// Every exponent, with both signs, subnormal numbers, infinities, NaN, and what lies around the edges.
fn draw_f32() -> Vec<f32> {
    let edges = [
        0.0,
        f32::MIN_POSITIVE,
        f32::MAX,
        f32::INFINITY,
        0.292_893_23,
        core::f32::consts::LN_2 / 2.0,
        0.414_213_57,
        0.5625,
        0.9,
        1.0,
        4.0,
        10.0,
        18.0,
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
        0.292_893_218_813_452_5,
        core::f64::consts::LN_2 / 2.0,
        0.414_213_562_373_095,
        0.5625,
        f64::from(0.9_f32),
        1.0,
        6.0,
        20.0,
        38.0,
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

macro_rules! check_special_values {
    ($float:ident, $exp:ident, $exp_m1:ident, $ln:ident, $ln_1p:ident, $tanh:ident, $sigmoid:ident, $erf:ident) => {
        const INFINITY: $float = $float::INFINITY;
        assert_eq!([INFINITY, -INFINITY, 0.0].map($exp), [INFINITY, 0.0, 1.0]);
        assert_eq!([INFINITY, -INFINITY, 0.0].map($exp_m1), [INFINITY, -1.0, 0.0]);
        assert_eq!([0.0, -0.0, INFINITY, 1.0].map($ln), [-INFINITY, -INFINITY, INFINITY, 0.0]);
        assert!([-1.0, -$float::MIN_POSITIVE, -INFINITY].map($ln).iter().all(|y| y.is_nan()));
        assert_eq!([-1.0, 0.0, INFINITY].map($ln_1p), [-INFINITY, 0.0, INFINITY]);
        assert!([-1.0 - $float::EPSILON, -INFINITY].map($ln_1p).iter().all(|y| y.is_nan()));
        assert_eq!([INFINITY, -INFINITY].map($tanh), [1.0, -1.0]);
        assert_eq!([INFINITY, -INFINITY, 0.0, -0.0].map($sigmoid), [1.0, 0.0, 0.5, 0.5]);
        assert_eq!([INFINITY, 6.0, -6.0, -INFINITY].map($erf), [1.0, 1.0, -1.0, -1.0]);
        // Slopes at 0 are 1, 1, 1 and 2 / √π, which leaves the smallest number as it is.
        for function in [$exp_m1, $ln_1p, $tanh, $erf] {
            for x in [-0.0, $float::from_bits(1), -$float::from_bits(1)] {
                assert_eq!(function(x).to_bits(), x.to_bits());
            }
        }
        for function in [$exp, $exp_m1, $ln, $ln_1p, $tanh, $sigmoid, $erf] {
            assert!(function($float::NAN).is_nan());
        }
    };
}

#[test]
fn special_values_are_the_limits_in_f32() {
    check_special_values!(
        f32,
        exp_f32,
        exp_m1_f32,
        ln_f32,
        ln_1p_f32,
        tanh_f32,
        sigmoid_f32,
        erf_f32
    );
}

#[test]
fn special_values_are_the_limits_in_f64() {
    check_special_values!(
        f64,
        exp_f64,
        exp_m1_f64,
        ln_f64,
        ln_1p_f64,
        tanh_f64,
        sigmoid_f64,
        erf_f64
    );
}

/// The NIST Digital Library of Mathematical Functions, table 7.23 for erf, whose figures are cut to f64 here.
#[test]
fn known_values_come_out() {
    let erf = [
        (0.5, 0.520_499_877_813_046_5),
        (1.0, 0.842_700_792_949_714_9),
        (2.0, 0.995_322_265_018_952_7),
    ];
    for (x, y) in erf {
        assert!(count_steps(erf_f64(x), y) <= 2.0 && count_ulp(erf_f32(x as f32), y) <= 1.5);
    }
    assert!(count_steps(exp_m1_f64(1.0), core::f64::consts::E - 1.0) <= 2.0);
    assert!(count_steps(exp_m1_f64(1e-10), 1.000_000_000_05e-10) <= 1.0);
    assert!(count_steps(ln_1p_f64(1.0), core::f64::consts::LN_2) <= 1.0);
    assert!(count_steps(ln_1p_f64(1e-10), 9.999_999_999_5e-11) <= 1.0);
}

#[test]
fn tanh_and_erf_are_odd_and_stay_within_one() {
    for x in draw_f32().into_iter().filter(|x| !x.is_nan()) {
        for function in [tanh_f32, erf_f32] {
            assert!(function(x).abs() <= 1.0 && function(-x) == -function(x), "{x:e}");
        }
    }
    for x in draw_f64().into_iter().filter(|x| !x.is_nan()) {
        for function in [tanh_f64, erf_f64] {
            assert!(function(x).abs() <= 1.0 && function(-x) == -function(x), "{x:e}");
        }
    }
}

/// Where regions and powers of two join too. Neighbours may change places by the error, so steps are longer.
#[test]
fn values_never_fall_as_inputs_rise() {
    let inputs = || (-8000..8000_i16).map(|n| f64::from(n) / 1000.0);
    for (name, _, function, ..) in F32 {
        assert!(inputs().map(|x| function(x as f32)).filter(|y| !y.is_nan()).is_sorted(), "{name}");
    }
    for (name, _, function, ..) in F64 {
        assert!(inputs().map(function).filter(|y| !y.is_nan()).is_sorted(), "{name}");
    }
}

/// What the optimiser makes of a loop must not show: this is for release builds above all.
#[test]
fn loops_give_the_bits_of_single_calls() {
    check_bits(&F32, &draw_f32());
    check_bits(&F64, &draw_f64());
}

fn check_bits<T: Scalar>(functions: &[Function<T>], inputs: &[T]) {
    let mut outputs = std::vec![T::ZERO; inputs.len()];
    for (name, _, function, _, fill) in functions {
        fill(inputs, &mut outputs);
        for (x, y) in inputs.iter().zip(&outputs) {
            // An f32 keeps its bits in f64, but for those of a NaN.
            let [single, y] = [black_box(function)(black_box(*x)), *y].map(Scalar::to_f64);
            let equal = single.to_bits() == y.to_bits() || single.is_nan() && y.is_nan();
            assert!(equal, "{name}({x})");
        }
    }
}

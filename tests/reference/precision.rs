//! How close to PyTorch each type comes.

use backprop::Scalar;

use crate::record::Record;

/// `f32` or `f64`.
pub trait Precision: Scalar + Record {
    /// Its name in the vectors.
    const NAME: &'static str;
    /// The largest error of a tensor, relative to its largest element.
    const TOLERANCE: f64;
    /// Half a unit in the last place of 1.
    const ROUNDING: f64;
    /// The smallest number above zero.
    const SMALLEST: f64;
}

impl Precision for f32 {
    const NAME: &'static str = "f32";
    const TOLERANCE: f64 = 1e-5;
    const ROUNDING: f64 = f32::EPSILON as f64 / 2.0;
    const SMALLEST: f64 = 1.5e-45;
}

impl Precision for f64 {
    const NAME: &'static str = "f64";
    const TOLERANCE: f64 = 1e-10;
    const ROUNDING: f64 = f64::EPSILON / 2.0;
    const SMALLEST: f64 = 5e-324;
}

/// Numbers as f64.
pub fn widen<T: Scalar>(numbers: &[T]) -> Vec<f64> {
    numbers.iter().map(|number| number.to_f64()).collect()
}

/// Whether a tensor is the expected one.
#[track_caller]
pub fn assert_close<T: Precision>(actual: &[f64], expected: &[f64], what: &str) {
    assert_eq!(actual.len(), expected.len(), "{what}");
    let largest = expected.iter().fold(1e-3_f64, |largest, value| largest.max(value.abs()));
    for (index, (actual, expected)) in actual.iter().zip(expected).enumerate() {
        let close = (actual - expected).abs() <= T::TOLERANCE * largest;
        assert!(close, "{what} {index} in {}: {actual} is not {expected}", T::NAME);
    }
}

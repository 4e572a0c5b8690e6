//! The class that an output stands for.

use crate::scalar::Scalar;

/// The index of the largest value, the first of them if there are several; NaN never wins.
///
/// ```
/// assert_eq!(backprop_runtime::argmax(&[0.1, 0.7, 0.7]), 1);
/// ```
#[inline(always)]
pub fn argmax<T: Scalar, const N: usize>(values: &[T; N]) -> u32 {
    let mut best: Option<(u32, T)> = None;
    for (index, value) in (0_u32..).zip(values) {
        let wins = match best {
            Some((_, largest)) => *value > largest,
            None => value.partial_cmp(value).is_some(),
        };
        if wins {
            best = Some((index, *value));
        }
    }
    best.map_or(0, |(index, _)| index)
}

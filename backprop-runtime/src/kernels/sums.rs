//! Sums in one order on every target: in eight lanes, which are added at the end, the upper half to the lower one; what
//! is left over is added one by one.

use crate::scalar::Scalar;

const LANES: usize = 8;

/// Σ term(a, b, ..) of slices of one length.
#[inline(always)]
pub fn add_up<T: Scalar, const N: usize>(slices: [&[T]; N], term: impl Fn([T; N]) -> T) -> T {
    let count = slices.iter().map(|slice| slice.len()).min().unwrap_or(0);
    // SAFETY: the index is below the length of each.
    let terms = |index: usize| term(slices.map(|slice| unsafe { *slice.get_unchecked(index) }));
    let mut lanes = [T::ZERO; LANES];
    let whole = count - count % LANES;
    let mut first = 0;
    while first < whole {
        for (lane, sum) in lanes.iter_mut().enumerate() {
            *sum += terms(first + lane);
        }
        first += LANES;
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    let mut sum = ((a + e) + (c + g)) + ((b + f) + (d + h));
    for index in whole..count {
        sum += terms(index);
    }
    sum
}

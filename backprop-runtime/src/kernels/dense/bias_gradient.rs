//! dJ/db = delta, summed over the rows.

use super::small::is_tiny;
use crate::scalar::Scalar;
use crate::simd::Vectors;
use crate::sink::Sink;

/// The rows for which a sum of deltas is tiny or not: more of them make a loop longer, and code no larger.
const ROWS: usize = 8;

/// dJ/db = delta, summed over the rows.
#[inline(always)]
pub fn bias_gradient<S: Vectors<T>, T: Scalar, K: Sink<T, O>, const O: usize>(
    simd: S,
    delta: &[[T; O]],
    mut sink: K,
) {
    if const { !K::COLLECTS } {
        if let [delta] = delta {
            sink.put_delta(delta);
        }
    } else if const { is_tiny(ROWS, O) } {
        sink.put(0, 0, sum_rows(delta).into_iter());
    } else {
        let (adds, gradient) = sink.matrix();
        if let [gradient, ..] = gradient {
            run_bias_gradient(simd, adds, delta, gradient);
        }
    }
}

/// Set or added, compiled once for each width.
#[inline(never)]
fn run_bias_gradient<S: Vectors<T>, T: Scalar, const O: usize>(
    simd: S,
    adds: bool,
    delta: &[[T; O]],
    gradient: &mut [T; O],
) {
    simd.vectorize(
        #[inline(always)]
        || {
            for (place, sum) in gradient.iter_mut().zip(sum_rows(delta)) {
                *place = if adds { *place + sum } else { sum };
            }
        },
    );
}

/// The sums of the columns, from the first row to the last.
#[inline(always)]
fn sum_rows<T: Scalar, const O: usize>(rows: &[[T; O]]) -> [T; O] {
    let mut sums = [T::ZERO; O];
    for row in rows {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += *value;
        }
    }
    sums
}

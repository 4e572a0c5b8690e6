//! No change.

use super::Schedule;
use crate::scalar::Scalar;

/// The base rate at every step: what follows a [`Warmup`](super::Warmup), or stands where another schedule
/// may stand.
///
/// ```
/// use backprop_runtime::schedules::{Constant, Schedule};
///
/// assert_eq!(Constant.rate(0.1, 1_000), 0.1);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Constant;

impl<T: Scalar> Schedule<T> for Constant {
    fn rate(&self, base: T, _step: u64) -> T {
        base
    }
}

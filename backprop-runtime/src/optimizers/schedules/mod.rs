//! The learning rate over the steps.
//!
//! A schedule is a formula: the rate of a step by its index, from the rate that the rule was made with.
//! [`Rule::schedule`](crate::Rule::schedule) applies one before each step, in place too;
//! `optimizer.set_rate(schedule.rate(base, epoch))` does the same by hand, for each epoch, say.
//! [`Plateau`] is none: what it does depends on the losses that it is shown.
//!
//! | schedule | in PyTorch | rate of step t, from a base rate b |
//! |---|---|---|
//! | [`Constant`] | | b |
//! | [`StepDecay`] | `StepLR` | b gamma^⌊t / size⌋ |
//! | [`Exponential`] | `ExponentialLR` | b gamma^t |
//! | [`Cosine`] | `CosineAnnealingLR` | from b to a minimum in half a wave |
//! | [`OneCycle`] | `OneCycleLR` | up to a maximum and down to nearly nothing; the momentum the other way |
//! | [`Warmup`] | `LinearLR`, then another | up to b in a line, then another schedule |
//! | [`Plateau`] | `ReduceLROnPlateau` | less whenever the loss stops falling |

mod constant;
mod cosine;
mod exponential;
mod one_cycle;
mod plateau;
mod step_decay;
#[cfg(test)]
mod tests;
mod warmup;

pub use self::constant::Constant;
pub use self::cosine::Cosine;
pub use self::exponential::Exponential;
pub use self::one_cycle::OneCycle;
pub use self::plateau::Plateau;
pub use self::step_decay::StepDecay;
pub use self::warmup::Warmup;
use crate::scalar::Scalar;

/// The learning rate of each step.
///
/// ```
/// use backprop_runtime::schedules::Schedule;
///
/// /// b / √(t + 1)
/// struct InverseRoot;
///
/// impl Schedule<f32> for InverseRoot {
///     fn rate(&self, base: f32, step: u64) -> f32 {
///         base / (step as f32 + 1.0).sqrt()
///     }
/// }
///
/// assert_eq!(InverseRoot.rate(0.5, 3), 0.25);
/// ```
pub trait Schedule<T: Scalar> {
    /// The rate of a step, the first of which is step 0, for a rule that was made with rate `base`.
    fn rate(&self, base: T, step: u64) -> T;

    /// The momentum of that step, where the schedule asks for one.
    fn momentum(&self, _step: u64) -> Option<T> {
        None
    }
}

/// From `start`, where `progress` is 0, to `end`, where it is 1, along half a wave of the cosine.
#[inline]
fn anneal_cosine<T: Scalar>(start: T, end: T, progress: T) -> T {
    let wave = T::ONE + (T::from_f64(core::f64::consts::PI) * progress).cos();
    end + (start - end) * T::from_f64(0.5) * wave
}

/// The same along a line.
#[inline]
fn anneal_line<T: Scalar>(start: T, end: T, progress: T) -> T {
    start + (end - start) * progress
}

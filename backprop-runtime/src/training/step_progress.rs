//! How far a training step is that is taken in parts.

use crate::scalar::Scalar;

/// How far a training step is that is taken in parts, by `train_step_part`: for schedulers whose tasks may run for no
/// longer than one part takes.
///
/// ```
/// use backprop_runtime::{Error, InPlace, Network, StepProgress, Trainable};
///
/// /// Takes one step on one sample, and calls `pause` between its parts.
/// fn train_politely<N: Trainable>(
///     network: &mut N,
///     input: &N::Input,
///     target: &N::Target,
///     optimizer: &mut impl InPlace<N::Gradient>,
///     workspace: &mut N::Workspace,
///     pause: impl Fn(),
/// ) -> Result<<N as Network>::Scalar, Error> {
///     let mut progress = StepProgress::new();
///     loop {
///         match network.train_step_part(input, target, optimizer, &mut progress, workspace)? {
///             Some(loss) => return Ok(loss),
///             None => pause(),
///         }
///     }
/// }
/// ```
///
/// Until the loss is known no parameter has changed, and a step can be given up by starting from
/// [`new`](Self::new); from then on each part that computes a parameter's gradient changes that parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct StepProgress<T> {
    /// The part to do next.
    part: usize,
    /// Steps taken before this one, which is what random numbers are drawn for: the optimizer counts this one from
    /// its middle on.
    steps: u64,
    /// What is known of the loss.
    loss: T,
}

impl<T: Scalar> StepProgress<T> {
    /// A step that has not begun.
    #[must_use]
    pub const fn new() -> Self {
        Self { part: 0, steps: 0, loss: T::ZERO }
    }

    /// How many parts of the step are done.
    #[must_use]
    pub const fn parts_done(&self) -> usize {
        self.part
    }

    /// The part to do, of a step that the optimizer has so many before. Another step begins next unless
    /// [`finish_part`](Self::finish_part) is told of this one.
    #[doc(hidden)]
    #[inline]
    pub fn begin_part(&mut self, steps: u64) -> Self {
        let this = core::mem::take(self);
        if this.part == 0 { Self { steps, ..this } } else { this }
    }

    /// That part is done: the loss, if it was the last.
    #[doc(hidden)]
    #[inline]
    pub fn finish_part(&mut self, done: Self, parts: usize, loss: T) -> Option<T> {
        let part = done.part + 1;
        if part == parts {
            return Some(loss);
        }
        *self = Self { part, loss, ..done };
        None
    }

    /// Steps before this one.
    #[doc(hidden)]
    #[inline]
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// What is known of the loss.
    #[doc(hidden)]
    #[inline]
    pub const fn loss(&self) -> T {
        self.loss
    }
}

impl<T: Scalar> Default for StepProgress<T> {
    fn default() -> Self {
        Self::new()
    }
}

//! When to stop: a figure has not improved for a while (Prechelt 1998, "Early Stopping - But When?").

use crate::checkpoint::implement_state;
use crate::scalar::Scalar;

/// What the latest figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a verdict is for the caller to act on"]
pub enum Verdict {
    /// The best so far: the moment to keep a copy of the network.
    Improved,
    /// No better, and there is patience left.
    Waiting,
    /// Not improved for as many epochs as there was patience.
    Stop,
}

/// Watches a figure, epoch by epoch, and says when it no longer improves.
///
/// The figure is best one of samples that the network does not learn from. The line that keeps the best
/// network is the user's:
///
/// ```
/// use backprop_runtime::training::{EarlyStopping, Verdict};
///
/// let mut stopping = EarlyStopping::minimise(2).min_delta(0.01);
/// let mut best = 0;
/// let mut last = 0;
/// for (epoch, loss) in [0.9, 0.5, 0.6, 0.495, 0.3].into_iter().enumerate() {
///     last = epoch;
///     match stopping.observe(loss) {
///         Verdict::Improved => best = epoch, // best.copy_from(&network)
///         Verdict::Waiting => {}
///         Verdict::Stop => break,
///     }
/// }
/// // 0.495 is less than min_delta below 0.5: two epochs without an improvement.
/// assert_eq!((best, last, stopping.best()), (1, 3, Some(0.5)));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct EarlyStopping<T = f32> {
    patience: u32,
    min_delta: T,
    maximises: bool,
    best: Option<T>,
    waited: u32,
}

impl<T: Scalar> EarlyStopping<T> {
    /// For a figure that should fall, such as a loss. It may fail to improve `patience` times in a row; the
    /// last of them stops, and so a patience of 0 means what 1 does.
    #[must_use]
    pub const fn minimise(patience: u32) -> Self {
        Self { patience, min_delta: T::ZERO, maximises: false, best: None, waited: 0 }
    }

    /// The same for one that should rise, such as an accuracy.
    #[must_use]
    pub const fn maximise(patience: u32) -> Self {
        Self { maximises: true, ..Self::minimise(patience) }
    }

    /// An improvement must be larger than this to count; 0 unless it is set.
    #[must_use]
    pub const fn min_delta(self, min_delta: T) -> Self {
        Self { min_delta, ..self }
    }

    /// Takes in the figure of one epoch. NaN is never an improvement, the first number always is.
    pub fn observe(&mut self, figure: T) -> Verdict {
        let improves = match self.best {
            Some(best) if self.maximises => figure - best > self.min_delta,
            Some(best) => best - figure > self.min_delta,
            None => figure.partial_cmp(&figure).is_some(),
        };
        if improves {
            self.best = Some(figure);
            self.waited = 0;
            return Verdict::Improved;
        }
        self.waited = self.waited.saturating_add(1);
        if self.waited < self.patience { Verdict::Waiting } else { Verdict::Stop }
    }

    /// The best figure so far.
    #[must_use]
    pub const fn best(&self) -> Option<T> {
        self.best
    }
}

implement_state!([T: Scalar] EarlyStopping<T>, "EarlyStopping", { best: Option<T>, waited: u32 });

#[cfg(test)]
mod tests {
    use super::Verdict::{Improved, Stop, Waiting};
    use super::*;

    fn observe<const N: usize>(stopping: &mut EarlyStopping, figures: [f32; N]) -> [Verdict; N] {
        figures.map(|figure| stopping.observe(figure))
    }

    #[test]
    fn patience_starts_afresh_with_each_improvement() {
        let mut stopping = EarlyStopping::minimise(3);
        let verdicts = observe(&mut stopping, [1.0, 2.0, 1.5, 0.5, 0.5, 0.6, 0.5, 0.4]);
        assert_eq!(
            verdicts,
            [Improved, Waiting, Waiting, Improved, Waiting, Waiting, Stop, Improved]
        );
        assert_eq!(stopping.best(), Some(0.4));
    }

    #[test]
    fn a_figure_that_should_rise_is_the_mirror_image() {
        let mut stopping = EarlyStopping::maximise(2).min_delta(0.25);
        let verdicts = observe(&mut stopping, [-1.0, -0.75, -0.5, -1.0, -0.25]);
        assert_eq!(verdicts, [Improved, Waiting, Improved, Waiting, Stop]);
        assert_eq!(stopping.best(), Some(-0.5));
    }

    #[test]
    fn what_is_no_number_is_no_improvement() {
        let mut stopping = EarlyStopping::minimise(2);
        let verdicts = observe(&mut stopping, [f32::NAN, 1.0, f32::NAN, f32::NAN]);
        assert_eq!(verdicts, [Waiting, Improved, Waiting, Stop]);
        assert_eq!(stopping.best(), Some(1.0));
        // An infinite loss is a bad one, not an undefined one.
        let mut stopping = EarlyStopping::minimise(2);
        assert_eq!(observe(&mut stopping, [f32::INFINITY, 1.0]), [Improved, Improved]);
    }

    #[test]
    fn without_patience_the_first_setback_stops() {
        for patience in [0, 1] {
            let mut stopping = EarlyStopping::minimise(patience);
            assert_eq!(observe(&mut stopping, [1.0, 0.5, 0.5]), [Improved, Improved, Stop]);
        }
    }
}

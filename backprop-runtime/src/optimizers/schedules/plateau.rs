//! A fall when the loss stops falling.

use super::super::defaults::Defaults;
use crate::checkpoint::implement_state;
use crate::scalar::Scalar;

/// Lowers the rate whenever the loss has not improved for more than `patience` looks (PyTorch's
/// `ReduceLROnPlateau`, mode `min`). [`observe`](Self::observe) takes a loss, that of an epoch, say, and
/// returns the rate to go on with. NaN is no improvement.
///
/// PyTorch's defaults: a factor of 0.1, a patience of 10, an improvement of at least 1e-4 of the best loss, no
/// cooldown, no minimum. A fall of less than 1e-8 is left undone.
///
/// ```
/// use backprop_runtime::schedules::Plateau;
///
/// let mut plateau = Plateau::new(1.0).factor(0.5).patience(1);
/// let losses = [3.0, 2.0, 2.5, 2.0, 1.0];
/// // In a loop: optimizer.set_rate(plateau.observe(loss));
/// assert_eq!(losses.map(|loss| plateau.observe(loss)), [1.0, 1.0, 1.0, 0.5, 0.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Plateau<T = f32> {
    rate: T,
    factor: T,
    patience: u32,
    threshold: T,
    absolute: bool,
    cooldown: u32,
    minimum: T,
    best: Option<T>,
    waited: u32,
    resting: u32,
}

impl<T: Defaults> Plateau<T> {
    /// From this rate on.
    #[must_use]
    pub const fn new(rate: T) -> Self {
        Self {
            rate,
            factor: T::PLATEAU_FACTOR,
            patience: 10,
            threshold: T::PLATEAU_THRESHOLD,
            absolute: false,
            cooldown: 0,
            minimum: T::ZERO,
            best: None,
            waited: 0,
            resting: 0,
        }
    }
}

impl<T: Scalar> Plateau<T> {
    /// What a fall leaves of the rate.
    #[must_use]
    pub const fn factor(mut self, factor: T) -> Self {
        self.factor = factor;
        self
    }

    /// How many losses in a row may be no improvement.
    #[must_use]
    pub const fn patience(mut self, patience: u32) -> Self {
        self.patience = patience;
        self
    }

    /// How much of the best loss counts as an improvement.
    #[must_use]
    pub const fn threshold(mut self, threshold: T) -> Self {
        self.threshold = threshold;
        self.absolute = false;
        self
    }

    /// What difference from the best loss counts as an improvement.
    #[must_use]
    pub const fn absolute_threshold(mut self, threshold: T) -> Self {
        self.threshold = threshold;
        self.absolute = true;
        self
    }

    /// For how many losses after a fall nothing is counted.
    #[must_use]
    pub const fn cooldown(mut self, cooldown: u32) -> Self {
        self.cooldown = cooldown;
        self
    }

    /// The least rate.
    #[must_use]
    pub const fn minimum(mut self, rate: T) -> Self {
        self.minimum = rate;
        self
    }

    /// The rate that the losses so far lead to.
    #[must_use]
    pub const fn rate(&self) -> T {
        self.rate
    }

    /// Takes a loss into account; returns the rate.
    pub fn observe(&mut self, loss: T) -> T {
        if self.improves(loss) {
            self.best = Some(loss);
            self.waited = 0;
        } else {
            self.waited = self.waited.saturating_add(1);
        }
        if self.resting > 0 {
            self.resting -= 1;
            self.waited = 0;
        }
        if self.waited > self.patience {
            let lower = (self.rate * self.factor).larger(self.minimum);
            if self.rate - lower > T::from_f64(1e-8) {
                self.rate = lower;
            }
            self.resting = self.cooldown;
            self.waited = 0;
        }
        self.rate
    }

    fn improves(&self, loss: T) -> bool {
        match self.best {
            // Anything but infinity is better than nothing.
            None => loss <= T::MAX,
            Some(best) if self.absolute => loss < best - self.threshold,
            Some(best) => loss < best * (T::ONE - self.threshold),
        }
    }
}

implement_state!([T: Scalar] Plateau<T>, "Plateau", {
    rate: T, best: Option<T>, waited: u32, resting: u32
});

//! Adam with a decoupled decay.

use super::adam::Adam;
use super::decay::Decoupled;
use super::defaults::Defaults;
use super::rule::{Rule, delegate_rule};
use crate::checkpoint::State;
use crate::layout::ParameterInfo;
use crate::scalar::Scalar;

/// [`Adam`] whose decay stays out of the means (Loshchilov and Hutter 2019): w -= rate decay w, then Adam's
/// step by the bare gradient.
///
/// PyTorch's defaults: betas 0.9 and 0.999, epsilon 1e-8, a decay of 1e-2, and a rate of 1e-3.
///
/// ```
/// use backprop_runtime::{AdamW, Rule};
///
/// let mut rule = AdamW::new(0.1).weight_decay(0.5);
/// let (mut weight, mut mean, mut square) = (2.0_f64, 0.0, 0.0);
/// rule.begin();
/// rule.update(&mut weight, 3.0, [&mut mean, &mut square]);
/// // 2 - 0.1 · 0.5 · 2, then a first step as long as the rate.
/// assert!((weight - 1.8).abs() < 1e-9);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AdamW<T = f32>(Adam<T, Decoupled<T>>);

impl<T: Defaults> AdamW<T> {
    /// PyTorch's defaults at this rate.
    #[must_use]
    pub const fn new(rate: T) -> Self {
        Self(Adam::with_decay(rate, Decoupled(T::ADAMW_DECAY)))
    }
}

impl<T: Defaults> Default for AdamW<T> {
    fn default() -> Self {
        Self::new(T::from_f64(1e-3))
    }
}

impl<T: Scalar> AdamW<T> {
    /// How slowly the means of g and g² forget.
    #[must_use]
    pub const fn betas(self, beta1: T, beta2: T) -> Self {
        Self(self.0.betas(beta1, beta2))
    }

    /// What keeps the divisor from zero.
    #[must_use]
    pub const fn epsilon(self, epsilon: T) -> Self {
        Self(self.0.epsilon(epsilon))
    }

    /// Takes the rate times `decay` times the weight off the weight.
    #[must_use]
    pub const fn weight_decay(self, decay: T) -> Self {
        Self(self.0.replace_decay(Decoupled(decay)))
    }
}

impl<T: Scalar> Rule<T> for AdamW<T> {
    delegate_rule!(0: Adam<T, Decoupled<T>>, T);

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, slots: [&mut T; 2]) {
        self.0.update(weight, gradient, slots);
    }
}

impl<T: Scalar> State for AdamW<T> {
    const NAME: &'static str = "AdamW";

    type Fields = <Adam<T, Decoupled<T>> as State>::Fields;

    fn fields(&self) -> Self::Fields {
        self.0.fields()
    }

    fn set_fields(&mut self, fields: Self::Fields) {
        self.0.set_fields(fields);
    }
}

//! Decay around a rule that has none.

use super::decay::Decay;
use super::rule::{Rule, delegate_rule};
use super::slots::Slots;
use crate::checkpoint::{State, delegate_state};
use crate::layout::ParameterInfo;
use crate::scalar::Scalar;

/// A rule whose gradients a decay was added to: what [`Rule::l1`] and [`Rule::l2`] make.
///
/// ```
/// use backprop_runtime::{L1, Rule, Sgd, WithDecay};
///
/// static RULE: WithDecay<Sgd, L1> = WithDecay::new(Sgd::new(0.5), L1(0.25));
/// // g + 0.25 sign(w) = 1 - 0.25
/// let mut weight = -2.0;
/// RULE.update(&mut weight, 1.0, []);
/// assert_eq!(weight, -2.0 - 0.5 * 0.75);
/// assert_eq!(RULE, Sgd::new(0.5).l1(0.25));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct WithDecay<R, D> {
    rule: R,
    decay: D,
}

impl<R, D> WithDecay<R, D> {
    /// This decay, then this rule.
    pub const fn new(rule: R, decay: D) -> Self {
        Self { rule, decay }
    }
}

impl<T: Scalar, R: Rule<T>, D: Decay<T>> Rule<T> for WithDecay<R, D> {
    delegate_rule!(rule: R, T);

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, slots: <R::Slots as Slots>::Of<&mut T>) {
        let gradient = self.decay.apply(gradient, *weight);
        self.rule.update(weight, gradient, slots);
    }
}

delegate_state!([R: State, D] WithDecay<R, D>, rule: R);

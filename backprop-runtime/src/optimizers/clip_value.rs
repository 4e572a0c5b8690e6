//! Gradients within bounds.

use super::rule::{Rule, delegate_rule};
use super::slots::Slots;
use crate::checkpoint::{State, delegate_state};
use crate::layout::ParameterInfo;
use crate::scalar::Scalar;

/// A rule whose gradients are kept within -limit and limit, one by one (PyTorch's `clip_grad_value_`): what
/// [`Rule::clip_value`] makes. NaN stays NaN.
///
/// ```
/// use backprop_runtime::{ClipValue, Rule, Sgd};
///
/// static RULE: ClipValue<Sgd> = ClipValue::new(Sgd::new(0.5), 1.0);
/// let mut weights = [0.0; 3];
/// for (weight, gradient) in weights.iter_mut().zip([3.0, -0.5, -2.0]) {
///     RULE.update(weight, gradient, []);
/// }
/// assert_eq!(weights, [-0.5, 0.25, 0.5]);
/// assert_eq!(RULE, Sgd::new(0.5).clip_value(1.0));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ClipValue<R, T = f32> {
    rule: R,
    limit: T,
}

impl<R, T> ClipValue<R, T> {
    /// This limit, then this rule.
    pub const fn new(rule: R, limit: T) -> Self {
        Self { rule, limit }
    }
}

impl<T: Scalar, R: Rule<T>> Rule<T> for ClipValue<R, T> {
    delegate_rule!(rule: R, T);

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, slots: <R::Slots as Slots>::Of<&mut T>) {
        self.rule.update(weight, gradient.clip(-self.limit, self.limit), slots);
    }
}

delegate_state!([R: State, T] ClipValue<R, T>, rule: R);

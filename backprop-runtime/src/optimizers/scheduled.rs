//! A rate for each step.

use super::rule::Rule;
use super::schedules::Schedule;
use super::slots::Slots;
use crate::checkpoint::{State, identify_around};
use crate::layout::ParameterInfo;
use crate::scalar::Scalar;

/// A rule whose rate a schedule sets before each step: what [`Rule::schedule`] makes. The schedule starts
/// from the rate that the rule was made with; a later `set_rate` changes that base, not the place in the
/// schedule. Where the schedule asks for a momentum ([`OneCycle`](super::schedules::OneCycle)), the rule gets
/// it as well.
///
/// `rate` is that of the next step.
///
/// ```
/// use backprop_runtime::schedules::StepDecay;
/// use backprop_runtime::{Rule, Scheduled, Sgd};
///
/// static RULE: Scheduled<Sgd, StepDecay> = Scheduled::new(Sgd::new(1.0), StepDecay::new(2).gamma(0.5));
/// let mut rule = RULE.clone();
/// let mut rates = [0.0; 5];
/// for rate in &mut rates {
///     *rate = rule.rate();
///     rule.begin();
/// }
/// assert_eq!(rates, [1.0, 1.0, 0.5, 0.5, 0.25]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduled<R, S, T = f32> {
    rule: R,
    schedule: S,
    /// The rule's own rate until the first step overwrites that.
    base: Option<T>,
    step: u64,
}

impl<R, S, T> Scheduled<R, S, T> {
    /// This rule, at the rates of this schedule.
    pub const fn new(rule: R, schedule: S) -> Self {
        Self { rule, schedule, base: None, step: 0 }
    }
}

impl<T: Scalar, R: Rule<T>, S: Schedule<T>> Rule<T> for Scheduled<R, S, T> {
    type Slots = R::Slots;

    const GROUPED: bool = R::GROUPED;

    #[inline(always)]
    fn begin(&mut self) {
        let rate = self.rate();
        self.base.get_or_insert_with(|| self.rule.rate());
        self.rule.set_rate(rate);
        if let Some(momentum) = self.schedule.momentum(self.step) {
            self.rule.set_momentum(momentum);
        }
        self.step = self.step.wrapping_add(1);
        self.rule.begin();
    }

    #[inline(always)]
    fn enter(&mut self, parameter: &ParameterInfo) {
        self.rule.enter(parameter);
    }

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, slots: <R::Slots as Slots>::Of<&mut T>) {
        self.rule.update(weight, gradient, slots);
    }

    fn rate(&self) -> T {
        let base = self.base.unwrap_or_else(|| self.rule.rate());
        self.schedule.rate(base, self.step)
    }

    fn set_rate(&mut self, rate: T) {
        self.base = Some(rate);
    }

    fn set_momentum(&mut self, momentum: T) {
        self.rule.set_momentum(momentum);
    }
}

impl<R: State, S, T: Scalar> State for Scheduled<R, S, T> {
    const NAME: &'static str = "Scheduled";
    const IDENTITY: u64 = identify_around(Self::NAME, R::IDENTITY);

    type Fields = (R::Fields, Option<T>, u64);

    fn fields(&self) -> Self::Fields {
        (self.rule.fields(), self.base, self.step)
    }

    fn set_fields(&mut self, (rule, base, step): Self::Fields) {
        self.rule.set_fields(rule);
        (self.base, self.step) = (base, step);
    }

    fn accepts((rule, ..): &Self::Fields) -> bool {
        R::accepts(rule)
    }
}

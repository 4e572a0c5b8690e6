//! Different settings for different parameters.

use super::rule::Rule;
use super::slots::Slots;
use crate::checkpoint::{State, identify_around};
use crate::layout::ParameterInfo;
use crate::scalar::Scalar;

/// Which group a parameter belongs to. Closures `|parameter: &ParameterInfo| ..` are choosers; in a `static`,
/// where the type must have a name, implement it for a type of your own.
pub trait Choose {
    /// The index of the rule. Beyond the last one the parameter is left as it is: a layer is frozen so for
    /// as long as the optimiser lasts.
    fn choose(&self, parameter: &ParameterInfo) -> usize;
}

impl<F: Fn(&ParameterInfo) -> usize> Choose for F {
    #[inline(always)]
    fn choose(&self, parameter: &ParameterInfo) -> usize {
        self(parameter)
    }
}

/// Biases in the second group, all else in the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Biases;

impl Choose for Biases {
    #[inline(always)]
    fn choose(&self, parameter: &ParameterInfo) -> usize {
        usize::from(parameter.is_bias())
    }
}

/// Rules of one type with settings of their own, each for the parameters that a chooser gives it: PyTorch's
/// parameter groups. It is asked once a step for each parameter.
///
/// No decay on biases:
///
/// ```
/// use backprop_runtime::{AdamW, Biases, Groups};
///
/// static RULE: Groups<AdamW, Biases, 2> =
///     Groups::biases(AdamW::new(1e-3), AdamW::new(1e-3).weight_decay(0.0));
/// ```
///
/// A rate for one layer, half that of the others:
///
/// ```
/// use backprop_runtime::{Groups, ParameterInfo, Rule, Sgd};
///
/// let rule = Groups::new([Sgd::new(0.1), Sgd::new(0.05)], |parameter: &ParameterInfo| {
///     usize::from(parameter.layer == "head")
/// });
/// # let mut rule = rule;
/// # let mut weights = [0.0_f64; 2];
/// # for (layer, weight) in ["trunk", "head"].into_iter().zip(&mut weights) {
/// #     rule.enter(&ParameterInfo::new(layer, "weight", &[1, 1]));
/// #     rule.update(weight, 1.0, []);
/// # }
/// # assert_eq!(weights, [-0.1, -0.05]);
/// ```
///
/// # The rate
///
/// `rate` is that of the first group. `set_rate`, and so a schedule around the groups, sets it and changes all
/// others in proportion: their ratios are those that the rules were made with, even after a rate of zero. If
/// the first rule was made with a rate of zero there are none, and nothing changes. `set_momentum` sets all
/// alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Groups<R, C, const N: usize, T = f32> {
    rules: [R; N],
    chooser: C,
    /// The rates that the rules were made with, once one was changed.
    rates: Option<[T; N]>,
    current: usize,
}

impl<R, C, const N: usize, T> Groups<R, C, N, T> {
    /// These rules, for the parameters that the chooser gives them.
    pub const fn new(rules: [R; N], chooser: C) -> Self {
        const { assert!(N > 0, "there must be a group") };
        Self { rules, chooser, rates: None, current: 0 }
    }
}

impl<R, T> Groups<R, Biases, 2, T> {
    /// One rule for the biases, another for all else.
    pub const fn biases(others: R, biases: R) -> Self {
        Self::new([others, biases], Biases)
    }
}

impl<T: Scalar, R: Rule<T>, C: Choose, const N: usize> Rule<T> for Groups<R, C, N, T> {
    type Slots = R::Slots;

    const GROUPED: bool = true;

    #[inline(always)]
    fn begin(&mut self) {
        for rule in &mut self.rules {
            rule.begin();
        }
    }

    #[inline(always)]
    fn enter(&mut self, parameter: &ParameterInfo) {
        self.current = self.chooser.choose(parameter);
        if let Some(rule) = self.rules.get_mut(self.current) {
            rule.enter(parameter);
        }
    }

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, slots: <R::Slots as Slots>::Of<&mut T>) {
        if let Some(rule) = self.rules.get(self.current) {
            rule.update(weight, gradient, slots);
        }
    }

    fn rate(&self) -> T {
        self.rules.first().map_or(T::ZERO, R::rate)
    }

    fn set_rate(&mut self, rate: T) {
        let rules = &self.rules;
        let rates = *self.rates.get_or_insert_with(|| rules.each_ref().map(R::rate));
        let Some(first) = rates.first().copied().filter(|first| *first != T::ZERO) else { return };
        for (rule, base) in self.rules.iter_mut().zip(rates) {
            rule.set_rate(rate * (base / first));
        }
    }

    fn set_momentum(&mut self, momentum: T) {
        for rule in &mut self.rules {
            rule.set_momentum(momentum);
        }
    }
}

impl<R: State, C, const N: usize, T: Scalar> State for Groups<R, C, N, T> {
    const NAME: &'static str = "Groups";
    const IDENTITY: u64 =
        identify_around(Self::NAME, identify_around("rules", R::IDENTITY)) ^ N as u64;

    type Fields = ([R::Fields; N], Option<[T; N]>);

    fn fields(&self) -> Self::Fields {
        (self.rules.each_ref().map(R::fields), self.rates)
    }

    fn set_fields(&mut self, (rules, rates): Self::Fields) {
        for (rule, fields) in self.rules.iter_mut().zip(rules) {
            rule.set_fields(fields);
        }
        self.rates = rates;
    }

    fn accepts((rules, _): &Self::Fields) -> bool {
        rules.iter().all(R::accepts)
    }
}

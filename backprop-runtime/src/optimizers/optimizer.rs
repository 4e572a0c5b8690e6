//! A rule and its state, which is shaped like the gradient.

use core::fmt;

use super::apply::update_all;
use super::clip_norm::ClipNorm;
use super::rule::Rule;
use super::slots::Slots;
use crate::layout::has_statistics;
use crate::network::Parameters;
use crate::scalar::Scalar;
use crate::zero::Zero;

/// Anything that can change a network by a whole gradient.
///
/// Of a parameter that [is a statistic](crate::ParameterInfo::is_statistic), the gradient has what is to be subtracted as it
/// is, whatever happens to the others.
pub trait Optimize<N, G> {
    /// Takes one step.
    fn step(&mut self, network: &mut N, gradient: &G);

    /// How many steps were taken: what a network that draws random numbers draws them by.
    fn steps(&self) -> u64;
}

type State<R, G> = <<R as Rule<<G as Parameters>::Scalar>>::Slots as Slots>::State<G>;

/// An update rule with its state, for networks whose gradient is `G`.
///
/// The state is part of the value: an optimiser can stand in a `static`.
///
/// Rules: [`Sgd`](super::Sgd), [`RmsProp`](super::RmsProp), [`Adagrad`](super::Adagrad),
/// [`Adadelta`](super::Adadelta), [`Adam`](super::Adam), [`AdamW`](super::AdamW), [`Nadam`](super::Nadam),
/// [`Lion`](super::Lion), and any type that implements [`Rule`]. Around a rule: [`Rule::l1`], [`Rule::l2`],
/// [`Rule::clip_value`], [`Rule::schedule`]; several of one kind for different parameters:
/// [`Groups`](super::Groups). All of these work in place (`train_step`) and on whole gradients (`train_batch`,
/// [`step`](Self::step)); [`clip_norm`](Self::clip_norm) on whole gradients alone.
/// [`optimizers`](super) has them in a table.
///
/// ```
/// use backprop_runtime::schedules::Cosine;
/// use backprop_runtime::{Adam, Optimizer, Rule};
/// # use backprop_runtime::{ParameterInfo, Parameters, Zero};
/// #
/// # struct Pair([f32; 2]);
/// # impl Zero for Pair {
/// #     const ZERO: Self = Self([0.0; 2]);
/// # }
/// # impl Parameters for Pair {
/// #     type Scalar = f32;
/// #     const LAYOUT: &'static [ParameterInfo] = &[ParameterInfo::new("pair", "weight", &[2])];
/// #     fn as_slice(&self) -> &[f32] {
/// #         &self.0
/// #     }
/// #     fn as_mut_slice(&mut self) -> &mut [f32] {
/// #         &mut self.0
/// #     }
/// # }
///
/// let mut optimizer = Optimizer::new(Adam::new(1e-3).clip_value(1.0).schedule(Cosine::new(1_000)));
/// # let (mut network, gradient) = (Pair::ZERO, Pair([50.0, -0.1]));
/// optimizer.step(&mut network, &gradient);
/// assert_eq!(optimizer.steps(), 1);
/// # assert!(network.0.iter().zip([-1e-3_f32, 1e-3]).all(|(a, b)| (a - b).abs() < 1e-8));
/// ```
pub struct Optimizer<R: Rule<G::Scalar>, G: Parameters + Zero> {
    pub(crate) rule: R,
    pub(crate) steps: u64,
    pub(crate) state: State<R, G>,
}

impl<R: Rule<G::Scalar>, G: Parameters + Zero> Optimizer<R, G> {
    /// No step taken, all state zero.
    pub const fn new(rule: R) -> Self {
        Self { rule, steps: 0, state: <State<R, G> as Zero>::ZERO }
    }

    /// The rule.
    pub const fn rule(&self) -> &R {
        &self.rule
    }

    /// The rule, to change its rate.
    pub const fn rule_mut(&mut self) -> &mut R {
        &mut self.rule
    }

    /// The learning rate.
    pub fn rate(&self) -> G::Scalar {
        self.rule.rate()
    }

    /// Changes the learning rate.
    pub fn set_rate(&mut self, rate: G::Scalar) {
        self.rule.set_rate(rate);
    }

    /// Scales each whole gradient down to this norm first, where it is longer. For `train_batch` and loops by
    /// hand.
    pub const fn clip_norm(self, max_norm: G::Scalar) -> ClipNorm<R, G> {
        ClipNorm::new(self, max_norm)
    }

    /// How many steps were taken.
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// Begins a step.
    #[inline(always)]
    pub(super) fn begin_step(&mut self) {
        self.steps = self.steps.wrapping_add(1);
        self.rule.begin();
    }

    /// Takes one step: every trainable parameter of the network, by a whole gradient.
    #[inline(always)]
    pub fn step<N: Parameters<Scalar = G::Scalar>>(&mut self, network: &mut N, gradient: &G) {
        self.step_by(network, gradient, |gradient| gradient);
    }

    /// Takes one step by what `adjust` makes of each element of the gradient.
    #[inline(always)]
    pub(super) fn step_by<N: Parameters<Scalar = G::Scalar>>(
        &mut self,
        network: &mut N,
        gradient: &G,
        adjust: impl Fn(G::Scalar) -> G::Scalar,
    ) {
        self.begin_step();
        let Self { rule, state, .. } = self;
        let slots =
            R::Slots::try_map(R::Slots::each_state(state), |state| Some(state.as_mut_slice()));
        let Some(mut slots) = slots else { return };
        let (weights, gradient) = (network.as_mut_slice(), gradient.as_slice());
        if !const { R::GROUPED || has_statistics(G::LAYOUT) } {
            return update_all(rule, weights, gradient.iter().copied().map(adjust), slots);
        }
        let mut start = 0;
        for parameter in G::LAYOUT {
            let end = start + parameter.count;
            let slots =
                R::Slots::try_map(R::Slots::each(&mut slots), |slot| slot.get_mut(start..end));
            let (weights, gradient) = (weights.get_mut(start..end), gradient.get(start..end));
            if let (Some(weights), Some(gradient), Some(slots)) = (weights, gradient, slots) {
                if parameter.is_statistic() {
                    subtract_all(weights, gradient);
                } else {
                    if const { R::GROUPED } {
                        rule.enter(parameter);
                    }
                    update_all(rule, weights, gradient.iter().copied().map(&adjust), slots);
                }
            }
            start = end;
        }
    }
}

/// Moves statistics by what stands for their gradient, whatever the rule.
#[inline(always)]
fn subtract_all<T: Scalar>(statistics: &mut [T], changes: &[T]) {
    for (statistic, change) in statistics.iter_mut().zip(changes) {
        *statistic -= *change;
    }
}

impl<R, G, N> Optimize<N, G> for Optimizer<R, G>
where
    R: Rule<G::Scalar>,
    G: Parameters + Zero,
    N: Parameters<Scalar = G::Scalar>,
{
    #[inline(always)]
    fn step(&mut self, network: &mut N, gradient: &G) {
        Self::step(self, network, gradient);
    }

    #[inline(always)]
    fn steps(&self) -> u64 {
        self.steps
    }
}

impl<R: Rule<G::Scalar> + Clone, G: Parameters + Zero> Clone for Optimizer<R, G>
where
    State<R, G>: Clone,
{
    fn clone(&self) -> Self {
        Self { rule: self.rule.clone(), steps: self.steps, state: self.state.clone() }
    }
}

impl<R: Rule<G::Scalar> + PartialEq, G: Parameters + Zero> PartialEq for Optimizer<R, G>
where
    State<R, G>: PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        self.rule == other.rule && self.steps == other.steps && self.state == other.state
    }
}

impl<R: Rule<G::Scalar> + fmt::Debug, G: Parameters + Zero> fmt::Debug for Optimizer<R, G> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Optimizer")
            .field("rule", &self.rule)
            .field("steps", &self.steps)
            .finish_non_exhaustive()
    }
}

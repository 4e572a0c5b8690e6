//! A rule and its state, which is shaped like the gradient.

use core::fmt;

use super::rule::{Rule, Slots};
use crate::network::Parameters;
use crate::scalar::Scalar;
use crate::sink::Sink;
use crate::zero::Zero;

/// Anything that can change a network by a whole gradient.
pub trait Optimize<N, G> {
    /// Takes one step.
    fn step(&mut self, network: &mut N, gradient: &G);

    /// How many steps were taken: what a network that draws random numbers draws them by.
    fn steps(&self) -> u64;
}

type State<R, G> = <<R as Rule<<G as Parameters>::Scalar>>::Slots as Slots>::State<G>;
type Of<R, T, X> = <<R as Rule<T>>::Slots as Slots>::Of<X>;

/// An update rule with its state, for networks whose gradient is `G`.
///
/// The state is part of the value: an optimiser can stand in a `static`.
pub struct Optimizer<R: Rule<G::Scalar>, G: Parameters + Zero> {
    rule: R,
    steps: u64,
    state: State<R, G>,
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

    /// How many steps were taken.
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// Begins a step.
    #[doc(hidden)]
    #[inline(always)]
    pub fn begin(&mut self) {
        self.steps = self.steps.wrapping_add(1);
        self.rule.begin();
    }

    /// A sink that applies each gradient at once, to a matrix of weights and its state.
    #[doc(hidden)]
    #[inline(always)]
    pub fn apply<'a, const ROWS: usize, const COLUMNS: usize>(
        &'a mut self,
        weights: &'a mut [[G::Scalar; COLUMNS]; ROWS],
        project: impl Fn(&mut G) -> &mut [[G::Scalar; COLUMNS]; ROWS],
    ) -> impl Sink<G::Scalar, COLUMNS> {
        let Self { rule, state, .. } = self;
        let slots = R::Slots::try_map(R::Slots::each_state(state), |state| Some(project(state)));
        Apply { rule: &*rule, weights, slots }
    }

    /// Applies a buffered gradient to a matrix of weights.
    #[doc(hidden)]
    #[inline(always)]
    pub fn update<const ROWS: usize, const COLUMNS: usize>(
        &mut self,
        weights: &mut [[G::Scalar; COLUMNS]; ROWS],
        gradient: &[G::Scalar],
        project: impl Fn(&mut G) -> &mut [[G::Scalar; COLUMNS]; ROWS],
    ) {
        let mut sink = self.apply(weights, project);
        let (rows, _) = gradient.as_chunks::<COLUMNS>();
        for (row, gradients) in rows.iter().enumerate() {
            sink.put(row, 0, gradients.iter().copied());
        }
    }

    /// Takes one step: every trainable parameter of the network, by a whole gradient.
    #[inline(always)]
    pub fn step<N: Parameters<Scalar = G::Scalar>>(&mut self, network: &mut N, gradient: &G) {
        self.begin();
        let Self { rule, state, .. } = self;
        let slots =
            R::Slots::try_map(R::Slots::each_state(state), |state| Some(state.as_mut_slice()));
        let Some(mut slots) = slots else { return };
        let pairs = network.as_mut_slice().iter_mut().zip(gradient.as_slice());
        for (index, (weight, gradient)) in pairs.enumerate() {
            let slots = R::Slots::try_map(R::Slots::each(&mut slots), |slot| slot.get_mut(index));
            if let Some(slots) = slots {
                rule.update(weight, *gradient, slots);
            }
        }
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

/// Applies a rule in place of collecting a gradient.
struct Apply<'a, R: Rule<T>, T: Scalar, const ROWS: usize, const COLUMNS: usize> {
    rule: &'a R,
    weights: &'a mut [[T; COLUMNS]; ROWS],
    slots: Option<Of<R, T, &'a mut [[T; COLUMNS]; ROWS]>>,
}

impl<R: Rule<T>, T: Scalar, const ROWS: usize, const COLUMNS: usize> Sink<T, COLUMNS>
    for Apply<'_, R, T, ROWS, COLUMNS>
{
    const COLLECTS: bool = false;

    #[inline(always)]
    fn put(&mut self, row: usize, column: usize, gradients: impl Iterator<Item = T>) {
        let weights = self.weights.get_mut(row).and_then(|row| row.get_mut(column..));
        let Some(weights) = weights else { return };
        let Some(slots) = &mut self.slots else { return };
        let slots = R::Slots::try_map(R::Slots::each(slots), |slot| {
            slot.get_mut(row).and_then(|row| row.get_mut(column..))
        });
        let Some(mut slots) = slots else { return };
        for (index, (weight, gradient)) in weights.iter_mut().zip(gradients).enumerate() {
            let slots = R::Slots::try_map(R::Slots::each(&mut slots), |slot| slot.get_mut(index));
            if let Some(slots) = slots {
                self.rule.update(weight, gradient, slots);
            }
        }
    }

    #[inline(always)]
    fn matrix(&mut self) -> (bool, &mut [[T; COLUMNS]]) {
        (false, &mut [])
    }
}

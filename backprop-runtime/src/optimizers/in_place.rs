//! Steps without a gradient in memory.

use super::apply::Apply;
use super::optimizer::Optimizer;
use super::rule::Rule;
use super::slots::Slots;
use crate::network::Parameters;
use crate::sink::Sink;
use crate::zero::Zero;

/// An optimiser that changes each parameter as soon as its gradient is known: what `train_step` takes, where no
/// memory ever holds the whole gradient `G`. [`Optimizer`] is one, with any rule. [`ClipNorm`](super::ClipNorm)
/// is not, since a norm is known only once all of the gradient is.
///
/// ```
/// use backprop_runtime::{InPlace, Optimizer, Rule, Trainable};
///
/// fn train<N: Trainable>(
///     network: &mut N,
///     optimizer: &mut impl InPlace<N::Gradient>,
///     samples: &[(N::Input, N::Target)],
///     workspace: &mut N::Workspace,
/// ) -> Result<(), backprop_runtime::Error> {
///     for (input, target) in samples {
///         network.train_step(input, target, optimizer, workspace)?;
///     }
///     Ok(())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`train_step` cannot work in place with `{Self}`",
    label = "not an `Optimizer<_, {G}>`",
    note = "`train_step` changes each layer before the gradients of the others exist; what needs all of them \
            first, as `ClipNorm` does, works with `train_batch`, on one sample if need be",
    note = "`clip_value`, on the rule, clips each gradient by itself and works in place"
)]
pub trait InPlace<G: Parameters> {
    /// How many steps were taken.
    fn steps(&self) -> u64;

    /// Begins a step.
    #[doc(hidden)]
    fn begin(&mut self);

    /// A sink that applies each gradient at once, to a matrix of weights and its state: those of the parameter
    /// at this index of the layout.
    #[doc(hidden)]
    fn apply<'a, const ROWS: usize, const COLUMNS: usize>(
        &'a mut self,
        index: usize,
        weights: &'a mut [[G::Scalar; COLUMNS]; ROWS],
        project: impl Fn(&mut G) -> &mut [[G::Scalar; COLUMNS]; ROWS],
    ) -> impl Sink<G::Scalar, COLUMNS>;

    /// Applies a buffered gradient to a matrix of weights.
    #[doc(hidden)]
    #[inline(always)]
    fn update<const ROWS: usize, const COLUMNS: usize>(
        &mut self,
        index: usize,
        weights: &mut [[G::Scalar; COLUMNS]; ROWS],
        gradient: &[G::Scalar],
        project: impl Fn(&mut G) -> &mut [[G::Scalar; COLUMNS]; ROWS],
    ) {
        let mut sink = self.apply(index, weights, project);
        let (rows, _) = gradient.as_chunks::<COLUMNS>();
        for (row, gradients) in rows.iter().enumerate() {
            sink.put(row, 0, gradients.iter().copied());
        }
    }
}

impl<R: Rule<G::Scalar>, G: Parameters + Zero> InPlace<G> for Optimizer<R, G> {
    #[inline(always)]
    fn steps(&self) -> u64 {
        self.steps
    }

    #[inline(always)]
    fn begin(&mut self) {
        self.begin_step();
    }

    #[inline(always)]
    fn apply<'a, const ROWS: usize, const COLUMNS: usize>(
        &'a mut self,
        index: usize,
        weights: &'a mut [[G::Scalar; COLUMNS]; ROWS],
        project: impl Fn(&mut G) -> &mut [[G::Scalar; COLUMNS]; ROWS],
    ) -> impl Sink<G::Scalar, COLUMNS> {
        let Self { rule, state, .. } = self;
        if const { R::GROUPED }
            && let Some(parameter) = G::LAYOUT.get(index)
        {
            rule.enter(parameter);
        }
        let slots = R::Slots::try_map(R::Slots::each_state(state), |state| Some(project(state)));
        Apply { rule: &*rule, weights, slots }
    }
}

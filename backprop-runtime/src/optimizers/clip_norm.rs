//! Whole gradients within a norm.

use core::fmt;

use super::optimizer::{Optimize, Optimizer};
use super::rule::Rule;
use crate::layout::has_statistics;
use crate::network::Parameters;
use crate::scalar::Scalar;
use crate::zero::Zero;

/// An optimiser whose gradients are scaled down, all elements alike, to a norm that they must not exceed
/// (Pascanu, Mikolov and Bengio 2013): by min(1, max / (√Σg² + 1e-6)), PyTorch's `clip_grad_norm_`. It is
/// what [`Optimizer::clip_norm`] makes.
///
/// The norm is known once the whole gradient is, so it takes `train_batch`, with one sample if need be, or
/// [`step`](Self::step) by hand. `train_step` changes each layer before the gradients of the others exist:
/// it takes an [`Optimizer`], and [`Rule::clip_value`] there.
///
/// ```
/// use backprop_runtime::{Optimizer, Sgd};
/// # use backprop_runtime::{ParameterInfo, Parameters, Zero};
/// #
/// # struct Pair([f64; 2]);
/// # impl Zero for Pair {
/// #     const ZERO: Self = Self([0.0; 2]);
/// # }
/// # impl Parameters for Pair {
/// #     type Scalar = f64;
/// #     const LAYOUT: &'static [ParameterInfo] = &[ParameterInfo::new("pair", "weight", &[2])];
/// #     fn as_slice(&self) -> &[f64] {
/// #         &self.0
/// #     }
/// #     fn as_mut_slice(&mut self) -> &mut [f64] {
/// #         &mut self.0
/// #     }
/// # }
///
/// let mut optimizer = Optimizer::new(Sgd::new(0.1)).clip_norm(1.0);
/// # let (mut network, gradient) = (Pair::ZERO, Pair([30.0, -40.0]));
/// // A gradient of (30, -40) becomes one of (0.6, -0.8).
/// optimizer.step(&mut network, &gradient);
/// # assert!((network.0[0] + 0.06).abs() < 1e-8 && (network.0[1] - 0.08).abs() < 1e-8);
/// ```
pub struct ClipNorm<R: Rule<G::Scalar>, G: Parameters + Zero> {
    optimizer: Optimizer<R, G>,
    max_norm: G::Scalar,
}

impl<R: Rule<G::Scalar>, G: Parameters + Zero> ClipNorm<R, G> {
    pub(super) const fn new(optimizer: Optimizer<R, G>, max_norm: G::Scalar) -> Self {
        Self { optimizer, max_norm }
    }

    /// The optimiser that gets the gradients.
    pub const fn optimizer(&self) -> &Optimizer<R, G> {
        &self.optimizer
    }

    /// The optimiser that gets the gradients, to change its rate.
    pub const fn optimizer_mut(&mut self) -> &mut Optimizer<R, G> {
        &mut self.optimizer
    }

    /// Takes one step by a gradient that is clipped as it is read.
    #[inline(always)]
    pub fn step<N: Parameters<Scalar = G::Scalar>>(&mut self, network: &mut N, gradient: &G) {
        let norm = sum_gradient_squares(gradient).sqrt();
        let factor = self.max_norm / (norm + G::Scalar::from_f64(1e-6));
        // A norm that is NaN stays visible.
        let factor = if factor > G::Scalar::ONE { G::Scalar::ONE } else { factor };
        self.optimizer.step_by(network, gradient, |gradient| gradient * factor);
    }
}

/// Σg² over all that a rule changes: statistics are none of it.
#[inline(always)]
fn sum_gradient_squares<G: Parameters>(gradient: &G) -> G::Scalar {
    let mut rest = gradient.as_slice();
    if !const { has_statistics(G::LAYOUT) } {
        return sum_squares(rest);
    }
    let mut sum = G::Scalar::ZERO;
    for parameter in G::LAYOUT {
        let Some((values, others)) = rest.split_at_checked(parameter.count) else { break };
        if !parameter.is_statistic() {
            sum += sum_squares(values);
        }
        rest = others;
    }
    sum
}

/// Σv², in sixteen sums side by side: vectorised, and in one order on every target.
#[inline(always)]
fn sum_squares<T: Scalar>(values: &[T]) -> T {
    let mut sums = [T::ZERO; 16];
    let (chunks, rest) = values.as_chunks::<16>();
    for chunk in chunks {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += *value * *value;
        }
    }
    for (sum, value) in sums.iter_mut().zip(rest) {
        *sum += *value * *value;
    }
    sums.into_iter().fold(T::ZERO, |total, sum| total + sum)
}

impl<R, G, N> Optimize<N, G> for ClipNorm<R, G>
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
        self.optimizer.steps()
    }
}

impl<R: Rule<G::Scalar>, G: Parameters + Zero> Clone for ClipNorm<R, G>
where
    Optimizer<R, G>: Clone,
{
    fn clone(&self) -> Self {
        Self { optimizer: self.optimizer.clone(), max_norm: self.max_norm }
    }
}

impl<R: Rule<G::Scalar>, G: Parameters + Zero> PartialEq for ClipNorm<R, G>
where
    Optimizer<R, G>: PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        self.optimizer == other.optimizer && self.max_norm == other.max_norm
    }
}

impl<R: Rule<G::Scalar> + fmt::Debug, G: Parameters + Zero> fmt::Debug for ClipNorm<R, G> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClipNorm")
            .field("optimizer", &self.optimizer)
            .field("max_norm", &self.max_norm)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_square_is_counted_once() {
        let values: [f64; 100] = core::array::from_fn(|index| index as f64);
        for count in 0..=100 {
            let expected: f64 = values.iter().take(count).map(|value| value * value).sum();
            assert_eq!(sum_squares(values.get(..count).unwrap_or_default()), expected, "{count}");
        }
    }
}

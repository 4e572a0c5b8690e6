//! Batches, a tile of samples at a time: on one thread, and with the feature `rayon` on several. Both are
//! written over [`Tiles`], which an expansion implements because it cannot see the runtime's features.

#[cfg(feature = "rayon")]
pub mod parallel;
#[cfg(feature = "rayon")]
pub mod parallel_forward;
mod sequential;

pub use self::sequential::{evaluate, train_batch};

use crate::error::{Error, check_finite, check_gradient};
use crate::memory::samples::Minibatch;
use crate::network::{Facts, Network, Trainable};
use crate::optimizers::Optimize;
use crate::scalar::Scalar;
use crate::simd::Simd;

/// The scalar of a network, which is that of its parameters too.
pub type ScalarOf<N> = <N as Network>::Scalar;

/// The samples and targets of one call on a network.
pub type BatchOf<'a, N> = Minibatch<'a, <N as Network>::Input, <N as Trainable>::Target>;

/// What a network with a loss does with one tile of a batch: [`Facts::TILE`] samples, or as many as are left.
pub trait Tiles: Trainable + Facts {
    /// Whether it learns from statistics of a tile, so that a batch must be whole tiles.
    const WHOLE: bool = false;

    /// Whether the network has what a target names.
    ///
    /// # Errors
    ///
    /// [`Error::ClassOutOfRange`].
    #[inline(always)]
    fn check_target(_target: &Self::Target) -> Result<(), Error> {
        Ok(())
    }

    /// The gradient that a workspace holds.
    fn gradient(workspace: &Self::Workspace) -> &Self::Gradient;

    /// The same, to change.
    fn gradient_mut(workspace: &mut Self::Workspace) -> &mut Self::Gradient;

    /// Computes the gradient of a tile into that of the workspace; returns the sum of the losses.
    fn compute_tile<S: Simd>(
        &self,
        simd: S,
        batch: &BatchOf<'_, Self>,
        turn: Turn<ScalarOf<Self>>,
        workspace: &mut Self::Workspace,
    ) -> ScalarOf<Self>;

    /// The sum of the losses of the tile that begins at the sample `start`.
    fn compute_tile_loss<S: Simd>(
        &self,
        simd: S,
        batch: &BatchOf<'_, Self>,
        start: usize,
        workspace: &mut Self::Workspace,
    ) -> ScalarOf<Self>;
}

/// One tile's part in a step.
#[derive(Clone, Copy, Debug)]
pub struct Turn<T> {
    /// The position of its first sample in the batch.
    pub start: usize,
    /// Whether its gradient is added to what stands in the workspace, rather than put in its place.
    pub continues: bool,
    /// What every sample's gradient is multiplied by: one over the samples of the batch.
    pub scale: T,
    /// The steps that were taken before: random numbers are drawn by them.
    pub step: u64,
}

impl<T: Scalar> Turn<T> {
    /// The first tile of a batch of so many samples.
    #[inline(always)]
    fn first(samples: usize, step: u64) -> Self {
        Self { start: 0, continues: false, scale: T::ONE / T::from_usize(samples), step }
    }
}

/// Nothing, if the network can learn from the batch.
///
/// # Errors
///
/// [`Error::PartialTile`], [`Error::ClassOutOfRange`].
#[inline(always)]
fn check_batch<N: Tiles>(batch: &BatchOf<'_, N>) -> Result<(), Error> {
    let (samples, tile) = (batch.len(), N::TILE);
    if const { N::WHOLE } && !samples.is_multiple_of(tile) {
        return Err(Error::PartialTile { samples, tile });
    }
    batch.check_targets(N::check_target)
}

/// Takes the step that the gradient in the workspace asks for, if nothing is wrong with it; `loss` is the
/// sum over `samples`, and their mean is returned.
#[inline(always)]
fn finish_step<N: Tiles, O: Optimize<N, N::Gradient>>(
    network: &mut N,
    loss: ScalarOf<N>,
    samples: usize,
    optimizer: &mut O,
    workspace: &N::Workspace,
) -> Result<ScalarOf<N>, Error> {
    let loss = check_finite(loss / ScalarOf::<N>::from_usize(samples))?;
    let gradient = N::gradient(workspace);
    check_gradient(gradient)?;
    optimizer.step(network, gradient);
    Ok(loss)
}

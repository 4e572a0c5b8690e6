//! One tile after the other, all in one workspace.

use super::{BatchOf, ScalarOf, Tiles, Turn, check_batch, finish_step};
use crate::error::Error;
use crate::optimizers::Optimize;
use crate::scalar::Scalar;
use crate::simd::Simd;
use crate::zero::Zero;

/// One step on the mean over a batch; returns the mean loss before it.
///
/// # Errors
///
/// [`Error::PartialTile`], [`Error::ClassOutOfRange`], [`Error::NonFiniteLoss`], [`Error::NonFiniteGradient`]: nothing
/// has changed then.
#[inline(always)]
pub fn train_batch<N: Tiles, O: Optimize<N, N::Gradient>>(
    network: &mut N,
    batch: &BatchOf<'_, N>,
    optimizer: &mut O,
    workspace: &mut N::Workspace,
) -> Result<ScalarOf<N>, Error> {
    crate::__dispatch!(simd => train_tiles(simd, network, batch, optimizer, workspace))
}

#[inline(always)]
fn train_tiles<S: Simd, N: Tiles, O: Optimize<N, N::Gradient>>(
    simd: S,
    network: &mut N,
    batch: &BatchOf<'_, N>,
    optimizer: &mut O,
    workspace: &mut N::Workspace,
) -> Result<ScalarOf<N>, Error> {
    check_batch::<N>(batch)?;
    let loss = compute_tiles(simd, network, batch, optimizer.steps(), workspace);
    finish_step(network, loss, batch.len(), optimizer, workspace)
}

/// The gradient of a whole batch; returns the sum of the losses.
// Never inlined: it is compiled once for a network, whatever its optimisers.
#[inline(never)]
fn compute_tiles<S: Simd, N: Tiles>(
    simd: S,
    network: &N,
    batch: &BatchOf<'_, N>,
    step: u64,
    workspace: &mut N::Workspace,
) -> ScalarOf<N> {
    simd.vectorize(
        #[inline(always)]
        || add_tiles(simd, network, batch, step, workspace),
    )
}

// A function: what a loop does with a tile may be too much for a closure to be inlined.
#[inline(always)]
fn add_tiles<S: Simd, N: Tiles>(
    simd: S,
    network: &N,
    batch: &BatchOf<'_, N>,
    step: u64,
    workspace: &mut N::Workspace,
) -> ScalarOf<N> {
    let mut turn = Turn::first(batch.len(), step);
    let mut loss = ScalarOf::<N>::ZERO;
    while turn.start < batch.len() {
        loss += network.compute_tile(simd, batch, turn, workspace);
        turn.start = turn.start.saturating_add(N::TILE);
        turn.continues = true;
    }
    loss
}

/// The mean loss over a batch.
///
/// # Errors
///
/// [`Error::ClassOutOfRange`].
#[inline(always)]
pub fn evaluate<N: Tiles>(
    network: &N,
    batch: &BatchOf<'_, N>,
    workspace: &mut N::Workspace,
) -> Result<ScalarOf<N>, Error> {
    batch.check_targets(N::check_target)?;
    let mut loss = ScalarOf::<N>::ZERO;
    let mut start = 0_usize;
    while start < batch.len() {
        loss += crate::__dispatch!(
            simd => network.compute_tile_loss(simd, batch, start, workspace)
        );
        start = start.saturating_add(N::TILE);
    }
    Ok(loss / ScalarOf::<N>::from_usize(batch.len()))
}

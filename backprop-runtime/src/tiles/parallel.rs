//! Several tiles at a time, each in a workspace of its own, and the same sums in the same order.

use alloc::vec;

use rayon::prelude::*;

use super::parallel_forward::share_tiles;
use super::{BatchOf, ScalarOf, Tiles, Turn, check_batch, finish_step};
use crate::error::Error;
use crate::memory::aligned::Aligned;
use crate::memory::samples::Minibatch;
use crate::network::{Network, Parameters, Trainable};
use crate::optimizers::Optimize;
use crate::scalar::Scalar;
use crate::zero::Zero;

/// How many elements of a gradient a thread adds up at a time: 16 KiB of `f32`.
const ADDED_AT_A_TIME: usize = 4096;

/// Training on several threads, with the feature `rayon`: those of the pool that the call is made in.
///
/// As many tiles are computed at a time as there are workspaces, each of which has a gradient of its own, and
/// what they come to is added up in the order of the samples. So losses, gradients and weights have the bits
/// of the methods without `_parallel`, whatever the number of workspaces and of threads. One
/// workspace for each thread is the least that keeps all of them busy; twice as many even out threads that are
/// not equally fast. A batch of no more than [`TILE`](crate::Facts::TILE) samples runs on one thread.
///
/// Every network with a loss has it, that of `network!` as well as one behind a generic parameter:
///
/// ```
/// use backprop_runtime::{Aligned, Error, ParallelTrain, Optimize, Zero};
///
/// fn learn<N: ParallelTrain, O: Optimize<N, N::Gradient>>(
///     network: &mut N,
///     (inputs, targets): (&[N::Input], &[N::Target]),
///     optimizer: &mut O,
/// ) -> Result<(), Error> {
///     let mut workspaces = [const { Aligned::new(N::Workspace::ZERO) }; 2];
///     for _ in 0..10 {
///         network.train_batch_parallel(inputs, targets, optimizer, &mut workspaces)?;
///     }
///     Ok(())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no network with a loss that threads can share",
    label = "cannot be trained in parallel",
    note = "a loss is a statement of the declaration, such as `loss mse(y);`",
    note = "a frozen block that is borrowed must be `Sync`: a plain reference is"
)]
pub trait ParallelTrain: Trainable {
    /// One step on the mean over the samples; returns the mean loss before it.
    ///
    /// # Errors
    ///
    /// Any [`Error`] but [`Error::IndexOutOfRange`]; nothing has changed then.
    fn train_batch_parallel<O: Optimize<Self, Self::Gradient>>(
        &mut self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        optimizer: &mut O,
        workspaces: &mut [Aligned<Self::Workspace>],
    ) -> Result<ScalarOf<Self>, Error>
    where
        Self: Sized;

    /// The same on the samples of these indices.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; nothing has changed then.
    fn train_batch_indexed_parallel<O: Optimize<Self, Self::Gradient>>(
        &mut self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        indices: &[usize],
        optimizer: &mut O,
        workspaces: &mut [Aligned<Self::Workspace>],
    ) -> Result<ScalarOf<Self>, Error>
    where
        Self: Sized;

    /// The mean loss over the samples.
    ///
    /// # Errors
    ///
    /// [`Error::LengthMismatch`], [`Error::EmptyBatch`], [`Error::ClassOutOfRange`], [`Error::NoWorkspace`].
    fn evaluate_parallel(
        &self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        workspaces: &mut [Aligned<Self::Workspace>],
    ) -> Result<ScalarOf<Self>, Error>;
}

impl<N> ParallelTrain for N
where
    N: Tiles + Sync,
    N: Network<Input: Sync, Workspace: Send + Sync> + Trainable<Target: Sync>,
{
    fn train_batch_parallel<O: Optimize<Self, Self::Gradient>>(
        &mut self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        optimizer: &mut O,
        workspaces: &mut [Aligned<Self::Workspace>],
    ) -> Result<ScalarOf<Self>, Error> {
        train(self, &Minibatch::all(inputs, targets)?, optimizer, workspaces)
    }

    fn train_batch_indexed_parallel<O: Optimize<Self, Self::Gradient>>(
        &mut self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        indices: &[usize],
        optimizer: &mut O,
        workspaces: &mut [Aligned<Self::Workspace>],
    ) -> Result<ScalarOf<Self>, Error> {
        train(self, &Minibatch::indexed(inputs, targets, indices)?, optimizer, workspaces)
    }

    fn evaluate_parallel(
        &self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        workspaces: &mut [Aligned<Self::Workspace>],
    ) -> Result<ScalarOf<Self>, Error> {
        let batch = Minibatch::all(inputs, targets)?;
        batch.check_targets(N::check_target)?;
        let tiles = share_tiles::<N>(batch.len(), workspaces.len())?;
        let mut losses = vec![ScalarOf::<N>::ZERO; batch.len().div_ceil(N::TILE)];
        (workspaces, losses.par_chunks_mut(tiles))
            .into_par_iter()
            .enumerate()
            .with_max_len(1)
            .for_each(|(chunk, (workspace, losses))| {
                for (tile, loss) in losses.iter_mut().enumerate() {
                    let start = (chunk * tiles + tile) * N::TILE;
                    *loss = crate::__dispatch!(
                        simd => self.compute_tile_loss(simd, &batch, start, workspace)
                    );
                }
            });
        Ok(sum_in_order(&losses) / ScalarOf::<N>::from_usize(batch.len()))
    }
}

fn train<N, O: Optimize<N, N::Gradient>>(
    network: &mut N,
    batch: &BatchOf<'_, N>,
    optimizer: &mut O,
    workspaces: &mut [Aligned<N::Workspace>],
) -> Result<ScalarOf<N>, Error>
where
    N: Tiles + Sync,
    N: Network<Input: Sync, Workspace: Send + Sync> + Trainable<Target: Sync>,
{
    check_batch::<N>(batch)?;
    if workspaces.is_empty() {
        return Err(Error::NoWorkspace);
    }
    let first = Turn::first(batch.len(), optimizer.steps());
    let mut losses = vec![ScalarOf::<N>::ZERO; batch.len().div_ceil(N::TILE)];
    let shared = &*network;
    // Within a scope all rounds run in the pool: a call from outside of it would wait for it once a round.
    rayon::scope(|_| {
        for (round, losses) in losses.chunks_mut(workspaces.len()).enumerate() {
            let before = round * workspaces.len();
            let workspaces = &mut workspaces[..losses.len()];
            workspaces.par_iter_mut().zip(losses).enumerate().with_max_len(1).for_each(
                |(slot, (workspace, loss))| {
                    let start = (before + slot) * N::TILE;
                    let turn = Turn { start, continues: round > 0 && slot == 0, ..first };
                    *loss = crate::__dispatch!(
                        simd => shared.compute_tile(simd, batch, turn, workspace)
                    );
                },
            );
            add_to_first::<N>(workspaces);
        }
    });
    let loss = sum_in_order(&losses);
    let workspace = &*workspaces[0];
    crate::__dispatch!(simd => {
        let _ = simd;
        finish_step(network, loss, batch.len(), optimizer, workspace)
    })
}

/// Adds the gradients of all workspaces to that of the first, one after the other: each thread for some of
/// the elements.
fn add_to_first<N>(workspaces: &mut [Aligned<N::Workspace>])
where
    N: Tiles + Network<Workspace: Sync>,
{
    let Some((first, others)) = workspaces.split_first_mut() else { return };
    if others.is_empty() {
        return;
    }
    let total = N::gradient_mut(first).as_mut_slice();
    total.par_chunks_mut(ADDED_AT_A_TIME).enumerate().for_each(|(chunk, total)| {
        for other in &*others {
            let added = &N::gradient(other).as_slice()[chunk * ADDED_AT_A_TIME..];
            for (sum, value) in total.iter_mut().zip(added) {
                *sum += *value;
            }
        }
    });
}

/// The losses of all tiles as one thread adds them up.
fn sum_in_order<T: Scalar>(losses: &[T]) -> T {
    losses.iter().fold(T::ZERO, |sum, loss| sum + *loss)
}

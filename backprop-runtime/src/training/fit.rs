//! Epochs with a callback, for those who do not want to write the loop.

use core::ops::ControlFlow;

use super::batches::shuffle_batches;
use crate::error::Error;
use crate::network::{Network, Trainable};
use crate::optimizers::Optimize;
use crate::random::Random;
use crate::scalar::Scalar;
use crate::zero::Zero;

/// What to learn from, and for how long.
///
/// [`run`](Self::run) works with every [`Trainable`] network, in a workspace of the caller's. `backprop::training`
/// has an example.
#[derive(Debug)]
pub struct Fit<'a, X, Y> {
    /// Samples.
    pub inputs: &'a [X],
    /// The target of each.
    pub targets: &'a [Y],
    /// The indices of those to learn from, shuffled for each epoch.
    pub order: &'a mut [usize],
    /// How many times they are gone through, unless the callback stops earlier.
    pub epochs: usize,
    /// Samples for each step; the last step of an epoch may have fewer. 0 counts as 1.
    pub batch_size: usize,
}

/// What [`Fit::run`] shows and lends after each epoch.
#[derive(Debug)]
pub struct Report<'a, N: Trainable, O> {
    /// Which epoch has ended: the first is 1.
    pub epoch: usize,
    /// How many steps this run has taken.
    pub steps: u64,
    /// The epoch's mean loss over the samples, each from before the step that it was part of.
    pub loss: <N as Network>::Scalar,
    /// The network, to evaluate, copy or change.
    pub network: &'a mut N,
    /// The optimiser, to change its rate.
    pub optimizer: &'a mut O,
    /// The workspace, for calls on the network.
    pub workspace: &'a mut N::Workspace,
}

impl<X, Y> Fit<'_, X, Y> {
    /// Trains, and calls back after each epoch: [`ControlFlow::Break`] is the last one's.
    ///
    /// The steps are those of a loop over [`shuffle_batches`] with
    /// [`train_batch_indexed`](Trainable::train_batch_indexed).
    ///
    /// # Errors
    ///
    /// [`Error::EmptyBatch`] if `order` is empty; what a step returns: the network is then as that step found
    /// it; and what the callback returns.
    pub fn run<N, O>(
        self,
        network: &mut N,
        optimizer: &mut O,
        random: &mut impl Random,
        workspace: &mut N::Workspace,
        mut after_epoch: impl FnMut(Report<'_, N, O>) -> Result<ControlFlow<()>, Error>,
    ) -> Result<(), Error>
    where
        N: Trainable<Input = X, Target = Y>,
        O: Optimize<N, N::Gradient>,
    {
        let Self { inputs, targets, order, epochs, batch_size } = self;
        if order.is_empty() {
            return Err(Error::EmptyBatch);
        }
        let count = <N as Network>::Scalar::from_usize(order.len());
        let mut steps = 0;
        for epoch in 1..=epochs {
            let mut sum = <N as Network>::Scalar::ZERO;
            for batch in shuffle_batches(order, batch_size, random) {
                let loss =
                    network.train_batch_indexed(inputs, targets, batch, optimizer, workspace)?;
                sum += loss * <N as Network>::Scalar::from_usize(batch.len());
                steps += 1;
            }
            let loss = sum / count;
            let report = Report {
                epoch,
                steps,
                loss,
                network: &mut *network,
                optimizer: &mut *optimizer,
                workspace: &mut *workspace,
            };
            if after_epoch(report)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

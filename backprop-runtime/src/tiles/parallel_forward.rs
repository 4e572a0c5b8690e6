//! Outputs on several threads: each computes one stretch of the samples.

use rayon::prelude::*;

use crate::error::{Error, check_lengths};
use crate::memory::aligned::Aligned;
use crate::network::{Facts, Network};

/// The outputs of many samples on several threads, with the feature `rayon`: those of the pool that the
/// call is made in.
pub trait ParallelForward: Network {
    /// Computes the outputs of many samples: the bits of `forward_batch`. Each workspace is the memory of
    /// one thread at a time, so that two threads need two.
    ///
    /// # Errors
    ///
    /// [`Error::LengthMismatch`] if there are not as many outputs as inputs, [`Error::NoWorkspace`].
    fn forward_batch_parallel(
        &self,
        inputs: &[Self::Input],
        outputs: &mut [Self::Output],
        workspaces: &mut [Aligned<Self::Workspace>],
    ) -> Result<(), Error>;
}

impl<N> ParallelForward for N
where
    N: Network<Input: Sync, Output: Send, Workspace: Send> + Facts + Sync,
{
    fn forward_batch_parallel(
        &self,
        inputs: &[Self::Input],
        outputs: &mut [Self::Output],
        workspaces: &mut [Aligned<Self::Workspace>],
    ) -> Result<(), Error> {
        check_lengths(inputs.len(), outputs.len())?;
        let samples = share_tiles::<N>(inputs.len(), workspaces.len())?.saturating_mul(N::TILE);
        (workspaces, inputs.par_chunks(samples), outputs.par_chunks_mut(samples))
            .into_par_iter()
            .with_max_len(1)
            .try_for_each(|(workspace, inputs, outputs)| {
                self.forward_batch(inputs, outputs, workspace)
            })
    }
}

/// How many tiles each workspace gets, of so many samples.
pub fn share_tiles<N: Facts>(samples: usize, workspaces: usize) -> Result<usize, Error> {
    if workspaces == 0 {
        return Err(Error::NoWorkspace);
    }
    Ok(samples.div_ceil(N::TILE).div_ceil(workspaces).max(1))
}

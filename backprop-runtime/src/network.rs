//! What every network implements, so that generic code needs no macro.

use crate::error::Error;
use crate::layout::ParameterInfo;
use crate::optimizers::{InPlace, Optimize};
use crate::random::Random;
use crate::scalar::Scalar;
use crate::training::StepProgress;
use crate::zero::Zero;

/// Something with trainable scalars in declared order: a network or a gradient.
pub trait Parameters {
    /// `f32` or `f64`.
    type Scalar: Scalar;

    /// The arrays that they stand in, one behind the other.
    const LAYOUT: &'static [ParameterInfo];

    /// All of them.
    fn as_slice(&self) -> &[Self::Scalar];

    /// All of them, to change.
    fn as_mut_slice(&mut self) -> &mut [Self::Scalar];

    /// Multiplies all of them.
    #[inline(always)]
    fn scale(&mut self, factor: Self::Scalar) {
        for value in self.as_mut_slice() {
            *value *= factor;
        }
    }

    /// Sets all of them to zero.
    #[inline(always)]
    fn clear(&mut self) {
        self.as_mut_slice().fill(Self::Scalar::ZERO);
    }

    /// Adds those of another, one by one.
    #[inline(always)]
    fn add(&mut self, other: &Self) {
        for (value, other) in self.as_mut_slice().iter_mut().zip(other.as_slice()) {
            *value += *other;
        }
    }

    /// Adds a multiple of those of another, one by one.
    #[inline(always)]
    fn add_scaled(&mut self, other: &Self, factor: Self::Scalar) {
        for (value, other) in self.as_mut_slice().iter_mut().zip(other.as_slice()) {
            *value += factor * *other;
        }
    }

    /// Sets all of them to those of another.
    #[inline(always)]
    fn copy_from(&mut self, other: &Self) {
        for (value, other) in self.as_mut_slice().iter_mut().zip(other.as_slice()) {
            *value = *other;
        }
    }

    /// Moves each a share `tau` of the way towards that of another: w + tau (other - w). At 0 nothing changes,
    /// and at 1 they are those of the other, to the last bit. Two that are equal stay so at any `tau`.
    ///
    /// With a small `tau`, once a step, this is the exponential moving average of Polyak and Juditsky (1992),
    /// or the target network of Lillicrap et al. (2016).
    #[inline(always)]
    fn lerp(&mut self, other: &Self, tau: Self::Scalar) {
        if tau == Self::Scalar::ONE {
            self.copy_from(other);
        } else if tau != Self::Scalar::ZERO {
            for (value, other) in self.as_mut_slice().iter_mut().zip(other.as_slice()) {
                *value += tau * (*other - *value);
            }
        }
    }

    /// Whether none of them is infinite or NaN.
    #[inline(always)]
    fn is_finite(&self) -> bool {
        // Without an early end, so that it is vectorised.
        self.as_slice().iter().fold(true, |finite, value| finite & value.is_finite())
    }
}

/// Something whose parameters can be drawn.
pub trait Initialise {
    /// Draws every parameter afresh, in declared order.
    fn init(&mut self, random: &mut impl Random);
}

/// What is known of a network before the program runs. A network has these constants itself as well;
/// here they are for generic code, and for a network over borrowed frozen parameters.
pub trait Facts {
    /// How many parameters there are, frozen ones included.
    const PARAMETERS: usize;
    /// How many of them an optimiser changes: running statistics are none of them.
    const TRAINABLE_PARAMETERS: usize;
    /// Bytes of all parameters.
    const PARAMETER_BYTES: usize;
    /// Bytes of a workspace for inference.
    const INFERENCE_BYTES: usize;
    /// Bytes of a workspace for training steps.
    const STEP_BYTES: usize;
    /// Bytes of a workspace for batches.
    const BATCH_BYTES: usize;
    /// Samples per tile of a batch.
    const TILE: usize;
    /// Parts of a training step, for [`Trainable::train_step_part`]: 0 where there is none, as without a loss.
    const STEP_PARTS: usize;
    /// Multiply-accumulates of one forward pass.
    const MACS: u64;
    /// The topology's fingerprint: networks with the same one can exchange weights.
    const FINGERPRINT: u64;
    /// The layers, with shapes, parameters and costs.
    const SUMMARY: &'static str;
}

/// A network that computes.
pub trait Network {
    /// `f32` or `f64`.
    type Scalar: Scalar;
    /// One sample.
    type Input;
    /// What is computed from it.
    type Output;
    /// The memory that all calls share.
    type Workspace: Zero;

    /// Computes every output of one sample.
    fn forward(&self, input: &Self::Input, workspace: &mut Self::Workspace) -> Self::Output;

    /// Computes those of many samples, a tile at a time.
    ///
    /// # Errors
    ///
    /// [`Error::LengthMismatch`] if there are not as many outputs as inputs.
    fn forward_batch(
        &self,
        inputs: &[Self::Input],
        outputs: &mut [Self::Output],
        workspace: &mut Self::Workspace,
    ) -> Result<(), Error>;
}

/// A network that runs sample by sample, as time passes: recurrent layers, causal convolutions, and layers that take each
/// step by itself. The steps of a sequence give what [`forward`](Network::forward) gives of the whole, in memory that does
/// not grow.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not run sample by sample",
    label = "needs more than a step",
    note = "where its `step` is called, a warning says which of its layers is in the way"
)]
pub trait Streaming: Network {
    /// What it knows of the steps before: [`Zero::ZERO`] before the first.
    type State: Zero;
    /// What it reads at one step.
    type Sample;
    /// What it computes at one step.
    type StepOutput;

    /// Computes the output of one step, and takes the state on to the next.
    fn step(
        &self,
        state: &mut Self::State,
        sample: &Self::Sample,
        workspace: &mut Self::Workspace,
    ) -> Self::StepOutput;
}

/// A network that can be differentiated.
pub trait Differentiable: Network {
    /// dJ/dw of every trainable parameter.
    type Gradient: Parameters<Scalar = Self::Scalar> + Zero;

    /// Adds to `gradient` what follows from dJ/dy of every output.
    fn backward_from(
        &self,
        input: &Self::Input,
        output_gradient: &Self::Output,
        gradient: &mut Self::Gradient,
        workspace: &mut Self::Workspace,
    );

    /// The same, and dJ/dx of every input.
    fn backward_from_to_input(
        &self,
        input: &Self::Input,
        output_gradient: &Self::Output,
        gradient: &mut Self::Gradient,
        input_gradient: &mut Self::Input,
        workspace: &mut Self::Workspace,
    );
}

/// A network with a loss.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no network with a loss",
    label = "cannot be trained",
    note = "a loss is a statement of the declaration, such as `loss mse(y);`",
    note = "without one there is `backward_from`, which takes dJ/dy"
)]
pub trait Trainable: Differentiable + Parameters<Scalar = <Self as Network>::Scalar> {
    /// What the loss compares one sample with.
    type Target;

    /// The loss of one sample.
    ///
    /// # Errors
    ///
    /// [`Error::ClassOutOfRange`].
    fn loss(
        &self,
        input: &Self::Input,
        target: &Self::Target,
        workspace: &mut Self::Workspace,
    ) -> Result<<Self as Network>::Scalar, Error>;

    /// Adds the gradient of one sample's loss, and returns the loss.
    ///
    /// # Errors
    ///
    /// [`Error::ClassOutOfRange`]; [`Error::SingleSample`] for a network with a trainable `batch_norm`.
    fn backward(
        &self,
        input: &Self::Input,
        target: &Self::Target,
        gradient: &mut Self::Gradient,
        workspace: &mut Self::Workspace,
    ) -> Result<<Self as Network>::Scalar, Error>;

    /// One step on one sample, each layer updated in place; returns the loss before it.
    ///
    /// # Errors
    ///
    /// [`Error::ClassOutOfRange`], [`Error::NonFiniteLoss`]; nothing has changed then. [`Error::SingleSample`] for a
    /// network with a trainable `batch_norm`.
    fn train_step<O: InPlace<Self::Gradient>>(
        &mut self,
        input: &Self::Input,
        target: &Self::Target,
        optimizer: &mut O,
        workspace: &mut Self::Workspace,
    ) -> Result<<Self as Network>::Scalar, Error>;

    /// The next part of such a step; returns the loss once it is complete, after [`Facts::STEP_PARTS`] calls. Until
    /// then the sample, the optimizer, the workspace and the parameters must stay what they are.
    ///
    /// # Errors
    ///
    /// [`Error::ClassOutOfRange`], [`Error::NonFiniteLoss`]; nothing has changed then, and the next call begins
    /// another step. [`Error::SingleSample`] for a network with a trainable `batch_norm`.
    fn train_step_part<O: InPlace<Self::Gradient>>(
        &mut self,
        input: &Self::Input,
        target: &Self::Target,
        optimizer: &mut O,
        progress: &mut StepProgress<<Self as Network>::Scalar>,
        workspace: &mut Self::Workspace,
    ) -> Result<Option<<Self as Network>::Scalar>, Error>;

    /// One step on the mean over the samples; returns the mean loss before it. A network with a trainable `batch_norm` takes
    /// whole tiles alone.
    ///
    /// # Errors
    ///
    /// Any [`Error`] but [`Error::IndexOutOfRange`]; nothing has changed then.
    fn train_batch<O: Optimize<Self, Self::Gradient>>(
        &mut self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        optimizer: &mut O,
        workspace: &mut Self::Workspace,
    ) -> Result<<Self as Network>::Scalar, Error>
    where
        Self: Sized;

    /// The same on the samples of these indices.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; nothing has changed then.
    fn train_batch_indexed<O: Optimize<Self, Self::Gradient>>(
        &mut self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        indices: &[usize],
        optimizer: &mut O,
        workspace: &mut Self::Workspace,
    ) -> Result<<Self as Network>::Scalar, Error>
    where
        Self: Sized;

    /// The mean loss over the samples.
    ///
    /// # Errors
    ///
    /// [`Error::LengthMismatch`], [`Error::EmptyBatch`], [`Error::ClassOutOfRange`].
    fn evaluate(
        &self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        workspace: &mut Self::Workspace,
    ) -> Result<<Self as Network>::Scalar, Error>;
}

//! The runtime of [backprop](https://docs.rs/backprop): what the code that `network!` generates calls.
//!
//! `no_std`, without a heap, and without a reachable panic.
//!
//! | module | what lives there |
//! |---|---|
//! | `scalar`, `zero` | `f32` and `f64`, and the value that memory starts with |
//! | `soft_float` | products and sums of `f32` where there is no floating-point unit |
//! | `math` | exp, ln, tanh, sigmoid and the square root, of one element |
//! | `kernels` | products, elementwise functions, softmax, joins: on slices of rows, one row a sample |
//! | `losses` | those of one sample, and their sum over rows; `Loss`, for a user's own |
//! | `activations` | `Activation`, for a user's own |
//! | [`optimizers`] | update rules, the state they keep, schedules of the rate |
//! | `simd` | vectors, and the choice of an instruction set |
//! | `random`, `initialisers` | a small seeded generator, and how weights start |
//! | `memory` | places in a workspace, samples of a batch, flat views |
//! | [`checkpoint`] | networks as bytes, and what it takes to go on training; in memory, files and flash |
//! | `tiles` | batches, a tile of samples at a time |
//! | `network`, `layout`, `named`, `lacks` | the traits that every network implements, what its parameters are called, here and in PyTorch, and what it may lack |
//! | `safetensors`, `serde_form` | networks in files of PyTorch's, and in those of serde; each by its feature |
//! | `training` | the loop around a network |
#![no_std]

#[cfg(any(
    test,
    all(feature = "std", any(unix, windows)),
    all(feature = "std", target_arch = "x86_64", target_feature = "sse2")
))]
extern crate std;

#[cfg(feature = "alloc")]
extern crate alloc;

mod activations;
pub mod checkpoint;
mod error;
#[doc(hidden)]
pub mod initialisers;
mod kernels;
mod lacks;
mod layout;
#[doc(hidden)]
pub mod losses;
mod math;
mod memory;
mod named;
mod network;
pub mod optimizers;
pub mod parameters;
mod random;
#[cfg(feature = "safetensors")]
pub mod safetensors;
mod scalar;
#[doc(hidden)]
pub mod serde_form;
#[doc(hidden)]
pub mod simd;
mod sink;
mod soft_float;
mod store;
#[doc(hidden)]
pub mod tiles;
pub mod training;
mod zero;

pub use crate::activations::Activation;
pub use crate::checkpoint::CheckpointError;
pub use crate::error::Error;
pub use crate::kernels::classes::argmax;
pub use crate::layout::ParameterInfo;
pub use crate::losses::{Loss, Weighted};
pub use crate::memory::aligned::Aligned;
#[cfg(feature = "alloc")]
pub use crate::memory::boxed::{BoxedNetwork, BoxedZero};
pub use crate::memory::purpose::{Batch, HoldsStep, Inference, Purpose, Step};
pub use crate::named::TensorInfo;
pub use crate::network::{
    Differentiable, Facts, Initialise, Network, Parameters, Streaming, Trainable,
};
pub use crate::optimizers::{
    Adadelta, Adagrad, Adam, AdamW, Biases, Choose, ClipNorm, ClipValue, Decay, Decoupled, Groups,
    InPlace, L1, L2, Lion, Nadam, NoDecay, Optimize, Optimizer, RmsProp, Rule, Scheduled, Sgd,
    SlotCount, Slots, Start, StartAt, StartAtZero, WithDecay, schedules,
};
#[cfg(feature = "rand_core")]
pub use crate::random::FromRand;
pub use crate::random::{Random, Rng};
pub use crate::scalar::Scalar;
#[cfg(feature = "rayon")]
pub use crate::tiles::parallel::ParallelTrain;
#[cfg(feature = "rayon")]
pub use crate::tiles::parallel_forward::ParallelForward;
pub use crate::training::StepProgress;
pub use crate::zero::Zero;

/// What expansions call. Not for people: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::__dispatch as dispatch;
    pub use crate::__implement_serde as implement_serde;
    pub use crate::activations::Activation;
    pub use crate::checkpoint::{self, CheckpointError};
    pub use crate::error::{Error, check_finite, check_lengths};
    pub use crate::initialisers;
    pub use crate::kernels::*;
    // By name, which comes before the glob.
    pub use crate::kernels::by_profile::{dense, elementwise};
    pub use crate::lacks::{HasClassOutput, HasLoss, LearnsFromSamples, RunsSampleBySample};
    pub use crate::layout::ParameterInfo;
    pub use crate::losses;
    pub use crate::losses::{ClassTarget, Weighted};
    pub use crate::memory::aligned::Aligned;
    pub use crate::memory::flat::{self, Plain};
    pub use crate::memory::pass::Pass;
    pub use crate::memory::place::{Place, borrow, narrow};
    pub use crate::memory::purpose::{
        Batch, BatchMemory, HoldsStep, Inference, Plans, Purpose, Scratch, Step,
    };
    pub use crate::memory::samples::{Minibatch, Samples};
    pub use crate::memory::{FitsByValue, FitsTheStack};
    pub use crate::named::TensorInfo;
    pub use crate::network::{
        Differentiable, Facts, Initialise, Network, Parameters, Streaming, Trainable,
    };
    pub use crate::optimizers::{InPlace, Optimize};
    pub use crate::parameters;
    pub use crate::random::{Random, Rng};
    pub use crate::scalar::Scalar;
    #[cfg(feature = "serde")]
    pub use crate::serde_form;
    pub use crate::simd::{Ambient, InstructionSet, Simd, ambient};
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    pub use crate::simd::{Level, level};
    pub use crate::sink::{Collect, Sink};
    pub use crate::store::{Add, Continue, Set, Share, Store};
    pub use crate::tiles::{self, Tiles, Turn};
    pub use crate::training::{Confusion, StepProgress};
    pub use crate::zero::Zero;
}

//! Neural networks that are declared in Rust source and compiled to fixed-size code: no heap, no shape
//! checks and no graph at run time.
//!
//! ```
//! use backprop::{Optimizer, Sgd, network};
//!
//! network! {
//!     /// Exclusive or.
//!     pub struct Xor {
//!         input x: [2];
//!         output y = x -> dense(8) as hidden -> tanh -> dense(1) -> sigmoid;
//!         loss mse(y);
//!     }
//! }
//!
//! let inputs = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
//! let targets = [[0.0], [1.0], [1.0], [0.0]];
//! let mut network = Xor::new(1);
//! let mut optimizer = Optimizer::new(Sgd::new(1.0));
//! for _ in 0..5_000 {
//!     network.train_batch(&inputs, &targets, &mut optimizer)?;
//! }
//! assert!(network.evaluate(&inputs, &targets)? < 0.01);
//! # Ok::<(), backprop::Error>(())
//! ```
//!
//! The language, and what a declaration expands to, are described at [`network!`].
#![no_std]

#[cfg(feature = "rand_core")]
pub use backprop_runtime::FromRand;
pub use backprop_runtime::{
    Activation, Adadelta, Adagrad, Adam, AdamW, Aligned, Batch, Biases, Choose, ClipNorm,
    ClipValue, Decay, Decoupled, Differentiable, Error, Facts, Groups, HoldsStep, InPlace,
    Inference, Initialise, L1, L2, Lion, Loss, Nadam, Network, NoDecay, Optimize, Optimizer,
    ParameterInfo, Parameters, Purpose, Random, RmsProp, Rng, Rule, Scalar, Scheduled, Sgd,
    SlotCount, Slots, Start, StartAt, StartAtZero, Step, Trainable, Weighted, WithDecay, Zero,
    argmax, optimizers, parameters, schedules,
};
#[cfg(feature = "alloc")]
pub use backprop_runtime::{BoxedNetwork, BoxedZero};
#[cfg(feature = "rayon")]
pub use backprop_runtime::{ParallelForward, ParallelTrain};

#[doc = include_str!("training.md")]
pub use backprop_runtime::training;

#[cfg(doc)]
#[doc = include_str!("errors.md")]
pub mod errors {}

/// What expansions call. Not for people: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use backprop_macros::network;
    pub use backprop_runtime::__private::*;

    /// The words of the language, where rust-analyzer reads this; nothing where rustc does.
    pub mod words {
        backprop_macros::words! {}
    }
}

#[doc = include_str!("language.md")]
#[doc = ""]
#[doc = include_str!("catalogue.md")]
#[macro_export]
macro_rules! network {
    ($($declaration:tt)*) => {
        $crate::__private::network! { $crate; $($declaration)* }
    };
}

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
#[cfg(feature = "safetensors")]
#[doc = include_str!("safetensors.md")]
pub use backprop_runtime::safetensors;
pub use backprop_runtime::{
    Activation, Adadelta, Adagrad, Adam, AdamW, Aligned, Batch, Biases, CheckpointError, Choose,
    ClipNorm, ClipValue, Decay, Decoupled, Differentiable, Error, Facts, Groups, HoldsStep,
    InPlace, Inference, Initialise, L1, L2, Lion, Loss, Nadam, Network, NoDecay, Optimize,
    Optimizer, ParameterInfo, Parameters, Purpose, Random, RmsProp, Rng, Rule, Scalar, Scheduled,
    Sgd, SlotCount, Slots, Start, StartAt, StartAtZero, Step, StepProgress, Streaming, TensorInfo,
    Trainable, Weighted, WithDecay, Zero, argmax, optimizers, parameters, schedules,
};
#[cfg(feature = "alloc")]
pub use backprop_runtime::{BoxedNetwork, BoxedZero};
#[cfg(feature = "rayon")]
pub use backprop_runtime::{ParallelForward, ParallelTrain};

#[doc = include_str!("checkpoint.md")]
pub use backprop_runtime::checkpoint;
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

/// Weights from a file of the program's source, checked and decoded by the compiler.
///
/// The file is a checkpoint that `write_checkpoint` wrote, its path relative to the source file. One that is damaged, or of
/// another topology, does not compile. In an image for a microcontroller the weights are plain arrays: in flash if
/// they stand in a `static`.
///
/// | call | value |
/// |---|---|
/// | `include_weights!(Digits, "digits.weights")` | the whole network |
/// | `include_weights!(DigitsFrozen, "digits.weights")` | its frozen block, for a `static` in flash |
/// | `include_weights!(Digits, frozen = FROZEN, "digits.weights")` | the trainable parameters, over that static |
///
/// rustc takes about a second for every 100 KB. Its lint `long_running_const_eval` stops it at two million turns of a
/// loop: for files of more than 1.5 MB write `#![allow(long_running_const_eval)]`, and have patience.
///
/// ```
/// use backprop::{include_weights, network};
///
/// network! {
///     /// Exclusive or, of which only the last layer is trained any more.
///     pub struct Xor {
///         input x: [2];
///         output y = x -> dense(8, trainable = false) -> tanh -> dense(1) -> sigmoid;
///         loss mse(y);
///     }
/// }
///
/// # macro_rules! weights { () => { concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/xor.weights") } }
/// # /*
/// static FROZEN: XorFrozen = include_weights!(XorFrozen, "xor.weights");
/// let mut xor = include_weights!(Xor, frozen = FROZEN, "xor.weights");
/// # */
/// # static FROZEN: XorFrozen = include_weights!(XorFrozen, weights!());
/// # let mut xor = include_weights!(Xor, frozen = FROZEN, weights!());
/// assert!(xor.forward(&[0.0, 1.0])[0] > 0.9);
/// ```
#[macro_export]
macro_rules! include_weights {
    ($($network:ident)::+, frozen = $frozen:expr, $path:expr) => {
        const {
            let mut network = $($network)::+::with_frozen(&$frozen);
            match network.load_trainable_const(::core::include_bytes!($path)) {
                ::core::result::Result::Ok(()) => network,
                ::core::result::Result::Err(error) => ::core::panic!("{}", error.message()),
            }
        }
    };
    ($block:ty, $path:expr) => {
        const {
            let mut block = <$block as $crate::__private::Zero>::ZERO;
            match block.load_const(::core::include_bytes!($path)) {
                ::core::result::Result::Ok(()) => block,
                ::core::result::Result::Err(error) => ::core::panic!("{}", error.message()),
            }
        }
    };
}

//! Attention (Vaswani et al. 2017): each step of a sequence looks at the others, and takes of each as much as its question
//! fits that one's key.
//!
//! | | |
//! |---|---|
//! | q, k, v | x W_in + b_in, a third of the columns each, of which every head has its own |
//! | p | softmax of q kᵀ / √(columns of a head), row by row; zero behind the step itself where it is causal |
//! | y | (p v of all heads, side by side) W_out + b_out |
//!
//! All products are those of dense layers with a head's own arrays as weights, so that they have the same orders of sums.
//! The forward pass leaves q, k and v, the p of every head, and p v. On the way back the deltas of q, k and v, which all
//! gradients have in common, take their place.

mod backward;
mod forward;
mod heads;

pub use self::backward::{
    compute_deltas, input_bias_gradient, input_gradient, input_weight_gradient,
    output_bias_gradient, output_weight_gradient,
};
pub use self::forward::{Weights, forward, forward_saving};
pub use self::heads::Heads;

//! What is trained, and how. `tests/wasm.rs` includes this file, to train the same on the host.

use backprop::{Sgd, network};

network! {
    /// Exclusive or.
    pub struct Xor {
        input x: [2];
        output y = x -> dense(8) -> tanh -> dense(1) -> sigmoid;
        loss mse(y);
    }
}

/// Plain descent.
pub const RATE: Sgd = Sgd::new(0.25);

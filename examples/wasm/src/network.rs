//! What is trained.

use backprop::network;

network! {
    /// Exclusive or.
    pub struct Xor {
        input x: [2];
        output y = x -> dense(8) -> tanh -> dense(1) -> sigmoid;
        loss mse(y);
    }
}

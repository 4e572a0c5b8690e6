//! Weights with a flipped bit do not compile over a frozen block either.
use backprop::{include_weights, network};

network! {
    /// Exclusive or.
    pub struct Xor {
        input x: [2];
        output y = x -> dense(8, trainable = false) -> tanh -> dense(1) -> sigmoid;
    }
}

static FROZEN: XorFrozen = include_weights!(XorFrozen, "../../fixtures/xor.weights");
static XOR: Xor<&XorFrozen> =
    include_weights!(Xor, frozen = FROZEN, "../../fixtures/damaged.weights");

fn main() {
    println!("{:?}", XOR.forward(&[0.0, 1.0]));
}

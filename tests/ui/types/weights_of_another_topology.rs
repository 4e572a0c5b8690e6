//! Weights of another network do not compile: neither do those of one whose labels or order differ.
use backprop::{include_weights, network};

network! {
    /// One unit more than the network of the file.
    pub struct Xor {
        input x: [2];
        output y = x -> dense(9) -> tanh -> dense(1) -> sigmoid;
    }
}

static XOR: Xor = include_weights!(Xor, "../../fixtures/xor.weights");

fn main() {
    println!("{:?}", XOR.forward(&[0.0, 1.0]));
}

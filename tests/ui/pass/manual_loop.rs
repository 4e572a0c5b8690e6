//! A batch by hand: as many `backward` as samples, `scale`, and one step.
#![deny(warnings)]

use backprop::{Adam, Error, Optimizer, Parameters, network};

network! {
    pub struct Classifier {
        input x: [2];
        output class = x -> dense(4) -> tanh -> dense(3);
        loss cross_entropy(class);
    }
}

const INPUTS: [[f32; 2]; 4] = [[0.0, 1.0], [1.0, 0.0], [-1.0, 0.5], [0.5, 0.5]];
const TARGETS: [u32; 4] = [0, 1, 2, 1];

fn main() -> Result<(), Error> {
    let mut by_hand = Classifier::new(0);
    let mut optimizer = Optimizer::new(Adam::new(0.01));
    let mut gradient = ClassifierGradient::default();
    for _ in 0..3 {
        gradient.clear();
        for (input, target) in INPUTS.iter().zip(&TARGETS) {
            by_hand.backward(input, target, &mut gradient)?;
        }
        gradient.scale(0.25);
        assert!(gradient.is_finite());
        optimizer.step(&mut by_hand, &gradient);
    }

    let mut by_batch = Classifier::new(0);
    let mut optimizer = Optimizer::new(Adam::new(0.01));
    for _ in 0..3 {
        by_batch.train_batch(&INPUTS, &TARGETS, &mut optimizer)?;
    }
    for (by_hand, by_batch) in by_hand.as_slice().iter().zip(by_batch.as_slice()) {
        assert!((by_hand - by_batch).abs() < 1e-5, "{by_hand} is not {by_batch}");
    }
    Ok(())
}

//! Exclusive or: the smallest problem that no network without a hidden layer can solve.
//!
//!     cargo run --release --example xor [-- --seed N]

mod support;

use std::process::ExitCode;

use backprop::{Adam, Optimizer, network};
use support::Arguments;

network! {
    /// 1 where exactly one of two inputs is 1.
    pub struct Xor {
        input bits: [2];
        output probability = bits -> dense(8) -> tanh -> dense(1) -> sigmoid;
        loss mse(probability);
    }
}

const INPUTS: [[f32; 2]; 4] = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
const TARGETS: [[f32; 1]; 4] = [[0.0], [1.0], [1.0], [0.0]];

fn main() -> ExitCode {
    support::run(|| {
        let mut xor = Xor::new(Arguments::read(&["seed"])?.seed);
        let mut optimizer = Optimizer::new(Adam::new(0.05));
        for step in 0..500 {
            let loss = xor.train_batch(&INPUTS, &TARGETS, &mut optimizer)?;
            if step % 100 == 0 {
                println!("step {step:>3}  loss {loss:.6}");
            }
        }

        println!("\n a  b  a xor b  network");
        let mut wrong = 0;
        for ([a, b], [target]) in INPUTS.into_iter().zip(TARGETS) {
            let [probability] = xor.forward(&[a, b]);
            println!(" {a}  {b}  {target:>7}  {probability:>7.3}");
            wrong += u32::from((probability - target).abs() > 0.1);
        }
        if wrong > 0 {
            return Err(format!("not solved: {wrong} of 4 answers are more than 0.1 off").into());
        }
        println!("\nsolved: every answer is within 0.1 of the truth");
        Ok(())
    })
}

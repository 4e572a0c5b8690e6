//! A transformer of two blocks learns to add: the digits of two numbers go in, those of their sum come out.
//!
//!     cargo run --release --example tiny_transformer [-- --seed N]
//!
//! It sees four fifths of all pairs of numbers below 100, and is tested on the others: a sum is right if all of its digits are.

mod support;

use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use backprop::training::shuffle_batches;
use backprop::{AdamW, Optimizer, Random, Rng, argmax, network};
use support::Arguments;

network! {
    /// Seven words: the tens and ones of both numbers, and a question for each digit of the sum, which is answered where it
    /// stands.
    pub struct Adder {
        block attend = layer_norm -> attention(4);
        block think = layer_norm -> dense(64, axis = last) -> gelu -> dense(32, axis = last);

        input words: [7];
        let h0 = words -> embedding(32, vocabulary = 13, init = normal(std = 0.3)) -> positions(init = normal(std = 0.3));
        let h1 = h0 + (h0 -> attend);
        let h2 = h1 + (h1 -> think);
        let h3 = h2 + (h2 -> attend);
        let h4 = h3 + (h3 -> think);
        let answers = h4 -> layer_norm;

        output hundreds = answers -> slice(start = 4, end = 5) -> flatten -> dense(10) as digit;
        output tens = answers -> slice(start = 5, end = 6) -> flatten -> digit;
        output ones = answers -> slice(start = 6, end = 7) -> flatten -> digit;
        loss cross_entropy(hundreds) + cross_entropy(tens) + cross_entropy(ones);
    }
}

/// The words behind the digits: which digit of the sum is asked for.
const QUESTIONS: [f32; 3] = [10.0, 11.0, 12.0];
const TESTED: usize = 2_000;
const EPOCHS: usize = 60;
const BATCH: usize = 64;
const RATE: f32 = 2e-3;

fn main() -> ExitCode {
    support::run(|| {
        let seed = Arguments::read(&["seed"])?.seed;
        let mut random = Rng::new(seed);
        let mut pairs: Vec<(u32, u32)> = (0..10_000).map(|pair| (pair / 100, pair % 100)).collect();
        random.shuffle(&mut pairs);
        let (tested, learnt) = pairs.split_at(TESTED);
        let start = Instant::now();
        let network = train(learnt, &mut random, seed)?;
        println!("learnt from {} sums in {:.1} s", learnt.len(), start.elapsed().as_secs_f64());
        for (a, b) in &tested[..3] {
            println!("{a} + {b} = {}", add(&network, *a, *b));
        }
        let correct = tested.iter().filter(|(a, b)| add(&network, *a, *b) == a + b).count();
        let share = 100.0 * correct as f64 / TESTED as f64;
        println!("test accuracy {share:.1}% ({correct}/{TESTED} sums that it had not seen)");
        Ok(())
    })
}

/// The words of a sum.
fn write_words(a: u32, b: u32) -> [f32; 7] {
    let digits = [a / 10, a % 10, b / 10, b % 10].map(|digit| digit as f32);
    core::array::from_fn(|index| if index < 4 { digits[index] } else { QUESTIONS[index - 4] })
}

/// What the network says the sum is.
fn add(network: &Adder, a: u32, b: u32) -> u32 {
    let answer = network.forward(&write_words(a, b));
    100 * argmax(&answer.hundreds) + 10 * argmax(&answer.tens) + argmax(&answer.ones)
}

fn train(learnt: &[(u32, u32)], random: &mut Rng, seed: u64) -> Result<Box<Adder>, Box<dyn Error>> {
    let inputs: Vec<[f32; 7]> = learnt.iter().map(|(a, b)| write_words(*a, *b)).collect();
    let targets: Vec<AdderTarget> = learnt
        .iter()
        .map(|(a, b)| AdderTarget {
            hundreds: (a + b) / 100,
            tens: (a + b) / 10 % 10,
            ones: (a + b) % 10,
        })
        .collect();
    let mut network = Box::new(Adder::new(seed));
    let mut optimizer = Optimizer::new(AdamW::new(RATE));
    let mut workspace = Box::new(AdderWorkspace::new());
    let mut order: Vec<usize> = (0..inputs.len()).collect();
    for epoch in 0..EPOCHS {
        let left = 1.0 - epoch as f32 / EPOCHS as f32;
        optimizer.set_rate(RATE * left.min((epoch + 1) as f32 / 3.0));
        let mut sum = 0.0;
        for batch in shuffle_batches(&mut order, BATCH, random) {
            let loss = network.train_batch_indexed_with(
                &inputs,
                &targets,
                batch,
                &mut optimizer,
                &mut workspace,
            )?;
            sum += loss * batch.len() as f32;
        }
        if (epoch + 1) % 10 == 0 {
            println!("epoch {:>3}  loss {:.4}", epoch + 1, sum / inputs.len() as f32);
        }
    }
    Ok(network)
}

//! One step of backpropagation, derivative by derivative: the worked example of Matt Mazur, "A Step by
//! Step Backpropagation Example" (2015), beside what the generated code computes.
//!
//!     cargo run --release --example step_by_step
//!
//! Two inputs, two hidden and two output neurons, sigmoid throughout; E is the sum of half squares,
//! which for two outputs is the mean of the squares. The biases stay as they are.

mod support;

use std::error::Error;
use std::process::ExitCode;

use backprop::{Optimizer, Sgd, network};
use support::Arguments;

network! {
    /// Mazur's 2-2-2 network.
    pub struct Mazur {
        dtype f64;
        input i: [2];
        output o = i
            -> dense(2, trainable = weight) as hidden -> sigmoid
            -> dense(2, trainable = weight) as outer -> sigmoid;
        loss mse(o);
    }
}

const INPUT: [f64; 2] = [0.05, 0.10];
const TARGET: [f64; 2] = [0.01, 0.99];
const RATE: f64 = 0.5;

fn main() -> ExitCode {
    support::run(|| {
        Arguments::read(&[])?;
        let mut net = Mazur::ZERO;
        // weight[from][to]: w1 and w2 lead to h1, w5 and w6 to o1.
        net.hidden.weight = [[0.15, 0.25], [0.20, 0.30]];
        net.outer.weight = [[0.40, 0.50], [0.45, 0.55]];
        net.frozen.hidden.bias = [0.35; 2];
        net.frozen.outer.bias = [0.60; 2];
        take_one_step(&mut net)?;
        train_on(net)
    })
}

/// Prints the derivation with the article's numbers, and lets the generated code take the same step.
fn take_one_step(net: &mut Mazur) -> Result<(), Box<dyn Error>> {
    let mut table = Table::default();
    let [w_hidden, w_outer] = [net.hidden.weight, net.outer.weight];

    table.head("forward");
    let h = [0, 1].map(|j| sigmoid(INPUT[0] * w_hidden[0][j] + INPUT[1] * w_hidden[1][j] + 0.35));
    table.row("out h1 = sigmoid(w1 i1 + w2 i2 + b1)", h[0], Some("0.593269992"));
    table.row("out h2 = sigmoid(w3 i1 + w4 i2 + b1)", h[1], Some("0.596884378"));
    let o = net.forward(&INPUT);
    table.row("out o1 = sigmoid(w5 h1 + w6 h2 + b2)", o[0], Some("0.75136507"));
    table.row("out o2 = sigmoid(w7 h1 + w8 h2 + b2)", o[1], Some("0.772928465"));
    let mut gradient = MazurGradient::default();
    let loss = net.backward(&INPUT, &TARGET, &mut gradient);
    table.row("E = sum of (target - out)^2 / 2", loss, Some("0.298371109"));

    table.head("output layer: delta = dE/d(net) = dE/d(out) * d(out)/d(net)");
    let error = [o[0] - TARGET[0], o[1] - TARGET[1]];
    let slope = o.map(|o| o * (1.0 - o));
    let delta = [error[0] * slope[0], error[1] * slope[1]];
    table.row("dE/d(out o1) = out o1 - target o1", error[0], Some("0.74136507"));
    table.row("d(out o1)/d(net o1) = out (1 - out)", slope[0], Some("0.186815602"));
    table.row("delta o1", delta[0], Some("0.138498562"));
    table.row("delta o2", delta[1], None);

    let dw = gradient.outer.weight;
    table.head("output weights: dE/dw = delta * input of the weight");
    table.pair("dE/dw5 = delta o1 * out h1", delta[0] * h[0], dw[0][0], Some("0.082167041"));
    table.pair("dE/dw6 = delta o1 * out h2", delta[0] * h[1], dw[1][0], None);
    table.pair("dE/dw7 = delta o2 * out h1", delta[1] * h[0], dw[0][1], None);
    table.pair("dE/dw8 = delta o2 * out h2", delta[1] * h[1], dw[1][1], None);

    table.head("hidden layer: each neuron collects from both outputs, over the old weights");
    let back = [0, 1].map(|j| delta[0] * w_outer[j][0] + delta[1] * w_outer[j][1]);
    let slope = h.map(|h| h * (1.0 - h));
    let delta = [back[0] * slope[0], back[1] * slope[1]];
    table.row("dE/d(out h1) = delta o1 * w5 + delta o2 * w7", back[0], Some("0.036350306"));
    table.row("d(out h1)/d(net h1) = out (1 - out)", slope[0], Some("0.241300709"));
    table.row("delta h1", delta[0], None);

    let dw = gradient.hidden.weight;
    table.head("hidden weights");
    table.pair("dE/dw1 = delta h1 * i1", delta[0] * INPUT[0], dw[0][0], Some("0.000438568"));
    table.pair("dE/dw2 = delta h1 * i2", delta[0] * INPUT[1], dw[1][0], None);
    table.pair("dE/dw3 = delta h2 * i1", delta[1] * INPUT[0], dw[0][1], None);
    table.pair("dE/dw4 = delta h2 * i2", delta[1] * INPUT[1], dw[1][1], None);

    table.head("the step: w - 0.5 dE/dw");
    net.train_step(&INPUT, &TARGET, &mut Optimizer::new(Sgd::new(RATE)))?;
    let [hidden, outer] = [net.hidden.weight, net.outer.weight];
    for (name, value, published) in [
        ("w1", hidden[0][0], "0.149780716"),
        ("w2", hidden[1][0], "0.19956143"),
        ("w3", hidden[0][1], "0.24975114"),
        ("w4", hidden[1][1], "0.29950229"),
        ("w5", outer[0][0], "0.35891648"),
        ("w6", outer[1][0], "0.408666186"),
        ("w7", outer[0][1], "0.511301270"),
        ("w8", outer[1][1], "0.561370121"),
    ] {
        table.row(name, value, Some(published));
    }
    table.finish()
}

/// Goes on from the first step to the ten-thousandth.
fn train_on(mut net: Mazur) -> Result<(), Box<dyn Error>> {
    let mut table = Table::default();
    table.head("E afterwards (the article prints .291027924 and .0000351085; these are right)");
    table.row("after 1 step", net.loss(&INPUT, &TARGET), Some("0.291027773693599"));
    let mut optimizer = Optimizer::new(Sgd::new(RATE));
    for _ in 1..10_000 {
        net.train_step(&INPUT, &TARGET, &mut optimizer)?;
    }
    table.row("after 10,000 steps", net.loss(&INPUT, &TARGET), Some("0.000035101877830"));
    table.finish()?;
    println!("\nevery number agrees with the published ones");
    Ok(())
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Prints values beside the published ones, and counts those that differ.
#[derive(Default)]
struct Table {
    differing: u32,
}

impl Table {
    fn head(&self, text: &str) {
        println!("\n{text}");
    }

    fn row(&mut self, name: &str, value: f64, published: Option<&str>) {
        println!("  {name:<46} {value:>20.15}   {}", published.unwrap_or("-"));
        if let Some(text) = published {
            // Right to one unit of the last digit that was printed.
            let digits = text.split_once('.').map_or(0, |(_, digits)| digits.len());
            let unit = 10_f64.powi(-(digits as i32));
            let published: f64 = text.parse().unwrap_or(f64::NAN);
            let close = (value - published).abs() <= 1.01 * unit;
            self.differing += u32::from(!close);
        }
    }

    /// A derivative worked out here, and the same one as the generated code has it.
    fn pair(&mut self, name: &str, by_hand: f64, generated: f64, published: Option<&str>) {
        self.row(name, by_hand, published);
        self.row("  the generated code", generated, published);
        self.differing += u32::from((by_hand - generated).abs() > 1e-15);
    }

    fn finish(self) -> Result<(), Box<dyn Error>> {
        match self.differing {
            0 => Ok(()),
            count => Err(format!("{count} numbers differ from the published ones").into()),
        }
    }
}

//! Names of the user's that the generated code might have wanted for itself.
#![deny(warnings)]
#![allow(dead_code)]

use backprop::{Inference, Optimizer, Parameters, Sgd, network};

network! {
    pub struct Digits {
        input loss: [2];
        input network: [2];
        input memory: [2];
        input rows: [2];
        input x: [2];
        input x_delta: [2];
        input workspace: [2];
        input gradient: [2];
        input input: [2];
        input inputs: [2];
        input targets: [2];
        input scale_: [2];
        input rt: [2];
        let state = loss + network + memory + rows + x + x_delta;
        let frozen = workspace + gradient + input + inputs + targets + scale_ + rt;
        let both = (state + frozen) -> dense(2) as scale -> tanh;
        let sample = both -> dense(2) as weight -> relu;
        output output = sample -> dense(3) as bias;
        output target = sample -> dense(2) as optimizer;
        output result = sample -> dense(2) as forward -> sigmoid;
        loss cross_entropy(output) + mse(target) + mse(result);
    }
}

network! {
    /// Nearly the automatic names: `dense1` is free where the first dense layer has a label.
    struct Numbered {
        input dense1: [2];
        let relu1 = dense1 -> dense(2) as first -> relu;
        output y = relu1 -> dense(2) as tanh2 -> tanh;
        loss mse(y);
    }
}

network! {
    /// Inputs whose parameters would be called `self`-like or as the methods are.
    struct Methods {
        input forward: [2];
        output train_step = forward -> dense(2) as backward -> relu -> dense(2) as evaluate;
        loss mse(train_step);
    }
}

network! {
    /// As the optimiser's, the workspace's and the batch's locals.
    struct Locals {
        input batch: [2];
        let count = batch -> dense(2) as tile -> relu;
        let random = count -> dense(2, trainable = false) as seed -> relu;
        let value = random -> dense(2) as init -> relu;
        let values = value -> dense(2) as visit -> relu;
        output class = values -> dense(2) as inputs_;
        loss cross_entropy(class);
    }
}

// Types and functions as the expansion's own: `const _` keeps those apart.
struct Rule;
struct Result;
struct Option;
struct Place;
struct Self_;
enum Some {}
enum Ok {}
fn compute_loss() {}
fn take_step() {}
fn list_arrays() {}
fn check_target() {}
fn train_minibatch() {}
mod core {}
mod std {}

fn main() {
    let ones = [1.0; 2];
    let input = DigitsInput {
        loss: ones,
        network: ones,
        memory: ones,
        rows: ones,
        x: ones,
        x_delta: ones,
        workspace: ones,
        gradient: ones,
        input: ones,
        inputs: ones,
        targets: ones,
        scale_: ones,
        rt: ones,
    };
    let target = DigitsTarget { output: 1, target: ones, result: ones };
    let mut network = Digits::new(0);
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    let before = network.train_step(&input, &target, &mut optimizer).unwrap();
    assert!(network.loss(&input, &target).unwrap() < before);
    let mut gradient = DigitsGradient::default();
    network.backward(&input, &target, &mut gradient).unwrap();
    gradient.scale(0.5);
    assert_eq!(gradient.scale.bias.len(), 2);

    let mut numbered = Numbered::new(1);
    numbered.train_step(&ones, &ones, &mut Optimizer::new(Sgd::new(0.1))).unwrap();
    assert_eq!(numbered.tanh2.bias.len(), 2);
    let mut methods = Methods::new(1);
    methods.train_step(&ones, &ones, &mut Optimizer::new(Sgd::new(0.1))).unwrap();
    assert_eq!(methods.backward.bias.len(), 2);
    let mut workspace = LocalsWorkspace::<Inference>::new();
    assert!(Locals::new(1).predict_with(&ones, &mut workspace) < 2);
}

//! Names of the user's that the generated code might have wanted for itself.
#![deny(warnings)]
#![allow(dead_code, non_snake_case)]

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
        let both = (state + frozen) -> dense(2) as scaling -> tanh;
        let sample = both -> dense(2) as weight -> relu;
        output output = sample -> dense(3) as bias;
        output target = sample -> dense(2) as optimizer;
        output result = sample -> dense(2) as forwards -> sigmoid;
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
        output train_step = forward -> dense(2) as backwards -> relu -> dense(2) as evaluation;
        loss mse(train_step);
    }
}

network! {
    /// As the optimiser's, the workspace's and the batch's locals.
    struct Locals {
        input batch: [2];
        let count = batch -> dense(2) as tile -> relu;
        let random = count -> dense(2, trainable = false) as seed -> relu;
        let value = random -> dense(2) as initial -> relu;
        let values = value -> dense(2) as visit -> relu;
        output class = values -> dense(2) as inputs_;
        loss cross_entropy(class);
    }
}

network! {
    /// The statements' own words, which are names wherever no statement can start.
    struct Statements {
        const tile = 2;
        tile = tile;
        dtype f64;
        input input: [tile];
        input output: [tile];
        let budget = input -> dense(tile) as dtype -> tanh;
        let loss = budget + output;
        output tile_ = loss -> dense(tile) as budget_;
        budget { step = 1 KiB }
        loss mse(tile_);
    }
}

network! {
    struct Tiles {
        input x: [2];
        let tile = x -> dense(2) -> tanh;
        output dtype = tile -> dense(2);
        loss mse(dtype);
    }
}

network! {
    struct Exposed {
        input tile: [2];
        let input = tile -> dense(2);
        output input;
        output loss = input -> tanh;
        loss mse(loss);
    }
}

network! {
    /// What the generated functions call targets, seeds and gradients.
    struct Suffixes {
        input y_target: [2];
        input y_seed: [2];
        let y_delta = y_target + y_seed;
        let dense1_weight_gradient = y_delta -> dense(2) -> tanh -> dense(2) as A -> tanh;
        let A_weight_gradient = dense1_weight_gradient -> A -> tanh -> dense(2) as a -> tanh;
        let a_bias_gradient = A_weight_gradient -> a;
        output y = a_bias_gradient -> tanh;
        output y_target_ = y -> tanh;
        loss mse(y) + mse(y_target_);
    }
}

network! {
    /// As a struct's own methods and constants.
    struct Associated {
        input clone: [2];
        let new = clone -> dense(2, trainable = false) as initial -> tanh;
        output ZERO = new -> dense(2) as visits;
        output fmt = ZERO -> dense(2) as PARAMETERS;
        loss mse(ZERO) + mse(fmt);
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
    assert_eq!(gradient.scaling.bias.len(), 2);

    let mut numbered = Numbered::new(1);
    numbered.train_step(&ones, &ones, &mut Optimizer::new(Sgd::new(0.1))).unwrap();
    assert_eq!(numbered.tanh2.bias.len(), 2);
    let mut methods = Methods::new(1);
    methods.train_step(&ones, &ones, &mut Optimizer::new(Sgd::new(0.1))).unwrap();
    assert_eq!(methods.backwards.bias.len(), 2);
    let input = SuffixesInput { y_target: ones, y_seed: ones };
    let target = SuffixesTarget { y: ones, y_target_: ones };
    let mut suffixes = Suffixes::new(1);
    suffixes.train_step(&input, &target, &mut Optimizer::new(Sgd::new(0.1))).unwrap();
    assert_eq!(suffixes.A.bias.len() + suffixes.a.bias.len(), 4);
    let mut associated = Associated::new(1);
    let target = AssociatedTarget { ZERO: ones, fmt: ones };
    associated.train_step(&ones, &target, &mut Optimizer::new(Sgd::new(0.1))).unwrap();
    assert_eq!(associated.frozen.initial.bias.len() + associated.PARAMETERS.bias.len(), 4);
    let mut tiles = Tiles::new(1);
    tiles.train_step(&ones, &ones, &mut Optimizer::new(Sgd::new(0.1))).unwrap();
    let mut workspace = LocalsWorkspace::<Inference>::new();
    assert!(Locals::new(1).predict_with(&ones, &mut workspace) < 2);
}

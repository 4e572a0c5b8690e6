//! Gradients against central differences.

use backprop::{Parameters, Zero};

use crate::outputs::{Subject, build};
use crate::record::Record;
use crate::tiles;
use crate::training::{Samples, Student};
use crate::vectors::Vectors;

/// Small enough that no drawn value reaches a kink, and so large that rounding is far below the tolerance.
const STEP: f64 = 2e-4;

/// Central differences of the fourth order.
fn differentiate(mut function: impl FnMut(f64) -> f64) -> f64 {
    let near = function(STEP) - function(-STEP);
    let far = function(2.0 * STEP) - function(-2.0 * STEP);
    (8.0 * near - far) / (12.0 * STEP)
}

#[track_caller]
fn assert_close(actual: f64, expected: f64, what: &str, index: usize) {
    let scale = expected.abs().max(1e-2);
    assert!((actual - expected).abs() <= 1e-7 * scale, "{what} {index}: {actual}, not {expected}");
}

/// dJ/dw of a function of the network.
fn check_parameters<N: Subject<f64>>(
    network: &mut N,
    gradient: &[f64],
    mut function: impl FnMut(&N) -> f64,
) {
    assert_eq!(network.as_slice().len(), gradient.len());
    // What stands for the gradient of a statistic is no derivative.
    let statistics = N::LAYOUT.iter().flat_map(|info| vec![info.is_statistic(); info.count]);
    for ((index, actual), is_statistic) in gradient.iter().enumerate().zip(statistics) {
        if is_statistic {
            continue;
        }
        let middle = network.as_slice()[index];
        let expected = differentiate(|shift| {
            network.as_mut_slice()[index] = middle + shift;
            function(network)
        });
        network.as_mut_slice()[index] = middle;
        assert_close(*actual, expected, "parameter", index);
    }
}

/// dJ/dw and dJ/dx, where J is the sum of the outputs, each times its dJ/dy.
pub fn check_outputs<N: Subject<f64>>(vectors: &Vectors) {
    let mut network = build::<f64, N>(vectors);
    let inputs: Vec<N::Input> = vectors.read("inputs");
    let seeds: Vec<N::Output> = vectors.read("output_gradients");
    let mut workspace = N::Workspace::ZERO;
    for (input, seed) in inputs.iter().zip(&seeds) {
        let mut gradient = N::Gradient::ZERO;
        let mut input_gradient = N::Input::read(&mut core::iter::repeat(0.0));
        network.backward_from_to_input(
            input,
            seed,
            &mut gradient,
            &mut input_gradient,
            &mut workspace,
        );
        let mut judge = |network: &N, input: &N::Input| -> f64 {
            let outputs = network.forward(input, &mut workspace).list();
            outputs.iter().zip(seed.list()).map(|(output, seed)| output * seed).sum()
        };
        check_parameters(&mut network, gradient.as_slice(), |network| judge(network, input));
        for (index, actual) in input_gradient.list().into_iter().enumerate() {
            let expected = differentiate(|shift| {
                let mut numbers = input.list();
                numbers[index] += shift;
                judge(&network, &N::Input::read(&mut numbers.into_iter()))
            });
            assert_close(actual, expected, "input", index);
        }
    }
}

/// dJ/dw of the network's own loss; `backward` adds to what is there.
pub fn check_loss<N: Student<f64>>(vectors: &Vectors) {
    let mut network = build::<f64, N>(vectors);
    let Samples { inputs, targets } = Samples::<N>::read(vectors);
    let mut workspace = N::Workspace::ZERO;
    for (input, target) in inputs.iter().zip(&targets) {
        let mut gradient = N::Gradient::ZERO;
        gradient.as_mut_slice().fill(1.0);
        network.backward(input, target, &mut gradient, &mut workspace).unwrap();
        let gradient: Vec<f64> = gradient.as_slice().iter().map(|value| value - 1.0).collect();
        check_parameters(&mut network, &gradient, |network| {
            network.loss(input, target, &mut workspace).unwrap()
        });
    }
}

/// dJ/dw of the loss of the batch, as training computes it.
pub fn check_batch_loss<N: Student<f64>>(vectors: &Vectors) {
    let mut network = build::<f64, N>(vectors);
    let samples = Samples::<N>::read(vectors);
    let (_, gradient) = tiles::differentiate(&mut network, &samples);
    check_parameters(&mut network, gradient.as_slice(), |network| {
        let mut copy = build::<f64, N>(vectors);
        copy.copy_from(network);
        tiles::differentiate(&mut copy, &samples).0
    });
}

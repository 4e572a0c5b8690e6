//! Batch normalisation: statistics of a tile in training, running ones everywhere else.

use super::*;
use backprop::parameters::{
    RunningMeanRunningVar as Statistics, WeightBiasRunningMeanRunningVar as BatchNorm,
};
use backprop::{Biases, Groups, StepProgress};

network! {
    /// Channels of planes and of single elements; one without a weight.
    struct Normed {
        dtype f64;
        tile = 4;
        input x: [2, 3];
        output y = x -> conv1d(3, kernel = 2, bias = false) -> batch_norm -> tanh -> flatten
            -> dense(4) -> batch_norm(momentum = 0.3, affine = false) -> tanh -> dense(2);
        loss mse(y);
    }
}
network! {
    /// Statistics of the input itself.
    struct First {
        dtype f64;
        tile = 4;
        input x: [2, 3];
        output y = x -> batch_norm(momentum = 0.25) -> flatten -> dense(1);
        loss mse(y);
    }
}
network! {
    /// The statistics stay what they are.
    struct Settled {
        dtype f64;
        input x: [3];
        output y = x -> dense(4) -> batch_norm(trainable = false) -> tanh -> dense(2);
        loss mse(y);
    }
}
network! {
    /// A part of the layer learns.
    struct Halves {
        dtype f64;
        tile = 4;
        input x: [3];
        output y = x -> batch_norm(trainable = bias) -> batch_norm(trainable = weight)
            -> batch_norm(bias = false) as last -> dense(2);
        loss mse(y);
    }
}
network! {
    /// One layer in two places.
    struct Twice {
        dtype f64;
        tile = 4;
        input x: [3];
        output y = x -> batch_norm as norm -> dense(3) -> tanh -> norm -> dense(2);
        loss mse(y);
    }
}

/// Changes nothing, and keeps the gradient.
struct Keep<G>(G);

impl<N, G: Parameters> Optimize<N, G> for Keep<G> {
    fn step(&mut self, _network: &mut N, gradient: &G) {
        self.0.copy_from(gradient);
    }

    fn steps(&self) -> u64 {
        0
    }
}

fn draw_rows<const N: usize>(seed: u64, count: usize) -> Vec<[f64; N]> {
    draw_many::<f64, N>(seed, count)
}

/// The loss of a batch as training computes it, and its gradient.
fn differentiate<N: Trainable + Network<Scalar = f64>>(
    network: &mut N,
    (inputs, targets): (&[N::Input], &[N::Target]),
) -> (f64, N::Gradient) {
    let (mut keep, mut workspace) = (Keep(N::Gradient::ZERO), N::Workspace::ZERO);
    let loss = network.train_batch(inputs, targets, &mut keep, &mut workspace).unwrap();
    (loss, keep.0)
}

/// Every weight's gradient is the central difference of the batch's loss.
fn check_gradient<N>(mut network: N, (inputs, targets): (&[N::Input], &[N::Target]))
where
    N: Trainable + Network<Scalar = f64>,
{
    let (_, gradient) = differentiate(&mut network, (inputs, targets));
    let statistics = N::LAYOUT.iter().flat_map(|info| vec![info.is_statistic(); info.count]);
    for (index, is_statistic) in statistics.enumerate() {
        let middle = network.as_slice()[index];
        let mut at = |shift: f64| {
            network.as_mut_slice()[index] = middle + shift;
            differentiate(&mut network, (inputs, targets)).0
        };
        let expected = (8.0 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3;
        at(0.0);
        match is_statistic {
            // The loss in training does not read it.
            true => assert_eq!(expected, 0.0),
            false => assert_close(&[gradient.as_slice()[index]], &[expected], 1e-8),
        }
    }
}

#[test]
fn gradients_are_those_of_the_loss_of_tiles() {
    let targets = draw_rows::<2>(41, 8);
    check_gradient(Normed::new(1), (&draw_rows(40, 8), &targets));
    check_gradient(Halves::new(1), (&draw_rows(40, 8), &targets));
    check_gradient(Twice::new(1), (&draw_rows(40, 8), &targets));
}

/// Mean, and variance without bias, of a channel of some samples.
fn measure(samples: &[[f64; 6]], channel: usize) -> (f64, f64) {
    let values: Vec<f64> = samples.iter().flat_map(|x| &x[channel * 3..][..3]).copied().collect();
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    (mean, values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (count - 1.0))
}

#[test]
fn running_statistics_move_towards_the_mean_of_those_of_the_tiles() {
    let (inputs, targets) = (draw_rows::<6>(42, 8), draw_rows::<1>(43, 8));
    let mut network = First::new(1);
    assert_eq!(network.batch_norm1.running_mean, [0.0; 2]);
    assert_eq!(network.batch_norm1.running_var, [1.0; 2]);
    network.batch_norm1.running_mean = [0.5, -2.0];
    network.batch_norm1.running_var = [3.0, 0.25];
    let start = network.clone();
    network.train_batch(&inputs, &targets, &mut Optimizer::new(Sgd::new(0.1))).unwrap();
    for channel in 0..2 {
        let [first, second] = [&inputs[..4], &inputs[4..]].map(|tile| measure(tile, channel));
        let (mean, variance) = ((first.0 + second.0) / 2.0, (first.1 + second.1) / 2.0);
        let old = (start.batch_norm1.running_mean[channel], start.batch_norm1.running_var[channel]);
        let expected = [0.75 * old.0 + 0.25 * mean, 0.75 * old.1 + 0.25 * variance];
        let BatchNorm { running_mean, running_var, .. } = &network.batch_norm1;
        assert_close(&[running_mean[channel], running_var[channel]], &expected, 1e-14);
    }
}

#[test]
fn no_optimiser_has_a_say_in_statistics() {
    let (inputs, targets) = (draw_rows::<6>(44, 8), draw_rows::<2>(45, 8));
    let train = |optimizer: &mut dyn FnMut(&mut Normed)| {
        let mut network = Normed::new(2);
        // Far away, so that whatever looks at a gradient's size would notice.
        network.batch_norm1.running_mean = [1e3; 3];
        (0..3).for_each(|_| optimizer(&mut network));
        let BatchNorm { running_mean, running_var, .. } = network.batch_norm1;
        let Statistics { running_mean: mean, running_var: variance } = network.batch_norm2;
        // The second layer's also depend on how the weights before it are trained.
        (running_mean, running_var, mean != [0.0; 4] && variance != [1.0; 4])
    };
    macro_rules! train {
        ($optimizer:expr) => {{
            let mut optimizer = $optimizer;
            train(&mut |network| {
                network.conv1d1.weight = Normed::new(2).conv1d1.weight;
                network.train_batch(&inputs, &targets, &mut optimizer).unwrap();
            })
        }};
    }
    let expected = train!(Optimizer::new(Sgd::new(0.1)));
    assert!(expected.2);
    assert_eq!(train!(Optimizer::new(Sgd::new(0.0))), expected);
    assert_eq!(train!(Optimizer::new(Sgd::new(0.1).momentum(0.9).weight_decay(0.5))), expected);
    assert_eq!(train!(Optimizer::new(Adam::new(0.01).l2(0.1).clip_value(1e-3))), expected);
    assert_eq!(train!(Optimizer::new(Adam::new(0.01)).clip_norm(1e-3)), expected);
    let nothing = Groups::new([Sgd::new(0.1)], |_: &backprop::ParameterInfo| 7);
    assert_eq!(train!(Optimizer::new(nothing)), expected);
    assert_eq!(
        train!(Optimizer::new(Groups::<_, Biases, 2, f64>::biases(Sgd::new(0.1), Sgd::new(0.2)))),
        expected
    );
}

#[test]
fn the_norm_that_a_gradient_is_clipped_to_leaves_statistics_out() {
    let (inputs, targets) = (draw_rows::<6>(46, 4), draw_rows::<2>(47, 4));
    let step = |running_mean: f64| {
        let mut network = Normed::new(3);
        network.batch_norm1.running_mean = [running_mean; 3];
        let mut optimizer = Optimizer::new(Sgd::new(0.1)).clip_norm(0.01);
        network.train_batch(&inputs, &targets, &mut optimizer).unwrap();
        (network.conv1d1.weight, network.dense2.weight)
    };
    assert_eq!(step(0.0), step(1e3));
}

#[test]
fn all_but_batches_go_by_running_statistics() {
    let mut network = First::new(4);
    network.batch_norm1 = BatchNorm {
        weight: [2.0, -1.0],
        bias: [0.5, 0.25],
        running_mean: [0.1, -0.3],
        running_var: [4.0, 0.5],
    };
    let x = draw_rows::<6>(48, 1)[0];
    let BatchNorm { weight, bias, running_mean, running_var } = &network.batch_norm1;
    let mut expected = network.dense1.bias[0];
    for (index, x) in x.iter().enumerate() {
        let channel = index / 3;
        let normal = (x - running_mean[channel]) / (running_var[channel] + 1e-5).sqrt();
        let y = normal * weight[channel] + bias[channel];
        expected += y * network.dense1.weight[index][0];
    }
    let loss = (expected - 0.7).powi(2);
    assert_close(&network.forward(&x), &[expected], 1e-14);
    assert_close(&[network.loss(&x, &[0.7])], &[loss], 1e-14);
    assert_close(&[network.evaluate(&[x; 3], &[[0.7]; 3]).unwrap()], &[loss], 1e-14);
    let mut gradient = FirstGradient::default();
    network.backward_from(&x, &[1.0], &mut gradient);
    assert_close(&gradient.dense1.bias, &[1.0], 0.0);
    let derivative = (0..3).map(|index| network.dense1.weight[index][0]).sum::<f64>();
    assert_close(&[gradient.batch_norm1.bias[0]], &[derivative], 1e-14);
    // A single sample moves no statistic.
    assert_eq!(gradient.batch_norm1.running_mean, [0.0; 2]);
    assert_eq!(gradient.batch_norm1.running_var, [0.0; 2]);
}

#[test]
fn a_batch_that_is_no_whole_number_of_tiles_is_refused() {
    let (inputs, targets) = (draw_rows::<6>(49, 10), draw_rows::<2>(50, 10));
    let (mut network, mut optimizer) = (Normed::new(5), Optimizer::new(Sgd::new(0.1)));
    let before = network.clone();
    let refused = network.train_batch(&inputs, &targets, &mut optimizer);
    assert_eq!(refused, Err(Error::PartialTile { samples: 10, tile: 4 }));
    assert_eq!(
        refused.unwrap_err().to_string(),
        "10 samples are no whole number of tiles of 4, whose statistics the network learns from"
    );
    let refused = network.train_batch_indexed(&inputs, &targets, &[1, 2, 3], &mut optimizer);
    assert_eq!(refused, Err(Error::PartialTile { samples: 3, tile: 4 }));
    assert_eq!((&network, optimizer.steps()), (&before, 0));
    // What only looks takes any number.
    assert!(network.evaluate(&inputs, &targets).is_ok());
    assert!(network.train_batch(&inputs[..8], &targets[..8], &mut optimizer).is_ok());
}

#[test]
fn generic_code_is_told_that_a_single_sample_is_not_enough() {
    fn check<N>(network: &mut N, (input, target): (&N::Input, &N::Target))
    where
        N: Trainable + Network<Scalar = f64>,
    {
        let (mut gradient, mut workspace) = (N::Gradient::ZERO, N::Workspace::ZERO);
        let mut optimizer = Optimizer::new(Sgd::new(0.1));
        let workspace = &mut workspace;
        let refused = network.backward(input, target, &mut gradient, workspace);
        assert_eq!(refused.err(), Some(Error::SingleSample));
        let refused = network.train_step(input, target, &mut optimizer, workspace);
        assert_eq!(refused.err(), Some(Error::SingleSample));
        let mut progress = StepProgress::new();
        let refused =
            network.train_step_part(input, target, &mut optimizer, &mut progress, workspace);
        assert_eq!(refused.err(), Some(Error::SingleSample));
        assert_eq!(optimizer.steps(), 0);
    }
    let mut network = Normed::new(6);
    check(&mut network, (&[0.5; 6], &[0.0; 2]));
    assert_eq!(network, Normed::new(6));
    assert_eq!(Normed::STEP_PARTS, 0);
}

#[test]
fn an_indexed_batch_has_the_bits_of_the_batch_it_names() {
    let (inputs, targets) = (draw_rows::<6>(51, 8), draw_rows::<2>(52, 8));
    let indices = [3, 0, 7, 5, 1, 2, 6, 4];
    let chosen = indices.map(|index| inputs[index]);
    let chosen_targets = indices.map(|index| targets[index]);
    let (mut one, mut other) = (Normed::new(7), Normed::new(7));
    let mut optimizers = [(); 2].map(|()| Optimizer::new(Adam::new(0.01)));
    for _ in 0..3 {
        let loss = one.train_batch_indexed(&inputs, &targets, &indices, &mut optimizers[0]);
        assert_eq!(loss, other.train_batch(&chosen, &chosen_targets, &mut optimizers[1]));
    }
    assert_eq!(one, other);
}

#[test]
fn a_checkpoint_holds_the_statistics() {
    let (inputs, targets) = (draw_rows::<6>(53, 8), draw_rows::<2>(54, 8));
    let mut network = Normed::new(8);
    network.train_batch(&inputs, &targets, &mut Optimizer::new(Sgd::new(0.1))).unwrap();
    let mut bytes = [0; Normed::CHECKPOINT_BYTES];
    network.write_checkpoint(&mut bytes);
    let mut read = Normed::ZERO;
    read.load(&bytes).unwrap();
    assert_eq!(read, network);
    assert_ne!(read.batch_norm2.running_mean, [0.0; 4]);
}

#[test]
fn statistics_are_parameters_that_no_optimiser_changes() {
    assert_eq!(First::PARAMETERS, 2 + 2 + 2 + 2 + 6 + 1);
    assert_eq!(First::TRAINABLE_PARAMETERS, 2 + 2 + 6 + 1);
    let statistics: Vec<&str> =
        First::LAYOUT.iter().filter(|info| info.is_statistic()).map(|info| info.name).collect();
    assert_eq!(statistics, ["running_mean", "running_var"]);
    let mut network = First::new(1);
    let mut names = Vec::new();
    network.visit_parameters_mut(|name, _, _| names.push(name));
    assert!(names.contains(&"batch_norm1.running_var"));
}

#[test]
fn with_trainable_false_training_goes_by_running_statistics() {
    let mut network = Settled::new(9);
    assert_eq!(network.frozen.batch_norm1.running_var, [1.0; 4]);
    network.frozen.batch_norm1.running_mean = [0.1, -0.2, 0.3, -0.4];
    network.frozen.batch_norm1.running_var = [0.5, 1.5, 2.5, 0.1];
    let (x, target) = ([0.3, -0.6, 0.9], [0.5, -0.5]);
    let mut gradient = SettledGradient::default();
    let loss = network.backward(&x, &target, &mut gradient);
    assert_eq!(loss, network.loss(&x, &target));
    for index in 0..gradient.as_slice().len() {
        let middle = network.as_slice()[index];
        let mut at = |shift: f64| {
            network.as_mut_slice()[index] = middle + shift;
            network.loss(&x, &target)
        };
        let expected = (at(1e-5) - at(-1e-5)) / 2e-5;
        at(0.0);
        assert_close(&[gradient.as_slice()[index]], &[expected], 1e-8);
    }
    let frozen = network.frozen.clone();
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    network.train_step(&x, &target, &mut optimizer).unwrap();
    network.train_batch(&[x; 3], &[target; 3], &mut optimizer).unwrap();
    assert!(network.frozen == frozen);
}

#[test]
fn a_layer_of_which_a_part_is_frozen_has_statistics_that_move() {
    let (inputs, targets) = (draw_rows::<3>(55, 4), draw_rows::<2>(56, 4));
    let mut network = Halves::new(10);
    network.train_batch(&inputs, &targets, &mut Optimizer::new(Sgd::new(0.1))).unwrap();
    assert_eq!(network.frozen.batch_norm1.weight, [1.0; 3]);
    assert_eq!(network.frozen.batch_norm2.bias, [0.0; 3]);
    assert_ne!(network.batch_norm1.running_mean, [0.0; 3]);
    assert_ne!(network.batch_norm2.running_var, [1.0; 3]);
    assert_ne!(network.last.running_var, [1.0; 3]);
}

//! What training does to a network: batches, steps, optimisers, errors, initialisation, and memory that
//! can stand in a `static`.

use std::sync::Mutex;

use backprop::parameters::{Bias, Weight, WeightBias};
use backprop::{
    Adam, Error, Inference, Network, Optimize, Optimizer, Parameters, Random, Rng, Rule, Sgd,
    SlotCount, Step, Trainable, Zero, network,
};

/// Networks of 3 inputs and 2 targets, in either precision.
macro_rules! declare {
    ($module:ident, $scalar:ident) => {
        mod $module {
            use backprop::network;

            network! {
                /// Every layer once.
                pub struct Plain {
                    dtype $scalar;
                    tile = 4;
                    input x: [3];
                    output y = x -> dense(5) -> tanh -> dense(4) -> relu -> dense(2);
                    loss mse(y);
                }
            }
            network! {
                /// One layer in three places.
                pub struct Shared {
                    dtype $scalar;
                    tile = 4;
                    input x: [3];
                    output y = x -> dense(3) as mix -> tanh -> mix -> sigmoid -> mix -> dense(2);
                    loss mse(y);
                }
            }
            network! {
                /// Layers that are frozen, in whole or in part.
                pub struct Frozen {
                    dtype $scalar;
                    tile = 4;
                    input x: [3];
                    output y = x -> dense(4, trainable = false) as trunk -> tanh
                        -> dense(3, trainable = bias) as neck -> tanh
                        -> dense(2, trainable = weight) as head;
                    loss 2 * mse(y);
                }
            }
        }
    };
}

declare!(single, f32);
declare!(double, f64);

network! {
    /// Three classes.
    struct Classifier {
        tile = 4;
        input x: [3];
        output class = x -> dense(4) -> relu -> dense(3) as head;
        loss cross_entropy(class);
    }
}

fn draw<T: From<f32>, const N: usize>(random: &mut Rng) -> [T; N] {
    core::array::from_fn(|_| T::from(random.below(2_001) as f32 / 1_000.0 - 1.0))
}

fn draw_many<T: From<f32>, const N: usize>(seed: u64, count: usize) -> Vec<[T; N]> {
    let random = &mut Rng::new(seed);
    (0..count).map(|_| draw(random)).collect()
}

/// The bits, so that 0 and -0 differ and NaN equals itself.
fn list_bits<P: Parameters<Scalar = f32>>(parameters: &P) -> Vec<u32> {
    parameters.as_slice().iter().map(|value| value.to_bits()).collect()
}

fn assert_close(actual: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(actual.len(), expected.len());
    for (index, (actual, expected)) in actual.iter().zip(expected).enumerate() {
        let error = (actual - expected).abs();
        assert!(error <= tolerance * expected.abs().max(1.0), "{index}: {actual}, not {expected}");
    }
}

// Batches

/// An optimiser that keeps the gradient and leaves the network alone.
struct Capture<G>(Option<G>);

impl<N, G: Clone> Optimize<N, G> for Capture<G> {
    fn step(&mut self, _network: &mut N, gradient: &G) {
        assert!(self.0.replace(gradient.clone()).is_none(), "one step a batch");
    }

    fn steps(&self) -> u64 {
        0
    }
}

fn check_batches<N>(mut network: N)
where
    N: Trainable + Network<Scalar = f64, Input = [f64; 3]>,
    N: Trainable<Target = [f64; 2], Gradient: Clone>,
{
    let mut workspace = N::Workspace::ZERO;
    let workspace = &mut workspace;
    for count in [1, 3, 4, 5, 8, 11] {
        let (inputs, targets) = (draw_many(1, count), draw_many(2, count));
        let mut mean = N::Gradient::ZERO;
        let mut mean_loss = 0.0;
        for (input, target) in inputs.iter().zip(&targets) {
            let loss = network.backward(input, target, &mut mean, workspace).unwrap();
            assert_eq!(loss, network.loss(input, target, workspace).unwrap());
            mean_loss += loss / count as f64;
        }
        mean.scale(1.0 / count as f64);
        let mut capture = Capture(None);
        let loss = network.train_batch(&inputs, &targets, &mut capture, workspace).unwrap();
        let gradient: N::Gradient = capture.0.unwrap();
        assert_close(gradient.as_slice(), mean.as_slice(), 1e-12);
        assert!(gradient.as_slice().iter().any(|value| value.abs() > 1e-3));
        let evaluated = network.evaluate(&inputs, &targets, workspace).unwrap();
        assert_close(&[loss, evaluated], &[mean_loss; 2], 1e-12);
    }
}

#[test]
fn the_gradient_of_a_batch_is_the_mean_over_its_samples() {
    check_batches(double::Plain::new(1));
    check_batches(double::Shared::new(2));
    check_batches(double::Frozen::new(3));
}

fn check_indexed<N>(network: &N)
where
    N: Trainable + Network<Scalar = f32, Input = [f32; 3]> + Clone,
    N: Trainable<Target = [f32; 2]>,
{
    let mut workspace = N::Workspace::ZERO;
    let workspace = &mut workspace;
    let (inputs, targets) = (draw_many(3, 10), draw_many(4, 10));
    let indices = [9, 0, 3, 3, 7, 1];
    let chosen_inputs = indices.map(|index| inputs[index]);
    let chosen_targets = indices.map(|index| targets[index]);
    let (mut indexed, mut gathered) = (network.clone(), network.clone());
    let rule = Sgd::new(0.1).momentum(0.9);
    let mut optimizers = [(); 2].map(|()| Optimizer::new(rule.clone()));
    let [first, second] = &mut optimizers;
    for _ in 0..3 {
        let loss =
            indexed.train_batch_indexed(&inputs, &targets, &indices, first, workspace).unwrap();
        let expected =
            gathered.train_batch(&chosen_inputs, &chosen_targets, second, workspace).unwrap();
        assert_eq!(loss.to_bits(), expected.to_bits());
        assert_eq!(list_bits(&indexed), list_bits(&gathered));
    }
    assert_ne!(list_bits(&indexed), list_bits(network));
}

#[test]
fn an_indexed_batch_is_the_batch_of_the_gathered_samples() {
    check_indexed(&single::Plain::new(1));
    check_indexed(&single::Shared::new(2));
    check_indexed(&single::Frozen::new(3));
}

#[test]
fn a_loop_by_hand_does_what_train_batch_does() {
    let (inputs, targets) = (draw_many(5, 7), draw_many(6, 7));
    let mut by_batch = double::Shared::new(4);
    let mut by_hand = by_batch.clone();
    let mut batch_optimizer = Optimizer::new(Adam::new(0.01));
    let mut hand_optimizer = Optimizer::new(Adam::new(0.01));
    for _ in 0..5 {
        by_batch.train_batch(&inputs, &targets, &mut batch_optimizer).unwrap();
        let mut gradient = double::SharedGradient::default();
        for (input, target) in inputs.iter().zip(&targets) {
            by_hand.backward(input, target, &mut gradient);
        }
        gradient.scale(1.0 / 7.0);
        hand_optimizer.step(&mut by_hand, &gradient);
    }
    assert_close(by_batch.as_slice(), by_hand.as_slice(), 1e-9);
    assert_eq!((batch_optimizer.steps(), hand_optimizer.steps()), (5, 5));
}

#[test]
fn forward_batch_is_forward_sample_by_sample() {
    let network = Classifier::new(5);
    let mut workspace = ClassifierWorkspace::new();
    for count in [0, 1, 4, 6, 12] {
        let inputs = draw_many(7, count);
        let mut outputs = vec![[f32::NAN; 3]; count];
        network.forward_batch_with(&inputs, &mut outputs, &mut workspace).unwrap();
        for (input, output) in inputs.iter().zip(&outputs) {
            assert_eq!(network.forward(input).map(f32::to_bits), output.map(f32::to_bits));
        }
    }
    let error = network.forward_batch_with(&[[0.0; 3]; 2], &mut [[0.0; 3]; 3], &mut workspace);
    assert_eq!(error, Err(Error::LengthMismatch { inputs: 2, targets: 3 }));
}

#[test]
fn predict_takes_the_first_of_the_largest_and_accuracy_counts_it() {
    let mut network = Classifier::ZERO;
    let inputs = [[0.5; 3]; 5];
    assert_eq!(network.predict(&inputs[0]), 0);
    network.head.bias = [0.1, 0.7, 0.7];
    assert_eq!(network.predict(&inputs[0]), 1);
    assert_eq!(network.accuracy(&inputs, &[1, 1, 2, 0, 1]), Ok(0.6));
    network.head.bias = [f32::NAN, -2.0, -1.0];
    assert_eq!(network.predict(&inputs[0]), 2);
    assert_eq!(network.accuracy(&inputs, &[1, 1, 2, 0, 1]), Ok(0.2));
}

// Steps in place

fn check_steps<N, R>(mut in_place: N, rule: &R)
where
    N: Trainable + Network<Scalar = f32, Input = [f32; 3]> + Clone,
    N: Trainable<Target = [f32; 2]>,
    R: Rule<f32> + Clone,
{
    let mut workspace = N::Workspace::ZERO;
    let workspace = &mut workspace;
    let mut by_gradient = in_place.clone();
    let mut in_place_optimizer = Optimizer::new(rule.clone());
    let mut gradient_optimizer = Optimizer::new(rule.clone());
    let (inputs, targets) = (draw_many(8, 6), draw_many(9, 6));
    for (input, target) in inputs.iter().zip(&targets) {
        let before = list_bits(&in_place);
        let loss = in_place.train_step(input, target, &mut in_place_optimizer, workspace).unwrap();
        let mut gradient = N::Gradient::ZERO;
        let expected = by_gradient.backward(input, target, &mut gradient, workspace).unwrap();
        gradient_optimizer.step(&mut by_gradient, &gradient);
        assert_eq!(loss.to_bits(), expected.to_bits());
        assert_eq!(list_bits(&in_place), list_bits(&by_gradient));
        assert_ne!(list_bits(&in_place), before);
    }
    assert_eq!((in_place_optimizer.steps(), gradient_optimizer.steps()), (6, 6));
}

fn check_rules<N>(network: &N)
where
    N: Trainable + Network<Scalar = f32, Input = [f32; 3]> + Clone,
    N: Trainable<Target = [f32; 2]>,
{
    check_steps(network.clone(), &Sgd::new(0.1));
    check_steps(network.clone(), &Sgd::new(0.1).weight_decay(0.01));
    check_steps(network.clone(), &Sgd::new(0.1).momentum(0.9));
    check_steps(network.clone(), &Sgd::new(0.1).momentum(0.9).nesterov().weight_decay(0.01));
    check_steps(network.clone(), &Adam::new(0.01));
    check_steps(network.clone(), &Adam::new(0.01).weight_decay(0.1).betas(0.5, 0.9));
}

#[test]
fn a_step_in_place_is_the_step_of_the_whole_gradient() {
    check_rules(&single::Plain::new(1));
    check_rules(&single::Shared::new(2));
    check_rules(&single::Frozen::new(3));
}

#[test]
fn frozen_parameters_never_change_and_all_others_do() {
    let (inputs, targets) = (draw_many(10, 6), draw_many(11, 6));
    let before = single::Frozen::new(6);
    let mut network = before.clone();
    let mut optimizer = Optimizer::new(Adam::new(0.01).weight_decay(0.1));
    network.train_step(&inputs[0], &targets[0], &mut optimizer).unwrap();
    network.train_batch(&inputs, &targets, &mut optimizer).unwrap();
    network.train_batch_indexed(&inputs, &targets, &[2, 5], &mut optimizer).unwrap();
    assert_eq!(network.frozen, before.frozen);
    let pairs = network.as_slice().iter().zip(before.as_slice());
    assert!(pairs.clone().all(|(after, before)| after != before));
    // The bias of the neck and the weight of the head.
    assert_eq!(pairs.len(), 3 + 6);
}

/// A trained block as a firmware image has it.
static FROZEN: single::FrozenFrozen = single::FrozenFrozen {
    trunk: WeightBias {
        weight: [[0.5, -0.25, 1.0, 0.0], [0.75, 0.5, -1.0, 0.25], [-0.5, 1.5, 0.25, -0.75]],
        bias: [0.1, -0.2, 0.3, 0.0],
    },
    neck: Weight { weight: [[1.0, 0.5, -0.5], [0.25, -1.0, 0.5], [0.75, 0.5, 1.0], [0.0; 3]] },
    head: Bias { bias: [0.5, -0.5] },
};

#[test]
fn a_frozen_block_can_be_borrowed() {
    let mut owner = single::Frozen::with_frozen(FROZEN.clone());
    owner.init_trainable(&mut Rng::new(7));
    let mut tenant = single::Frozen::with_frozen(&FROZEN);
    tenant.init_trainable(&mut Rng::new(7));
    assert!(size_of_val(&tenant) < size_of_val(&owner));
    let (input, target) = ([0.1, 0.2, 0.3], [1.0, -1.0]);
    assert_eq!(owner.forward(&input), tenant.forward(&input));
    owner.train_step(&input, &target, &mut Optimizer::new(Sgd::new(0.1))).unwrap();
    tenant.train_step(&input, &target, &mut Optimizer::new(Sgd::new(0.1))).unwrap();
    assert_eq!(list_bits(&owner), list_bits(&tenant));
}

/// Counts the updates of each weight, and the steps: the weight becomes the count.
#[derive(Clone, Debug, PartialEq)]
struct Census {
    steps: f32,
}

impl Rule<f32> for Census {
    type Slots = SlotCount<3>;

    fn begin(&mut self) {
        self.steps += 1.0;
    }

    fn update(&self, weight: &mut f32, gradient: f32, [count, steps, last]: [&mut f32; 3]) {
        *count += 1.0;
        *steps = self.steps;
        *last = gradient;
        *weight = if *count == *steps && last.is_finite() { *count } else { f32::NAN };
    }

    fn rate(&self) -> f32 {
        1.0
    }

    fn set_rate(&mut self, _rate: f32) {}
}

#[test]
fn a_rule_of_ones_own_sees_every_weight_once_a_step() {
    let (inputs, targets) = (draw_many(12, 6), draw_many(13, 6));
    let mut network = single::Shared::new(8);
    let mut optimizer = Optimizer::new(Census { steps: 0.0 });
    network.train_step(&inputs[0], &targets[0], &mut optimizer).unwrap();
    assert_eq!(network.as_slice(), [1.0; single::Shared::TRAINABLE_PARAMETERS]);
    network.train_batch(&inputs, &targets, &mut optimizer).unwrap();
    network.train_step(&inputs[0], &targets[0], &mut optimizer).unwrap();
    assert_eq!(network.as_slice(), [3.0; single::Shared::TRAINABLE_PARAMETERS]);
    assert_eq!(optimizer.rule(), &Census { steps: 3.0 });
}

// Optimisers

/// Ten steps of a rule on gradients that change sign and size, next to a formula.
fn check_rule<R: Rule<f64>>(
    rule: R,
    mut formula: impl FnMut(i32, usize, f64, f64) -> f64,
) -> Optimizer<R, double::PlainGradient> {
    let mut network = double::Plain::new(9);
    let mut expected = network.as_slice().to_vec();
    let mut optimizer = Optimizer::new(rule);
    let random = &mut Rng::new(14);
    for step in 1..=10 {
        let mut gradient = double::PlainGradient::default();
        for (index, value) in gradient.as_mut_slice().iter_mut().enumerate() {
            *value = draw::<f64, 1>(random)[0] * 10_f64.powi(index as i32 % 5 - 3);
        }
        for (index, weight) in expected.iter_mut().enumerate() {
            *weight = formula(step, index, *weight, gradient.as_slice()[index]);
        }
        optimizer.step(&mut network, &gradient);
        assert_close(network.as_slice(), &expected, 1e-13);
    }
    optimizer
}

const WEIGHTS: usize = double::Plain::TRAINABLE_PARAMETERS;

#[test]
fn sgd_follows_its_formula() {
    check_rule(Sgd::new(0.1), |_, _, weight, gradient| weight - 0.1 * gradient);
    check_rule(Sgd::new(0.1).weight_decay(0.3), |_, _, weight, gradient| {
        weight - 0.1 * (gradient + 0.3 * weight)
    });
}

/// PyTorch's SGD: the buffer starts as the first gradient; no dampening.
fn sgd_with_momentum(nesterov: bool, decay: f64) -> impl FnMut(i32, usize, f64, f64) -> f64 {
    let mut buffers = [0.0; WEIGHTS];
    move |step, index, weight, gradient| {
        let gradient = gradient + decay * weight;
        let buffer = &mut buffers[index];
        *buffer = if step == 1 { gradient } else { 0.8 * *buffer + gradient };
        weight - 0.1 * if nesterov { gradient + 0.8 * *buffer } else { *buffer }
    }
}

#[test]
fn sgd_with_momentum_follows_its_formula() {
    let rule = || Sgd::new(0.1).momentum(0.8);
    check_rule(rule(), sgd_with_momentum(false, 0.0));
    check_rule(rule().nesterov(), sgd_with_momentum(true, 0.0));
    check_rule(rule().weight_decay(0.3), sgd_with_momentum(false, 0.3));
    check_rule(rule().nesterov().weight_decay(0.3), sgd_with_momentum(true, 0.3));
    // A decay that was set before the momentum stays.
    check_rule(Sgd::new(0.1).weight_decay(0.3).momentum(0.8), sgd_with_momentum(false, 0.3));
}

/// Algorithm 1 of Kingma and Ba, with PyTorch's place for epsilon and for the decay.
fn adam([rate, beta1, beta2, epsilon, decay]: [f64; 5]) -> impl FnMut(i32, usize, f64, f64) -> f64 {
    let (mut means, mut squares) = ([0.0; WEIGHTS], [0.0; WEIGHTS]);
    move |step, index, weight, gradient| {
        let gradient = gradient + decay * weight;
        means[index] = beta1 * means[index] + (1.0 - beta1) * gradient;
        squares[index] = beta2 * squares[index] + (1.0 - beta2) * gradient * gradient;
        let mean = means[index] / (1.0 - beta1.powi(step));
        let square = squares[index] / (1.0 - beta2.powi(step));
        weight - rate * mean / (square.sqrt() + epsilon)
    }
}

#[test]
fn adam_follows_its_formula() {
    let optimizer = check_rule(Adam::new(0.01), adam([0.01, 0.9, 0.999, 1e-8, 0.0]));
    assert_eq!((optimizer.steps(), optimizer.rate()), (10, 0.01));
    check_rule(
        Adam::new(0.05).betas(0.7, 0.95).epsilon(0.01).weight_decay(0.2),
        adam([0.05, 0.7, 0.95, 0.01, 0.2]),
    );
}

#[test]
fn the_rate_can_change_between_steps() {
    let gradient = {
        let mut gradient = double::PlainGradient::default();
        gradient.as_mut_slice().fill(2.0);
        gradient
    };
    let mut network = double::Plain::ZERO;
    let mut optimizer = Optimizer::new(Sgd::new(0.5));
    optimizer.step(&mut network, &gradient);
    optimizer.set_rate(0.25);
    optimizer.step(&mut network, &gradient);
    assert_eq!((network.as_slice(), optimizer.rate()), (&[-1.5; WEIGHTS][..], 0.25));
    let mut network = double::Plain::ZERO;
    let mut optimizer = Optimizer::new(Adam::new(0.5).epsilon(0.0));
    optimizer.step(&mut network, &gradient);
    optimizer.rule_mut().set_rate(0.25);
    optimizer.step(&mut network, &gradient);
    // With a constant gradient, every step of Adam is as long as the rate.
    assert_close(network.as_slice(), &[-0.75; WEIGHTS], 1e-13);
}

// Errors

/// A classifier and an optimiser that have moved already, so that a change of either shows.
fn build_moved() -> (Classifier, Optimizer<Adam, ClassifierGradient>) {
    let mut network = Classifier::new(10);
    let mut optimizer = Optimizer::new(Adam::new(0.01));
    for class in 0..3 {
        network.train_step(&[0.5, -0.5, 1.0], &class, &mut optimizer).unwrap();
    }
    (network, optimizer)
}

/// Refused with this error, and nothing has changed.
fn assert_refused<X: PartialEq + std::fmt::Debug>(
    expected: Error,
    call: impl FnOnce(&mut Classifier, &mut Optimizer<Adam, ClassifierGradient>) -> Result<X, Error>,
) {
    let (before, optimizer_before) = build_moved();
    let (mut network, mut optimizer) = build_moved();
    assert_eq!(call(&mut network, &mut optimizer), Err(expected));
    assert_eq!(list_bits(&network), list_bits(&before));
    assert!(optimizer == optimizer_before, "the optimiser has changed");
    // It can be used as if nothing had happened.
    let mut control = (before, optimizer_before);
    network.train_step(&[1.0; 3], &1, &mut optimizer).unwrap();
    control.0.train_step(&[1.0; 3], &1, &mut control.1).unwrap();
    assert_eq!(list_bits(&network), list_bits(&control.0));
}

#[test]
fn a_class_out_of_range_is_refused_everywhere() {
    let error = Error::ClassOutOfRange { class: 3, classes: 3 };
    assert_eq!(error.to_string(), "class 3 is out of range: the network has 3 classes");
    let inputs = [[0.1, 0.2, 0.3]; 6];
    // In the second tile, behind samples that are in order.
    let targets = [0, 1, 2, 0, 1, 3];
    assert_refused(error, |network, _| network.loss(&inputs[0], &3));
    assert_refused(error, |network, _| {
        let mut gradient = ClassifierGradient::default();
        let result = network.backward(&inputs[0], &3, &mut gradient);
        assert_eq!(gradient, ClassifierGradient::default());
        result
    });
    assert_refused(error, |network, _| network.evaluate(&inputs, &targets));
    assert_refused(error, |network, _| network.accuracy(&inputs, &targets));
    assert_refused(error, |network, optimizer| network.train_step(&inputs[0], &3, optimizer));
    assert_refused(error, |network, optimizer| network.train_batch(&inputs, &targets, optimizer));
    assert_refused(error, |network, optimizer| {
        network.train_batch_indexed(&inputs, &targets, &[0, 1, 2, 3, 5], optimizer)
    });
    let error = Error::ClassOutOfRange { class: u32::MAX, classes: 3 };
    assert_refused(error, |network, _| network.loss(&inputs[0], &u32::MAX));
    // A bad target that no index names is nobody's trouble.
    let (mut network, mut optimizer) = build_moved();
    assert!(network.train_batch_indexed(&inputs, &targets, &[0, 4], &mut optimizer).is_ok());
}

#[test]
fn slices_of_different_lengths_are_refused() {
    let error = Error::LengthMismatch { inputs: 2, targets: 3 };
    assert_eq!(error.to_string(), "2 inputs do not go with 3 targets");
    let (inputs, targets) = ([[0.0; 3]; 2], [0, 1, 2]);
    assert_refused(error, |network, optimizer| network.train_batch(&inputs, &targets, optimizer));
    assert_refused(error, |network, optimizer| {
        network.train_batch_indexed(&inputs, &targets, &[0], optimizer)
    });
    assert_refused(error, |network, _| network.evaluate(&inputs, &targets));
    assert_refused(error, |network, _| network.accuracy(&inputs, &targets));
}

#[test]
fn an_empty_batch_is_refused() {
    let error = Error::EmptyBatch;
    assert_eq!(error.to_string(), "the batch is empty");
    assert_refused(error, |network, optimizer| network.train_batch(&[], &[], optimizer));
    assert_refused(error, |network, optimizer| {
        network.train_batch_indexed(&[[0.0; 3]], &[0], &[], optimizer)
    });
    assert_refused(error, |network, _| network.evaluate(&[], &[]));
    assert_refused(error, |network, _| network.accuracy(&[], &[]));
}

#[test]
fn an_index_out_of_range_is_refused() {
    let error = Error::IndexOutOfRange { index: 2, length: 2 };
    assert_eq!(error.to_string(), "index 2 is out of range: there are 2 samples");
    assert_refused(error, |network, optimizer| {
        network.train_batch_indexed(&[[0.0; 3]; 2], &[0, 1], &[0, 1, 2], optimizer)
    });
    let error = Error::IndexOutOfRange { index: usize::MAX, length: 0 };
    assert_refused(error, |network, optimizer| {
        network.train_batch_indexed(&[], &[], &[usize::MAX], optimizer)
    });
}

#[test]
fn a_loss_that_is_not_finite_is_refused() {
    let error = Error::NonFiniteLoss;
    assert_eq!(error.to_string(), "the loss is not finite");
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let inputs = [[0.1; 3], [0.1, bad, 0.3], [0.1; 3]];
        assert_refused(error, |network, optimizer| network.train_step(&inputs[1], &0, optimizer));
        assert_refused(error, |network, optimizer| {
            network.train_batch(&inputs, &[0, 1, 2], optimizer)
        });
        assert_refused(error, |network, optimizer| {
            network.train_batch_indexed(&inputs, &[0, 1, 2], &[0, 1], optimizer)
        });
    }
}

#[test]
fn a_squared_error_that_overflows_is_refused() {
    let before = single::Shared::new(11);
    let mut network = before.clone();
    let mut optimizer = Optimizer::new(Sgd::new(0.1).momentum(0.9));
    let step = network.train_step(&[0.1; 3], &[1e30, 0.0], &mut optimizer);
    assert_eq!(step, Err(Error::NonFiniteLoss));
    let batch = network.train_batch(&[[0.1; 3]], &[[1e30, 0.0]], &mut optimizer);
    assert_eq!(batch, Err(Error::NonFiniteLoss));
    assert_eq!(list_bits(&network), list_bits(&before));
    assert!(optimizer == Optimizer::new(Sgd::new(0.1).momentum(0.9)));
}

network! {
    /// One product.
    struct Product {
        input x: [1];
        output y = x -> dense(1, bias = false);
        loss mse(y);
    }
}

#[test]
fn a_gradient_that_is_not_finite_is_refused() {
    let mut network = Product::ZERO;
    let mut optimizer = Optimizer::new(Sgd::new(0.1).momentum(0.9));
    // The loss is 1e20, its derivative -2e10 * 1e30.
    let result = network.train_batch(&[[1e30]], &[[1e10]], &mut optimizer);
    assert_eq!(result, Err(Error::NonFiniteGradient));
    assert_eq!(Error::NonFiniteGradient.to_string(), "a gradient is not finite");
    assert_eq!(network, Product::ZERO);
    assert!(optimizer == Optimizer::new(Sgd::new(0.1).momentum(0.9)));
    // A step in place has no gradient to look at beforehand: the step after it is refused.
    assert_eq!(network.train_step(&[1e30], &[1e10], &mut optimizer), Ok(1e20));
    let result = network.train_step(&[1e30], &[1e10], &mut optimizer);
    assert_eq!(result, Err(Error::NonFiniteLoss));
}

// Initialisation

network! {
    /// Every way to start a layer.
    struct Starts {
        input x: [60];
        output y = x -> dense(50) as before_relu -> relu
            -> dense(40) as before_tanh -> tanh
            -> dense(30, init = he_uniform) as he -> tanh
            -> dense(40, init = glorot_uniform) as glorot -> relu
            -> dense(50, init = he_normal) as he_normal -> tanh
            -> dense(60, init = glorot_normal) as glorot_normal -> relu
            -> dense(20, init = zeros) as zeros -> relu
            -> dense(100) as before_nothing;
        loss mse(y);
    }
}

/// Uniform: up to the bound, close to it, and with its variance.
fn assert_uniform(weights: &[f32], bound: f64) {
    let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
    let largest = f64::from(largest);
    assert!(largest <= bound * (1.0 + 1e-6) && largest > 0.99 * bound, "{largest} for {bound}");
    assert_variance(weights, bound * bound / 3.0);
}

fn assert_variance(weights: &[f32], variance: f64) {
    let sum = weights.iter().map(|weight| f64::from(*weight).powi(2)).sum::<f64>();
    let measured = sum / weights.len() as f64;
    assert!((measured / variance - 1.0).abs() < 0.12, "{measured} for {variance}");
}

#[test]
fn weights_start_as_the_activation_wants_and_biases_at_zero() {
    for seed in 0..3 {
        let network = Starts::new(seed);
        let root = |fan: f64| (6.0 / fan).sqrt();
        assert_uniform(network.before_relu.weight.as_flattened(), root(60.0));
        assert_uniform(network.before_tanh.weight.as_flattened(), root(50.0 + 40.0));
        assert_uniform(network.he.weight.as_flattened(), root(40.0));
        assert_uniform(network.glorot.weight.as_flattened(), root(30.0 + 40.0));
        assert_uniform(network.before_nothing.weight.as_flattened(), root(20.0 + 100.0));
        assert_variance(network.he_normal.weight.as_flattened(), 2.0 / 40.0);
        assert_variance(network.glorot_normal.weight.as_flattened(), 2.0 / (50.0 + 60.0));
        assert_eq!(network.zeros.weight, [[0.0; 20]; 60]);
        network.visit_parameters(|name, _, values| {
            assert!(!name.ends_with(".bias") || values.iter().all(|value| *value == 0.0), "{name}");
        });
    }
}

#[test]
fn a_seed_decides_every_bit() {
    assert_eq!(list_bits(&Starts::new(1)), list_bits(&Starts::new(1)));
    assert_ne!(list_bits(&Starts::new(1)), list_bits(&Starts::new(2)));
    let mut drawn = Starts::ZERO;
    drawn.init(&mut Rng::new(1));
    assert_eq!(list_bits(&drawn), list_bits(&Starts::new(1)));
    // What stood there before has no influence.
    drawn.init(&mut Rng::new(2));
    assert_eq!(list_bits(&drawn), list_bits(&Starts::new(2)));
    let train = || {
        let mut network = single::Shared::new(1);
        let mut optimizer = Optimizer::new(Adam::new(0.01));
        for _ in 0..5 {
            let (inputs, targets) = (draw_many(1, 9), draw_many(2, 9));
            network.train_batch(&inputs, &targets, &mut optimizer).unwrap();
        }
        list_bits(&network)
    };
    assert_eq!(train(), train());
}

#[test]
fn trainable_parameters_are_drawn_without_the_frozen_ones() {
    let mut network = single::Frozen::new(1);
    let before = network.clone();
    network.init_trainable(&mut Rng::new(9));
    assert_eq!(network.frozen, before.frozen);
    assert_ne!(network.head, before.head);
}

#[cfg(feature = "alloc")]
#[test]
fn a_boxed_network_has_the_same_bits() {
    use backprop::{BoxedNetwork, BoxedZero};
    assert_eq!(list_bits(&*Starts::boxed(5)), list_bits(&Starts::new(5)));
    assert!(*single::Frozen::boxed(5) == single::Frozen::new(5));
    assert!(*Starts::boxed_zero() == Starts::ZERO);
    // Memory that was just in use is zeros again.
    drop(vec![f32::NAN; size_of::<StartsGradient>() / 4]);
    assert!(*StartsGradient::boxed_zero() == StartsGradient::ZERO);
}

// Sizes, names and constants

#[test]
fn parameters_are_visited_in_declared_order() {
    let network = single::Frozen::new(12);
    let mut visited = Vec::new();
    network.visit_parameters(|name, shape, values| {
        visited.push((name, shape.to_vec(), values.to_vec()));
    });
    let expected = [
        ("trunk.weight", vec![3, 4], network.frozen.trunk.weight.as_flattened().to_vec()),
        ("trunk.bias", vec![4], network.frozen.trunk.bias.to_vec()),
        ("neck.weight", vec![4, 3], network.frozen.neck.weight.as_flattened().to_vec()),
        ("neck.bias", vec![3], network.neck.bias.to_vec()),
        ("head.weight", vec![3, 2], network.head.weight.as_flattened().to_vec()),
        ("head.bias", vec![2], network.frozen.head.bias.to_vec()),
    ];
    assert_eq!(visited, expected);
    // A shared layer once, and labels beside automatic names.
    let mut names = Vec::new();
    single::Shared::ZERO.visit_parameters(|name, _, _| names.push(name));
    assert_eq!(names, ["mix.weight", "mix.bias", "dense1.weight", "dense1.bias"]);
}

#[test]
fn constants_tell_the_sizes() {
    macro_rules! check_sizes {
        ($module:ident, $name:ident, $workspace:ident, $gradient:ident, $scalar:ty) => {{
            use $module::{$gradient, $name, $workspace};
            let mut visited = 0;
            <$name>::ZERO.visit_parameters(|_, shape, values| {
                assert_eq!(shape.iter().product::<usize>(), values.len());
                visited += values.len();
            });
            assert_eq!(<$name>::PARAMETERS, visited);
            assert_eq!(<$name>::PARAMETER_BYTES, visited * size_of::<$scalar>());
            assert_eq!(<$name>::PARAMETER_BYTES, size_of::<$name>());
            assert_eq!(<$name>::TRAINABLE_PARAMETERS, <$name>::ZERO.as_slice().len());
            assert_eq!(
                <$name>::TRAINABLE_PARAMETERS * size_of::<$scalar>(),
                size_of::<$gradient>()
            );
            assert_eq!(<$name>::INFERENCE_BYTES, size_of::<$workspace<Inference>>());
            assert_eq!(<$name>::STEP_BYTES, size_of::<$workspace<Step>>());
            assert_eq!(<$name>::BATCH_BYTES, size_of::<$workspace>());
            assert_eq!(<$name>::TILE, 4);
            [<$name>::PARAMETERS, <$name>::TRAINABLE_PARAMETERS, <$name>::MACS as usize]
        }};
    }
    let plain = check_sizes!(single, Plain, PlainWorkspace, PlainGradient, f32);
    assert_eq!(plain, [20 + 24 + 10, 54, 15 + 20 + 8]);
    let shared = check_sizes!(double, Shared, SharedWorkspace, SharedGradient, f64);
    assert_eq!(shared, [12 + 8, 20, 3 * 9 + 6]);
    let frozen = check_sizes!(double, Frozen, FrozenWorkspace, FrozenGradient, f64);
    assert_eq!(frozen, [16 + 15 + 8, 3 + 6, 12 + 12 + 6]);
    // On paper: the input is borrowed, 5 and 4 values stand side by side, 2 take the place of the 5.
    assert_eq!(single::Plain::INFERENCE_BYTES, 9 * 4);
}

#[test]
fn everything_can_stand_in_a_static() {
    type Momentum = Sgd<f32, SlotCount<1>>;
    static NETWORK: Mutex<Classifier> = Mutex::new(Classifier::ZERO);
    static OPTIMIZER: Mutex<Optimizer<Momentum, ClassifierGradient>> =
        Mutex::new(Optimizer::new(Sgd::new(0.1).momentum(0.9).nesterov().weight_decay(1e-4)));
    static WORKSPACE: Mutex<ClassifierWorkspace> = Mutex::new(ClassifierWorkspace::new());
    let mut network = NETWORK.lock().unwrap();
    network.init(&mut Rng::new(1));
    let mut optimizer = OPTIMIZER.lock().unwrap();
    let workspace = &mut *WORKSPACE.lock().unwrap();
    let (inputs, targets) = ([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [2, 0, 1]);
    for _ in 0..100 {
        network.train_batch_with(&inputs, &targets, &mut *optimizer, workspace).unwrap();
    }
    assert_eq!(network.accuracy_with(&inputs, &targets, workspace), Ok(1.0));
    assert_eq!(optimizer.steps(), 100);
}

#[test]
fn debug_output_is_short() {
    let network = single::Frozen::new(1);
    assert_eq!(format!("{network:?}"), "Frozen { 39 parameters, x [3] → y [2] }");
    assert_eq!(
        format!("{:?}", Classifier::ZERO),
        "Classifier { 31 parameters, x [3] → class [3] }"
    );
    assert_eq!(format!("{:?}", ClassifierWorkspace::<Step>::new()), "ClassifierWorkspace { .. }");
    let optimizer: Optimizer<_, ClassifierGradient> = Optimizer::new(Sgd::new(0.5_f32));
    let described = format!("{optimizer:?}");
    assert!(described.starts_with("Optimizer { rule: Sgd { rate: 0.5,"), "{described}");
    for text in [described, format!("{:?}", network.frozen), format!("{:?}", StartsGradient::ZERO)]
    {
        assert!(text.len() < 200, "{text}");
    }
}

//! A batch is the mean over its samples, however they are gathered and tiled.

use super::*;

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

//! Classes and samples that count more than others, and a user's own losses.

use backprop::{Loss, Scalar, Weighted};

use super::*;

network! {
    /// Weights of both kinds, next to the same network without.
    struct Unequal {
        dtype f64;
        input x: [3];
        output class = x -> dense(4) -> tanh -> dense(3);
        loss cross_entropy(class, class_weights = [1, 0.5, 3], sample_weight = true);
    }
}
network! {
    struct Equal {
        dtype f64;
        input x: [3];
        output class = x -> dense(4) -> tanh -> dense(3);
        loss cross_entropy(class);
    }
}

#[test]
fn weights_multiply_losses_and_gradients() -> Result<(), Error> {
    let (network, plain) = (Unequal::new(1), Equal::new(1));
    let input = [0.5, -1.0, 0.25];
    for (class, class_weight) in [(0, 1.0), (1, 0.5), (2, 3.0)] {
        for sample_weight in [0.0, 1.0, 2.5] {
            let target = Weighted { target: class, weight: sample_weight };
            let factor = class_weight * sample_weight;
            let mut gradient = UnequalGradient::default();
            let loss = network.backward(&input, &target, &mut gradient)?;
            let mut expected = EqualGradient::default();
            let plain_loss = plain.backward(&input, &class, &mut expected)?;
            assert_close(&[loss], &[factor * plain_loss], 1e-14);
            expected.scale(factor);
            assert_close(gradient.as_slice(), expected.as_slice(), 1e-14);
        }
    }
    Ok(())
}

#[test]
fn a_batch_is_divided_by_its_samples_whatever_their_weights() -> Result<(), Error> {
    let mut network = Unequal::new(1);
    let inputs: Vec<[f64; 3]> = draw_many(1, 7);
    let targets: Vec<Weighted<u32, f64>> =
        (0..7).map(|index| Weighted { target: index % 3, weight: f64::from(index) }).collect();
    let sum = inputs.iter().zip(&targets).map(|(input, target)| network.loss(input, target));
    let mean = sum.sum::<Result<f64, Error>>()? / 7.0;
    assert_close(&[network.evaluate(&inputs, &targets)?], &[mean], 1e-14);
    let loss = network.train_batch(&inputs, &targets, &mut Optimizer::new(Sgd::new(0.1)))?;
    assert_close(&[loss], &[mean], 1e-14);
    Ok(())
}

#[test]
fn a_weighted_class_out_of_range_is_refused() {
    let network = Unequal::new(1);
    let wrong = Weighted { target: 3, weight: 1.0 };
    assert_eq!(
        network.loss(&[0.0; 3], &wrong),
        Err(Error::ClassOutOfRange { class: 3, classes: 3 })
    );
    // The share of right answers counts each sample once.
    let right = Weighted { target: network.predict(&[0.0; 3]), weight: 9.0 };
    assert_eq!(network.accuracy(&[[0.0; 3]], &[right]), Ok(1.0));
}

/// (y - t)^4, summed.
struct Quartic;

impl<T: Scalar> Loss<T> for Quartic {
    fn value<const N: usize>(output: &[T; N], target: &[T; N]) -> T {
        output.iter().zip(target).fold(T::ZERO, |sum, (y, t)| {
            let square = (*y - *t) * (*y - *t);
            sum + square * square
        })
    }

    fn gradient<const N: usize>(output: &[T; N], target: &[T; N], gradient: &mut [T; N]) {
        for ((y, t), dy) in output.iter().zip(target).zip(gradient) {
            let error = *y - *t;
            *dy = T::from_f64(4.0) * error * error * error;
        }
    }
}

network! {
    /// A user's loss beside one of the catalogue, on one target.
    struct Both {
        dtype f64;
        input x: [3];
        output y = x -> dense(2);
        loss 0.5 * custom(Quartic)(y) + mse(y);
    }
}

#[test]
fn a_users_loss_is_a_term_like_any_other() {
    let network = Both::new(4);
    let (input, target) = ([0.3, -0.7, 0.9], [0.25, -0.5]);
    let y = network.forward(&input);
    let errors = [y[0] - target[0], y[1] - target[1]];
    let expected: f64 = errors.iter().map(|error| 0.5 * error.powi(4) + error * error / 2.0).sum();
    let mut gradient = BothGradient::default();
    assert_close(&[network.backward(&input, &target, &mut gradient)], &[expected], 1e-14);
    let deltas = errors.map(|error| 2.0 * error.powi(3) + error);
    assert_close(&gradient.dense1.bias, &deltas, 1e-14);
}

//! Numbers that were published, or that can be computed on paper.

use backprop::{Optimizer, Sgd, network};

network! {
    /// Matt Mazur's worked example: two inputs, two hidden units, two outputs, biases fixed.
    pub struct Mazur {
        dtype f64;
        input x: [2];
        output y = x -> dense(2, trainable = weight) as hidden -> sigmoid
            -> dense(2, trainable = weight) as out -> sigmoid;
        loss mse(y); // over two outputs, the mean of squares is the sum of their halves
    }
}

const X: [f64; 2] = [0.05, 0.10];
const T: [f64; 2] = [0.01, 0.99];

fn build_mazur() -> Mazur {
    let mut network = Mazur::ZERO;
    network.hidden.weight = [[0.15, 0.25], [0.20, 0.30]];
    network.out.weight = [[0.40, 0.50], [0.45, 0.55]];
    network.frozen.hidden.bias = [0.35; 2];
    network.frozen.out.bias = [0.60; 2];
    network
}

fn assert_near(actual: f64, expected: f64, tolerance: f64) {
    assert!((actual - expected).abs() <= tolerance, "{actual} is not {expected}");
}

fn assert_new_weights(network: &Mazur) {
    let expected = [
        (network.hidden.weight[0][0], 0.149_780_716),
        (network.hidden.weight[1][0], 0.199_561_43),
        (network.hidden.weight[0][1], 0.249_751_14),
        (network.hidden.weight[1][1], 0.299_502_29),
        (network.out.weight[0][0], 0.358_916_48),
        (network.out.weight[1][0], 0.408_666_186),
        (network.out.weight[0][1], 0.511_301_270),
        (network.out.weight[1][1], 0.561_370_121),
    ];
    for (actual, published) in expected {
        assert_near(actual, published, 5e-9);
    }
}

#[test]
fn mazur_forward_and_backward() {
    let network = build_mazur();
    let mut gradient = MazurGradient::default();
    assert_near(network.backward(&X, &T, &mut gradient), 0.298_371_109, 5e-10);
    assert_near(gradient.out.weight[0][0], 0.082_167_041, 5e-10);
    assert_near(gradient.hidden.weight[0][0], 0.000_438_568, 5e-10);
    assert_near(network.loss(&X, &T), 0.298_371_109, 5e-10);
}

#[test]
fn mazur_after_one_step_and_after_ten_thousand() {
    let mut network = build_mazur();
    let mut optimizer = Optimizer::new(Sgd::new(0.5));
    network.train_step(&X, &T, &mut optimizer).unwrap();
    assert_new_weights(&network);
    assert_near(network.loss(&X, &T), 0.291_027_773_693_599_33, 1e-15);
    for _ in 1..10_000 {
        network.train_step(&X, &T, &mut optimizer).unwrap();
    }
    assert_near(network.loss(&X, &T), 3.510_187_783_0e-5, 5e-15);
    assert_eq!(optimizer.steps(), 10_000);
    assert_eq!(network.frozen, build_mazur().frozen);
}

#[test]
fn mazur_by_batch_and_by_hand_are_the_same_step() {
    let mut by_batch = build_mazur();
    by_batch.train_batch(&[X], &[T], &mut Optimizer::new(Sgd::new(0.5))).unwrap();
    assert_new_weights(&by_batch);
    let mut by_hand = build_mazur();
    let mut gradient = MazurGradient::default();
    by_hand.backward(&X, &T, &mut gradient);
    Optimizer::new(Sgd::new(0.5)).step(&mut by_hand, &gradient);
    assert_new_weights(&by_hand);
}

network! {
    /// A rectifier between two products.
    struct Rectifier {
        dtype f64;
        input x: [2];
        output y = x -> dense(2, bias = false) -> relu -> dense(1, bias = false) -> identity;
        loss 0.5 * mse(y);
    }
}

#[test]
fn a_relu_network_with_an_identity_output() {
    let mut network = Rectifier::ZERO;
    network.dense1.weight = [[0.3, 0.2], [-0.1, 0.4]];
    network.dense2.weight = [[0.5], [-0.3]];
    let mut gradient = RectifierGradient::default();
    let loss = network.backward(&[1.0, 2.0], &[1.0], &mut gradient);
    assert_near(loss, 0.781_25, 1e-15);
    assert_near(gradient.dense2.weight[0][0], -0.125, 1e-15);
    assert_near(gradient.dense2.weight[1][0], -1.25, 1e-15);
    // [out][in] on paper: [-.625 -1.25; .375 .75]
    let expected = [[-0.625, 0.375], [-1.25, 0.75]];
    for (row, expected) in gradient.dense1.weight.iter().zip(&expected) {
        for (actual, expected) in row.iter().zip(expected) {
            assert_near(*actual, *expected, 1e-15);
        }
    }
}

#[test]
fn a_dead_unit_gets_no_gradient() {
    let mut network = Rectifier::ZERO;
    // The first unit is off, the second stands exactly on the kink.
    network.dense1.weight = [[-1.0, 2.0], [-1.0, -1.0]];
    network.dense2.weight = [[0.5], [-0.3]];
    let mut gradient = RectifierGradient::default();
    let loss = network.backward(&[1.0, 2.0], &[1.0], &mut gradient);
    assert_near(loss, 0.5, 1e-15);
    assert_eq!(gradient, RectifierGradient::default());
}

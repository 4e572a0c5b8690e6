//! How weights start, and that a seed decides every bit.

use super::*;

network! {
    /// Every way to start a layer.
    pub struct Starts {
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

network! {
    /// Ways to start that have arguments, and those of LeCun.
    struct Chosen {
        const SIDE = 20;
        input x: [30];
        output y = x -> dense(50) as before_selu -> selu
            -> dense(40, init = lecun_uniform) as lecun -> tanh
            -> dense(30, init = normal(std = 0.02)) as normal -> tanh
            -> dense(40, init = uniform(low = -0.1, high = 0.3), bias_init = constant(-2)) as uniform -> tanh
            -> dense(10, init = constant(0.25), bias_init = normal(3)) as constant -> prelu as slope
            -> dense(SIDE, init = orthogonal) as wide -> prelu(SIDE, init = 0.5) as slopes
            -> dense(5, init = orthogonal(gain = 2)) as tall;
        loss mse(y);
    }
}

#[test]
fn initialisers_do_as_their_arguments_say() {
    let network = Chosen::new(3);
    assert_variance(network.before_selu.weight.as_flattened(), 1.0 / 30.0);
    assert_uniform(network.lecun.weight.as_flattened(), (3.0_f64 / 50.0).sqrt());
    assert_variance(network.normal.weight.as_flattened(), 0.02 * 0.02);
    let uniform = network.uniform.weight.as_flattened();
    assert!(uniform.iter().all(|weight| (-0.1..=0.3).contains(weight)));
    let mean = uniform.iter().sum::<f32>() / uniform.len() as f32;
    assert!((mean - 0.1).abs() < 0.02, "{mean}");
    assert_eq!(network.uniform.bias, [-2.0; 40]);
    assert_eq!(network.constant.weight, [[0.25; 10]; 40]);
    assert!(network.constant.bias.iter().any(|bias| bias.abs() > 1.0));
    assert_eq!(network.slope.weight, [0.25]);
    assert_eq!(network.slopes.weight, [0.5; 20]);
    let product = |left: usize, right: usize| -> f32 {
        network.tall.weight.iter().map(|row| row[left] * row[right]).sum()
    };
    assert!((product(1, 1) - 4.0).abs() < 1e-5 && product(1, 4).abs() < 1e-5);
    let product: f32 =
        network.wide.weight[2].iter().zip(&network.wide.weight[7]).map(|(a, b)| a * b).sum();
    assert!(product.abs() < 1e-6);
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
    assert_eq!(list_bits(&**Starts::boxed(5)), list_bits(&Starts::new(5)));
    assert!(**single::Frozen::boxed(5) == single::Frozen::new(5));
    assert!(**Starts::boxed_zero() == Starts::ZERO);
    // Memory that was just in use is zeros again.
    drop(vec![f32::NAN; size_of::<StartsGradient>() / 4]);
    assert!(**StartsGradient::boxed_zero() == StartsGradient::ZERO);
}

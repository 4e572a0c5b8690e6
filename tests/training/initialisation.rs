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
            -> dense(40, init = lecun_uniform, bias_init = uniform(0)) as lecun -> tanh
            -> dense(30, init = normal(std = 0.02), bias_init = zeros) as normal -> tanh
            -> dense(40, init = uniform(low = -0.1, high = 0.3), bias_init = constant(-2)) as uniform -> tanh
            -> dense(40, init = uniform(bound = 0.1), bias_init = constant(SIDE)) as bounded -> tanh
            -> dense(30, init = uniform(0.25), bias_init = constant(value = -1.5)) as positional -> tanh
            -> dense(40, init = normal, bias_init = uniform(low = 1, high = 2)) as plain_normal -> tanh
            -> dense(60, init = uniform) as plain_uniform -> tanh
            -> dense(10, init = constant(0.25), bias_init = normal(3)) as constant -> prelu as slope
            -> dense(SIDE, init = orthogonal) as wide -> prelu(SIDE, init = 0.5) as slopes
            -> dense(5, init = orthogonal(gain = 2)) as tall;
        loss mse(y);
    }
}

#[test]
fn initialisers_do_as_their_arguments_say() {
    for seed in 0..3 {
        let network = Chosen::new(seed);
        assert_variance(network.before_selu.weight.as_flattened(), 1.0 / 30.0);
        assert_uniform(network.lecun.weight.as_flattened(), (3.0_f64 / 50.0).sqrt());
        assert_eq!(network.lecun.bias, [0.0; 40]);
        assert_variance(network.normal.weight.as_flattened(), 0.02 * 0.02);
        assert_eq!(network.normal.bias, [0.0; 30]);
        let uniform = network.uniform.weight.as_flattened();
        assert!(uniform.iter().all(|weight| (-0.1..=0.3).contains(weight)));
        let mean = uniform.iter().sum::<f32>() / uniform.len() as f32;
        assert!((mean - 0.1).abs() < 0.02, "{mean}");
        assert_eq!(network.uniform.bias, [-2.0; 40]);
        assert_uniform(network.bounded.weight.as_flattened(), 0.1);
        assert_eq!(network.bounded.bias, [20.0; 40]);
        assert_uniform(network.positional.weight.as_flattened(), 0.25);
        assert_eq!(network.positional.bias, [-1.5; 30]);
        assert_variance(network.plain_normal.weight.as_flattened(), 0.05 * 0.05);
        assert!(network.plain_normal.bias.iter().all(|bias| (1.0..=2.0).contains(bias)));
        assert_uniform(network.plain_uniform.weight.as_flattened(), 0.05);
        assert_eq!(network.constant.weight, [[0.25; 10]; 60]);
        assert!(network.constant.bias.iter().any(|bias| bias.abs() > 1.0));
        assert_eq!(network.slope.weight, [0.25]);
        assert_eq!(network.slopes.weight, [0.5; 20]);
    }
}

fn multiply<'a>(
    left: impl IntoIterator<Item = &'a f32>,
    right: impl IntoIterator<Item = &'a f32>,
) -> f64 {
    let pairs = left.into_iter().zip(right);
    pairs.map(|(left, right)| f64::from(*left) * f64::from(*right)).sum()
}

/// From `[in][out]`: rows are orthonormal where inputs are fewer than outputs, columns where they are more.
#[test]
fn weights_are_orthogonal_times_their_gain() {
    let network = Chosen::new(3);
    for (left, row) in network.wide.weight.iter().enumerate() {
        for (right, other) in network.wide.weight.iter().enumerate() {
            let wanted = f64::from(u8::from(left == right));
            assert!((multiply(row, other) - wanted).abs() < 1e-6, "rows {left} and {right}");
        }
    }
    let column = |index: usize| network.tall.weight.iter().map(move |row| &row[index]);
    for left in 0..5 {
        for right in 0..5 {
            let wanted = 4.0 * f64::from(u8::from(left == right));
            let product = multiply(column(left), column(right));
            assert!((product - wanted).abs() < 4e-6, "columns {left} and {right}");
        }
    }
}

#[test]
fn the_fingerprint_does_not_depend_on_how_weights_start() {
    mod other {
        use backprop::network;

        network! {
            pub struct First {
                input x: [3];
                output y = x -> dense(4) -> tanh -> dense(2);
                loss mse(y);
            }
        }
        network! {
            pub struct Second {
                input x: [3];
                output y = x -> dense(4, init = orthogonal, bias_init = constant(0.1)) -> tanh
                    -> dense(2, init = normal(std = 0.02));
                loss mse(y);
            }
        }
    }
    assert_eq!(other::First::FINGERPRINT, other::Second::FINGERPRINT);
}

/// Any generator of the rand ecosystem draws the weights.
#[cfg(feature = "rand_core")]
#[test]
fn a_stranger_s_generator_draws_weights() {
    use backprop::FromRand;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    let draw = |seed: u64| {
        let mut network = Chosen::ZERO;
        network.init(&mut FromRand(ChaCha8Rng::seed_from_u64(seed)));
        network
    };
    assert_eq!(list_bits(&draw(1)), list_bits(&draw(1)));
    assert_ne!(list_bits(&draw(1)), list_bits(&draw(2)));
    assert_variance(draw(1).before_selu.weight.as_flattened(), 1.0 / 30.0);
    // One that is borrowed goes on where it was.
    let (mut generator, mut network) = (ChaCha8Rng::seed_from_u64(1), Chosen::ZERO);
    network.init(&mut FromRand(&mut generator));
    assert_eq!(network, draw(1));
    network.init(&mut FromRand(&mut generator));
    assert_ne!(network, draw(1));
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

//! Update rules next to their formulas.

use super::*;

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

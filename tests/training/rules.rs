//! Every rule, and all that can stand around one, takes the same step in place, on a batch of one sample, and
//! on a gradient by hand.

use backprop::schedules::{Cosine, OneCycle, StepDecay, Warmup};
use backprop::{
    Adadelta, Adagrad, AdamW, Biases, Groups, Lion, Nadam, ParameterInfo, RmsProp, WithDecay,
};

use super::*;

fn check_steps<N, R>(network: &N, rule: R)
where
    N: Trainable + Network<Scalar = f32, Input = [f32; 3]> + Clone,
    N: Trainable<Target = [f32; 2]>,
    R: Rule<f32> + Clone,
{
    let mut workspace = N::Workspace::ZERO;
    let workspace = &mut workspace;
    let [mut in_place, mut by_batch, mut by_hand] = [(); 3].map(|()| network.clone());
    let mut in_place_optimizer = Optimizer::new(rule.clone());
    let mut batch_optimizer = Optimizer::new(rule.clone());
    let mut hand_optimizer = Optimizer::new(rule);
    let (inputs, targets) = (draw_many(8, 6), draw_many(9, 6));
    for (input, target) in inputs.iter().zip(&targets) {
        let before = list_bits(&in_place);
        let loss = in_place.train_step(input, target, &mut in_place_optimizer, workspace).unwrap();
        let (inputs, targets) = (&[*input], &[*target]);
        let batch_loss =
            by_batch.train_batch(inputs, targets, &mut batch_optimizer, workspace).unwrap();
        let mut gradient = N::Gradient::ZERO;
        let expected = by_hand.backward(input, target, &mut gradient, workspace).unwrap();
        hand_optimizer.step(&mut by_hand, &gradient);
        assert_eq!([loss, batch_loss].map(f32::to_bits), [expected.to_bits(); 2]);
        assert_eq!(list_bits(&in_place), list_bits(&by_hand));
        assert_eq!(list_bits(&by_batch), list_bits(&by_hand));
        assert_ne!(list_bits(&in_place), before);
    }
    assert_eq!((in_place_optimizer.steps(), hand_optimizer.steps()), (6, 6));
    assert_eq!(in_place_optimizer.rate(), hand_optimizer.rate());
}

/// A rule on networks of each kind.
fn check(rule: impl Rule<f32> + Clone) {
    check_steps(&single::Plain::new(1), rule.clone());
    check_steps(&single::Shared::new(2), rule.clone());
    check_steps(&single::Frozen::new(3), rule);
}

#[test]
fn rules() {
    check(Sgd::new(0.1));
    check(Sgd::new(0.1).weight_decay(0.01));
    check(Sgd::new(0.1).momentum(0.9));
    check(Sgd::new(0.1).momentum(0.9).nesterov().weight_decay(0.01));
    check(RmsProp::new(0.01));
    check(RmsProp::new(0.01).momentum(0.9).weight_decay(0.1));
    check(RmsProp::new(0.01).centered());
    check(RmsProp::new(0.01).centered().momentum(0.9));
    check(Adagrad::new(0.01));
    check(Adagrad::new(0.01).rate_decay(0.1).weight_decay(0.1).initial_accumulator(0.1));
    check(Adadelta::new(1.0));
    check(Adadelta::new(1.0).weight_decay(0.1));
    check(Adam::new(0.01));
    check(Adam::new(0.01).weight_decay(0.1).betas(0.5, 0.9));
    check(AdamW::new(0.01));
    check(Nadam::new(0.01));
    check(Nadam::new(0.01).decoupled_weight_decay(0.1));
    check(Lion::new(0.01));
    check(Lion::new(0.01).weight_decay(0.1));
}

#[test]
fn what_stands_around_a_rule() {
    check(Sgd::new(0.1).l1(0.01));
    check(Adam::new(0.01).l2(0.1));
    check(Sgd::new(0.1).l1(0.01).l2(0.1).clip_value(0.05));
    check(WithDecay::new(Adam::new(0.01), backprop::Decoupled(0.5)));
    check(Sgd::new(0.1).schedule(StepDecay::new(2)));
    check(Sgd::new(0.1).momentum(0.9).schedule(OneCycle::new(0.2, 8)));
    check(Adam::new(0.01).clip_value(0.1).schedule(Warmup::new(2, Cosine::new(6))));
    check(Adam::new(0.01).schedule(OneCycle::new(0.02, 8)).clip_value(0.1));
}

#[test]
fn groups() {
    check(Groups::biases(AdamW::new(0.01), AdamW::new(0.01).weight_decay(0.0)));
    let by_layer = |parameter: &ParameterInfo| match (parameter.layer, parameter.name) {
        ("dense1" | "mix" | "neck", _) => 0,
        (_, "weight") => 1,
        _ => 2,
    };
    let rules = [0.1, 0.01, 0.5].map(|rate| Sgd::new(rate).momentum(0.5));
    check(Groups::new(rules.clone(), by_layer));
    check(Groups::new(rules, by_layer).l2(0.1).clip_value(0.2).schedule(StepDecay::new(3)));
    let scheduled = [2, 3].map(|size| Sgd::new(0.1).schedule(StepDecay::new(size)));
    check(Groups::new(scheduled, Biases));
}

/// PyTorch's order: `train_batch` clips the mean gradient by its norm, and the rule has it then.
#[test]
fn a_norm_is_clipped_by_batch_and_by_hand() {
    let (inputs, targets) = (draw_many(8, 5), draw_many(9, 5));
    let mut by_batch = double::Shared::new(4);
    let [mut by_hand, mut by_formula] = [(); 2].map(|()| by_batch.clone());
    let optimizer = || Optimizer::new(Adam::new(0.05).weight_decay(0.1));
    let (mut batch_optimizer, mut hand_optimizer) =
        (optimizer().clip_norm(0.25), optimizer().clip_norm(0.25));
    let mut formula_optimizer = optimizer();
    let mut clipped = 0;
    for _ in 0..20 {
        by_batch.train_batch(&inputs, &targets, &mut batch_optimizer).unwrap();
        let mut gradient = double::SharedGradient::default();
        for (input, target) in inputs.iter().zip(&targets) {
            by_hand.backward(input, target, &mut gradient);
        }
        gradient.scale(1.0 / 5.0);
        hand_optimizer.step(&mut by_hand, &gradient);
        let squares = gradient.as_slice().iter().map(|value| value * value);
        let factor = 0.25 / (squares.sum::<f64>().sqrt() + 1e-6);
        clipped += usize::from(factor < 1.0);
        gradient.scale(factor.min(1.0));
        formula_optimizer.step(&mut by_formula, &gradient);
        assert_close(by_hand.as_slice(), by_batch.as_slice(), 1e-12);
        assert_close(by_hand.as_slice(), by_formula.as_slice(), 1e-12);
    }
    assert!((1..20).contains(&clipped), "{clipped}");
    assert_eq!(batch_optimizer.optimizer().steps(), 20);
    batch_optimizer.optimizer_mut().set_rate(0.5);
    assert_eq!(batch_optimizer.optimizer().rate(), 0.5);
}

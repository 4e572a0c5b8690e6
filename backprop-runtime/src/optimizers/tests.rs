//! Ten steps of each rule next to PyTorch 2.15.
//!
//! The numbers are those of `torch.optim` on a parameter `WEIGHTS` whose `grad` is set to each of `GRADIENTS`
//! before `step()`, after `torch.set_default_dtype(torch.float64)`. Lion, which PyTorch has not, was written out
//! there as its authors' `lion_pytorch.py` has it.

use super::schedules::{Cosine, OneCycle, StepDecay, Warmup};
use super::*;
use crate::layout::ParameterInfo;
use crate::network::Parameters;
use crate::scalar::Scalar;
use crate::zero::Zero;

const WEIGHTS: [f64; 3] = [1.0, -2.0, 0.5];
const GRADIENTS: [[f64; 3]; 10] = [
    [1.0, -0.5, 0.0],
    [0.3, -2.0, 0.01],
    [-4.0, 0.25, -0.02],
    [0.7, 1.5, 0.003],
    [2.0, -0.1, -0.5],
    [-0.9, 0.8, 0.04],
    [0.05, -3.0, 0.6],
    [1.1, 0.2, -0.07],
    [-0.3, -0.6, 0.9],
    [0.4, 2.5, -1.0],
];

/// A network of two weights and a bias, or its gradient.
#[derive(Clone, Debug, PartialEq)]
struct Three<T>([T; 3]);

impl<T: Scalar> Zero for Three<T> {
    const ZERO: Self = Self([T::ZERO; 3]);
}

impl<T: Scalar> Parameters for Three<T> {
    type Scalar = T;

    const LAYOUT: &'static [ParameterInfo] =
        &[ParameterInfo::new("only", "weight", &[2, 1]), ParameterInfo::new("only", "bias", &[1])];

    fn as_slice(&self) -> &[T] {
        &self.0
    }

    fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.0
    }
}

/// The weights after the ten steps.
fn run(optimizer: &mut impl Optimize<Three<f64>, Three<f64>>) -> [f64; 3] {
    let mut network = Three(WEIGHTS);
    for gradient in GRADIENTS {
        optimizer.step(&mut network, &Three(gradient));
    }
    network.0
}

#[track_caller]
fn assert_close(actual: [f64; 3], expected: [f64; 3]) {
    for (actual, expected) in actual.into_iter().zip(expected) {
        assert!((actual / expected - 1.0).abs() < 1e-12, "{actual:?}, not {expected:?}");
    }
}

#[track_caller]
fn check<R: Rule<f64>>(rule: R, expected: [f64; 3]) {
    assert_close(run(&mut Optimizer::new(rule)), expected);
}

#[test]
fn sgd() {
    // SGD(lr=0.1, momentum=0.8, nesterov=True, weight_decay=0.3)
    check(
        Sgd::new(0.1).momentum(0.8).nesterov().weight_decay(0.3),
        [0.16738521976987983, -0.06824602992778639, 0.06740549666824146],
    );
}

#[test]
fn rms_prop() {
    // RMSprop(lr=0.01)
    check(RmsProp::default(), [0.9006695479644615, -1.8683490023308098, 0.48884731232835166]);
    // RMSprop(lr=0.02, alpha=0.9, eps=1e-3, momentum=0.7, weight_decay=0.1)
    check(
        RmsProp::new(0.02).alpha(0.9).epsilon(1e-3).momentum(0.7).weight_decay(0.1),
        [0.7714067144426728, -1.6212796491148862, 0.0390308235039689],
    );
    // RMSprop(lr=0.01, centered=True)
    let centered = [0.9001349609952184, -1.8669736257045508, 0.48864377466103187];
    check(RmsProp::new(0.01).centered(), centered);
    // RMSprop(lr=0.01, centered=True, momentum=0.9)
    let both = [0.4447371441574454, -1.0078810743746098, 0.4421554798981895];
    check(RmsProp::new(0.01).centered().momentum(0.9), both);
    check(RmsProp::new(0.01).momentum(0.9).centered(), both);
}

#[test]
fn centred_rms_prop_outlives_a_gradient_that_never_changes() {
    // v and the square of the mean come to differ by rounding alone.
    let mut network = Three([0.0_f32; 3]);
    let mut optimizer = Optimizer::new(RmsProp::new(1e-6).centered().alpha(0.5));
    for _ in 0..200 {
        optimizer.step(&mut network, &Three([0.1, 0.7, 1.3]));
    }
    assert!(network.is_finite(), "{network:?}");
}

#[test]
fn adagrad() {
    // Adagrad(lr=0.01)
    check(Adagrad::default(), [0.9901570323305492, -1.9867484496532117, 0.498914813397254]);
    // Adagrad(lr=0.1, lr_decay=0.05, weight_decay=0.2, initial_accumulator_value=0.5, eps=1e-3)
    check(
        Adagrad::new(0.1).rate_decay(0.05).weight_decay(0.2).initial_accumulator(0.5).epsilon(1e-3),
        [0.8932451623465202, -1.8176208330219819, 0.41805838263591777],
    );
}

#[test]
fn adadelta() {
    // Adadelta(lr=1.0)
    check(Adadelta::default(), [0.9953409349151179, -1.9974397310252232, 0.5004330122973274]);
    // Adadelta(lr=0.5, rho=0.8, eps=1e-3, weight_decay=0.1)
    check(
        Adadelta::new(0.5).rho(0.8).epsilon(1e-3).weight_decay(0.1),
        [0.9277295026781401, -1.9368077829813508, 0.4093846838259181],
    );
}

#[test]
fn adam() {
    // Adam(lr=1e-3)
    check(Adam::default(), [0.9988140916384696, -1.9966303302331634, 0.5001094008119373]);
    // Adam(lr=0.05, betas=(0.7, 0.95), eps=1e-3, weight_decay=0.2)
    check(
        Adam::new(0.05).betas(0.7, 0.95).epsilon(1e-3).weight_decay(0.2),
        [0.8895641908521698, -1.7621370643201746, 0.25030277076033763],
    );
}

#[test]
fn adam_w() {
    // AdamW(lr=1e-3)
    check(AdamW::default(), [0.9987142053332462, -1.9964305630656343, 0.5000593952926724]);
    // AdamW(lr=0.05, betas=(0.7, 0.95), eps=1e-3, weight_decay=0.3)
    check(
        AdamW::new(0.05).betas(0.7, 0.95).epsilon(1e-3).weight_decay(0.3),
        [0.7985936202832717, -1.5941423073500383, 0.42585818492477556],
    );
}

#[test]
fn nadam() {
    // NAdam(lr=2e-3)
    check(Nadam::default(), [0.9975943736112157, -1.9968566643896721, 0.4997454975584204]);
    // NAdam(lr=0.05, betas=(0.7, 0.95), eps=1e-3, weight_decay=0.2, momentum_decay=0.1)
    check(
        Nadam::new(0.05).betas(0.7, 0.95).epsilon(1e-3).weight_decay(0.2).momentum_decay(0.1),
        [0.8866474022438512, -1.8225269906499943, 0.2714694237124208],
    );
    // NAdam(lr=0.05, weight_decay=0.2, decoupled_weight_decay=True)
    check(
        Nadam::new(0.05).decoupled_weight_decay(0.2),
        [0.8481202006007637, -1.7378110936057194, 0.4459025446706403],
    );
}

#[test]
fn lion() {
    // lr=1e-4, betas=(0.9, 0.99), weight_decay=0
    check(Lion::default(), [0.9998, -1.9998, 0.5001]);
    // lr=0.01, betas=(0.6, 0.8), weight_decay=0.5
    check(
        Lion::new(0.01).betas(0.6, 0.8).weight_decay(0.5),
        [0.9512527420331307, -1.8634509620627124, 0.48516005014625785],
    );
    // No direction, no step.
    let mut network = Three(WEIGHTS);
    Optimizer::new(Lion::new(0.1)).step(&mut network, &Three([0.0; 3]));
    assert_eq!(network.0, WEIGHTS);
}

#[test]
fn a_clip_acts_on_the_raw_gradient_and_a_decay_after_it() {
    // clip_grad_value_(.., 0.5), then Adam(lr=0.01, weight_decay=0.1)
    let expected = [0.9421003327791496, -1.9432713092069926, 0.4560732632755083];
    check(Adam::new(0.01).weight_decay(0.1).clip_value(0.5), expected);
    check(Adam::new(0.01).l2(0.1).clip_value(0.5), expected);
    // Written the other way round, it acts the other way round.
    let optimizer = &mut Optimizer::new(Adam::new(0.01).clip_value(0.5).l2(0.1));
    assert!((run(optimizer)[0] - expected[0]).abs() > 1e-3);
}

#[test]
fn l1_adds_the_sign() {
    // grad.add_(0.1 * torch.sign(w)), then SGD(lr=0.1)
    check(Sgd::new(0.1).l1(0.1), [0.8649999999999999, -1.8049999999999997, 0.4037]);
}

#[test]
fn whole_gradients_are_clipped_to_a_norm() {
    // clip_grad_norm_(.., 1.0), then SGD(lr=0.1, momentum=0.9)
    let mut optimizer = Optimizer::new(Sgd::new(0.1).momentum(0.9)).clip_norm(1.0);
    assert_close(
        run(&mut optimizer),
        [0.290593775767532, -1.5619083579955948, 0.43267658807636566],
    );
    assert_eq!(optimizer.optimizer().steps(), 10);
}

#[test]
fn schedules_set_the_rate_before_each_step() {
    // SGD(lr=0.1) under StepLR(3, gamma=0.5)
    let rule = Sgd::new(0.1).schedule(StepDecay::new(3).gamma(0.5));
    check(rule, [1.15375, -1.83125, 0.5006]);
    // under CosineAnnealingLR(7, eta_min=0.01)
    let rule = Sgd::new(0.1).schedule(Cosine::new(7).minimum(0.01));
    check(rule, [1.0741681389486102, -1.9115672904287178, 0.5278845826341317]);
    // under SequentialLR([LinearLR(total_iters=4), CosineAnnealingLR(6)], milestones=[4])
    let rule = Sgd::new(0.1).schedule(Warmup::new(4, Cosine::new(6)));
    check(rule, [0.9900416512459885, -1.876387840678323, 0.4895500123365425]);
}

#[test]
fn one_cycle_sets_the_momentum_too() {
    let cycle = OneCycle::new(0.1, 10);
    // OneCycleLR(0.1, total_steps=10) around SGD(momentum=0.9)
    let expected = [1.4117627414006368, -1.5644685930432671, 0.5508066072806558];
    check(Sgd::new(1.0).momentum(0.9).schedule(cycle), expected);
    // around RMSprop(momentum=0.9)
    let expected = [-0.8568810582433496, 2.357055833394382, 1.0503270354191125];
    check(RmsProp::new(1.0).momentum(0.9).schedule(cycle), expected);
    // around Adam()
    let expected = [1.0808730320271775, -1.9485114516450224, 0.6079524063171419];
    check(Adam::new(1.0).schedule(cycle), expected);
    // around NAdam()
    let expected = [1.0512744777156726, -2.0011609108598694, 0.6089020457737955];
    check(Nadam::new(1.0).schedule(cycle), expected);
    // around Adam(), with cycle_momentum=False
    let expected = [1.0249606083242835, -1.8656091398290242, 0.5715080601732809];
    check(Adam::new(1.0).schedule(cycle.keep_momentum()), expected);
}

#[test]
fn a_new_base_rate_keeps_the_place_in_the_schedule() {
    let mut optimizer: Optimizer<_, Three<f64>> =
        Optimizer::new(Sgd::new(1.0).schedule(StepDecay::new(2).gamma(0.5)));
    let mut network = Three([0.0; 3]);
    let mut rates = [0.0; 6];
    for (step, rate) in rates.iter_mut().enumerate() {
        if step == 3 {
            optimizer.set_rate(8.0);
        }
        *rate = optimizer.rate();
        let before = network.0[0];
        optimizer.step(&mut network, &Three([-1.0; 3]));
        assert_eq!(network.0[0] - before, *rate);
    }
    assert_eq!(rates, [1.0, 1.0, 0.5, 4.0, 2.0, 2.0]);
}

#[test]
fn groups_have_settings_of_their_own() {
    let weights = AdamW::new(0.05).weight_decay(0.3);
    let biases = AdamW::new(0.05).weight_decay(0.0);
    let grouped = run(&mut Optimizer::new(Groups::biases(weights.clone(), biases.clone())));
    let [first, second, _] = run(&mut Optimizer::new(weights));
    let [.., third] = run(&mut Optimizer::new(biases));
    assert_eq!(grouped, [first, second, third]);
    assert_ne!(grouped, run(&mut Optimizer::new(AdamW::new(0.05).weight_decay(0.3))));
}

#[test]
fn beyond_the_last_group_nothing_changes() {
    let freeze = |parameter: &ParameterInfo| if parameter.is_bias() { 7 } else { 0 };
    let mut optimizer = Optimizer::new(Groups::new([Sgd::new(0.1)], freeze));
    let [first, second, third] = run(&mut optimizer);
    assert_eq!(third, WEIGHTS[2]);
    assert!(first != WEIGHTS[0] && second != WEIGHTS[1]);
}

#[test]
fn the_rates_of_groups_keep_their_ratios() {
    let choose = |parameter: &ParameterInfo| usize::from(parameter.is_bias());
    let rules = || [Sgd::new(0.5), Sgd::new(0.125)];
    let mut optimizer: Optimizer<_, Three<f64>> = Optimizer::new(Groups::new(rules(), choose));
    let mut step = |rate: Option<f64>| {
        if let Some(rate) = rate {
            optimizer.set_rate(rate);
        }
        let mut network = Three([0.0; 3]);
        optimizer.step(&mut network, &Three([-1.0; 3]));
        (optimizer.rate(), network.0)
    };
    assert_eq!(step(None), (0.5, [0.5, 0.5, 0.125]));
    assert_eq!(step(Some(1.0)), (1.0, [1.0, 1.0, 0.25]));
    assert_eq!(step(Some(0.0)), (0.0, [0.0; 3]));
    assert_eq!(step(Some(2.0)), (2.0, [2.0, 2.0, 0.5]));
    // A schedule around groups does the same, groups of scheduled rules each their own.
    let schedule = StepDecay::new(1).gamma(0.5);
    let outer = run(&mut Optimizer::new(Groups::new(rules(), choose).schedule(schedule)));
    let inner = rules().map(|rule| rule.schedule(schedule));
    assert_eq!(outer, run(&mut Optimizer::new(Groups::new(inner, choose))));
    // Nothing is in proportion to zero.
    let mut groups = Groups::new([Sgd::new(0.0_f64), Sgd::new(0.125)], choose);
    groups.set_rate(1.0);
    assert_eq!(groups.rate(), 0.0);
}

#[test]
fn groups_may_stand_in_groups() {
    let by_name = |parameter: &ParameterInfo| usize::from(parameter.name == "bias");
    let inner = |rate: f64| Groups::biases(Sgd::new(rate), Sgd::new(rate / 2.0));
    let mut optimizer = Optimizer::new(Groups::new([inner(0.1), inner(0.4)], by_name));
    let mut network = Three([0.0; 3]);
    optimizer.step(&mut network, &Three([-1.0; 3]));
    assert_eq!(network.0, [0.1, 0.1, 0.2]);
}

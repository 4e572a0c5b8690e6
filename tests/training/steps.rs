//! What a step changes, and what not.

use super::*;

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

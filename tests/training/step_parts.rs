//! A step in parts is the step, interrupted.

use backprop::{InPlace, StepProgress};

use super::*;

/// The loss of a step in parts, after as many calls as there are.
fn step_in_parts<N: Trainable + Network<Scalar = f32>>(
    network: &mut N,
    (input, target): (&N::Input, &N::Target),
    optimizer: &mut impl InPlace<N::Gradient>,
    workspace: &mut N::Workspace,
    parts: usize,
) -> f32 {
    let mut progress = StepProgress::new();
    for part in 1..parts {
        let result = network.train_step_part(input, target, optimizer, &mut progress, workspace);
        assert_eq!(result, Ok(None), "part {part} of {parts}");
        assert_eq!(progress.parts_done(), part);
    }
    let result = network.train_step_part(input, target, optimizer, &mut progress, workspace);
    assert_eq!(progress, StepProgress::new(), "the next call begins another step");
    result.unwrap().expect("the last part knows the loss")
}

/// Ten steps at once and ten in parts end with the same bits in parameters, losses and the optimiser.
fn compare<N>(mut network: N, samples: &[(N::Input, N::Target)], parts: usize)
where
    N: Trainable + Parameters<Scalar = f32> + Network<Scalar = f32> + Clone,
    N::Gradient: PartialEq,
{
    let mut whole = network.clone();
    let mut workspace = N::Workspace::ZERO;
    let mut optimizers = [(); 2].map(|()| Optimizer::new(Adam::new(0.05).weight_decay(0.01)));
    let [at_once, in_parts] = &mut optimizers;
    for (input, target) in samples.iter().cycle().take(10) {
        let expected = whole.train_step(input, target, at_once, &mut workspace).unwrap();
        let loss = step_in_parts(&mut network, (input, target), in_parts, &mut workspace, parts);
        assert_eq!(loss.to_bits(), expected.to_bits());
        assert_eq!(list_bits(&network), list_bits(&whole));
    }
    assert!(at_once == in_parts, "the optimisers differ");
}

#[test]
fn a_step_in_parts_is_the_step() {
    let random = &mut Rng::new(20);
    let samples: Vec<([f32; 3], [f32; 2])> = (0..4).map(|_| (draw(random), draw(random))).collect();
    compare(single::Plain::new(1), &samples, single::Plain::STEP_PARTS);
    compare(single::Shared::new(2), &samples, single::Shared::STEP_PARTS);
    compare(single::Frozen::new(3), &samples, single::Frozen::STEP_PARTS);
    let samples: Vec<([f32; 3], u32)> = (0..3).map(|class| (draw(random), class)).collect();
    compare(Classifier::new(4), &samples, Classifier::STEP_PARTS);
}

network! {
    /// Two losses, of which the first is not final before the second, and an input twice.
    struct TwoTasks {
        input x: [3];
        let shared = x -> dense(4) -> tanh;
        output first = shared -> dense(2);
        output second = (shared + (x -> dense(4) as skip)) -> dense(3);
        loss 0.5 * mse(first) + cross_entropy(second);
    }
}

#[test]
fn a_loss_of_several_terms_is_their_sum() {
    let random = &mut Rng::new(21);
    let samples: Vec<([f32; 3], TwoTasksTarget)> = (0..3)
        .map(|class| (draw(random), TwoTasksTarget { first: draw(random), second: class }))
        .collect();
    compare(TwoTasks::new(5), &samples, TwoTasks::STEP_PARTS);
}

#[test]
fn until_the_loss_is_known_nothing_has_changed() {
    let mut network = single::Plain::new(6);
    let before = list_bits(&network);
    let optimizer = &mut Optimizer::new(Sgd::new(0.1));
    let (mut progress, workspace) =
        (StepProgress::new(), &mut single::PlainWorkspace::<Step>::new());
    let (x, target) = ([0.5, -0.5, 1.0], [1.0, 2.0]);
    let mut unchanged = 0;
    while list_bits(&network) == before {
        let result = network.train_step_part_with(&x, &target, optimizer, &mut progress, workspace);
        assert_eq!(result, Ok(None));
        unchanged += 1;
    }
    // Five layers forward, the loss, and at least one gradient.
    assert!(unchanged > 6, "changed after {unchanged} parts");
    assert_eq!(optimizer.steps(), 1);
}

#[test]
fn what_is_refused_begins_another_step() {
    let error = Error::ClassOutOfRange { class: 3, classes: 3 };
    let (x, workspace) = ([0.5, -0.5, 1.0], &mut ClassifierWorkspace::<Step>::new());
    let mut network = Classifier::new(7);
    let before = list_bits(&network);
    let optimizer = &mut Optimizer::new(Sgd::new(0.1));
    for parts in [0, 1, 3] {
        let mut progress = StepProgress::new();
        for _ in 0..parts {
            let result = network.train_step_part_with(&x, &1, optimizer, &mut progress, workspace);
            assert_eq!(result, Ok(None));
        }
        let result = network.train_step_part_with(&x, &3, optimizer, &mut progress, workspace);
        assert_eq!(result, Err(error));
        assert_eq!(progress, StepProgress::new());
        assert_eq!(list_bits(&network), before);
    }
    assert_eq!(optimizer.steps(), 0);
}

#[test]
fn a_loss_that_is_not_finite_begins_another_step() {
    let mut network = single::Plain::new(8);
    let before = list_bits(&network);
    let optimizer = &mut Optimizer::new(Sgd::new(0.1));
    let (mut progress, workspace) =
        (StepProgress::new(), &mut single::PlainWorkspace::<Step>::new());
    let target = [f32::MAX, 0.0];
    let result = loop {
        let result =
            network.train_step_part_with(&[0.1; 3], &target, optimizer, &mut progress, workspace);
        if result != Ok(None) {
            break result;
        }
    };
    assert_eq!(result, Err(Error::NonFiniteLoss));
    assert_eq!(progress, StepProgress::new());
    assert_eq!(list_bits(&network), before);
    assert_eq!(optimizer.steps(), 0);
}

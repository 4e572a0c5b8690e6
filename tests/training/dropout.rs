//! Dropout: a function of the step, the sample and the element, and nothing at all in inference.

use super::*;
use backprop::InPlace;

network! {
    /// Elements are left out twice, behind an activation and behind the input.
    struct Dropped {
        dtype f64;
        tile = 4;
        input x: [6];
        output y = x -> dropout(0.25, seed = 3) -> dense(8) -> tanh -> dropout -> dense(2);
        loss mse(y);
    }
}
network! {
    /// The same without.
    struct Whole {
        dtype f64;
        tile = 4;
        input x: [6];
        output y = x -> dense(8) -> tanh -> dense(2);
        loss mse(y);
    }
}
network! {
    /// What is left of ones.
    struct Masked {
        tile = 4;
        input x: [1000];
        output y = x -> dropout(0.3) -> dense(1, bias = false, init = constant(1));
        loss mse(y);
    }
}

/// Both, with the same weights.
fn build_pair() -> (Dropped, Whole) {
    let (dropped, mut whole) = (Dropped::new(4), Whole::new(0));
    whole.as_mut_slice().copy_from_slice(dropped.as_slice());
    (dropped, whole)
}

#[test]
fn nothing_is_left_out_in_inference() {
    let (dropped, whole) = build_pair();
    assert_eq!(Dropped::INFERENCE_BYTES, Whole::INFERENCE_BYTES);
    for x in draw_many::<f64, 6>(30, 5) {
        assert_eq!(dropped.forward(&x), whole.forward(&x));
        assert_eq!(dropped.loss(&x, &[0.5, -0.5]), whole.loss(&x, &[0.5, -0.5]));
    }
}

#[test]
fn the_gradient_is_that_of_the_loss_with_the_same_elements_left_out() {
    let (mut network, _) = build_pair();
    let (x, target) = ([0.3, -0.6, 0.9, -0.2, 0.5, 0.7], [0.5, -0.5]);
    let loss = |network: &Dropped| network.backward(&x, &target, &mut DroppedGradient::default());
    let mut gradient = DroppedGradient::default();
    network.backward(&x, &target, &mut gradient);
    let mut expected = Vec::new();
    for index in 0..network.as_slice().len() {
        let old = network.as_slice()[index];
        let mut at = |value: f64| {
            network.as_mut_slice()[index] = value;
            loss(&network)
        };
        expected.push((at(old + 1e-5) - at(old - 1e-5)) / 2e-5);
        at(old);
    }
    assert_close(gradient.as_slice(), &expected, 1e-8);
    assert!(expected.contains(&0.0), "some elements are left out");
    assert_ne!(loss(&network), network.loss(&x, &target));
}

#[test]
fn every_step_and_every_sample_leaves_out_others() {
    let mut masked = Masked::new(1);
    let mut count_kept = |steps: u32| {
        let mut optimizer = Optimizer::new(Sgd::new(1.0));
        for _ in 0..steps {
            InPlace::<MaskedGradient>::begin(&mut optimizer);
        }
        let before = masked.as_slice().to_vec();
        masked.train_step(&[1.0; 1000], &[0.0], &mut optimizer).unwrap();
        let kept: Vec<bool> =
            masked.as_slice().iter().zip(&before).map(|(now, before)| now != before).collect();
        masked.as_mut_slice().fill(1.0);
        kept
    };
    let (first, second) = (count_kept(0), count_kept(1));
    assert_eq!(first, count_kept(0));
    assert_ne!(first, second);
    for kept in [first, second] {
        let count = kept.iter().filter(|kept| **kept).count();
        // 700 on average, with a standard deviation of 14.5.
        assert!((640..=760).contains(&count), "{count}");
    }
    // Of a batch, each sample has its own: the sum over four is none of 4, 3, 2, 1 and 0 everywhere.
    let mut optimizer = Optimizer::new(Sgd::new(1.0));
    masked.train_batch(&[[1.0; 1000]; 4], &[[0.0]; 4], &mut optimizer).unwrap();
    let mut different: Vec<u32> = masked.as_slice().iter().map(|weight| weight.to_bits()).collect();
    different.sort_unstable();
    different.dedup();
    assert!(different.len() > 5, "{}", different.len());
}

#[test]
fn a_step_in_parts_leaves_out_what_a_step_does() {
    let (mut network, _) = build_pair();
    let mut whole = network.clone();
    let (x, target) = ([0.3, -0.6, 0.9, -0.2, 0.5, 0.7], [0.5, -0.5]);
    let mut optimizers = [(); 2].map(|()| Optimizer::new(Sgd::new(0.1)));
    let mut progress = backprop::StepProgress::new();
    let workspace = &mut DroppedWorkspace::<Step>::new();
    for _ in 0..3 {
        whole.train_step(&x, &target, &mut optimizers[0]).unwrap();
        while network
            .train_step_part_with(&x, &target, &mut optimizers[1], &mut progress, workspace)
            .unwrap()
            .is_none()
        {}
        assert_eq!(network.as_slice(), whole.as_slice());
    }
}

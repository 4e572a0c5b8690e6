//! What is refused leaves network and optimiser as they were.

use super::*;

/// A classifier and an optimiser that have moved already, so that a change of either shows.
fn build_moved() -> (Classifier, Optimizer<Adam, ClassifierGradient>) {
    let mut network = Classifier::new(10);
    let mut optimizer = Optimizer::new(Adam::new(0.01));
    for class in 0..3 {
        network.train_step(&[0.5, -0.5, 1.0], &class, &mut optimizer).unwrap();
    }
    (network, optimizer)
}

/// Refused with this error, and nothing has changed.
fn assert_refused<X: PartialEq + std::fmt::Debug>(
    expected: Error,
    call: impl FnOnce(&mut Classifier, &mut Optimizer<Adam, ClassifierGradient>) -> Result<X, Error>,
) {
    let (before, optimizer_before) = build_moved();
    let (mut network, mut optimizer) = build_moved();
    assert_eq!(call(&mut network, &mut optimizer), Err(expected));
    assert_eq!(list_bits(&network), list_bits(&before));
    assert!(optimizer == optimizer_before, "the optimiser has changed");
    // It can be used as if nothing had happened.
    let mut control = (before, optimizer_before);
    network.train_step(&[1.0; 3], &1, &mut optimizer).unwrap();
    control.0.train_step(&[1.0; 3], &1, &mut control.1).unwrap();
    assert_eq!(list_bits(&network), list_bits(&control.0));
}

#[test]
fn a_class_out_of_range_is_refused_everywhere() {
    let error = Error::ClassOutOfRange { class: 3, classes: 3 };
    assert_eq!(error.to_string(), "class 3 is out of range: the network has 3 classes");
    let inputs = [[0.1, 0.2, 0.3]; 6];
    // In the second tile, behind samples that are in order.
    let targets = [0, 1, 2, 0, 1, 3];
    assert_refused(error, |network, _| network.loss(&inputs[0], &3));
    assert_refused(error, |network, _| {
        let mut gradient = ClassifierGradient::default();
        let result = network.backward(&inputs[0], &3, &mut gradient);
        assert_eq!(gradient, ClassifierGradient::default());
        result
    });
    assert_refused(error, |network, _| network.evaluate(&inputs, &targets));
    assert_refused(error, |network, _| network.accuracy(&inputs, &targets));
    assert_refused(error, |network, _| network.confusion(&inputs, &targets));
    assert_refused(error, |network, optimizer| network.train_step(&inputs[0], &3, optimizer));
    assert_refused(error, |network, optimizer| network.train_batch(&inputs, &targets, optimizer));
    assert_refused(error, |network, optimizer| {
        network.train_batch_indexed(&inputs, &targets, &[0, 1, 2, 3, 5], optimizer)
    });
    let error = Error::ClassOutOfRange { class: u32::MAX, classes: 3 };
    assert_refused(error, |network, _| network.loss(&inputs[0], &u32::MAX));
    // A bad target that no index names is nobody's trouble.
    let (mut network, mut optimizer) = build_moved();
    assert!(network.train_batch_indexed(&inputs, &targets, &[0, 4], &mut optimizer).is_ok());
}

#[test]
fn slices_of_different_lengths_are_refused() {
    let error = Error::LengthMismatch { inputs: 2, targets: 3 };
    assert_eq!(error.to_string(), "2 inputs do not go with 3 targets");
    let (inputs, targets) = ([[0.0; 3]; 2], [0, 1, 2]);
    assert_refused(error, |network, optimizer| network.train_batch(&inputs, &targets, optimizer));
    assert_refused(error, |network, optimizer| {
        network.train_batch_indexed(&inputs, &targets, &[0], optimizer)
    });
    assert_refused(error, |network, _| network.evaluate(&inputs, &targets));
    assert_refused(error, |network, _| network.accuracy(&inputs, &targets));
    assert_refused(error, |network, _| network.confusion(&inputs, &targets));
}

#[test]
fn an_empty_batch_is_refused() {
    let error = Error::EmptyBatch;
    assert_eq!(error.to_string(), "the batch is empty");
    assert_refused(error, |network, optimizer| network.train_batch(&[], &[], optimizer));
    assert_refused(error, |network, optimizer| {
        network.train_batch_indexed(&[[0.0; 3]], &[0], &[], optimizer)
    });
    assert_refused(error, |network, _| network.evaluate(&[], &[]));
    assert_refused(error, |network, _| network.accuracy(&[], &[]));
    assert_refused(error, |network, _| network.confusion(&[], &[]));
}

#[test]
fn an_index_out_of_range_is_refused() {
    let error = Error::IndexOutOfRange { index: 2, length: 2 };
    assert_eq!(error.to_string(), "index 2 is out of range: there are 2 samples");
    assert_refused(error, |network, optimizer| {
        network.train_batch_indexed(&[[0.0; 3]; 2], &[0, 1], &[0, 1, 2], optimizer)
    });
    let error = Error::IndexOutOfRange { index: usize::MAX, length: 0 };
    assert_refused(error, |network, optimizer| {
        network.train_batch_indexed(&[], &[], &[usize::MAX], optimizer)
    });
}

#[test]
fn a_loss_that_is_not_finite_is_refused() {
    let error = Error::NonFiniteLoss;
    assert_eq!(error.to_string(), "the loss is not finite");
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let inputs = [[0.1; 3], [0.1, bad, 0.3], [0.1; 3]];
        assert_refused(error, |network, optimizer| network.train_step(&inputs[1], &0, optimizer));
        assert_refused(error, |network, optimizer| {
            network.train_batch(&inputs, &[0, 1, 2], optimizer)
        });
        assert_refused(error, |network, optimizer| {
            network.train_batch_indexed(&inputs, &[0, 1, 2], &[0, 1], optimizer)
        });
    }
}

#[test]
fn a_squared_error_that_overflows_is_refused() {
    let before = single::Shared::new(11);
    let mut network = before.clone();
    let mut optimizer = Optimizer::new(Sgd::new(0.1).momentum(0.9));
    let step = network.train_step(&[0.1; 3], &[1e30, 0.0], &mut optimizer);
    assert_eq!(step, Err(Error::NonFiniteLoss));
    let batch = network.train_batch(&[[0.1; 3]], &[[1e30, 0.0]], &mut optimizer);
    assert_eq!(batch, Err(Error::NonFiniteLoss));
    assert_eq!(list_bits(&network), list_bits(&before));
    assert!(optimizer == Optimizer::new(Sgd::new(0.1).momentum(0.9)));
}

network! {
    /// One product.
    struct Product {
        input x: [1];
        output y = x -> dense(1, bias = false);
        loss mse(y);
    }
}

#[test]
fn a_gradient_that_is_not_finite_is_refused() {
    let mut network = Product::ZERO;
    let mut optimizer = Optimizer::new(Sgd::new(0.1).momentum(0.9));
    // The loss is 1e20, its derivative -2e10 * 1e30.
    let result = network.train_batch(&[[1e30]], &[[1e10]], &mut optimizer);
    assert_eq!(result, Err(Error::NonFiniteGradient));
    assert_eq!(Error::NonFiniteGradient.to_string(), "a gradient is not finite");
    assert_eq!(network, Product::ZERO);
    assert!(optimizer == Optimizer::new(Sgd::new(0.1).momentum(0.9)));
    // A step in place has no gradient to look at beforehand: the step after it is refused.
    assert_eq!(network.train_step(&[1e30], &[1e10], &mut optimizer), Ok(1e20));
    let result = network.train_step(&[1e30], &[1e10], &mut optimizer);
    assert_eq!(result, Err(Error::NonFiniteLoss));
}

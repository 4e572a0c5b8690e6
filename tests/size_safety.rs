//! A large network lives and dies on a small stack, in a debug build.

use std::thread;

use backprop::{BoxedNetwork, BoxedZero, Optimizer, Parameters, Sgd, Step, network};

network! {
    /// 784-512-512-10: 2.7 MB of parameters, more than the whole stack.
    pub struct Large {
        tile = 4;
        input image: [784];
        output digit = image -> dense(512) -> relu -> dense(512) -> relu -> dense(10);
        loss cross_entropy(digit);
    }
}

const STACK_BYTES: usize = 2 << 20;

fn run_on_small_stack(task: impl FnOnce() + Send + 'static) {
    thread::Builder::new().stack_size(STACK_BYTES).spawn(task).unwrap().join().unwrap();
}

#[test]
fn a_large_network_is_created_trained_and_dropped_on_a_small_stack() {
    const { assert!(Large::PARAMETER_BYTES > STACK_BYTES && Large::BATCH_BYTES > STACK_BYTES) };
    run_on_small_stack(|| {
        let mut network = Large::boxed(1);
        let mut optimizer = Optimizer::new(Sgd::new(0.05));
        let images = [[0.25; 784], [0.75; 784]];
        let digits = [3, 8];

        let mut step = LargeWorkspace::<Step>::boxed_zero();
        network.train_step_with(&images[0], &digits[0], &mut optimizer, &mut step).unwrap();
        drop(step);

        let mut batch = LargeWorkspace::boxed_zero();
        let before = network.evaluate_with(&images, &digits, &mut batch).unwrap();
        for _ in 0..3 {
            network.train_batch_with(&images, &digits, &mut optimizer, &mut batch).unwrap();
            network
                .train_batch_indexed_with(&images, &digits, &[1, 0], &mut optimizer, &mut batch)
                .unwrap();
        }
        assert!(network.evaluate_with(&images, &digits, &mut batch).unwrap() < before);
        assert!(network.predict_with(&images[0], &mut batch) < 10);

        let mut gradient = LargeGradient::boxed_zero();
        network.backward_with(&images[0], &digits[0], &mut gradient, &mut batch).unwrap();
        let mut image_gradient = [0.0; 784];
        network.backward_from_to_input_with(
            &images[0],
            &[1.0; 10],
            &mut gradient,
            &mut image_gradient,
            &mut batch,
        );
        gradient.scale(0.5);
        optimizer.step(&mut *network, &gradient);
        assert!(network.is_finite() && image_gradient.iter().any(|value| *value != 0.0));
    });
}

network! {
    /// The largest that may be passed by value: just below 128 KiB with its batch workspace.
    struct Small {
        input x: [8];
        output y = x -> dense(1000) -> relu -> dense(3);
        loss cross_entropy(y);
    }
}

#[test]
fn what_may_be_passed_by_value_fits_a_small_stack() {
    run_on_small_stack(|| {
        let mut network = Small::new(1);
        let mut optimizer = Optimizer::new(Sgd::new(0.05).momentum(0.9));
        network.train_step(&[0.5; 8], &1, &mut optimizer).unwrap();
        assert_eq!(network.clone(), network);
        assert_eq!(**Small::boxed(1), Small::new(1));
    });
}

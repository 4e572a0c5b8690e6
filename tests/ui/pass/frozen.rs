//! Frozen parameters by value, by reference, in a static, and shared by two networks.
#![forbid(unsafe_code)]
#![deny(warnings)]

use backprop::{Facts, Optimizer, Parameters, Rng, Sgd, Step, network};
use std::sync::Mutex;

network! {
    /// A frozen trunk under a head that learns.
    pub struct Transfer {
        input x: [3];
        output class = x -> dense(4, trainable = false) as trunk -> relu
            -> dense(3, trainable = weight) as neck -> tanh -> dense(2) as head;
        loss cross_entropy(class);
    }
}

static FLASH: TransferFrozen = {
    let mut frozen = Transfer::ZERO.frozen;
    frozen.trunk.weight = [[0.5, -0.5, 0.25, 1.0]; 3];
    frozen
};

static NETWORK: Mutex<Transfer<&'static TransferFrozen>> =
    Mutex::new(Transfer::with_frozen(&FLASH));

network! {
    /// Nothing to train at all.
    struct Fixed {
        input x: [3];
        output y = x -> dense(4, trainable = false);
    }
}

static FIXED: FixedFrozen = Fixed::ZERO.frozen;
static OVER_FIXED: Fixed<&FixedFrozen> = Fixed::with_frozen(&FIXED);

fn count_parameters<N: Facts>(_: &N) -> usize {
    N::PARAMETERS
}

fn main() {
    let (input, target) = ([1.0, 2.0, -1.0], 1);
    let mut network = NETWORK.lock().unwrap();
    network.init_trainable(&mut Rng::new(3));
    let before = network.loss(&input, &target).unwrap();
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    for _ in 0..10 {
        network.train_step(&input, &target, &mut optimizer).unwrap();
    }
    network.train_batch(&[input], &[target], &mut optimizer).unwrap();
    assert!(network.loss(&input, &target).unwrap() < before);
    assert_eq!(network.as_slice().len(), Transfer::TRAINABLE_PARAMETERS);

    // The same network by value computes the same.
    let mut owned = Transfer::with_frozen(FLASH.clone());
    owned.as_mut_slice().copy_from_slice(network.as_slice());
    let mut workspace = TransferWorkspace::<Step>::new();
    assert_eq!(owned.forward_with(&input, &mut workspace), network.forward(&input));
    assert_eq!(Transfer::new(7).frozen.trunk.bias, [0.0; 4]);
    // Facts do not depend on where the frozen block is.
    assert_eq!(Transfer::PARAMETERS, 39);
    assert_eq!(Transfer::<&'static TransferFrozen>::PARAMETERS, Transfer::PARAMETERS);
    assert_eq!(count_parameters(&*network), Transfer::PARAMETERS);
    assert_eq!(OVER_FIXED.forward(&input), [0.0; 4]);
}

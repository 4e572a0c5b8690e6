//! What the networks have in common, and how they start.

use backprop::{Aligned, BoxedZero, Network, Parameters, Scalar, Trainable, Zero};
use contest::data;

pub type Of<N> = <N as Network>::Scalar;

/// A network that takes and gives arrays.
pub trait Contestant:
    Trainable<Input: Zero + AsMut<[Of<Self>]>, Output: AsRef<[Of<Self>]>, Workspace: BoxedZero>
    + BoxedZero
{
}

impl<N> Contestant for N
where
    N: Trainable + BoxedZero,
    N::Input: Zero + AsMut<[Of<N>]>,
    N::Output: AsRef<[Of<N>]>,
    N::Workspace: BoxedZero,
{
}

/// With the weights that all contestants start from.
pub fn create_network<N: Parameters + BoxedZero>() -> Box<Aligned<N>> {
    let mut network = N::boxed_zero();
    let mut values = network.as_mut_slice().iter_mut();
    for parameter in N::LAYOUT {
        let mut array = values.by_ref().take(parameter.count);
        if let [inputs @ .., outputs] = parameter.shape
            && !inputs.is_empty()
        {
            let (inputs, outputs) = (inputs.iter().product::<usize>(), *outputs);
            for (value, weight) in array.by_ref().zip(data::list_weights(inputs, outputs)) {
                *value = Scalar::from_f64(f64::from(weight));
            }
        }
        array.for_each(|bias| *bias = N::Scalar::ZERO);
    }
    network
}

//! Outputs, and gradients from dJ/dy, against PyTorch.

use backprop::{Differentiable, Parameters, Zero};

use crate::declare::Model;
use crate::precision::{Precision, assert_close, widen};
use crate::record::Record;
use crate::vectors::Vectors;

/// A network whose numbers are `T`, as generic code sees it.
pub trait Subject<T: Precision>:
    Model + Differentiable<Scalar = T, Input: Record, Output: Record> + Parameters<Scalar = T> + Zero
{
}

impl<T: Precision, N> Subject<T> for N where
    N: Model
        + Differentiable<Scalar = T, Input: Record, Output: Record>
        + Parameters<Scalar = T>
        + Zero
{
}

/// The network of these vectors.
pub fn build<T: Precision, N: Subject<T>>(vectors: &Vectors) -> N {
    let mut network = N::ZERO;
    let numbers = vectors.parameters("parameter").flat_map(|(_, numbers)| numbers);
    let numbers: Vec<T> = numbers.map(|number| T::from_f64(*number)).collect();
    network.as_mut_slice().copy_from_slice(&numbers);
    network.set_frozen(vectors);
    network
}

/// Whether a gradient is that of a line, each parameter's held against its own size.
#[track_caller]
pub fn assert_gradient<T: Precision>(actual: &[T], vectors: &Vectors, line: &str) {
    let (mut actual, mut expected) = (&*widen(actual), vectors.find(line));
    for (name, numbers) in vectors.parameters("parameter") {
        let (part, expected_part);
        (part, actual) = actual.split_at(numbers.len());
        (expected_part, expected) = expected.split_at(numbers.len());
        assert_close::<T>(part, expected_part, &format!("{line} of {name}"));
    }
    assert!(actual.is_empty() && expected.is_empty());
}

/// Names, outputs, dJ/dw and dJ/dx.
pub fn check<T: Precision, N: Subject<T>>(vectors: &Vectors) {
    let network: N = build(vectors);
    let listed = |block| vectors.parameters(block).map(|(name, _)| name.to_owned());
    let is_frozen = |name: &String| listed("frozen").any(|other| other == *name);
    let (frozen, trainable): (Vec<_>, Vec<_>) =
        network.list_names().into_iter().partition(is_frozen);
    assert!(trainable.into_iter().eq(listed("parameter")));
    assert!(frozen.into_iter().eq(listed("frozen")));

    let inputs: Vec<N::Input> = vectors.read("inputs");
    let seeds: Vec<N::Output> = vectors.read("output_gradients");
    let (mut outputs, mut input_gradients) = (Vec::new(), Vec::new());
    let (mut workspace, mut gradient) = (N::Workspace::ZERO, N::Gradient::ZERO);
    let mut without = N::Gradient::ZERO;
    for (input, seed) in inputs.iter().zip(&seeds) {
        network.forward(input, &mut workspace).write(&mut outputs);
        // What is there before must not matter.
        let mut input_gradient = N::Input::read(&mut core::iter::repeat(7.0));
        network.backward_from_to_input(
            input,
            seed,
            &mut gradient,
            &mut input_gradient,
            &mut workspace,
        );
        input_gradient.write(&mut input_gradients);
        network.backward_from(input, seed, &mut without, &mut workspace);
    }
    assert_close::<T>(&outputs, vectors.find("outputs"), "output");
    assert_close::<T>(&input_gradients, vectors.find("input_gradients"), "dJ/dx");
    assert_gradient(gradient.as_slice(), vectors, "gradient_from");
    assert_gradient(without.as_slice(), vectors, "gradient_from");
}

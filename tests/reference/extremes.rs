//! Functions and losses at extreme inputs against PyTorch.

use core::marker::PhantomData;

use backprop::{Parameters, Trainable, Zero};

use crate::outputs::Subject;
use crate::precision::Precision;
use crate::record::Record;
use crate::vectors::Vectors;

/// Values of a function, and its derivatives from dJ/dy of 1, 2, 3 .. along a row.
pub fn check_function<T: Precision, N: Subject<T>>(name: &str, declaration: &str) {
    let file = Extremes::<T>::open::<N::Input>(name, declaration);
    let inputs: Vec<N::Input> = file.read("inputs");
    let (network, mut workspace) = (N::ZERO, N::Workspace::ZERO);
    let seed = N::Output::read(&mut (1..).map(f64::from));
    let (mut outputs, mut gradients) = (Vec::new(), Vec::new());
    for input in &inputs {
        network.forward(input, &mut workspace).write(&mut outputs);
        let mut gradient = N::Input::read(&mut core::iter::repeat(7.0));
        let mut none = N::Gradient::ZERO;
        network.backward_from_to_input(input, &seed, &mut none, &mut gradient, &mut workspace);
        gradient.write(&mut gradients);
    }
    file.check("outputs", &outputs);
    file.check("input_gradients", &gradients);
}

/// Values of a loss, and its derivatives.
pub fn check_loss<T: Precision, N: Subject<T> + Trainable<Target: Record>>(
    name: &str,
    declaration: &str,
) {
    let file = Extremes::<T>::open::<N::Input>(name, declaration);
    let inputs: Vec<N::Input> = file.read("inputs");
    let targets: Vec<N::Target> = file.read("targets");
    let (mut network, mut workspace) = (N::ZERO, N::Workspace::ZERO);
    let width = inputs[0].list().len();
    for (index, weight) in network.as_mut_slice()[..width * width].iter_mut().enumerate() {
        *weight = T::from_f64(if index % (width + 1) == 0 { 1.0 } else { 0.0 });
    }
    let (mut losses, mut gradients) = (Vec::new(), Vec::new());
    for (input, target) in inputs.iter().zip(&targets) {
        assert_eq!(network.forward(input, &mut workspace).list(), input.list());
        let mut gradient = N::Gradient::ZERO;
        let loss = network.backward(input, target, &mut gradient, &mut workspace).unwrap();
        losses.push(loss.to_f64());
        gradients.extend(gradient.as_slice()[width * width..].iter().map(|value| value.to_f64()));
    }
    file.check("losses", &losses);
    file.check("input_gradients", &gradients);
}

/// The vectors of a function in a precision, and its inputs, to name them where it is wrong.
struct Extremes<T> {
    vectors: Vectors,
    inputs: Vec<Vec<f64>>,
    precision: PhantomData<T>,
}

impl<T: Precision> Extremes<T> {
    fn open<I: Record>(name: &str, declaration: &str) -> Self {
        let vectors = Vectors::open_for(&format!("extremes/{name}"), declaration);
        let inputs: Vec<I> = vectors.read(&format!("{} inputs", T::NAME));
        let inputs = inputs.iter().map(Record::list).collect();
        Self { vectors, inputs, precision: PhantomData }
    }

    fn read<R: Record>(&self, line: &str) -> Vec<R> {
        self.vectors.read(&format!("{} {line}", T::NAME))
    }

    /// Row by row: a large number must not hide that a small one is wrong.
    fn check(&self, line: &str, actual: &[f64]) {
        let line = format!("{} {line}", T::NAME);
        let expected = self.vectors.find(&line);
        assert_eq!(actual.len(), expected.len());
        let width = actual.len() / self.inputs.len();
        let rows = actual.chunks(width).zip(expected.chunks(width)).enumerate();
        let wrong = rows.filter(|(_, (actual, expected))| !agree::<T>(actual, expected));
        let wrong: Vec<_> = wrong
            .map(|(row, (actual, expected))| {
                let inputs = &self.inputs[row];
                format!("{actual:?} is not {expected:?} at {inputs:?}\n")
            })
            .collect();
        assert!(wrong.is_empty(), "{line}:\n{}", wrong.concat());
    }
}

/// Infinite where PyTorch is, and close to it where it is finite. Where it has NaN a number is no worse.
fn agree<T: Precision>(actual: &[f64], expected: &[f64]) -> bool {
    let finite = expected.iter().filter(|value| value.is_finite());
    let largest = finite.fold(0.0_f64, |largest, value| largest.max(value.abs()));
    let tolerance = 16.0 * T::ROUNDING * (largest + 1.0) + 4.0 * T::SMALLEST;
    actual.iter().zip(expected).all(|(actual, expected)| {
        if expected.is_finite() {
            (actual - expected).abs() <= tolerance
        } else {
            actual == expected || (expected.is_nan() && !actual.is_infinite())
        }
    })
}

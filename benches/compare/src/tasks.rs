//! The tasks that are timed.

use std::hint::black_box;

use backprop::{Adam, Rule, Scalar, Sgd, Zero};
use contest::data;
use contest::protocol::Run;
use contest::tasks::{Call, Rates, Task};

use crate::contestant::{Contestant, Of, create_network};
use crate::inference::{Inference, Together};
use crate::networks::{
    Causal, Digits, Gru16, Gru16Last, Iris, LeNet, Lstm16, Lstm32, Mlp, MlpF64, Sine, Xor,
};
use crate::stream::Stream;
use crate::training::Training;

/// A task from its start.
pub fn create(task: Task, rates: Rates) -> Option<Box<dyn Run>> {
    let class = |index| data::class(index, task.shape.outputs());
    let value = |index| [data::value(index)];
    match task.shape.name {
        "sine" if task.call == Call::Together => {
            Some(Box::new(Together::new(create_network(), list_samples(task))))
        }
        "mlp" if task.call == Call::Adam => {
            let rule = Adam::new(black_box(task.rate(rates)));
            Some(Box::new(prepare_training::<Mlp, _>(task, rule, class)))
        }
        "xor" => prepare::<Xor>(task, rates, value),
        "iris" => prepare::<Iris>(task, rates, class),
        "mlp" => prepare::<Mlp>(task, rates, class),
        "mlp-f64" => prepare::<MlpF64>(task, rates, class),
        "lenet" => prepare::<LeNet>(task, rates, class),
        "digits" => prepare::<Digits>(task, rates, class),
        "sine" => prepare::<Sine>(task, rates, value),
        "gru16" => Some(Box::new(Stream::<Gru16>::new(create_network(), task))),
        "lstm16" => Some(Box::new(Stream::<Lstm16>::new(create_network(), task))),
        "lstm32" => Some(Box::new(Stream::<Lstm32>::new(create_network(), task))),
        "causal" => Some(Box::new(Stream::<Causal>::new(create_network(), task))),
        "gru16-64" => prepare::<Gru16Last>(task, rates, value),
        _ => None,
    }
}

fn prepare<N>(task: Task, rates: Rates, target: impl Fn(usize) -> N::Target) -> Option<Box<dyn Run>>
where
    N: Contestant<Target: 'static, Input: 'static> + 'static,
    N::Gradient: 'static,
{
    let rate = Scalar::from_f64(f64::from(black_box(task.rate(rates))));
    let prepare_inference =
        |dependent| Box::new(Inference::<N>::new(create_network(), dependent, list_samples(task)));
    Some(match task.call {
        Call::Sgd => Box::new(prepare_training::<N, _>(task, Sgd::new(rate), target)),
        Call::Dependent => prepare_inference(true),
        Call::Independent => prepare_inference(false),
        Call::Adam | Call::Together | Call::Stream => return None,
    })
}

fn prepare_training<N: Contestant, R: Rule<Of<N>>>(
    task: Task,
    rule: R,
    target: impl Fn(usize) -> N::Target,
) -> Training<N, R> {
    let targets = (0..task.samples).map(target).collect();
    Training::new(create_network(), rule, list_samples(task), targets)
}

/// The samples of a task, as arrays.
pub fn list_samples<T: Scalar, A: Zero + AsMut<[T]>>(task: Task) -> Vec<A> {
    let create_sample = |index| {
        let mut sample = A::ZERO;
        for (place, value) in sample.as_mut().iter_mut().enumerate() {
            *value = Scalar::from_f64(f64::from(data::input(index, place, task.shape.scale)));
        }
        sample
    };
    (0..task.different_samples()).map(create_sample).collect()
}

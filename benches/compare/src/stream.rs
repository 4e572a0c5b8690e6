//! One step of a sequence after another.

use std::hint::black_box;

use backprop::{Aligned, BoxedZero, Network, Scalar, Streaming, Zero};
use contest::data::SAMPLES;
use contest::protocol::Run;
use contest::tasks::Task;

use crate::contestant::Of;
use crate::tasks::list_samples;

pub struct Stream<N: Streaming> {
    network: Box<Aligned<N>>,
    workspace: Box<Aligned<N::Workspace>>,
    state: N::State,
    samples: Vec<N::Sample>,
}

impl<N> Stream<N>
where
    N: Streaming<Sample: Zero + AsMut<[Of<N>]>> + Network<Workspace: BoxedZero>,
{
    pub fn new(network: Box<Aligned<N>>, task: Task) -> Self {
        let workspace = N::Workspace::boxed_zero();
        Self { network, workspace, state: N::State::ZERO, samples: list_samples(task) }
    }
}

impl<N> Run for Stream<N>
where
    N: Streaming<StepOutput: AsRef<[Of<N>]>> + Network<Workspace: BoxedZero>,
{
    fn run(&mut self, calls: usize) -> f64 {
        let Self { network, workspace, state, samples } = self;
        let mut sum = Of::<N>::ZERO;
        for call in 0..calls {
            let sample = black_box(&samples[call % SAMPLES]);
            let output = black_box(&***network).step(state, sample, workspace);
            sum += black_box(&output).as_ref()[0];
        }
        sum.to_f64()
    }
}

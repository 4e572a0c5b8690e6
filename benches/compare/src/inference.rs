//! Outputs: of one sample after another, or of many at once.

use std::hint::black_box;

use backprop::{Aligned, Batch, BoxedZero, Scalar, Zero};
use contest::data::SAMPLES;
use contest::protocol::Run;
use contest::tasks::DEPENDENCE;

use crate::contestant::{Contestant, Of};
use crate::networks::{Sine, SineInput, SineOutput, SineWorkspace};

pub struct Inference<N: Contestant> {
    network: Box<Aligned<N>>,
    workspace: Box<Aligned<N::Workspace>>,
    dependent: bool,
    inputs: Vec<N::Input>,
}

impl<N: Contestant> Inference<N> {
    pub fn new(network: Box<Aligned<N>>, dependent: bool, inputs: Vec<N::Input>) -> Self {
        Self { network, workspace: N::Workspace::boxed_zero(), dependent, inputs }
    }
}

impl<N: Contestant> Run for Inference<N> {
    fn run(&mut self, calls: usize) -> f64 {
        let Self { network, workspace, dependent, inputs } = self;
        let dependence = Of::<N>::from_f64(f64::from(DEPENDENCE));
        let (mut last, mut sum) = (Of::<N>::ZERO, Of::<N>::ZERO);
        for call in 0..calls {
            let input = &mut inputs[call % SAMPLES];
            if *dependent {
                input.as_mut()[0] += dependence * last;
            }
            let output = black_box(&***network).forward(black_box(input), workspace);
            last = black_box(&output).as_ref()[0];
            sum += last;
        }
        sum.to_f64()
    }
}

/// All samples in one call, which only a network's own method has.
pub struct Together {
    network: Box<Aligned<Sine>>,
    workspace: Box<Aligned<SineWorkspace<Batch>>>,
    inputs: Vec<SineInput>,
    outputs: Vec<SineOutput>,
}

impl Together {
    pub fn new(network: Box<Aligned<Sine>>, inputs: Vec<SineInput>) -> Self {
        let outputs = vec![SineOutput::ZERO; inputs.len()];
        Self { network, workspace: BoxedZero::boxed_zero(), inputs, outputs }
    }
}

impl Run for Together {
    fn run(&mut self, calls: usize) -> f64 {
        let Self { network, workspace, inputs, outputs } = self;
        let mut sum = 0.0;
        for _ in 0..calls {
            let network = black_box(&***network);
            let done = network.forward_batch_with(black_box(inputs), outputs, workspace);
            let [first] = black_box(&*outputs)[0];
            sum += done.map_or(f64::NAN, |()| f64::from(first));
        }
        sum
    }
}

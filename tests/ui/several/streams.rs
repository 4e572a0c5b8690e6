//! What runs a network step by step is there while its declaration has a mistake.
use backprop::{Inference, Streaming, Zero, network};

network! {
    pub struct Net {
        input x: [8, 2];
        let unused = x -> tanh;
        let other = x -> sigmoid;
        output y = x -> gru(3) -> dense(2, axis = last);
    }
}

network! {
    pub struct Sums {
        input x: [3, 8];
        input u: [1, 8];
        let unused = x -> tanh;
        output rows = (x -> conv1d(2, kernel = 3, padding = causal)) + (u -> conv1d(2, kernel = 1));
        output last = u -> transpose -> lstm(4, output = last);
    }
}

static START: NetState = NetState::new();

fn main() {
    let net = Net::new(0);
    let mut state = START.clone();
    let mut workspace = NetWorkspace::<Inference>::new();
    let _: [f32; 2] = net.step_with(&mut state, &[0.0; 2], &mut workspace);
    state = NetState::ZERO;
    let _ = NetState::default();
    let [first, _] = net.step(&mut state, &[0.0; 2]);
    let sample: NetSample = [first, first.abs()];
    let output: NetStepOutput = net.step(&mut state, &sample);
    let _ = output[1] + run(&net, &sample)[0] + net.gru1.weight_hh[2][8];

    let mut state = SumsState::new();
    let sample = SumsSample { x: [0.0; 3], u: [0.0] };
    let SumsStepOutput { rows, last } = Sums::new(0).step(&mut state, &sample);
    let _ = rows[1].abs() + last[3].abs();
}

fn run<N: Streaming>(net: &N, sample: &N::Sample) -> N::StepOutput {
    let (mut state, mut workspace) = (N::State::ZERO, N::Workspace::ZERO);
    net.step(&mut state, sample, &mut workspace)
}

//! What runs a network step by step is there while its declaration has a mistake.
use backprop::{Inference, Zero, network};

network! {
    pub struct Net {
        input x: [8, 2];
        let unused = x -> tanh;
        let other = x -> sigmoid;
        output y = x -> gru(3) -> dense(2, axis = last);
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
    let [_, _]: [f32; 2] = net.step(&mut state, &[0.0; 2]);
}

//! A network that cannot run sample by sample says which layer is in the way.
use backprop::{Streaming, network};

network! {
    pub struct Flat {
        input x: [8];
        output y = x -> dense(3) as first;
    }
}

network! {
    pub struct BothWays {
        input x: [8, 2];
        output y = x -> gru(3, bidirectional = true);
    }
}

network! {
    pub struct LooksAhead {
        input x: [1, 8];
        output y = x -> conv1d(3, kernel = 3, padding = 1);
    }
}

network! {
    pub struct Strides {
        input x: [1, 8];
        output y = x -> conv1d(3, kernel = 2, stride = 2);
    }
}

network! {
    pub struct Pools {
        input x: [1, 8];
        output y = x -> conv1d(3, kernel = 3, padding = causal) -> tanh -> global_avg_pool1d;
    }
}

network! {
    pub struct Flattens {
        input x: [8, 2];
        output y = x -> gru(3) -> flatten -> dense(1);
    }
}

network! {
    pub struct Attends {
        input x: [8, 2];
        output y = x -> attention(2, causal = true);
    }
}

network! {
    pub struct Mixes {
        input x: [8, 3];
        output y = (x -> dense(1, axis = last)) + (x -> gru(8, output = last) -> reshape(8, 1));
    }
}

network! {
    pub struct OneStep {
        input x: [1];
        output y = x -> tanh;
    }
}

fn run(_: &impl Streaming) {}

fn main() {
    let _: [f32; 3] = Flat::new(0).step(&mut (), &[0.0; 8]);
    let _: [f32; 6] = BothWays::new(0).step(&mut (), &[0.0; 2]);
    let [_first, ..]: [f32; 3] = LooksAhead::new(0).step(&mut (), &[0.0]);
    let _: [f32; 3] = Strides::new(0).step(&mut (), &[0.0]);
    let _: [f32; 3] = Pools::new(0).step(&mut (), &[0.0]);
    let _: [f32; 1] = Flattens::new(0).step(&mut (), &[0.0; 2]);
    let _: [f32; 2] = Attends::new(0).step(&mut (), &[0.0; 2]);
    let _: [f32; 1] = Mixes::new(0).step(&mut (), &[0.0; 3]);
    let _: [f32; 1] = OneStep::new(0).step(&mut (), &[0.0]);
    run(&Flat::new(0));
}

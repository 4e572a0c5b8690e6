//! Independent mistakes are all reported at once, and code that uses the network gets no errors.
use backprop::{Adam, Differentiable, Network, Optimizer, Parameters, Trainable, network};

network! {
    pub struct Net {
        input image: [8, 8];
        input metadata: [3];
        let seen = image -> dense(16) -> relu;
        let flat = image -> flatten -> dence(12);
        let both = concat(seen, flat, metadata);
        output class = both -> dense(10, units = 3);
        output level = metadata -> dense(1) -> tanh;
        loss cross_entropy(class, smoothing = 2) + 0.1 * mse(level);
    }
}

fn train(network: &mut Net, inputs: &[NetInput]) -> Result<f32, backprop::Error> {
    let mut optimizer = Optimizer::new(Adam::new(0.01));
    let targets = [NetTarget { class: 3, level: [0.5] }];
    network.train_step(&inputs[0], &targets[0], &mut optimizer)?;
    network.train_batch(inputs, &targets, &mut optimizer)?;
    network.train_batch_indexed(inputs, &targets, &[0], &mut optimizer)?;
    let mut gradient = NetGradient::default();
    network.backward(&inputs[0], &targets[0], &mut gradient)?;
    gradient.scale(0.5);
    optimizer.step(network, &gradient);
    let mut workspace = NetWorkspace::<backprop::Inference>::new();
    let output = network.forward_with(&inputs[0], &mut workspace);
    println!("{} {:?}", output.class[0], output.level);
    network.evaluate(inputs, &targets)
}

fn generic<N: Trainable + Differentiable + Network>(_: &N) {}

fn main() {
    let mut network = Net::new(0);
    let inputs = [NetInput { image: [0.0; 64], metadata: [0.0; 3] }];
    generic(&network);
    let _ = train(&mut network, &inputs);
    let _ = (network.clone(), Net::PARAMETERS, Net::SUMMARY, network.as_slice().len());
}

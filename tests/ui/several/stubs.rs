//! One mistake in each declaration, which leaves every type known: whatever the code around it calls is
//! there, so that the mistake is the only error.
use backprop::{
    Facts, HoldsStep, Inference, Network, Optimizer, Parameters, Rng, Sgd, Step, Trainable, network,
};

network! {
    pub struct Net {
        input x: [4];
        let unused = x -> tanh;
        output class = x -> dense(8, trainable = false) -> relu -> dense(3);
        loss cross_entropy(class);
    }
}

network! {
    #[cfg(any())]
    pub struct Absent {
        input x: [4];
        output class = x -> dnse(3);
    }
}

network! {
    pub struct F {
        input x: [4];
        let unused = x -> tanh;
        output y = x -> dense(8, trainable = false) -> dense(3);
        loss mse(y);
    }
}

struct Absent;
struct AbsentGradient;

static FROZEN: NetFrozen = Net::ZERO.frozen;

fn generic<N: Trainable + Facts>(_: &N) -> usize {
    N::PARAMETERS
}

fn hold<P: HoldsStep>(net: &Net, workspace: &mut NetWorkspace<P>) -> Result<f32, backprop::Error> {
    net.loss_with(&[0.0; 4], &0, workspace)
}

fn main() -> Result<(), backprop::Error> {
    let (x, class, dy) = ([0.0; 4], 1, [0.0; 3]);
    let mut net = Net::new(0);
    net.init(&mut Rng::new(1));
    let mut borrowed = Net::with_frozen(&FROZEN);
    borrowed.init_trainable(&mut Rng::new(1));
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    let (mut gradient, mut dx) = (NetGradient::default(), x);
    let mut workspace = NetWorkspace::default();
    let mut inference = NetWorkspace::<Inference>::new();
    hold(&net, &mut NetWorkspace::<Step>::new())?;

    let _: [f32; 3] = net.forward(&x);
    let _ = net.forward_with(&x, &mut inference);
    net.forward_batch(&[x], &mut [dy])?;
    net.forward_batch_with(&[x], &mut [dy], &mut workspace)?;
    let _: u32 = net.predict(&x);
    let _ = net.predict_with(&x, &mut inference);
    net.backward_from(&x, &dy, &mut gradient);
    net.backward_from_with(&x, &dy, &mut gradient, &mut workspace);
    net.backward_from_to_input(&x, &dy, &mut gradient, &mut dx);
    net.backward_from_to_input_with(&x, &dy, &mut gradient, &mut dx, &mut workspace);
    net.loss(&x, &class)?;
    borrowed.backward(&x, &class, &mut gradient)?;
    net.backward_with(&x, &class, &mut gradient, &mut workspace)?;
    net.train_step(&x, &class, &mut optimizer)?;
    borrowed.train_step_with(&x, &class, &mut optimizer, &mut workspace)?;
    net.train_batch(&[x], &[class], &mut optimizer)?;
    net.train_batch_with(&[x], &[class], &mut optimizer, &mut workspace)?;
    net.train_batch_indexed(&[x], &[class], &[0], &mut optimizer)?;
    net.train_batch_indexed_with(&[x], &[class], &[0], &mut optimizer, &mut workspace)?;
    net.evaluate(&[x], &[class])?;
    net.evaluate_with(&[x], &[class], &mut workspace)?;
    net.accuracy(&[x], &[class])?;
    net.accuracy_with(&[x], &[class], &mut workspace)?;
    net.confusion(&[x], &[class])?.record(0, class)?;
    net.confusion_with(&[x], &[class], &mut workspace)?;
    net.visit_parameters(|name: &str, shape, values| println!("{name} {shape:?} {values:?}"));
    net.visit_parameters_mut(|_: &str, _: &[usize], values| values.fill(1.0));
    net.copy_from(&Net::new(2));
    net.lerp(&Net::new(3), 0.01);
    borrowed.add_scaled(&borrowed.clone(), -0.5);
    net.scale(0.5);
    let _ = (net.as_slice(), Net::SUMMARY, Net::TILE, generic(&borrowed));
    let _ = Network::forward(&net, &x, &mut workspace);
    let _: [[f32; 3]; 8] = net.dense2.weight;
    net.dense2.bias[0] += gradient.dense2.bias[1];
    let _ = net.frozen.dense1.weight[3][7] + FROZEN.dense1.bias[7] + borrowed.frozen.dense1.bias[0];
    let _ = (Absent, AbsentGradient);
    Ok(())
}

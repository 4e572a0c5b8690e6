//! A dozen mistakes in one declaration are a dozen errors, and the code around it has none of its own.
use backprop::{Adam, Optimizer, Parameters, network};

network! {
    pub struct Digits {
        const HIDEN = 32;
        input image: [8, 8]
        input extra: [4];
        let pixels = image -> flaten;
        let hidden = pixels -> dense(HIDDEN) -> relu;
        let unused = hidden -> tanh;
        let wide = hidden -> dense(16, bias = 1) as forward;
        let both = concat(wide, extra, axes = 0);
        let total = both + extra;
        output class = both -> dense(10, init = he) -> softmax;
        output level = total -> relu -> dense 1;
        loss cross_entropy(class) + mes(level);
    }
}

fn train(network: &mut Digits) -> Result<f32, backprop::Error> {
    let mut optimizer = Optimizer::new(Adam::new(0.01));
    let (mut gradient, _) = (DigitsGradient::default(), network.clone());
    gradient.scale(0.5);
    optimizer.step(network, &gradient);
    Ok(network.as_slice()[0])
}

fn main() {
    let _ = train(&mut Digits::new(0));
}

//! A crate with strict lints. The fixture `strict` builds this file under clippy too.
#![forbid(unsafe_code, unused)]
#![deny(missing_docs, warnings, clippy::pedantic)]

use backprop::{Adam, Error, Inference, Optimizer, Sgd, network};

network! {
    /// A classifier and a regression over one trunk, part of it frozen.
    pub struct Strict {
        const WIDTH = 2 * 3;
        input left: [4];
        input right: [2, 2];
        let flat = right -> flatten;
        let trunk = (left * flat) -> dense(WIDTH, trainable = false) as trunk_layer -> tanh;
        let shared = (trunk + (trunk -> dense(WIDTH) as again -> relu)) -> again -> sigmoid;
        output class = concat(shared, trunk) -> dense(3);
        output likelihood = class -> softmax;
        output level = shared -> dense(1, trainable = weight);
        loss cross_entropy(class, smoothing = 0.1) + 0.5 * mse(level);
    }
}

network! {
    /// Without a loss, in double precision, for this crate alone.
    pub(crate) struct Untrained {
        dtype f64;
        input x: [3];
        output y = x -> dense(2) -> identity;
    }
}

network! {
    struct Undocumented {
        tile = 5;
        code = small;
        input x: [3];
        output y = x -> dense(2, bias = false, init = he_normal) -> softmax;
        loss mse(y);
        budget { parameters = 1 KiB, inference = 1 KiB, step = 1 KiB, batch = 4 KiB }
    }
}

network! {
    /// Statistics of a tile, some layers in part, and one that no loss needs a gradient below.
    pub struct Normalised {
        tile = 2;
        input x: [2, 3];
        let a = x -> batch_norm(affine = false) -> conv1d(2, kernel = 2, bias = false);
        let b = a -> batch_norm -> relu -> batch_norm(trainable = bias) -> flatten;
        output y = b -> batch_norm(trainable = false) as fixed -> batch_norm(trainable = weight);
        loss mse(y);
    }
}

fn main() -> Result<(), Error> {
    let inputs = [StrictInput { left: [0.5; 4], right: [1.0, 2.0, 3.0, 4.0] }];
    let targets = [StrictTarget { class: 2, level: [0.25] }];
    let mut strict = Strict::new(0);
    let first = strict.train_step(&inputs[0], &targets[0], &mut Optimizer::new(Sgd::new(0.1)))?;
    let mut optimizer = Optimizer::new(Adam::new(0.01));
    for _ in 0..20 {
        strict.train_batch(&inputs, &targets, &mut optimizer)?;
    }
    assert!(strict.evaluate(&inputs, &targets)? < first);
    let output = strict.forward(&inputs[0]);
    assert!((output.likelihood.iter().sum::<f32>() - 1.0).abs() < 1e-5);

    let untrained = Untrained::new(1);
    let mut workspace = UntrainedWorkspace::<Inference>::new();
    let outputs = untrained.forward_with(&[1.0, 2.0, 3.0], &mut workspace);
    assert!(outputs.iter().all(|value| value.is_finite()));

    let mut undocumented = Undocumented::new(2);
    let mut optimizer = Optimizer::new(Sgd::new(0.1).momentum(0.9));
    undocumented.train_batch(&[[1.0; 3]; 7], &[[0.0, 1.0]; 7], &mut optimizer)?;

    let mut normalised = Normalised::new(3);
    let inputs = [[0.5, -0.5, 1.0, 0.0, 0.25, 2.0], [1.0; 6]];
    normalised.train_batch(&inputs, &[[0.5; 4]; 2], &mut Optimizer::new(Sgd::new(0.1)))?;
    assert!(normalised.batch_norm1.running_mean.iter().all(|mean| *mean > 0.0));
    Ok(())
}

//! Inputs, outputs and targets as structs with a field each.
#![deny(warnings)]

use backprop::{Optimizer, Sgd, network};

network! {
    /// Two inputs, three outputs, of which one has two targets and one has none.
    pub struct Many {
        input image: [2, 3];
        input metadata: [4];
        let seen = concat(image -> flatten, metadata) -> dense(5) -> relu;
        output kind = seen -> dense(3);
        output position = seen -> dense(2) -> tanh;
        output likelihood = kind -> softmax;
        loss cross_entropy(kind) + 0.5 * mse(position) + 0.25 * mse(kind);
    }
}

network! {
    /// An input that is an output, and a value that is two.
    struct View {
        input a: [2];
        input b: [2];
        let total = a + b;
        output a;
        output total;
        output y = total -> dense(2, init = zeros);
        loss mse(y);
    }
}

fn main() {
    let inputs = [
        ManyInput { image: [0.1; 6], metadata: [0.2; 4] },
        ManyInput { image: [-0.1; 6], metadata: [0.4; 4] },
    ];
    let targets = [0, 2].map(|class| ManyTarget {
        kind_class: class,
        position: [0.5, -0.5],
        kind_values: [0.0; 3],
    });
    let mut network = Many::new(0);
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    let before = network.train_batch(&inputs, &targets, &mut optimizer).unwrap();
    let order = [1, 0, 1];
    network.train_batch_indexed(&inputs, &targets, &order, &mut optimizer).unwrap();
    assert!(network.evaluate(&inputs, &targets).unwrap() < before);
    assert!(network.accuracy(&inputs, &targets).unwrap() <= 1.0);

    let first: ManyOutput = network.forward(&inputs[0]);
    let mut outputs = [first.clone(), first.clone()];
    network.forward_batch(&inputs, &mut outputs).unwrap();
    assert_eq!(outputs[0], first);
    assert_ne!(outputs[1], first);

    let view = View::ZERO.forward(&ViewInput { a: [1.0, 2.0], b: [3.0, 4.0] });
    assert_eq!((view.a, view.total, view.y), ([1.0, 2.0], [4.0, 6.0], [0.0, 0.0]));
}

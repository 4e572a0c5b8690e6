//! Keywords of Rust as names, written raw.
#![deny(warnings)]

use backprop::{Optimizer, Sgd, network};

network! {
    pub struct r#Raw {
        input r#type: [2];
        input r#in: [2];
        let r#let = (r#type * r#in) -> dense(3) as r#fn -> tanh;
        let r#move = r#let -> dense(3, trainable = false) as r#mod -> tanh;
        output r#match = r#move -> dense(2) as r#where;
        output r#loop = r#let -> dense(2) as r#loop_head -> relu;
        loss cross_entropy(r#match) + mse(r#loop);
    }
}

fn main() {
    let input = RawInput { r#type: [1.0; 2], r#in: [2.0; 2] };
    let target = RawTarget { r#match: 0, r#loop: [1.0; 2] };
    let mut network = Raw::new(0);
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    assert!(network.train_step(&input, &target, &mut optimizer).unwrap() > 0.0);
    assert_eq!(network.r#fn.bias.len() + network.r#where.bias.len(), 5);
    let mut names = Vec::new();
    network.visit_parameters(|name, _, _| names.push(name.to_owned()));
    assert!(names.iter().all(|name| !name.contains('#')), "{names:?}");
    assert!(!Raw::SUMMARY.contains("r#"));
}

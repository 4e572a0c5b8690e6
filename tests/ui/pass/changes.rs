//! Methods that change every trainable parameter need no trait, and no label takes their names.
#![forbid(unsafe_code, unused)]
#![deny(missing_docs, warnings)]

use backprop::network;

network! {
    /// Labels that are called as the methods are.
    pub struct Net {
        input x: [2];
        output y = x -> dense(3) as first -> tanh -> dense(3, trainable = false) as second -> tanh
            -> dense(3) as third -> tanh -> dense(2) as fourth -> prelu as fifth;
        loss mse(y);
    }
}

fn main() {
    let (mut follower, network) = (Net::new(1), Net::new(2));
    let frozen = follower.frozen.clone();
    follower.scale(0.5);
    follower.add_scaled(&network, 2.0);
    let expected = 0.5 * Net::new(1).third.weight[0][1] + 2.0 * network.third.weight[0][1];
    assert_eq!(follower.third.weight[0][1], expected);
    follower.lerp(&network, 0.01);
    assert_ne!(follower.first, network.first);
    follower.copy_from(&network);
    assert_eq!(follower.first, network.first);
    assert_eq!(follower.fourth, network.fourth);
    assert_eq!(follower.frozen, frozen);
    assert_ne!(follower.frozen, network.frozen);
    let mut visited = 0;
    follower.visit_parameters_mut(|_, _, values| visited += values.len());
    assert_eq!(visited, Net::TRAINABLE_PARAMETERS);
}

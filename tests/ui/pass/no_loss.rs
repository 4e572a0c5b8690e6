//! Without a loss there is `forward`, and a gradient from dJ/dy.
#![deny(warnings)]

use backprop::{Optimizer, Parameters, Sgd, network};

network! {
    pub struct Policy {
        input state: [2];
        output action = state -> dense(2, bias = false) as actor;
        output value = state -> dense(1) as critic;
    }
}

fn main() {
    let mut network = Policy::ZERO;
    network.actor.weight = [[1.0, 2.0], [3.0, 4.0]];
    let state = [1.0, -1.0];
    let output = network.forward(&state);
    assert_eq!((output.action, output.value), ([-2.0, -2.0], [0.0]));

    let mut gradient = PolicyGradient::default();
    let output_gradient = PolicyOutput { action: [1.0, 0.0], value: [2.0] };
    network.backward_from(&state, &output_gradient, &mut gradient);
    assert_eq!(gradient.actor.weight, [[1.0, 0.0], [-1.0, 0.0]]);
    assert_eq!(gradient.critic.bias, [2.0]);
    let mut state_gradient = [0.0; 2];
    network.backward_from_to_input(&state, &output_gradient, &mut gradient, &mut state_gradient);
    assert_eq!(state_gradient, [1.0, 3.0]);

    gradient.scale(0.5);
    Optimizer::new(Sgd::new(1.0)).step(&mut network, &gradient);
    assert_eq!(network.critic.bias, [-2.0]);
}

//! Two networks in one module, alike but for their names, and one in a module below.
#![deny(warnings)]

use backprop::network;

network! {
    pub struct Actor {
        input state: [3];
        output action = state -> dense(4) as hidden -> tanh -> dense(2);
        loss cross_entropy(action);
    }
}

network! {
    pub struct Critic {
        input state: [3];
        output value = state -> dense(4) as hidden -> tanh -> dense(1);
        loss mse(value);
    }
}

mod deeper {
    backprop::network! {
        pub(super) struct Actor {
            input state: [3];
            output action = state -> dense(4) -> tanh;
        }
    }
}

fn main() {
    let state = [0.1, 0.2, 0.3];
    let (actor, critic, deeper) = (Actor::new(0), Critic::new(0), deeper::Actor::new(0));
    assert_eq!(actor.hidden.weight, critic.hidden.weight);
    assert_eq!(deeper.dense1.weight.len(), 3);
    assert!(actor.predict(&state) < 2);
    assert_eq!(deeper.forward(&state).len(), 4);
    assert_eq!(critic.forward(&state).len(), 1);
}

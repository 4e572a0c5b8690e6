//! A network without a class target has nothing to predict, and one with two has no single one.
use backprop::network;

network! {
    pub struct Level {
        input x: [4];
        output y = x -> dense(3);
        loss mse(y);
    }
}

network! {
    pub struct Two {
        input x: [4];
        output y = x -> dense(3);
        output z = x -> dense(3);
        loss cross_entropy(y) + cross_entropy(z);
    }
}

fn main() {
    let _ = Level::new(1).predict(&[0.0; 4]);
    let _ = Level::new(1).accuracy(&[[0.0; 4]], &[[0.0; 3]]);
    let _ = Two::new(1).predict(&[0.0; 4]);
}

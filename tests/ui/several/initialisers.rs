//! Layers that cannot start as they are told to.
use backprop::network;

network! {
    pub struct Net {
        input x: [4];
        let a = x -> dense(4, init = kaiming_normal) -> dense(4, init = normal(sdt = 0.02));
        let b = a -> dense(4, init = normal(std = -0.02)) -> dense(4, init = normal(0.1, std = 0.2));
        let c = b -> dense(4, init = uniform(low = 0.3, high = 0.1)) -> dense(4, init = uniform(low = 0.3));
        let d = c -> dense(4, init = constant, bias_init = orthogonal(gain = 2));
        output y = d -> dense(4, init = he_normal(2), bias_init = normal(1 / 50));
        loss mse(y);
    }
}

fn main() {}

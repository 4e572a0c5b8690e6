use backprop::network;

network! {
    pub struct Frozen {
        input x: [4];
        let hidden = x -> dense(3, trainable = false);
        output frozen = hidden -> tanh;
        output y = hidden -> dense(2);
        loss mse(y) + mse(frozen);
    }
}

network! {
    pub struct Bare {
        input x: [4];
        output y = x -> tanh;
        loss mse(y);
    }
}

fn main() {}

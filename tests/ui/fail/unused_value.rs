use backprop::network;

network! {
    pub struct Net {
        input x: [4];
        input forgotten: [2];
        let spare = x -> dense(3);
        output y = x -> dense(2);
        loss mse(y);
    }
}

fn main() {}

use backprop::network;

network! {
    pub struct Net {
        input x: [4];
        output y = x -> dense(3) -> rellu -> dnse(2);
        loss mse(y);
    }
}

fn main() {}

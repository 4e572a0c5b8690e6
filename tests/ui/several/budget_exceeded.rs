//! Every limit is held by itself.
use backprop::network;

network! {
    pub struct Net {
        input x: [64];
        output y = x -> dense(32) -> relu -> dense(10);
        loss cross_entropy(y);
        budget { parameters = 8 KiB, inference = 100, step = 128, batch = 1 KiB }
    }
}

fn main() {
    let _ = Net::new(0).forward(&[0.0; 64]);
}

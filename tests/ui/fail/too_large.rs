use backprop::network;

network! {
    pub struct Net {
        input x: [65536, 65536, 65536];
        output y = x -> flatten -> dense(4294967296);
    }
}

fn main() {}

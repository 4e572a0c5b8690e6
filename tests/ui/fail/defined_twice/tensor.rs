//! Both layers would be `encoder.weight` and `encoder.bias` in a file of PyTorch's.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(8) as encoder -> relu -> dense(2) as head "encoder";
    }
}

fn main() {}

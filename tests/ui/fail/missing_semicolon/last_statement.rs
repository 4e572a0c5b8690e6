//! The last statement ends with `;` as well.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss mse(y)
    }
}

fn main() {}

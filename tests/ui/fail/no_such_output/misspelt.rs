//! A misspelt output: the nearest is offered.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output class = x -> dense(2);
        loss cross_entropy(clas);
    }
}

fn main() {}

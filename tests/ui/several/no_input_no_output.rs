//! Networks without a beginning or an end.
use backprop::network;

network! {
    pub struct NoInput {
        output y = x -> dense(2);
    }
}

network! {
    pub struct NoOutput {
        input x: [4];
        let y = x -> dense(2);
    }
}

network! {
    pub struct Empty {}
}

fn main() {}

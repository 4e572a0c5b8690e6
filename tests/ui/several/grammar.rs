//! A slip in one statement does not hide those in others, whatever they are about.
use backprop::network;

network! {
    struct Net {
        const UNITS: usize = 8;
        input x 4;
        let mut a = x -> dense(UNITS);
        let b = a => relu;
        let c = b -> dense(UNITS, bias: false);
        c -> tanh;
        output y = c + b -> dense[2];
        output z = -> dense(2);
        loss mse(y) - mse(z);
        budget { parameters = 4 KB }
    }
}

fn main() {}

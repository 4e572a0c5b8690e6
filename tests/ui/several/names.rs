//! Names that are taken, reserved, unknown or too early.
use backprop::network;

network! {
    struct Net {
        const UNITS = 8;
        const UNITS = 16;
        input x: [UNITS];
        let relu = x -> dense(UNITS);
        let x = x -> tanh;
        let a = later -> dense(8) as loss;
        let later = x -> tanh;
        let b = a -> dense(8) as twice;
        let c = b -> dense(8) as twice;
        let d = c -> twice as thrice;
        output y = d -> dense(2) as dense1;
        output z = (later + nothing + nothing) -> dense(2);
        output y;
    }
}

fn main() {}

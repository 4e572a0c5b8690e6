//! Shapes that do not fit: each join is reported by itself, and what follows it is not.
use backprop::network;

network! {
    struct Net {
        input image: [2, 3];
        input extra: [4];
        let turned = image -> reshape([3, 3]);
        let joined = concat(image, turned, axis = 3);
        let total = image + extra;
        let flat = image -> dense(4) -> relu;
        let gated = extra -> dense(3) -> glu;
        let slopes = extra -> prelu(3);
        output y = (flat + slopes) -> dense(2);
        output z = joined -> flatten -> dense(2);
        output w = concat(total, turned, image) -> flatten -> dense(2);
        output v = gated -> dense(2);
    }
}

fn main() {}

//! Every term of a loss is judged by itself.
use backprop::network;

network! {
    struct Net {
        input x: [8];
        let hidden = x -> dense(16) -> relu;
        output a = hidden -> dense(3) -> softmax;
        output b = hidden -> dense(1);
        output c = hidden -> dense(4) -> reshape([2, 2]);
        output d = hidden -> dense(1) -> sigmoid;
        output e = x -> tanh;
        loss cross_entropy(a)
            + cross_entropy(b)
            + 0.5 * cross_entropy(c, smoothing = 3)
            + binary_cross_entropy_with_logits(d)
            + 0 * mse(d)
            + mse(e, b)
            + huber(hidden);
    }
}

fn main() {}

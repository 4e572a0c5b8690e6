//! Misspelt names, one after the other.
use backprop::network;

network! {
    pub struct Net {
        input image: [4];
        let hidden = imgae -> dense(3);
        output y = hiden -> dense(2);
        loss mse(why);
    }
}

fn main() {}

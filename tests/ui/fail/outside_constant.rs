use backprop::network;

const HIDDEN: usize = 16;

mod sizes {
    pub const CLASSES: usize = 10;
}

network! {
    pub struct Net {
        input x: [4];
        output y = x -> dense(HIDDEN) -> relu -> dense(sizes::CLASSES);
        loss cross_entropy(y);
    }
}

fn main() {
    let _ = (HIDDEN, sizes::CLASSES);
}

//! Above 128 KiB a network is made and used in place: on the heap, or in a `static`.
use backprop::network;

network! {
    pub struct Large {
        input image: [784];
        output digit = image -> dense(64) -> relu -> dense(10);
        loss cross_entropy(digit);
    }
}

fn main() {
    let large = Large::new(0);
    let _ = large.forward(&[0.0; 784]);
}

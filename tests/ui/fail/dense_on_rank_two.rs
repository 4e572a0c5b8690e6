use backprop::network;

network! {
    pub struct Net {
        input image: [8, 8];
        output class = image -> dense(10);
        loss cross_entropy(class);
    }
}

fn main() {
    let _ = Net::new(0).forward(&[0.0; 64]);
}

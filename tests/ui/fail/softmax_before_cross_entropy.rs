use backprop::network;

network! {
    pub struct Net {
        input x: [4];
        output class = x -> dense(3) -> softmax;
        loss cross_entropy(class);
    }
}

network! {
    pub struct Distilled {
        input x: [4];
        let probabilities = x -> dense(3) -> softmax;
        output class = probabilities;
        loss 0.5 * cross_entropy(class, target = probabilities);
    }
}

fn main() {
    let mut net = Net::new(0);
    let mut optimizer = backprop::Optimizer::new(backprop::Sgd::new(0.1));
    net.train_batch(&[[0.0; 4]], &[2], &mut optimizer).unwrap();
}

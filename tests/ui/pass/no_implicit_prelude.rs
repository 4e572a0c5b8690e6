//! Nothing that the standard prelude brings is in scope.
#![no_implicit_prelude]

::backprop::network! {
    /// A classifier with a frozen layer, and a second output.
    pub struct Classifier {
        input left: [2];
        input right: [2];
        let hidden = concat(left, right) -> dense(4, trainable = false) -> relu;
        output class = hidden -> dense(3);
        output level = hidden -> dense(4) as neck -> tanh -> neck;
        loss cross_entropy(class) + mse(level);
    }
}

::backprop::network! {
    pub struct Autoencoder {
        input x: [3];
        output y = x -> dense(2) -> sigmoid -> dense(3);
        loss mse(y);
    }
}

::backprop::network! {
    pub struct Untrained {
        input x: [3];
        output y = x -> dense(2) -> softmax;
    }
}

fn main() {
    let mut network = Classifier::new(0);
    let input = ClassifierInput { left: [1.0, 2.0], right: [3.0, 4.0] };
    let target = ClassifierTarget { class: 3, level: [0.0; 4] };
    let mut optimizer = ::backprop::Optimizer::new(::backprop::Sgd::new(0.1));
    let refused = network.train_step(&input, &target, &mut optimizer);
    let expected = ::backprop::Error::ClassOutOfRange { class: 3, classes: 3 };
    ::std::assert_eq!(refused, ::core::result::Result::Err(expected));
    ::std::assert!(Autoencoder::new(1).loss(&[1.0; 3], &[1.0; 3]) > 0.0);
    ::std::assert!(Untrained::new(2).forward(&[1.0; 3])[0] > 0.0);
}

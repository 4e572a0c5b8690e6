//! The networks of `contest::networks`, declared.

use backprop::network;

network! {
    /// About as small as a network gets.
    pub struct Xor {
        input x: [2];
        output y = x -> dense(8) -> tanh -> dense(1) -> sigmoid;
        loss mse(y);
    }
}

network! {
    /// Three kinds of iris by four lengths.
    pub struct Iris {
        input flower: [4];
        output kind = flower -> dense(16) -> relu -> dense(16) -> relu -> dense(3);
        loss cross_entropy(kind);
    }
}

network! {
    /// A small classifier of MNIST.
    pub struct Mlp {
        input image: [784];
        output digit = image -> dense(128) -> relu -> dense(10);
        loss cross_entropy(digit);
    }
}

network! {
    /// The same in f64.
    pub struct MlpF64 {
        dtype f64;
        input image: [784];
        output digit = image -> dense(128) -> relu -> dense(10);
        loss cross_entropy(digit);
    }
}

network! {
    /// LeNet-5.
    pub struct LeNet {
        input image: [1, 28, 28];
        output digit = image
            -> conv2d(6, kernel = 5) -> relu -> max_pool2d(kernel = 2)
            -> conv2d(16, kernel = 5) -> relu -> max_pool2d(kernel = 2)
            -> flatten -> dense(120) -> relu -> dense(84) -> relu -> dense(10);
        loss cross_entropy(digit);
    }
}

network! {
    /// A classifier of 8x8 digits.
    pub struct Digits {
        input image: [64];
        output digit = image -> dense(32) -> relu -> dense(10);
        loss cross_entropy(digit);
    }
}

network! {
    /// The hello-world of TinyML.
    pub struct Sine {
        input x: [1];
        output y = x -> dense(16) -> relu -> dense(16) -> relu -> dense(1);
        loss mse(y);
    }
}

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
    /// Hears one number after the other.
    pub struct Gru16 {
        input samples: [64, 1];
        output y = samples -> gru(16) -> dense(1, axis = last);
        loss mse(y);
    }
}

network! {
    /// The same by other gates.
    pub struct Lstm16 {
        input samples: [64, 1];
        output y = samples -> lstm(16) -> dense(1, axis = last);
        loss mse(y);
    }
}

network! {
    /// With twice the units.
    pub struct Lstm32 {
        input samples: [64, 1];
        output y = samples -> lstm(32) -> dense(1, axis = last);
        loss mse(y);
    }
}

network! {
    /// Looks back over seven numbers.
    pub struct Causal {
        input samples: [1, 64];
        output y = samples
            -> conv1d(8, kernel = 1) -> tanh
            -> conv1d(4, kernel = 3, padding = causal) -> tanh
            -> conv1d(4, kernel = 1) -> tanh
            -> conv1d(6, kernel = 3, padding = causal, dilation = 2) -> tanh
            -> conv1d(1, kernel = 1) -> sigmoid;
        loss mse(y);
    }
}

network! {
    /// Says one thing of 64 numbers.
    pub struct Gru16Last {
        input samples: [64, 1];
        output y = samples -> gru(16, output = last) -> dense(1);
        loss mse(y);
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

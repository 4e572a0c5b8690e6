//! The networks: what is declared in each contestant's own words.

/// A chain of dense layers, and convolutions before it.
#[derive(Debug, PartialEq)]
pub struct Shape {
    pub name: &'static str,
    pub convolutions: &'static [Convolution],
    /// Of what the first dense layer reads, and of each dense layer.
    pub widths: &'static [usize],
    /// Between the dense layers.
    pub hidden: Hidden,
    pub head: Head,
    /// Of the samples: keeps a few steps at a rate of 0.1 from diverging on a long input.
    pub scale: f64,
    /// Whether all is in f64.
    pub double: bool,
}

/// Over square planes without padding; then relu, and the largest of 2 x 2.
#[derive(Debug, PartialEq)]
pub struct Convolution {
    /// Rows and columns of a plane.
    pub side: usize,
    pub channels: usize,
    pub filters: usize,
    pub kernel: usize,
}

impl Convolution {
    /// Products of each output.
    pub fn taps(&self) -> usize {
        self.channels * self.kernel * self.kernel
    }

    /// Multiply-accumulates of a sample.
    pub fn products(&self) -> usize {
        let side = self.side + 1 - self.kernel;
        side * side * self.taps() * self.filters
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hidden {
    Relu,
    Tanh,
}

/// What follows the last dense layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Head {
    /// Nothing, and softmax with cross-entropy in training.
    Classes,
    /// Nothing, and the mean squared error.
    Values,
    /// The sigmoid, and the mean squared error.
    Sigmoid,
}

const RELU: Shape = Shape {
    name: "",
    convolutions: &[],
    widths: &[],
    hidden: Hidden::Relu,
    head: Head::Classes,
    scale: 1.0,
    double: false,
};

const MLP: &[usize] = &[784, 128, 10];

const LENET: &[Convolution] = &[
    Convolution { side: 28, channels: 1, filters: 6, kernel: 5 },
    Convolution { side: 12, channels: 6, filters: 16, kernel: 5 },
];

pub const NETWORKS: [Shape; 7] = [
    Shape { name: "xor", widths: &[2, 8, 1], hidden: Hidden::Tanh, head: Head::Sigmoid, ..RELU },
    Shape { name: "iris", widths: &[4, 16, 16, 3], ..RELU },
    Shape { name: "mlp", widths: MLP, scale: 0.25, ..RELU },
    Shape { name: "mlp-f64", widths: MLP, scale: 0.25, double: true, ..RELU },
    Shape { name: "lenet", convolutions: LENET, widths: &[256, 120, 84, 10], scale: 0.25, ..RELU },
    Shape { name: "digits", widths: &[64, 32, 10], ..RELU },
    Shape { name: "sine", widths: &[1, 16, 16, 1], head: Head::Values, ..RELU },
];

impl Shape {
    pub fn find(name: &str) -> Option<&'static Self> {
        NETWORKS.iter().find(|shape| shape.name == name)
    }

    /// The inputs and outputs of each dense layer.
    pub fn layers(&self) -> impl Iterator<Item = (usize, usize)> {
        self.widths.windows(2).map(|pair| (pair[0], pair[1]))
    }

    pub fn inputs(&self) -> usize {
        match self.convolutions.first() {
            Some(first) => first.channels * first.side * first.side,
            None => self.widths.first().copied().unwrap_or(0),
        }
    }

    pub fn outputs(&self) -> usize {
        self.widths.last().copied().unwrap_or(0)
    }
}

//! The networks: what is declared in each contestant's own words.

/// A chain of dense layers, and before it convolutions, or what goes through a sequence.
#[derive(Debug, PartialEq)]
pub struct Shape {
    pub name: &'static str,
    pub convolutions: &'static [Convolution],
    pub sequence: Option<Sequence>,
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

/// What goes through a sequence of single numbers, and then gives the dense layers what it has at its last step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sequence {
    pub layers: Layers,
    /// How many numbers a sample has.
    pub steps: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Layers {
    /// A recurrent layer of so many units.
    Gru(usize),
    Lstm(usize),
    /// Convolutions that look back, each with tanh: what a clip of a guitar amplifier is learnt with.
    Causal(&'static [Causal]),
}

/// A convolution over time.
#[derive(Debug, PartialEq)]
pub struct Causal {
    pub channels: usize,
    pub filters: usize,
    pub kernel: usize,
    pub dilation: usize,
}

impl Sequence {
    /// Multiply-accumulates of a sample.
    pub fn products(&self) -> usize {
        let recurrent = |gates: usize, units: usize| gates * units * (1 + units);
        let step = match self.layers {
            Layers::Gru(units) => recurrent(3, units),
            Layers::Lstm(units) => recurrent(4, units),
            Layers::Causal(layers) => {
                layers.iter().map(|conv| conv.channels * conv.filters * conv.kernel).sum()
            }
        };
        self.steps * step
    }

    /// Those of dJ/dx in training: with the state alone, since nobody asks about the sample.
    pub fn products_handed_back(&self) -> usize {
        match self.layers {
            Layers::Gru(units) => self.steps * 3 * units * units,
            Layers::Lstm(units) => self.steps * 4 * units * units,
            Layers::Causal(layers) => {
                let first = layers.first().map_or(0, |conv| conv.filters * conv.kernel);
                self.products() - self.steps * first
            }
        }
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
    sequence: None,
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

const CAUSAL: &[Causal] = &[
    Causal { channels: 1, filters: 8, kernel: 1, dilation: 1 },
    Causal { channels: 8, filters: 4, kernel: 3, dilation: 1 },
    Causal { channels: 4, filters: 4, kernel: 1, dilation: 1 },
    Causal { channels: 4, filters: 6, kernel: 3, dilation: 2 },
];

const fn pass(layers: Layers, steps: usize) -> Option<Sequence> {
    Some(Sequence { layers, steps })
}

const STREAM: Shape = Shape { head: Head::Values, ..RELU };

pub const NETWORKS: [Shape; 12] = [
    Shape { name: "xor", widths: &[2, 8, 1], hidden: Hidden::Tanh, head: Head::Sigmoid, ..RELU },
    Shape { name: "iris", widths: &[4, 16, 16, 3], ..RELU },
    Shape { name: "mlp", widths: MLP, scale: 0.25, ..RELU },
    Shape { name: "mlp-f64", widths: MLP, scale: 0.25, double: true, ..RELU },
    Shape { name: "lenet", convolutions: LENET, widths: &[256, 120, 84, 10], scale: 0.25, ..RELU },
    Shape { name: "digits", widths: &[64, 32, 10], ..RELU },
    Shape { name: "sine", widths: &[1, 16, 16, 1], head: Head::Values, ..RELU },
    Shape { name: "gru16", sequence: pass(Layers::Gru(16), 1), widths: &[16, 1], ..STREAM },
    Shape { name: "lstm16", sequence: pass(Layers::Lstm(16), 1), widths: &[16, 1], ..STREAM },
    Shape { name: "lstm32", sequence: pass(Layers::Lstm(32), 1), widths: &[32, 1], ..STREAM },
    Shape {
        name: "causal",
        sequence: pass(Layers::Causal(CAUSAL), 1),
        widths: &[6, 1],
        head: Head::Sigmoid,
        ..RELU
    },
    Shape { name: "gru16-64", sequence: pass(Layers::Gru(16), 64), widths: &[16, 1], ..STREAM },
];

impl Shape {
    pub fn find(name: &str) -> Option<&'static Self> {
        NETWORKS.iter().find(|shape| shape.name == name)
    }

    /// Whether anything stands before the dense layers.
    pub fn has_front(&self) -> bool {
        self.sequence.is_some() || !self.convolutions.is_empty()
    }

    /// The inputs and outputs of each dense layer.
    pub fn layers(&self) -> impl Iterator<Item = (usize, usize)> {
        self.widths.windows(2).map(|pair| (pair[0], pair[1]))
    }

    pub fn inputs(&self) -> usize {
        match (self.sequence, self.convolutions.first()) {
            (Some(sequence), _) => sequence.steps,
            (None, Some(first)) => first.channels * first.side * first.side,
            (None, None) => self.widths.first().copied().unwrap_or(0),
        }
    }

    pub fn outputs(&self) -> usize {
        self.widths.last().copied().unwrap_or(0)
    }
}

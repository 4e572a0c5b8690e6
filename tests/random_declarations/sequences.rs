//! Networks that run step by step: stacks of layers that go along with time.

use crate::generate::{Generator, Level, Value};

/// Steps of a sequence.
const STEPS: usize = 4;

/// A value, and the axis that is time.
#[derive(Clone)]
struct Sequence {
    value: Value,
    axis: usize,
}

impl Sequence {
    /// Scalars of a step.
    fn width(&self) -> usize {
        self.value.shape[1 - self.axis]
    }

    fn then(&self, layer: &str, width: usize) -> Self {
        let mut value = self.value.then(layer);
        value.shape[1 - self.axis] = width;
        Self { value, ..*self }
    }

    fn trained(mut self) -> Self {
        self.value.trained = true;
        self
    }
}

impl Generator {
    /// The statements of a network with a sequence for each input.
    pub fn write_sequences(&mut self) {
        self.items.push("dtype f64;".into());
        let mut sequences = Vec::new();
        let axis = self.below(2);
        for _ in 0..1 + self.below(2) {
            let width = 1 + self.below(3);
            let shape = if axis == 0 { vec![STEPS, width] } else { vec![width, STEPS] };
            let name = self.name("x");
            self.items.push(format!("input {name}: {shape:?};"));
            let value = self.add_value(name, Value { shape, ..Value::atom() });
            sequences.push(Sequence { value, axis });
        }
        let mut joined = self.stack(sequences.remove(0));
        for other in sequences {
            let other = self.stack(other);
            let other = self.turn(other, joined.axis);
            joined = self.join(&joined, other);
        }
        if self.chance(50) {
            joined = self.stack(joined);
        }
        let name = self.name("y");
        self.items.push(format!("output {name} = {};", joined.value.text));
        let output = self.add_value(name, Value { used: true, ..joined.value });
        let joined = Sequence { value: output.clone(), ..joined };
        self.outputs.push(output);
        if self.chance(40) {
            let name = self.name("last");
            let last = self.turn(joined, 0).then("gru(2, output = last)", 2).trained();
            let value = Value { shape: vec![2], ..last.value.then("dense(2)") };
            self.items.push(format!("output {name} = {};", value.text));
            let output = self.add_value(name, Value { used: true, ..value });
            self.outputs.push(output);
        }
        if self.chance(50) {
            self.write_losses();
        }
    }

    /// A few layers, and a name for what they compute.
    fn stack(&mut self, mut sequence: Sequence) -> Sequence {
        for _ in 0..1 + self.below(4) {
            sequence = match self.below(10) {
                0 | 1 => self.turn(sequence.clone(), 1 - sequence.axis),
                2 => {
                    let layers = ["tanh", "sigmoid", "scale(0.5)", "identity", "softsign", "prelu"];
                    let layer = layers[self.below(layers.len())];
                    sequence.then(layer, sequence.width())
                }
                3 => {
                    let other = self.stack_one(sequence.clone());
                    let name = self.name("v");
                    self.items.push(format!("let {name} = {};", other.value.text));
                    let value = self.add_value(name, Value { used: true, ..other.value });
                    let named = Sequence { value, ..other };
                    let again = self.stack_one(named.clone());
                    let again = self.turn(again, named.axis);
                    self.join(&named, again)
                }
                _ => self.stack_one(sequence),
            };
        }
        sequence
    }

    /// One layer with parameters or of its own shape, or what leaves steps apart.
    fn stack_one(&mut self, sequence: Sequence) -> Sequence {
        let (width, units) = (sequence.width(), 1 + self.below(3));
        if sequence.axis == 0 {
            let steps = STEPS;
            return match self.below(9) {
                0 => sequence.then(&format!("gru({units})"), units).trained(),
                1 => sequence.then(&format!("lstm({units}, bias = false)"), units).trained(),
                2 => sequence.then(&format!("rnn({units})"), units).trained(),
                3 => sequence.then("layer_norm", width).trained(),
                4 if width % 2 == 0 => sequence.then("glu", width / 2),
                5 => sequence.then(
                    &format!("slice(end = {}, axis = 1)", width.div_ceil(2)),
                    width.div_ceil(2),
                ),
                6 => sequence.then(&format!("mean(1) -> reshape([{steps}, 1])"), 1),
                7 => sequence.then("pad(before = 1)", width + 1),
                _ => sequence.then(&format!("dense({units}, axis = last)"), units).trained(),
            };
        }
        let (kernel, dilation) = (1 + self.below(3), 1 + self.below(2));
        let window = format!("kernel = {kernel}, padding = causal, dilation = {dilation}");
        match self.below(7) {
            0 => {
                let layer = format!("depthwise_conv1d({window}, multiplier = 2)");
                sequence.then(&layer, 2 * width).trained()
            }
            1 => {
                let layer = format!("conv1d({}, {window}, groups = {width})", 2 * width);
                sequence.then(&layer, 2 * width).trained()
            }
            2 => sequence
                .then(&format!("conv1d({units}, kernel = 1, bias = false)"), units)
                .trained(),
            3 if width % 2 == 0 => sequence.then("glu(axis = 0)", width / 2),
            4 => sequence.then(&format!("prelu({width})"), width).trained(),
            5 => sequence.then("max_pool1d(kernel = 1)", width),
            _ => sequence.then(&format!("conv1d({units}, {window})"), units).trained(),
        }
    }

    /// With that axis as time.
    fn turn(&mut self, sequence: Sequence, axis: usize) -> Sequence {
        if sequence.axis == axis {
            return sequence;
        }
        let mut value = sequence.value.then("transpose");
        value.shape.reverse();
        Sequence { value, axis }
    }

    /// Both, one element with one or side by side.
    fn join(&mut self, one: &Sequence, other: Sequence) -> Sequence {
        let features = 1 - one.axis;
        let same = one.value.shape == other.value.shape;
        let (text, width) = if same && self.chance(60) {
            let sign = ["+", "*", "-"][self.below(3)];
            let [left, right] = [one, &other].map(|one| one.value.at(Level::Atom));
            (format!("({left} {sign} {right})"), one.width())
        } else {
            let (left, right) = (&one.value.text, &other.value.text);
            (format!("concat({left}, {right}, axis = {features})"), one.width() + other.width())
        };
        let trained = one.value.trained || other.value.trained;
        let mut value =
            Value { text, level: Level::Atom, trained, producer: "", ..one.value.clone() };
        value.shape[features] = width;
        Sequence { value, axis: one.axis }
    }
}

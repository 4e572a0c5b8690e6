//! Values: chains of layers, and joins whose operands are made to fit one another.

use backprop_compiler::ops::{LAYERS, Layer};

use crate::generate::{Generator, Label, Level, Value};

/// Values do not grow beyond this: central differences are slow.
const LARGEST: usize = 12;

impl Generator {
    /// Any expression, of joins nested to that depth.
    pub fn write_value(&mut self, depth: usize) -> Value {
        let value = if depth == 0 {
            self.pick()
        } else {
            match self.below(10) {
                0 => self.pick(),
                1..=4 => {
                    let source = self.write_value(depth - 1);
                    self.write_chain(source)
                }
                5..=7 => self.write_sum(depth - 1),
                _ => self.write_concat(depth - 1),
            }
        };
        if value.count() > LARGEST { self.write_dense(value) } else { value }
    }

    /// A value that has a name; one that nothing uses yet, rather.
    fn pick(&mut self) -> Value {
        let unused = self.values.iter().position(|value| !value.used);
        let any = self.below(self.values.len());
        let index = if self.chance(50) { unused.unwrap_or(any) } else { any };
        self.values[index].used = true;
        self.values[index].clone()
    }

    fn write_sum(&mut self, depth: usize) -> Value {
        let mut joined = self.write_value(depth);
        let product = self.chance(40);
        let level = if product { Level::Product } else { Level::Sum };
        for _ in 0..1 + self.below(2) {
            let other_sign = self.chance(25);
            let sign = match level {
                Level::Product if other_sign => "/",
                Level::Product => "*",
                _ if other_sign => "-",
                _ => "+",
            };
            // A label stands once, so that only plain names may be written twice.
            let twice = !joined.text.contains("->") && self.chance(25);
            let other = if twice { joined.clone() } else { self.write_value(depth) };
            let other = self.fit(other, &joined.shape);
            // What divides is kept from 0, where differences tell nothing.
            let other = match sign {
                "/" => other.then("sigmoid").then("scale(1.0, offset = 0.5)"),
                _ => other,
            };
            // The right operand may be of the same operator, so that a tree leans to the right.
            let right = if self.chance(20) { level } else { Level::Atom };
            let right = if right == Level::Sum { Level::Product } else { right };
            let text = format!("{} {sign} {}", joined.at(level), other.at(right));
            joined = Value {
                text,
                level,
                shape: joined.shape,
                trained: joined.trained || other.trained,
                producer: "",
                used: false,
            };
        }
        joined
    }

    fn write_concat(&mut self, depth: usize) -> Value {
        let first = self.write_value(depth);
        let axis = self.below(first.shape.len());
        // More operands than one step takes, at times.
        let operands = if self.chance(10) { 7 } else { 1 + self.below(2) };
        let mut joined = Value { producer: "", ..first.clone() };
        let mut texts = vec![first.text];
        for _ in 0..operands {
            let mut wanted = joined.shape.clone();
            wanted[axis] = 1 + self.below(2);
            let other = self.write_value(depth.min(usize::from(operands < 7)));
            let other = if other.shape == first.shape { other } else { self.fit(other, &wanted) };
            joined.shape[axis] += other.shape[axis];
            joined.trained |= other.trained;
            texts.push(other.text);
        }
        let axis =
            if axis == 0 && self.chance(50) { String::new() } else { format!(", axis = {axis}") };
        Value { text: format!("concat({}{axis})", texts.join(", ")), level: Level::Atom, ..joined }
    }

    /// Every value that nothing reads, side by side.
    pub fn join_unused(&mut self) -> Value {
        let mut joined = Value { shape: vec![0], ..Value::atom() };
        let mut texts = Vec::new();
        for value in self.values.iter_mut().filter(|value| !value.used) {
            value.used = true;
            joined.shape[0] += value.count();
            joined.trained |= value.trained;
            texts.push(value.then("flatten").text);
        }
        Value { text: format!("concat({})", texts.join(", ")), ..joined }
    }

    /// The value, by way of layers, in the wanted shape.
    fn fit(&mut self, value: Value, wanted: &[usize]) -> Value {
        if value.shape == wanted {
            return value;
        }
        let count: usize = wanted.iter().product();
        let value = if value.count() == count {
            value
        } else {
            let value = self.flatten(value);
            self.write_dense_of(value, count)
        };
        if value.shape == wanted {
            return value;
        }
        let shape = self.write_shape(wanted);
        Value { shape: wanted.to_vec(), ..value.then(&format!("reshape({shape})")) }
    }

    fn write_chain(&mut self, mut value: Value) -> Value {
        for _ in 0..1 + self.below(3) {
            let count = value.count();
            value = match self.below(14) {
                0..=3 => self.write_any_activation(value),
                4 => value.then("identity"),
                5 if count.is_multiple_of(2) && value.shape.len() == 1 => {
                    Value { shape: vec![count / 2], producer: "", ..value.then("glu") }
                }
                6 => {
                    let first = [1, 2, 3][self.below(3)];
                    let first = if count.is_multiple_of(first) { first } else { count };
                    let shape = if self.chance(50) {
                        vec![count / first, first]
                    } else {
                        vec![first, 1, count / first]
                    };
                    self.fit(value, &shape)
                }
                7 => Value { shape: vec![count], ..value.then("flatten") },
                8..=10 => self.write_planar(value),
                _ => self.write_dense(value),
            };
        }
        value
    }

    /// One of the registry's, as one of its examples has it; those that the language keeps for other
    /// shapes aside, what is random, which central differences cannot follow, and what takes statistics of
    /// tiles, which single samples have none of.
    fn write_any_activation(&mut self, value: Value) -> Value {
        const OTHERS: &[&str] =
            &["batch_norm", "dense", "dropout", "flatten", "glu", "identity", "reshape"];
        let layers: Vec<&Layer> = LAYERS
            .iter()
            .filter(|layer| !OTHERS.contains(&layer.keyword) && !layer.examples.is_empty())
            .filter(|layer| layer.example_shape.len() == 1)
            .filter(|layer| value.shape.len() == 1 || !layer.keyword.ends_with("softmax"))
            .collect();
        let layer = layers[self.below(layers.len())];
        let example = layer.examples[self.below(layer.examples.len())];
        let trained = value.trained || layer.keyword == "prelu";
        let value = self.write_activation(value, layer.keyword, example);
        Value { trained, producer: layer.keyword, ..value }
    }

    /// A layer that reads several axes, as one of its examples has it.
    fn write_planar(&mut self, value: Value) -> Value {
        let layers: Vec<&Layer> =
            LAYERS.iter().filter(|layer| layer.example_shape.len() > 1).collect();
        // Each network begins with another one, so that few suffice for all.
        let any = self.below(layers.len());
        let layer = layers[self.first_planar.take().unwrap_or(any) % layers.len()];
        let example = layer.examples[self.below(layer.examples.len())];
        let value = self.fit(value, layer.example_shape);
        let (shape, trained) = describe_example(layer, example);
        Value { shape, trained: value.trained || trained, producer: "", ..value.then(example) }
    }

    /// An activation; it may have a label, and a label may stand for it.
    fn write_activation(&mut self, value: Value, keyword: &str, example: &str) -> Value {
        let known = format!("{keyword}_");
        let label = self.labels.iter().find(|label| label.name.starts_with(&known));
        match label.map(|label| label.name.clone()) {
            Some(label) if self.chance(30) => value.then(&label),
            None if self.chance(10) => {
                let name = format!("{known}again");
                self.labels.push(Label { name: name.clone(), shapes: None, trained: false });
                value.then(&format!("{example} as {name}"))
            }
            _ => value.then(example),
        }
    }

    fn flatten(&mut self, value: Value) -> Value {
        if value.shape.len() == 1 {
            return value;
        }
        Value { shape: vec![value.count()], ..value.then("flatten") }
    }

    /// A dense layer of any width, or one whose weights are used again.
    pub fn write_dense(&mut self, value: Value) -> Value {
        let value = self.flatten(value);
        let units = if self.chance(40) { value.count().min(6) } else { 1 + self.below(4) };
        self.write_dense_of(value, units)
    }

    fn write_dense_of(&mut self, value: Value, units: usize) -> Value {
        let value = Value { producer: "", ..value };
        let shapes = Some((value.count(), units));
        if let Some(label) = self.labels.iter().find(|label| label.shapes == shapes) {
            let (name, trained) = (label.name.clone(), label.trained || value.trained);
            if self.chance(60) {
                return Value { shape: vec![units], trained, ..value.then(&name) };
            }
        }
        let mut arguments = self.write_size(units);
        let bias = !self.chance(20);
        if !bias {
            arguments.push_str(", bias = false");
        }
        let trained = match self.below(10) {
            0 | 1 => "false",
            2 if bias => "weight",
            3 if bias => "bias",
            4 => "true",
            _ => "",
        };
        if !trained.is_empty() {
            arguments.push_str(&format!(", trainable = {trained}"));
        }
        let trained = trained != "false";
        let mut layer = format!("dense({arguments})");
        if self.chance(50) {
            let name = self.name("layer_");
            layer.push_str(&format!(" as {name}"));
            self.labels.push(Label { name, shapes, trained });
        }
        let trained = trained || value.trained;
        Value { shape: vec![units], trained, ..value.then(&layer) }
    }

    pub fn write_shape(&mut self, shape: &[usize]) -> String {
        let axes: Vec<String> = shape.iter().map(|axis| self.write_size(*axis)).collect();
        format!("[{}]", axes.join(", "))
    }

    /// A number, or arithmetic that comes to it.
    pub fn write_size(&mut self, size: usize) -> String {
        let index = self.below(self.consts.len());
        let (name, value) = self.consts[index].clone();
        match self.below(8) {
            0 if size == value => name,
            0 if size > value => format!("{name} + {}", size - value),
            0 => format!("{name} - {}", value - size),
            1 => format!("({size} * {name}) / {value}"),
            2 => format!("{name} * {size} - {}", (value - 1) * size),
            _ => size.to_string(),
        }
    }
}

/// The shape of what an example computes, and whether it has anything to train.
fn describe_example(layer: &Layer, example: &str) -> (Vec<usize>, bool) {
    let shape = layer.example_shape;
    let text = format!("backprop; struct N {{ input x: {shape:?}; output y = x -> {example}; }}");
    let analysis = backprop_compiler::analyse(text.parse().unwrap());
    let graph = analysis.compiled.expect("examples are valid").graph;
    let shape = graph.value(graph.outputs[0].value).shape.axes().to_vec();
    (shape, !graph.layers.is_empty())
}

//! Random valid declarations: a seed gives the same text, always.

use backprop::{Random, Rng};

/// A value that later expressions may read.
struct Value {
    name: String,
    shape: Vec<usize>,
    used: bool,
}

/// Writes one declaration.
pub struct Generator {
    random: Rng,
    values: Vec<Value>,
    /// Labels of square layers, with their width: they fit any value of it again.
    labels: Vec<(String, usize)>,
    items: Vec<String>,
    layers: u32,
}

impl Generator {
    /// The declaration of `Net{index}`.
    pub fn generate(index: u64) -> String {
        let random = Rng::new(0x5eed ^ (index << 8));
        let mut generator =
            Self { random, values: vec![], labels: vec![], items: vec![], layers: 0 };
        generator.write_body();
        format!("pub struct Net{index} {{\n    {}\n}}", generator.items.join("\n    "))
    }

    fn below(&mut self, bound: usize) -> usize {
        self.random.below(u32::try_from(bound).unwrap()) as usize
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.random.below(100) < percent
    }

    fn write_body(&mut self) {
        self.items.push("const WIDTH = (2 + 4) / 2;".into());
        self.items.push("dtype f64;".into());
        if self.chance(40) {
            let tile = 1 + self.below(3);
            self.items.push(format!("tile = {tile};"));
        }
        for input in 0..=self.below(2) {
            let rank = 1 + self.below(3);
            let shape: Vec<usize> = (0..rank).map(|_| 1 + self.below(3)).collect();
            let axes: Vec<String> = shape.iter().map(ToString::to_string).collect();
            self.items.push(format!("input in{input}: [{}];", axes.join(", ")));
            self.values.push(Value { name: format!("in{input}"), shape, used: false });
        }
        for index in 0..1 + self.below(5) {
            let (expression, shape) = self.write_expression();
            self.items.push(format!("let v{index} = {expression};"));
            self.values.push(Value { name: format!("v{index}"), shape, used: false });
        }
        self.write_outputs();
    }

    fn pick(&mut self) -> (String, Vec<usize>) {
        let index = self.below(self.values.len());
        let value = &mut self.values[index];
        value.used = true;
        (value.name.clone(), value.shape.clone())
    }

    fn write_expression(&mut self) -> (String, Vec<usize>) {
        let (left, left_shape) = self.pick();
        if self.chance(45) {
            return self.write_chain(&left, left_shape);
        }
        let (right, right_shape) = self.pick();
        let operator = if self.chance(50) { "+" } else { "*" };
        if left_shape == right_shape && self.chance(60) {
            return (format!("{left} {operator} {right}"), left_shape);
        }
        if left_shape.len() == right_shape.len() && left_shape[1..] == right_shape[1..] {
            let mut shape = left_shape;
            shape[0] += right_shape[0];
            return (format!("concat({left}, {right})"), shape);
        }
        let same_inner = left_shape.len() == 2 && right_shape.len() == 2;
        if same_inner && left_shape[0] == right_shape[0] {
            let shape = vec![left_shape[0], left_shape[1] + right_shape[1]];
            return (format!("concat({left}, {right}, axis = 1)"), shape);
        }
        let count: usize = left_shape.iter().product();
        let bridge = self.write_dense(count, right_shape.iter().product());
        let flat = format!("({left} -> flatten)");
        (format!("{flat} {operator} ({right} -> flatten -> {bridge})"), vec![count])
    }

    fn write_chain(&mut self, source: &str, mut shape: Vec<usize>) -> (String, Vec<usize>) {
        let mut text = source.to_owned();
        for _ in 0..1 + self.below(3) {
            let count: usize = shape.iter().product();
            match self.below(9) {
                0 => text.push_str(" -> relu"),
                1 => text.push_str(" -> sigmoid"),
                2 => text.push_str(" -> tanh"),
                3 => text.push_str(" -> identity"),
                4 if shape.len() == 1 => text.push_str(" -> softmax"),
                5 if count.is_multiple_of(2) => {
                    shape = vec![2, count / 2];
                    text.push_str(&format!(" -> reshape([2, {}])", count / 2));
                }
                6 => {
                    shape = vec![count];
                    text.push_str(" -> flatten");
                }
                _ => {
                    if shape.len() > 1 {
                        text.push_str(" -> flatten");
                    }
                    let units = if self.chance(55) { count } else { 1 + self.below(4) };
                    text.push_str(&format!(" -> {}", self.write_dense(units, count)));
                    shape = vec![units];
                }
            }
        }
        (text, shape)
    }

    /// A dense layer, or a label whose weights are used again.
    fn write_dense(&mut self, units: usize, count: usize) -> String {
        if units == count
            && let Some((label, _)) = self.labels.iter().find(|(_, width)| *width == count)
            && self.random.below(4) > 0
        {
            return label.clone();
        }
        let mut arguments = if units == 3 { "WIDTH".to_owned() } else { units.to_string() };
        let bias = !self.chance(20);
        if !bias {
            arguments.push_str(", bias = false");
        }
        match self.below(8) {
            0 => arguments.push_str(", trainable = false"),
            1 => arguments.push_str(", trainable = weight"),
            2 if bias => arguments.push_str(", trainable = bias"),
            _ => {}
        }
        let arguments = if bias { arguments } else { arguments.replace(" = weight", " = true") };
        self.layers += 1;
        if units == count || self.chance(20) {
            let label = format!("layer_{}", self.layers);
            if units == count {
                self.labels.push((label.clone(), units));
            }
            return format!("dense({arguments}) as {label}");
        }
        format!("dense({arguments})")
    }

    /// Whatever nothing reads yet goes into the first output; others follow.
    fn write_outputs(&mut self) {
        let unused: Vec<String> = self
            .values
            .iter()
            .filter(|value| !value.used)
            .map(|value| format!("{} -> flatten", value.name))
            .collect();
        // Whatever was square once may be used again.
        let again = self.labels.first().map(|(label, width)| (label.clone(), *width));
        let trunk = match &unused[..] {
            [] => "v0 -> flatten".to_owned(),
            [one] => one.clone(),
            many => format!("concat({})", many.join(", ")),
        };
        let reuse = again
            .filter(|_| self.chance(60))
            .map_or_else(String::new, |(label, width)| format!(" -> dense({width}) -> {label}"));
        let units = 2 + self.below(2);
        self.items.push(format!("output first = {trunk}{reuse} -> dense({units});"));
        let mut terms = vec![self.write_loss("first", true)];
        if self.chance(40) {
            let kind = self.below(2) == 0;
            terms.push(self.write_loss("first", kind));
        }
        if self.chance(50) {
            let (source, _) = self.pick();
            let units = 2 + self.below(2);
            self.items
                .push(format!("output second = {source} -> flatten -> dense({units}) -> tanh;"));
            if self.chance(60) {
                terms.push("0.5 * mse(second)".into());
            }
        }
        if self.chance(30) {
            self.items.push("output share = first -> softmax;".into());
        }
        if self.chance(30) {
            self.items.push("output v0;".into());
        }
        self.items.push(format!("loss {};", terms.join(" + ")));
    }

    fn write_loss(&mut self, output: &str, plain: bool) -> String {
        let weight = if self.chance(50) { "0.25 * " } else { "" };
        match self.below(4) {
            0 if plain => format!("{weight}cross_entropy({output})"),
            1 => format!("{weight}cross_entropy({output}, target = probabilities)"),
            2 => format!("{weight}cross_entropy({output}, smoothing = 0.1)"),
            _ => format!("{weight}mse({output})"),
        }
    }
}

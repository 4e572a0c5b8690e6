//! Random valid declarations: a seed gives the same text, always.

use backprop::{Random, Rng};

/// Names that the expansion uses itself, or nearly: none of them may clash.
const NAMES: &[&str] = &[
    "losses",
    "network",
    "rows",
    "gradient",
    "scales",
    "output",
    "input",
    "target",
    "workspace",
    "row",
    "sample",
    "first_delta",
    "y_gradient",
    "weight",
    "bias",
    "rt",
    "self_",
    "loss_",
    "optimizer",
    "memory",
    "width",
    "u64",
    "core",
    "f64",
    "steps",
    "r#type",
    "r#fn",
];
const NETWORKS: &[&str] = &["F", "G", "T", "P", "N", "Rule", "Network", "Rng", "R"];

/// Of so many networks one reads sequences.
const SEQUENCES: u64 = 6;

/// A value that a later expression may read, or an expression that no name stands for yet.
#[derive(Clone)]
pub struct Value {
    pub text: String,
    /// How tightly the text binds.
    pub level: Level,
    pub shape: Vec<usize>,
    /// Whether something trainable is below.
    pub trained: bool,
    /// The activation that it comes from, if any: some losses refuse some.
    pub producer: &'static str,
    pub used: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Chain,
    Sum,
    Product,
    Atom,
}

/// A layer that may be used again; without a shape it has no parameters and fits anything.
pub struct Label {
    pub name: String,
    pub shapes: Option<(usize, usize)>,
    pub trained: bool,
}

/// Writes one declaration.
pub struct Generator {
    pub random: Rng,
    pub values: Vec<Value>,
    pub labels: Vec<Label>,
    pub consts: Vec<(String, usize)>,
    pub items: Vec<String>,
    pub outputs: Vec<Value>,
    /// The layer of several axes that comes first, until it is there.
    pub first_planar: Option<usize>,
    names: Vec<String>,
}

impl Generator {
    /// The declaration of the network of that index.
    pub fn generate(index: u64) -> String {
        let mut generator = Self {
            random: Rng::new(0x5eed ^ (index << 8)),
            values: vec![],
            labels: vec![],
            consts: vec![],
            items: vec![],
            outputs: vec![],
            first_planar: usize::try_from(index - index / SEQUENCES).ok(),
            names: NAMES.iter().map(ToString::to_string).collect(),
        };
        if index % SEQUENCES == SEQUENCES - 1 {
            generator.write_sequences();
        } else {
            generator.write_body();
        }
        generator.remove_unused_consts();
        let name = if generator.chance(20) {
            NETWORKS[generator.below(NETWORKS.len())].to_owned()
        } else {
            format!("Net{index}")
        };
        format!("pub struct {name} {{\n    {}\n}}", generator.items.join("\n    "))
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.random.below(u32::try_from(bound).unwrap()) as usize
    }

    pub fn chance(&mut self, percent: u32) -> bool {
        self.random.below(100) < percent
    }

    /// A name that nothing has yet.
    pub fn name(&mut self, plain: &str) -> String {
        if self.chance(15) && !self.names.is_empty() {
            let index = self.below(self.names.len());
            return self.names.swap_remove(index);
        }
        format!("{plain}{}", self.items.len() + self.labels.len())
    }

    /// A const that no size came to use would be an error; the last one first, as it uses the others.
    fn remove_unused_consts(&mut self) {
        for (name, _) in std::mem::take(&mut self.consts).iter().rev() {
            let mentions = |item: &&String| item.contains(name.as_str());
            if self.items.iter().filter(mentions).count() == 1 {
                self.items.retain(|item| !mentions(&item));
            }
        }
    }

    fn write_body(&mut self) {
        self.consts = vec![("WIDTH".into(), 3), ("SIZE".into(), 2)];
        self.items.push("const WIDTH = (2 + 4) / 2;".into());
        self.items.push("const SIZE = WIDTH * 2 - 4;".into());
        self.items.push("dtype f64;".into());
        if self.chance(50) {
            let tile = 1 + self.below(4);
            let tile = self.write_size(tile);
            self.items.push(format!("tile = {tile};"));
        }
        for _ in 0..=self.below(3) {
            self.write_input();
        }
        for _ in 0..1 + self.below(4) {
            self.write_let();
        }
        self.write_outputs();
    }

    fn write_input(&mut self) {
        let rank = 1 + self.below(3);
        let shape: Vec<usize> = (0..rank).map(|_| 1 + self.below(3)).collect();
        let (name, axes) = (self.name("x"), self.write_shape(&shape));
        self.items.push(format!("input {name}: {axes};"));
        self.add_value(name, Value { shape, ..Value::atom() });
    }

    fn write_let(&mut self) {
        let depth = 1 + self.below(2);
        let value = self.write_value(depth);
        let name = self.name("v");
        self.items.push(format!("let {name} = {};", value.text));
        self.add_value(name, value);
    }

    pub fn add_value(&mut self, name: String, value: Value) -> Value {
        let value = Value { text: name, level: Level::Atom, used: false, ..value };
        self.values.push(value.clone());
        value
    }

    /// What nothing reads yet goes into the first output; others follow, and values that exist.
    fn write_outputs(&mut self) {
        let mut outputs = 1 + self.below(3);
        while outputs > 0 || self.values.iter().any(|value| !value.used) {
            outputs = outputs.saturating_sub(1);
            let unused = self.values.iter().filter(|value| !value.used).count();
            let value = if unused > 1 { self.join_unused() } else { self.write_value(1) };
            let value = if self.chance(60) || unused > 1 { self.write_dense(value) } else { value };
            // Some losses judge probabilities.
            let value = if self.chance(20) { value.then_activation("sigmoid") } else { value };
            let name = self.name("y");
            self.items.push(format!("output {name} = {};", value.text));
            let value = self.add_value(name, value);
            self.values.last_mut().unwrap().used = true;
            self.outputs.push(value);
            // A value of an odd shape is exposed as it is.
            if let Some(left) = self.values.iter().position(|value| !value.used)
                && outputs == 0
            {
                self.expose(left);
            }
        }
        if self.chance(30) {
            let index = self.below(self.values.len());
            if self.outputs.iter().all(|output| output.text != self.values[index].text) {
                self.expose(index);
            }
        }
        if self.chance(90) {
            self.write_losses();
        }
    }

    fn expose(&mut self, index: usize) {
        self.values[index].used = true;
        let value = self.values[index].clone();
        self.items.push(format!("output {};", value.text));
        self.outputs.push(value);
    }
}

impl Value {
    /// An input, but for its name and shape.
    pub fn atom() -> Self {
        Self {
            text: String::new(),
            level: Level::Atom,
            shape: vec![],
            trained: false,
            producer: "",
            used: false,
        }
    }

    pub fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// The text where nothing weaker than `level` may stand.
    pub fn at(&self, level: Level) -> String {
        if self.level < level { format!("({})", self.text) } else { self.text.clone() }
    }

    /// The value after an activation of this name.
    pub fn then_activation(&self, keyword: &'static str) -> Self {
        Self { producer: keyword, ..self.then(keyword) }
    }

    /// The value after a layer; a chain goes on without parentheses.
    pub fn then(&self, layer: &str) -> Self {
        let source =
            if self.level == Level::Chain { self.text.clone() } else { self.at(Level::Atom) };
        Self { text: format!("{source} -> {layer}"), level: Level::Chain, ..self.clone() }
    }
}

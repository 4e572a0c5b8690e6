//! What is defined further down: a name that is used too early is told from one that is not there.

use std::collections::BTreeSet;

use crate::ast::{Declaration, Item, Value};

/// Every name that the declaration defines.
#[derive(Debug, Default)]
pub struct Later {
    /// Inputs, and what `let` and `output` name.
    pub values: BTreeSet<String>,
    /// Consts.
    pub consts: BTreeSet<String>,
    /// Labels of layers.
    pub labels: BTreeSet<String>,
    /// Blocks.
    pub blocks: BTreeSet<String>,
}

impl Later {
    /// Those of the whole declaration.
    pub fn list(declaration: &Declaration) -> Self {
        let mut later = Self::default();
        for item in &declaration.items {
            match item {
                Item::Const { name, .. } => {
                    later.consts.insert(name.to_string());
                }
                Item::Input { name, .. } => {
                    later.values.insert(name.to_string());
                }
                Item::Let { name, value } | Item::Output { name, value: Some(value), .. } => {
                    later.values.insert(name.to_string());
                    later.add_labels(value);
                }
                Item::Block { name, .. } => {
                    later.blocks.insert(name.to_string());
                }
                Item::Split { names, value, .. } => {
                    later.values.extend(names.iter().map(ToString::to_string));
                    later.add_labels(value);
                }
                _ => {}
            }
        }
        later
    }

    fn add_labels(&mut self, value: &Value) {
        match value {
            Value::Name(_) => {}
            Value::Chain { source, layers } => {
                self.add_labels(source);
                let labels = layers.iter().filter_map(|layer| layer.label.as_ref());
                self.labels.extend(labels.map(ToString::to_string));
            }
            Value::Join { operands, .. } | Value::Concat { operands, .. } => {
                operands.iter().for_each(|operand| self.add_labels(operand));
            }
        }
    }
}

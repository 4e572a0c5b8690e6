//! `let (a, b) = value -> split;`: one value becomes several.

use proc_macro2::Ident;

use super::names::Meaning;
use super::{DraftNode, Resolver};
use crate::ast::Value;
use crate::diagnostics::{Place, Rule};

impl Resolver<'_> {
    /// Names the parts of what the last layer splits.
    pub(super) fn resolve_split(&mut self, names: &[Ident], value: &Value, place: Place) {
        let Some(whole) = self.prepare_split(value) else {
            self.report_single(names, place, "this value is not split");
            return self.name_unknown(names);
        };
        for (part, name) in names.iter().enumerate() {
            let (keyword, inputs) = (whole.keyword.clone(), whole.inputs.clone());
            let op = whole.op.as_ref().and_then(|op| op.take_part(part, names.len()));
            if whole.op.is_some() && op.is_none() && !whole.is_muted {
                self.report_single(names, place, &format!("`{keyword}` computes one value"));
                return self.name_unknown(names);
            }
            // What is wrong with the parts is said of the first.
            let is_muted = whole.is_muted || part > 0;
            let node = DraftNode { is_muted, ..DraftNode::new(op, keyword, inputs, whole.place) };
            let id = self.add_node(node);
            self.name_value(name, id);
        }
    }

    /// The layer that splits; `None` if there is no layer.
    fn prepare_split(&mut self, value: &Value) -> Option<DraftNode> {
        let Value::Chain { source, layers } = value else {
            self.resolve_value(value);
            return None;
        };
        let (last, before) = layers.split_last()?;
        let source = self.resolve_value(source);
        let input = before.iter().fold(source, |input, call| self.resolve_layer(input, call));
        if matches!(self.find_layer(last), Some(Meaning::Block(_) | Meaning::Use(_))) {
            self.resolve_layer(input, last);
            return None;
        }
        let mut node = self.prepare_layer(input, last);
        self.define_label(last, &mut node);
        Some(node)
    }

    fn report_single(&mut self, names: &[Ident], place: Place, what: &str) {
        let list: Vec<String> = names.iter().map(ToString::to_string).collect();
        self.diagnostics
            .error(Rule::SplitParts, place, format!("{what}, and here are {} names", list.len()))
            .help(format!("end with `-> split`: `let ({}) = value -> split;`", list.join(", ")));
    }

    /// Names that exist, and of which nothing more is known.
    fn name_unknown(&mut self, names: &[Ident]) {
        for name in names {
            let id = self.add_value();
            self.used[id.0] = true;
            self.name_value(name, id);
        }
    }
}

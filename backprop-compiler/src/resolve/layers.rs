//! Calls of layers, new ones and those whose weights are used again.

use super::names::Meaning;
use super::{Arguments, DraftNode, Resolver};
use crate::ast::LayerCall;
use crate::diagnostics::{Diagnostics, Rule, nearest};
use crate::graph::ValueId;
use crate::losses::LOSSES;
use crate::ops::LAYERS;

impl Resolver<'_> {
    /// The value that the layer computes, or the last one of a block.
    pub(super) fn resolve_layer(&mut self, input: ValueId, call: &LayerCall) -> ValueId {
        match self.find_layer(call) {
            Some(Meaning::Block(block)) => return self.use_block(block, input, call),
            Some(Meaning::Use(first)) => return self.share_block(first, input, call),
            _ => {}
        }
        let mut node = self.prepare_layer(input, call);
        if node.shares.is_none() || node.is_muted {
            self.define_label(call, &mut node);
        }
        self.add_node(node)
    }

    /// What the word behind an arrow stands for, unless it is a layer's own.
    pub(super) fn find_layer(&self, call: &LayerCall) -> Option<Meaning> {
        let name = call.name.to_string();
        self.names.find(&name).filter(|_| LAYERS.iter().all(|layer| layer.keyword != name))
    }

    /// The layer, before its label is defined and its value is added.
    pub(super) fn prepare_layer(&mut self, input: ValueId, call: &LayerCall) -> DraftNode {
        let name = call.name.to_string();
        let mut node = DraftNode::new(None, call.name.clone(), vec![input], call.place);
        node.path.clone_from(&call.path);
        if let Some(layer) = LAYERS.iter().find(|layer| layer.keyword == name) {
            let mut arguments = Arguments::new(
                &call.name,
                call.place,
                &call.arguments,
                &self.consts,
                self.diagnostics,
            );
            node.op = (layer.configure)(&mut arguments);
            arguments.finish();
        } else if let Some(Meaning::Label(first)) = self.names.find(&name) {
            self.share_layer(first, &mut node);
            self.check_shared_call(call);
        } else {
            self.resolve_unknown_layer(call, &mut node);
        }
        node
    }

    /// Defines the label of a first use, if it has one.
    pub(super) fn define_label(&mut self, call: &LayerCall, node: &mut DraftNode) {
        let first = Meaning::Label(self.draft.nodes.len());
        node.label = call.label.clone().filter(|label| self.define(label, first));
    }

    fn share_layer(&mut self, first: usize, node: &mut DraftNode) {
        node.op = self.draft.nodes[first].op.clone();
        node.shares = Some(first);
    }

    pub(super) fn check_shared_call(&mut self, call: &LayerCall) {
        let name = &call.name;
        if call.parenthesised {
            self.diagnostics
                .error(
                    Rule::SharedArguments,
                    call.place,
                    format!("`{name}` has its arguments already"),
                )
                .note("a label's first use in the text carries them")
                .help(format!("write `-> {name}` to use its weights again"));
        }
        let label = call.label.as_ref().map(|label| (label.span(), label.to_string()));
        let path = call.path.as_ref().map(|path| (path.span, format!("{:?}", path.text)));
        if let Some((span, text)) = label.or(path) {
            self.diagnostics
                .error(
                    Rule::SecondLabel,
                    span,
                    format!("the layer `{name}` cannot have a second label"),
                )
                .help(format!("leave `as {text}` out"));
        }
    }

    /// Reports a layer that is not there; it stands for the one that was probably meant, or for one of
    /// unknown shape.
    fn resolve_unknown_layer(&mut self, call: &LayerCall, node: &mut DraftNode) {
        let text = call.name.to_string();
        self.consts.mention(&text);
        self.consts.mention_arguments(&call.arguments);
        let found = self.names.find(&text);
        if found.is_none() && (self.excuses.cover(&text) || self.unknown.contains(&text)) {
            return;
        }
        self.mark_used(found);
        let labels = self.names.list(|what| !matches!(what, Meaning::Value(_) | Meaning::Const));
        let near = nearest(&text, LAYERS.iter().map(|layer| layer.keyword).chain(labels));
        let near = near.map(str::to_owned);
        let list: Vec<&str> = LAYERS.iter().map(|layer| layer.keyword).collect();
        let layers = format!("the layers are `{}`", list.join("`, `"));
        let (rule, headline, help) = match (found, &near) {
            (Some(Meaning::Const), _) => (
                Rule::WrongKind,
                format!("`{text}` is a const, not a layer"),
                format!("name the layer that has this size: `-> dense({text})`"),
            ),
            (Some(_), _) => (
                Rule::WrongKind,
                format!("`{text}` is a value, not a layer"),
                "join values with `+`, `-`, `*`, `/` or `concat(..)`".to_owned(),
            ),
            (None, _) if self.later.blocks.contains(&text) => (
                Rule::UnknownLayer,
                format!("`{text}` is used before it is defined"),
                "move its definition up, above this statement".to_owned(),
            ),
            (None, _) if self.later.labels.contains(&text) => (
                Rule::UnknownLayer,
                format!("`{text}` is used before it is defined"),
                format!("declare it here: `-> dense(16) as {text}`, and share it further down"),
            ),
            (None, _) if text == "concat" => (
                Rule::WrongKind,
                "`concat` joins values: it is not a layer".to_owned(),
                "write `concat(a, b) -> ..`".to_owned(),
            ),
            (None, _) if LOSSES.iter().any(|loss| loss.keyword == text) => (
                Rule::WrongKind,
                format!("`{text}` is a loss, not a layer"),
                format!("name the output, and write `loss {text}(name);`"),
            ),
            (None, Some(near)) => (
                Rule::UnknownLayer,
                format!("there is no layer `{text}`"),
                format!("did you mean `{near}`?"),
            ),
            (None, None) => (Rule::UnknownLayer, format!("there is no layer `{text}`"), layers),
        };
        self.diagnostics.error(rule, call.name.span(), headline).help(help);
        if self.later.blocks.contains(&text) {
            self.unknown.insert(text);
            return;
        }
        let Some(near) = near.filter(|_| found.is_none()) else { return };
        self.mark_used(self.names.find(&near));
        node.is_muted = true;
        if let Some(Meaning::Label(first)) = self.names.find(&near) {
            self.unknown.insert(text);
            self.share_layer(first, node);
        } else if let Some(layer) = LAYERS.iter().find(|layer| layer.keyword == near) {
            // What is wrong with its arguments can be said once the layer is known.
            let mut unheard = Diagnostics::default();
            let (name, arguments) = (&call.name, &call.arguments);
            let mut given = Arguments::new(name, call.place, arguments, &self.consts, &mut unheard);
            node.op = (layer.configure)(&mut given);
        }
    }
}

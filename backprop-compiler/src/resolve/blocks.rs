//! `block stage = dense(16) -> relu;`: layers that are written once and used wherever `-> stage` stands.

use std::rc::Rc;

use proc_macro2::Ident;

use super::names::Meaning;
use super::{DraftNode, Module, Resolver};
use crate::ast::{LayerCall, Path};
use crate::diagnostics::{Diagnostics, Place, Rule};
use crate::graph::{MAXIMUM_PARTS, ValueId};

/// A sequence of layers with a name.
#[derive(Debug)]
pub struct Block {
    name: Ident,
    /// The layers, that of blocks inside of it among them; they read nothing yet.
    layers: Vec<DraftNode>,
    pub is_used: bool,
    /// How many uses have no label.
    unlabelled: usize,
}

/// A place where a block is used with weights of its own.
#[derive(Debug)]
pub struct Use {
    /// What its weights are used again by.
    pub label: Option<Ident>,
    /// How the names of its layers start.
    name: Rc<str>,
    /// Its nodes.
    pub nodes: Vec<usize>,
}

impl Use {
    /// The name, unless it is a label.
    pub fn automatic_name(&self) -> Option<String> {
        self.label.is_none().then(|| self.name.to_string())
    }
}

impl Resolver<'_> {
    /// Reads the layers of a block. What is wrong with one is said here, and not wherever it is used.
    pub(super) fn define_block(&mut self, name: &Ident, calls: &[LayerCall]) {
        let mut layers = Vec::new();
        for call in calls {
            if let Some(label) = &call.label {
                self.report_label(name, label);
            }
            match self.find_layer(call) {
                Some(Meaning::Block(inner)) => {
                    self.check_block_call(call);
                    self.blocks[inner].is_used = true;
                    let inner = self.blocks[inner].layers.iter();
                    layers.extend(inner.map(|layer| enter_module(call.path.as_ref(), layer)));
                }
                Some(Meaning::Use(first)) => {
                    self.check_shared_call(call);
                    let nodes = self.uses[first].nodes.clone();
                    layers.extend(nodes.into_iter().map(|node| self.share_node(node)));
                }
                _ => {
                    layers.push(self.prepare_layer(ValueId(0), call));
                }
            }
        }
        let is_bearable = layers.len() <= MAXIMUM_PARTS;
        if !is_bearable {
            layers.truncate(1);
            self.report_size(name);
        }
        let block = Block { name: name.clone(), layers, is_used: !is_bearable, unlabelled: 0 };
        self.blocks.push(block);
        if !self.define(name, Meaning::Block(self.blocks.len() - 1)) {
            // The error about the name is enough.
            self.blocks.last_mut().into_iter().for_each(|block| block.is_used = true);
        }
    }

    /// A block whose statement has a mistake in it: whatever it computes has an unknown shape.
    pub(super) fn define_broken_block(&mut self, name: &Ident) {
        let meaning = Meaning::Block(self.blocks.len());
        let place = Place::at(name.span());
        let layers = vec![DraftNode::new(None, name.clone(), Vec::new(), place)];
        self.blocks.push(Block { name: name.clone(), layers, is_used: true, unlabelled: 0 });
        self.names.define(name, meaning, &mut Diagnostics::default());
    }

    /// The value of the last layer of a block, whose layers get weights of their own.
    pub(super) fn use_block(&mut self, block: usize, input: ValueId, call: &LayerCall) -> ValueId {
        self.check_block_call(call);
        let label =
            call.label.clone().filter(|label| self.define(label, Meaning::Use(self.uses.len())));
        let used = &mut self.blocks[block];
        used.is_used = true;
        let name: Rc<str> = match &label {
            Some(label) => label.to_string().into(),
            None => {
                used.unlabelled += 1;
                format!("{}{}", used.name, used.unlabelled).into()
            }
        };
        let module = Module {
            path: call.path.as_ref().map_or_else(|| name.clone(), |path| path.text.as_str().into()),
            is_named: label.is_some() || call.path.is_some(),
        };
        let layers = used.layers.clone();
        if self.draft.nodes.len() + layers.len() > MAXIMUM_PARTS {
            self.report_size(&call.name);
            return self.add_used_value();
        }
        let first = self.draft.nodes.len();
        let nodes = (first..first + layers.len()).collect();
        self.uses.push(Use { label, name: name.clone(), nodes });
        layers.into_iter().fold(input, |input, layer| {
            let (block, module) = (Some(name.clone()), Some(module.clone()));
            self.add_node(DraftNode { inputs: vec![input], block, module, ..layer })
        })
    }

    /// The same with the weights of an earlier use.
    pub(super) fn share_block(
        &mut self,
        first: usize,
        input: ValueId,
        call: &LayerCall,
    ) -> ValueId {
        self.check_shared_call(call);
        let nodes = self.uses[first].nodes.clone();
        nodes.into_iter().fold(input, |input, node| {
            let shared = self.share_node(node);
            self.add_node(DraftNode { inputs: vec![input], ..shared })
        })
    }

    /// A node with the weights of another; what is wrong with it has been said of that.
    fn share_node(&self, first: usize) -> DraftNode {
        let node = &self.draft.nodes[first];
        DraftNode { shares: node.shares.or(Some(first)), ..node.clone() }
    }

    /// Reports blocks that nothing uses.
    pub(super) fn check_blocks(&mut self) {
        for block in self.blocks.iter().filter(|block| !block.is_used) {
            let name = &block.name;
            // One that was used too early has been reported.
            if self.unknown.contains(&name.to_string()) {
                continue;
            }
            self.diagnostics
                .error(Rule::UnusedBlock, name.span(), format!("nothing uses the block `{name}`"))
                .help(format!("remove it, or write `-> {name}` behind a value"));
        }
    }

    fn check_block_call(&mut self, call: &LayerCall) {
        let name = &call.name;
        if call.parenthesised {
            self.diagnostics
                .error(
                    Rule::SharedArguments,
                    call.place,
                    format!("the layers of the block `{name}` have their arguments already"),
                )
                .help(format!("write `-> {name}`"));
        }
    }

    fn report_label(&mut self, block: &Ident, label: &Ident) {
        self.diagnostics
            .error(
                Rule::BlockLabel,
                label.span(),
                format!("a layer of the block `{block}` cannot have a label"),
            )
            .note("each use of a block has layers of its own")
            .help(format!(
                "label a use, `-> {block} as first`: its layers are `first_dense1` and the like"
            ));
    }

    fn report_size(&mut self, name: &Ident) {
        if std::mem::replace(&mut self.is_too_large, true) {
            return;
        }
        self.diagnostics
            .error(
                Rule::BeyondLimits,
                name.span(),
                format!("with the block `{name}` there are more than {MAXIMUM_PARTS} layers"),
            )
            .help("split the network into several");
    }
}

/// A layer of a block that is part of another: it has a path there if both have one.
fn enter_module(outer: Option<&Path>, layer: &DraftNode) -> DraftNode {
    let path = outer.zip(layer.path.as_ref()).map(|(outer, inner)| Path {
        text: format!("{}.{}", outer.text, inner.text),
        span: inner.span,
    });
    DraftNode { path: path.or_else(|| layer.path.clone()), ..layer.clone() }
}

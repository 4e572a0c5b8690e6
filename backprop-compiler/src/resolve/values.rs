//! Value expressions become nodes.

use std::rc::Rc;

use proc_macro2::{Ident, Span};

use super::{Arguments, DraftNode, Meaning, Resolver, ident_at};
use crate::ast::{Argument, Operator, Value};
use crate::diagnostics::{Place, Rule, nearest};
use crate::graph::ValueId;
use crate::ops::{Add, Concat, Divide, Multiply, Op, Subtract};

/// The most operands that one step joins.
const CONCAT_OPERANDS: usize = 6;

impl Resolver<'_> {
    /// The id of the value that an expression stands for.
    pub(super) fn resolve_value(&mut self, value: &Value) -> ValueId {
        match value {
            Value::Name(name) => self.resolve_name(name),
            Value::Chain { source, layers } => {
                let source = self.resolve_value(source);
                layers.iter().fold(source, |input, call| self.resolve_layer(input, call))
            }
            Value::Join { operands, operators } => self.resolve_join(operands, operators),
            Value::Concat { keyword, operands, arguments, place } => {
                self.resolve_concat(keyword, operands, arguments, *place)
            }
        }
    }

    /// The value of that name; an unknown one is reported, and stands for the one that was probably meant
    /// or for a value of unknown shape.
    pub(super) fn resolve_name(&mut self, name: &Ident) -> ValueId {
        let text = name.to_string();
        let found = self.names.find(&text);
        self.mark_used(found);
        if let Some(Meaning::Value(id)) = found {
            return id;
        }
        let is_excused = self.excuses.cover(&text) || !self.has_inputs;
        if found.is_none() && (is_excused || self.unknown.contains(&text)) {
            return self.add_used_value();
        }
        let near = nearest(&text, self.names.list(|what| matches!(what, Meaning::Value(_))));
        let near = near.map(str::to_owned);
        let later = self.later.values.contains(&text);
        self.consts.mention(&text);
        let (rule, headline) = match found {
            Some(Meaning::Const) => (Rule::WrongKind, format!("`{text}` is a const, not a value")),
            Some(Meaning::Label(_) | Meaning::Use(_)) => {
                (Rule::WrongKind, format!("`{text}` is the label of a layer, not a value"))
            }
            Some(Meaning::Block(_)) => {
                (Rule::WrongKind, format!("`{text}` is a block of layers, not a value"))
            }
            _ if later => (Rule::UnknownValue, format!("`{text}` is used before it is defined")),
            _ => (Rule::UnknownValue, format!("there is no value `{text}` here")),
        };
        self.diagnostics.error(rule, name.span(), headline).help(match &near {
            _ if matches!(found, Some(Meaning::Label(_) | Meaning::Use(_))) => {
                "name the value itself: `let name = value;`".to_owned()
            }
            _ if matches!(found, Some(Meaning::Block(_))) => {
                format!("it follows the value that it reads: `value -> {text}`")
            }
            _ if later => "move its definition up, above this statement".to_owned(),
            Some(near) => format!("did you mean `{near}`?"),
            None => "a value is an `input`, or a `let` or `output` further up".to_owned(),
        });
        if found.is_some() {
            return self.add_used_value();
        }
        self.unknown.insert(text);
        match near.filter(|_| !later).and_then(|near| self.names.find(&near)) {
            Some(Meaning::Value(id)) => {
                self.used[id.0] = true;
                id
            }
            _ => {
                self.has_unknown_names |= !later;
                self.add_used_value()
            }
        }
    }

    /// A value that stands for an unknown name.
    pub(super) fn add_used_value(&mut self) -> ValueId {
        let id = self.add_value();
        self.used[id.0] = true;
        id
    }

    /// Operands from left to right, two at a time.
    fn resolve_join(&mut self, operands: &[Value], operators: &[(Operator, Span)]) -> ValueId {
        let ids: Vec<ValueId> = operands.iter().map(|one| self.resolve_value(one)).collect();
        ids[1..].iter().zip(operators).fold(ids[0], |left, (right, (operator, span))| {
            let op: Rc<dyn Op> = match operator {
                Operator::Add => Rc::new(Add),
                Operator::Subtract => Rc::new(Subtract),
                Operator::Multiply => Rc::new(Multiply),
                Operator::Divide => Rc::new(Divide),
            };
            let keyword = ident_at(op.keyword(), *span);
            let inputs = vec![left, *right];
            self.add_node(DraftNode::new(Some(op), keyword, inputs, Place::at(*span)))
        })
    }

    fn resolve_concat(
        &mut self,
        keyword: &Ident,
        operands: &[Value],
        arguments: &[Argument],
        place: Place,
    ) -> ValueId {
        let inputs: Vec<ValueId> = operands.iter().map(|one| self.resolve_value(one)).collect();
        let mut given = Arguments::new(keyword, place, arguments, &self.consts, self.diagnostics);
        let axis = given.take_integer("axis", 0);
        given.finish();
        if inputs.len() < 2 {
            self.diagnostics
                .error(Rule::ConcatOperands, place, "`concat` needs two values at least")
                .help("write `concat(a, b)`");
        }
        // A step borrows a handful of buffers at once, and joining is associative.
        let mut inputs = inputs.into_iter();
        let mut operands: Vec<ValueId> = inputs.by_ref().take(CONCAT_OPERANDS).collect();
        loop {
            let op: Option<Rc<dyn Op>> =
                if operands.is_empty() { None } else { Some(Rc::new(Concat { axis })) };
            let joined = self.add_node(DraftNode::new(op, keyword.clone(), operands, place));
            operands = vec![joined];
            operands.extend(inputs.by_ref().take(CONCAT_OPERANDS - 1));
            if operands.len() == 1 {
                return joined;
            }
        }
    }

    pub(super) fn add_node(&mut self, mut node: DraftNode) -> ValueId {
        let output = self.add_value();
        node.output = output;
        self.draft.nodes.push(node);
        output
    }
}

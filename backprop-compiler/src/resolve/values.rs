//! Value expressions become nodes.

use std::rc::Rc;

use proc_macro2::Ident;

use super::{Arguments, DraftNode, Meaning, Resolver, ident_at};
use crate::ast::{Argument, LayerCall, Value};
use crate::diagnostics::{Place, nearest};
use crate::graph::ValueId;
use crate::ops::{Add, Concat, LAYERS, Multiply, Op};

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
            Value::Add { operands, operators } => self.resolve_sum(operands, |left, right| {
                let place = operators.get(left).copied().unwrap_or(right);
                (Rc::new(Add) as Rc<dyn Op>, ident_at("add", place))
            }),
            Value::Multiply { operands, operators } => self.resolve_sum(operands, |left, right| {
                let place = operators.get(left).copied().unwrap_or(right);
                (Rc::new(Multiply) as Rc<dyn Op>, ident_at("multiply", place))
            }),
            Value::Concat { keyword, operands, arguments, place } => {
                self.resolve_concat(keyword, operands, arguments, *place)
            }
        }
    }

    /// The value of that name; an unknown one is reported and stands for a value of unknown shape.
    pub(super) fn resolve_name(&mut self, name: &Ident) -> ValueId {
        let text = name.to_string();
        if let Some(Meaning::Value(id)) = self.names.find(&text) {
            self.used[id.0] = true;
            return id;
        }
        self.has_unknown_names = true;
        let found = self.names.find(&text);
        if found.is_none() && !self.has_inputs {
            return self.add_used_value();
        }
        let near = nearest(&text, self.names.list(|what| matches!(what, Meaning::Value(_))));
        let near = near.map(str::to_owned);
        let headline = match found {
            Some(Meaning::Const) => format!("`{text}` is a const, not a value"),
            Some(Meaning::Label(_)) => format!("`{text}` is the label of a layer, not a value"),
            _ => format!("there is no value `{text}` here"),
        };
        self.diagnostics.error(name.span(), headline).help(match near {
            _ if matches!(found, Some(Meaning::Label(_))) => {
                "name the value itself: `let name = value;`".to_owned()
            }
            Some(near) => format!("did you mean `{near}`?"),
            None => "a value is an `input`, or a `let` or `output` further up".to_owned(),
        });
        self.add_used_value()
    }

    /// A value that stands for an unknown name.
    fn add_used_value(&mut self) -> ValueId {
        let id = self.add_value();
        self.used[id.0] = true;
        id
    }

    /// Operands from left to right, two at a time.
    fn resolve_sum(
        &mut self,
        operands: &[Value],
        join: impl Fn(usize, proc_macro2::Span) -> (Rc<dyn Op>, Ident),
    ) -> ValueId {
        let ids: Vec<ValueId> = operands.iter().map(|one| self.resolve_value(one)).collect();
        let mut result = ids[0];
        for (operator, right) in ids.into_iter().skip(1).enumerate() {
            let (op, keyword) = join(operator, proc_macro2::Span::call_site());
            let place = Place::at(keyword.span());
            result = self.add_node(DraftNode {
                op: Some(op),
                keyword,
                label: None,
                shares: None,
                inputs: vec![result, right],
                output: ValueId(0),
                place,
            });
        }
        result
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
                .error(place, "`concat` needs two values at least")
                .help("write `concat(a, b)`");
        }
        // A step borrows a handful of buffers at once, and joining is associative.
        let mut inputs = inputs.into_iter();
        let mut operands: Vec<ValueId> = inputs.by_ref().take(CONCAT_OPERANDS).collect();
        loop {
            let op: Option<Rc<dyn Op>> =
                if operands.is_empty() { None } else { Some(Rc::new(Concat { axis })) };
            let joined = self.add_node(DraftNode {
                op,
                keyword: keyword.clone(),
                label: None,
                shares: None,
                inputs: operands,
                output: ValueId(0),
                place,
            });
            operands = vec![joined];
            operands.extend(inputs.by_ref().take(CONCAT_OPERANDS - 1));
            if operands.len() == 1 {
                return joined;
            }
        }
    }

    fn resolve_layer(&mut self, input: ValueId, call: &LayerCall) -> ValueId {
        let name = call.name.to_string();
        let mut node = DraftNode {
            op: None,
            keyword: call.name.clone(),
            label: None,
            shares: None,
            inputs: vec![input],
            output: ValueId(0),
            place: call.place,
        };
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
            if let Some(label) = &call.label {
                let first = Meaning::Label(self.draft.nodes.len());
                if self.names.define(label, first, self.diagnostics) {
                    node.label = Some(label.clone());
                }
            }
        } else if let Some(Meaning::Label(first)) = self.names.find(&name) {
            node.op = self.draft.nodes[first].op.clone();
            node.shares = Some(first);
            self.check_shared_call(call);
        } else {
            self.report_unknown_layer(&call.name);
        }
        self.add_node(node)
    }

    fn check_shared_call(&mut self, call: &LayerCall) {
        let name = &call.name;
        if call.parenthesised {
            self.diagnostics
                .error(call.place, format!("`{name}` has its arguments already"))
                .note("a label's first use in the text carries them")
                .help(format!("write `-> {name}` to use its weights again"));
        }
        if let Some(label) = &call.label {
            self.diagnostics
                .error(label.span(), format!("the layer `{name}` cannot have a second label"))
                .help(format!("leave `as {label}` out"));
        }
    }

    fn report_unknown_layer(&mut self, name: &Ident) {
        let text = name.to_string();
        let labels = self.names.list(|what| matches!(what, Meaning::Label(_)));
        let near = nearest(&text, LAYERS.iter().map(|layer| layer.keyword).chain(labels));
        let near = near.map(str::to_owned);
        let list: Vec<&str> = LAYERS.iter().map(|layer| layer.keyword).collect();
        let layers = format!("the layers are `{}`", list.join("`, `"));
        let (headline, help) = match (self.names.find(&text), near) {
            (Some(Meaning::Const), _) => (
                format!("`{text}` is a const, not a layer"),
                format!("name the layer that has this size: `-> dense({text})`"),
            ),
            (Some(_), _) => (
                format!("`{text}` is a value, not a layer"),
                format!("join values with `+`, `*` or `concat(..)`; {layers}"),
            ),
            (None, Some(near)) => {
                (format!("there is no layer `{text}`"), format!("did you mean `{near}`?"))
            }
            (None, None) => (format!("there is no layer `{text}`"), layers),
        };
        self.diagnostics.error(name.span(), headline).help(help);
    }

    fn add_node(&mut self, mut node: DraftNode) -> ValueId {
        let output = self.add_value();
        node.output = output;
        self.draft.nodes.push(node);
        output
    }
}

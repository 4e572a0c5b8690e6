//! What each term of the loss compares its output with.

use crate::ast::plain;
use crate::diagnostics::Diagnostics;
use crate::graph::Shape;
use crate::losses::Target;
use crate::resolve::{Draft, DraftNode};

/// The target of each term; `None` after an error.
pub fn infer_targets(
    draft: &Draft,
    shapes: &[Option<Shape>],
    producers: &[Option<&DraftNode>],
    diagnostics: &mut Diagnostics,
) -> Vec<Option<Target>> {
    let mut targets = Vec::new();
    for term in &draft.terms {
        let (name, value) = &draft.outputs[term.output];
        let Some(shape) = &shapes[value.0] else {
            targets.push(None);
            continue;
        };
        let producer = producers[value.0];
        let refused = producer
            .and_then(|node| node.op.as_ref())
            .and_then(|op| term.loss.refuses(op.keyword()));
        let target = term.loss.infer_target(shape);
        let target = match term.weighted {
            true => target.map(|target| Target::Weighted(Box::new(target))),
            false => target,
        };
        let misfit = refused.or_else(|| target.clone().err());
        if let Some(misfit) = misfit.filter(|_| !term.is_guess) {
            let error = diagnostics.error(misfit.rule, term.place, misfit.headline);
            error.note(match producer {
                Some(node) => format!("`{name}` has the shape {shape}, from `{}`", node.keyword),
                None => format!("`{name}` has the shape {shape}"),
            });
            error.help(misfit.help);
        }
        targets.push(target.ok());
    }
    targets
}

/// A field of the target: its name, what it is, and the output it belongs to.
pub type NamedTarget = (String, Option<Target>, usize);

/// One field for each output with a loss. Where losses on one output want targets
/// of both types there are two, `y_class` and `y_values`.
pub fn name_targets(draft: &Draft, targets: &[Option<Target>]) -> Vec<NamedTarget> {
    let mut fields: Vec<NamedTarget> = Vec::new();
    for (term, target) in draft.terms.iter().zip(targets) {
        let known = |field: &NamedTarget| field.2 == term.output && field.1 == *target;
        if !fields.iter().any(known) {
            fields.push((String::new(), target.clone(), term.output));
        }
    }
    for index in 0..fields.len() {
        let (_, target, output) = &fields[index];
        let mut name = plain(&draft.outputs[*output].0);
        if fields.iter().filter(|field| field.2 == *output).count() > 1 {
            if target.as_ref().is_some_and(Target::is_weighted) {
                name.push_str("_weighted");
            }
            name.push_str(match target.as_ref().and_then(Target::classes) {
                Some(_) => "_class",
                None => "_values",
            });
        }
        while fields.iter().any(|field| field.0 == name) {
            name.push('_');
        }
        fields[index].0 = name;
    }
    fields
}

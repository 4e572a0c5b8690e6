//! Terms of the loss. They are resolved last, since a `loss` may stand before its outputs.

use proc_macro2::Ident;

use super::{Arguments, DraftTerm, Resolver};
use crate::ast::{Declaration, Item, LossTerm};
use crate::diagnostics::nearest;
use crate::losses::LOSSES;

impl Resolver<'_> {
    /// Every term of the first `loss`.
    pub(super) fn resolve_losses(&mut self, declaration: &Declaration) {
        let terms = declaration.items.iter().find_map(|item| match item {
            Item::Loss { terms, .. } => Some(terms),
            _ => None,
        });
        for term in terms.into_iter().flatten() {
            if let Some(resolved) = self.resolve_term(term) {
                self.draft.terms.push(resolved);
            }
        }
    }

    fn resolve_term(&mut self, term: &LossTerm) -> Option<DraftTerm> {
        let name = term.name.to_string();
        let Some(kind) = LOSSES.iter().find(|loss| loss.keyword == name) else {
            let list: Vec<&str> = LOSSES.iter().map(|loss| loss.keyword).collect();
            self.diagnostics.error(term.name.span(), format!("there is no loss `{name}`")).help(
                match nearest(&name, list.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the losses are `{}`", list.join("`, `")),
                },
            );
            return None;
        };
        let mut arguments =
            Arguments::new(&term.name, term.place, &term.arguments, &self.consts, self.diagnostics);
        let loss = (kind.configure)(&mut arguments);
        let weighted = arguments.take_flag("sample_weight", false);
        arguments.finish();
        if term.weight == 0.0 {
            self.diagnostics
                .error(term.weight_place.unwrap_or(term.place), "a loss of weight 0 trains nothing")
                .help("give another weight, or leave the term out");
        }
        let [output] = term.outputs.as_slice() else {
            let headline = match term.outputs.len() {
                0 => format!("`{name}` judges an output, but none is given"),
                count => format!("`{name}` judges one output, but {count} are given"),
            };
            let declared =
                |name: &Ident| self.draft.outputs.iter().any(|(output, _)| output == name);
            let all_outputs = term.outputs.iter().all(declared);
            self.diagnostics.error(term.place, headline).help(match term.outputs.len() {
                0 => format!("name its output: `{name}(y)`"),
                _ if !all_outputs => {
                    "name the output alone: the target is an argument of `train_step`".to_owned()
                }
                _ => format!("write one term for each: `{name}(a) + {name}(b)`"),
            });
            return None;
        };
        let position = self.draft.outputs.iter().position(|(declared, _)| declared == output);
        if position.is_none() {
            let known: Vec<String> =
                self.draft.outputs.iter().map(|(name, _)| name.to_string()).collect();
            let is_value = self.names.find(&output.to_string()).is_some();
            self.diagnostics.error(output.span(), format!("`{output}` is not an output")).help(
                match nearest(&output.to_string(), known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if is_value => format!("expose it with `output {output};`"),
                    _ => format!("the outputs are `{}`", known.join("`, `")),
                },
            );
        }
        Some(DraftTerm {
            loss: loss?,
            weight: term.weight,
            weighted,
            output: position?,
            place: term.place,
        })
    }
}

//! Terms of the loss. They are resolved last, since a `loss` may stand before its outputs.

use proc_macro2::Ident;

use super::{Arguments, DraftTerm, Resolver};
use crate::ast::{Declaration, Item, LossTerm};
use crate::diagnostics::nearest;
use crate::losses::LOSSES;
use crate::source::Keyword;

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
        self.draft.keywords.push(Keyword { docs: kind.docs, ident: term.name.clone() });
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
            let declared = |name: &Ident| self.outputs.contains_key(&name.to_string());
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
        let position = self.outputs.get(&output.to_string()).copied();
        if position.is_none() {
            let near = nearest(&output.to_string(), self.outputs.keys().map(String::as_str));
            let is_value = self.names.find(&output.to_string()).is_some();
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if is_value => format!("expose it with `output {output};`"),
                _ => self.list_outputs(),
            };
            self.diagnostics
                .error(output.span(), format!("`{output}` is not an output"))
                .help(help);
        }
        Some(DraftTerm {
            loss: loss?,
            weight: term.weight,
            weighted,
            output: position?,
            place: term.place,
        })
    }

    /// The outputs, as far as someone will read them.
    fn list_outputs(&self) -> String {
        const LISTED: usize = 20;
        let outputs = self.draft.outputs.iter().take(LISTED);
        let names: Vec<String> = outputs.map(|(name, _)| format!("`{name}`")).collect();
        let more = self.draft.outputs.len() - names.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("the outputs are {}{more}", names.join(", "))
    }
}

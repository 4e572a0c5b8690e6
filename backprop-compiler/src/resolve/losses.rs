//! Terms of the loss. They are resolved last, since a `loss` may stand before its outputs.

use proc_macro2::{Ident, Span};

use super::{Arguments, DraftTerm, Meaning, Resolver};
use crate::ast::{Argument, Declaration, Item, LossTerm};
use crate::diagnostics::{Diagnostics, Place, Rule, nearest};
use crate::losses::{LOSSES, LossKind};

impl Resolver<'_> {
    /// Every term of the first `loss`.
    pub(super) fn resolve_losses(&mut self, declaration: &Declaration) {
        let is_loss = |item: &&Item| match item {
            Item::Loss { .. } => true,
            Item::Broken { keyword, .. } => keyword == "loss",
            _ => false,
        };
        match declaration.items.iter().find(is_loss) {
            Some(Item::Loss { terms, .. }) => {
                for term in terms {
                    match self.resolve_term(term) {
                        Some(resolved) => self.draft.terms.push(resolved),
                        None => self.draft.unknown_loss = true,
                    }
                }
            }
            Some(Item::Broken { words, .. }) => self.guess_losses(words),
            _ => {}
        }
    }

    /// The losses that a broken statement seems to name, so that targets are probably what they will be.
    fn guess_losses(&mut self, words: &[String]) {
        let kinds = words.iter().filter_map(|word| LOSSES.iter().find(|loss| loss.keyword == word));
        let outputs = words
            .iter()
            .filter_map(|word| self.draft.outputs.iter().position(|(name, _)| name == word));
        let pairs: Vec<_> = kinds.zip(outputs).collect();
        self.draft.unknown_loss = pairs.is_empty();
        for (kind, output) in pairs {
            let name = Ident::new(kind.keyword, Span::call_site());
            self.draft.terms.extend(self.guess_term(kind, &name, &[], output));
        }
    }

    /// A term of which nothing more is to be said.
    fn guess_term(
        &self,
        kind: &LossKind,
        name: &Ident,
        arguments: &[Argument],
        output: usize,
    ) -> Option<DraftTerm> {
        let mut unheard = Diagnostics::default();
        let place = Place::at(name.span());
        let mut arguments = Arguments::new(name, place, arguments, &self.consts, &mut unheard);
        let loss = (kind.configure)(&mut arguments)?;
        let weighted = arguments.take_flag("sample_weight", false);
        Some(DraftTerm { loss, weight: 1.0, weighted, output, place, is_guess: true })
    }

    fn resolve_term(&mut self, term: &LossTerm) -> Option<DraftTerm> {
        let name = term.name.to_string();
        let Some(kind) = LOSSES.iter().find(|loss| loss.keyword == name) else {
            return self.resolve_unknown_loss(term);
        };
        let mut arguments =
            Arguments::new(&term.name, term.place, &term.arguments, &self.consts, self.diagnostics);
        let loss = (kind.configure)(&mut arguments);
        let weighted = arguments.take_flag("sample_weight", false);
        arguments.finish();
        if term.weight == 0.0 {
            let place = term.weight_place.unwrap_or(term.place);
            self.diagnostics
                .error(Rule::LossWeight, place, "a loss of weight 0 trains nothing")
                .help("give another weight, or leave the term out");
        }
        let [output] = term.outputs.as_slice() else {
            self.report_operands(term);
            return None;
        };
        let output = self.resolve_output(output);
        Some(DraftTerm {
            loss: loss?,
            weight: term.weight,
            weighted,
            output: output?,
            place: term.place,
            is_guess: false,
        })
    }

    /// The output of this name, or the one that was probably meant.
    fn resolve_output(&mut self, name: &Ident) -> Option<usize> {
        self.find_output(name).or_else(|| self.resolve_unknown_output(name))
    }

    /// Which output has this name.
    fn find_output(&self, name: &Ident) -> Option<usize> {
        self.outputs.get(&name.to_string()).copied()
    }

    /// Reports a loss that does not judge one output.
    fn report_operands(&mut self, term: &LossTerm) {
        let name = &term.name;
        let headline = match term.outputs.len() {
            0 => format!("`{name}` judges an output, but none is given"),
            count => format!("`{name}` judges one output, but {count} are given"),
        };
        let all_outputs = term.outputs.iter().all(|output| self.find_output(output).is_some());
        self.diagnostics.error(Rule::LossOperands, term.place, headline).help(
            match term.outputs.len() {
                0 => format!("name its output: `{name}(y)`"),
                _ if !all_outputs => {
                    "name the output alone: the target is an argument of `train_step`".to_owned()
                }
                _ => format!("write one term for each: `{name}(a) + {name}(b)`"),
            },
        );
    }

    /// Reports a name that is not an output's; it stands for the one that was probably meant.
    fn resolve_unknown_output(&mut self, output: &Ident) -> Option<usize> {
        let text = output.to_string();
        let is_value = matches!(self.names.find(&text), Some(Meaning::Value(_)));
        // Without any output one message says so.
        let is_said = self.draft.outputs.is_empty() && !is_value;
        if is_said || self.excuses.cover(&text) || self.unknown.contains(&text) {
            return None;
        }
        let near = nearest(&text, self.outputs.keys().map(String::as_str));
        let near = near.filter(|_| !is_value).map(str::to_owned);
        let help = match &near {
            Some(near) => format!("did you mean `{near}`?"),
            None if is_value => format!("expose it with `output {output};`"),
            None => self.list_outputs(),
        };
        let headline = format!("`{output}` is not an output");
        self.diagnostics.error(Rule::NoSuchOutput, output.span(), headline).help(help);
        self.has_hidden_output |= is_value;
        self.outputs.get(&near?).copied()
    }

    /// Reports a loss that is not there; it stands for the one that was probably meant.
    fn resolve_unknown_loss(&mut self, term: &LossTerm) -> Option<DraftTerm> {
        let name = term.name.to_string();
        self.consts.mention_arguments(&term.arguments);
        let list: Vec<&str> = LOSSES.iter().map(|loss| loss.keyword).collect();
        let near = nearest(&name, list.iter().copied());
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the losses are `{}`", list.join("`, `")),
        };
        let headline = format!("there is no loss `{name}`");
        self.diagnostics.error(Rule::UnknownLoss, term.name.span(), headline).help(help);
        let kind = LOSSES.iter().find(|loss| Some(loss.keyword) == near);
        let output = self.resolve_output(term.outputs.first()?);
        // What is wrong with its arguments can be said once the loss is known.
        self.guess_term(kind?, &term.name, &term.arguments, output?)
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

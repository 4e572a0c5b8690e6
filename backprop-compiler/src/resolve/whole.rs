//! What can be said only once everything has been read.

use super::Resolver;
use crate::ast::Declaration;
use crate::diagnostics::Rule;

impl Resolver<'_> {
    /// Reports what is missing, and what nothing uses.
    pub(super) fn check_whole(&mut self, declaration: &Declaration) {
        let name = &declaration.name;
        self.mark_excused();
        if self.draft.inputs.is_empty() && !self.excuses.may_declare("input") {
            self.diagnostics
                .error(Rule::NoInput, name.span(), format!("`{name}` has no input"))
                .help("declare one: `input x: [4];`");
        }
        let may_have_outputs = self.has_hidden_output || self.excuses.may_declare("output");
        if self.draft.outputs.is_empty() && !may_have_outputs {
            self.diagnostics
                .error(Rule::NoOutput, name.span(), format!("`{name}` has no output"))
                .help("declare one: `output y = x -> dense(1);`");
        }
        for (value, used) in self.draft.values.iter().zip(&self.used) {
            if self.draft.outputs.is_empty() || self.has_unknown_names || self.excuses.any_use {
                break;
            }
            let Some(name) = &value.name else { continue };
            // One that was used too early has been reported.
            if !used && !self.unknown.contains(&name.to_string()) {
                self.diagnostics
                    .error(
                        Rule::UnusedValue,
                        name.span(),
                        format!("nothing uses the value `{name}`"),
                    )
                    .help(format!("remove it, or expose it with `output {name};`"));
            }
        }
        self.check_labels();
        if !self.excuses.any_use {
            self.check_blocks();
        }
        if !self.consts.has_unknown() && !self.excuses.any_use {
            for name in self.consts.unused() {
                self.diagnostics
                    .error(
                        Rule::UnusedConst,
                        name.span(),
                        format!("nothing uses the const `{name}`"),
                    )
                    .help("remove it");
            }
        }
    }

    /// A statement with a mistake in it uses the names that it mentions.
    fn mark_excused(&mut self) {
        let excuses = self.excuses.clone();
        for word in &excuses.words {
            self.consts.mention(word);
            self.mark_used(self.names.find(word));
        }
    }
}

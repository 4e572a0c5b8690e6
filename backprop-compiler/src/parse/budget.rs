//! `budget { parameters = 32 KiB, inference = 4 KiB, step = 12 KiB }`

use proc_macro2::Delimiter;

use super::Parsed;
use super::reader::Reader;
use crate::ast::Limit;
use crate::diagnostics::Rule;

const EXAMPLE: &str = "write `budget { inference = 4 KiB, step = 12 KiB }`";

impl Reader<'_, '_> {
    /// The limits, after the keyword.
    pub(super) fn limits(&mut self) -> Parsed<Vec<Limit>> {
        let limits = self.group(Delimiter::Brace, |inside| {
            Ok(inside.list(Reader::limit, "separate the limits with `,`"))
        });
        match limits {
            Some(limits) => limits,
            None => Err(self.expected(Rule::MissingParentheses, "`{` after `budget`", EXAMPLE)),
        }
    }

    /// `name = size [unit]`
    fn limit(&mut self) -> Parsed<Limit> {
        let name = self.name(Rule::MissingName, "the name of a limit", EXAMPLE)?;
        let first = name.span();
        if self.eat("=").is_none() {
            let help = format!("write `{name} = 4 KiB`");
            return Err(self.expected(Rule::MissingEquals, &format!("`=` after `{name}`"), help));
        }
        let size = self.size()?;
        let unit = self.unit()?;
        Ok(Limit { name, size, unit, place: self.since(first) })
    }

    fn unit(&mut self) -> Parsed<u64> {
        let Some(unit) = self.word() else {
            return Ok(1);
        };
        let text = unit.to_string();
        let likely = match text.to_lowercase().as_str() {
            "k" | "kb" | "kib" => "; did you mean `KiB`?",
            "m" | "mb" | "mib" => "; did you mean `MiB`?",
            "b" | "byte" | "bytes" => "; did you mean `B`?",
            _ => "",
        };
        match text.as_str() {
            "B" => Ok(1),
            "KiB" => Ok(1 << 10),
            "MiB" => Ok(1 << 20),
            _ => Err(self.error(
                Rule::UnknownUnit,
                unit.span(),
                format!("unknown unit `{unit}`"),
                format!("the units are `B`, `KiB` and `MiB`{likely}"),
            )),
        }
    }
}

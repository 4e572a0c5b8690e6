//! Statements that may stand anywhere, once: `dtype`, `tile`, `code`, `budget` and `loss`.

use proc_macro2::Ident;

use super::Resolver;
use crate::ast::{Declaration, Item, Limit};
use crate::diagnostics::{Rule, nearest};
use crate::graph::Dtype;

/// Statements of which there can be one.
const SETTINGS: [&str; 5] = ["dtype", "tile", "code", "budget", "loss"];

impl Resolver<'_> {
    /// Reports each that stands a second time.
    pub(super) fn check_settings(&mut self, declaration: &Declaration) {
        let mut seen: Vec<&str> = Vec::new();
        for item in &declaration.items {
            let (name, keyword) = match item {
                Item::Dtype { keyword, .. } => ("dtype", keyword),
                Item::Tile { keyword, .. } => ("tile", keyword),
                Item::Code { keyword, .. } => ("code", keyword),
                Item::Budget { keyword, .. } => ("budget", keyword),
                Item::Loss { keyword, .. } => ("loss", keyword),
                Item::Broken { keyword, .. } => {
                    seen.extend(SETTINGS.iter().find(|setting| *setting == keyword));
                    continue;
                }
                _ => continue,
            };
            if seen.contains(&name) {
                self.diagnostics
                    .error(
                        Rule::RepeatedSetting,
                        *keyword,
                        format!("there is already a `{name}` further up"),
                    )
                    .help(match name {
                        "loss" => "join the terms with `+` in one `loss`".to_owned(),
                        _ => format!("leave one `{name}` out"),
                    });
            }
            seen.push(name);
        }
    }

    pub(super) fn resolve_dtype(&mut self, name: &Ident) {
        match name.to_string().as_str() {
            "f32" => self.draft.dtype = Dtype::F32,
            "f64" => self.draft.dtype = Dtype::F64,
            "i8" => {
                self.diagnostics
                    .error(
                        Rule::UnknownDtype,
                        name.span(),
                        "`dtype i8` is reserved and does not exist yet",
                    )
                    .help("use `dtype f32;`, which is the default");
            }
            other => {
                self.diagnostics
                    .error(Rule::UnknownDtype, name.span(), format!("`{other}` is not a dtype"))
                    .help(match nearest(other, ["f32", "f64"]) {
                        Some(near) => format!("use `{near}`; the types are `f32` and `f64`"),
                        None => "use `f32` or `f64`".to_owned(),
                    });
            }
        }
    }

    pub(super) fn resolve_limit(&mut self, limit: &Limit) {
        const KINDS: &[&str] = &["parameters", "inference", "step", "batch"];
        let name = limit.name.to_string();
        if !KINDS.contains(&name.as_str()) {
            self.diagnostics
                .error(
                    Rule::UnknownLimit,
                    limit.name.span(),
                    format!("a budget has no limit `{name}`"),
                )
                .help(match nearest(&name, KINDS.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("its limits are `{}`", KINDS.join("`, `")),
                });
            return;
        }
        if self.draft.limits.iter().any(|(other, ..)| *other == limit.name) {
            self.diagnostics
                .error(
                    Rule::RepeatedLimit,
                    limit.place,
                    format!("`{name}` is limited a second time"),
                )
                .help("leave one of them out");
            return;
        }
        if let Some(size) = self.consts.evaluate_integer(&limit.size, self.diagnostics) {
            let bytes = (size as u64).saturating_mul(limit.unit);
            self.draft.limits.push((limit.name.clone(), bytes, limit.place));
        }
    }
}

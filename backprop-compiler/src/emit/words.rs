//! The words of the language as documented items, by the place where they may stand: what the words of a
//! declaration refer to in an editor.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::names::doc;
use crate::ast::Role;
use crate::init::INITIALISERS;
use crate::losses::LOSSES;
use crate::ops::{Concat, LAYERS};
use crate::resolve::Arguments;

/// Words that may stand in one place.
pub struct Scope {
    /// The module that holds them: nothing else is offered there.
    module: &'static str,
    /// The type of its items, which an editor shows beside them.
    kind: &'static str,
    /// What the grammar expects where a declaration adds one.
    pub defined: &'static [Role],
    /// What it expects where one is used.
    pub used: Role,
    /// Those of the language, with their documentation.
    list: fn() -> Vec<(&'static str, String)>,
}

/// Every place where words may stand.
pub const SCOPES: [Scope; 5] = [
    Scope {
        module: "statements",
        kind: "Statement",
        defined: &[],
        used: Role::Statement,
        list: || STATEMENTS.map(|(word, docs)| (word, docs.to_owned())).to_vec(),
    },
    Scope {
        module: "values",
        kind: "Value",
        defined: &[Role::Input, Role::Let, Role::Output],
        used: Role::Operand,
        list: || vec![("concat", Concat::DOCS.to_owned())],
    },
    Scope {
        module: "layers",
        kind: "Layer",
        defined: &[Role::Label, Role::Block],
        used: Role::Layer,
        list: || LAYERS.iter().map(|layer| (layer.keyword, layer.docs.to_owned())).collect(),
    },
    Scope {
        module: "losses",
        kind: "Loss",
        defined: &[],
        used: Role::Loss,
        list: || LOSSES.iter().map(|loss| (loss.keyword, loss.docs.to_owned())).collect(),
    },
    Scope {
        module: "sizes",
        kind: "Size",
        defined: &[Role::Const],
        used: Role::Size,
        list: list_argument_words,
    },
];

/// Statements, but for `let` and `const`, which cannot be names of items.
const STATEMENTS: [(&str, &str); 8] = [
    (
        "block",
        "`block stage = dense(16) -> relu;`: layers that `-> stage` puts there, each time with weights of their own.",
    ),
    (
        "budget",
        "`budget { parameters = 32 KiB, inference = 4 KiB, step = 12 KiB, batch = 1 MiB }`: the most bytes that each may take; more is an error.",
    ),
    (
        "code",
        "`code = small;`: layers call kernels that all of them share; `fast`: they are compiled for their sizes. Without it the `opt-level` decides: `small` at `\"s\"` and `\"z\"`.",
    ),
    ("dtype", "`dtype f64;`: the type of every scalar, `f32` without it."),
    (
        "input",
        "`input image: [1, 28, 28];`: a value that the caller supplies, and its shape, row-major.",
    ),
    (
        "loss",
        "`loss cross_entropy(class) + 0.1 * mse(level);`: what training makes smaller, a sum of losses of outputs.",
    ),
    (
        "output",
        "`output class = value;`: a result. `output value;` exposes a value that has a name.",
    ),
    ("tile", "`tile = 32;`: how many samples of a batch are computed at once."),
];

/// Initialisers, and the names of the arguments of layers and losses.
fn list_argument_words() -> Vec<(&'static str, String)> {
    let initialisers = INITIALISERS.iter().map(|init| {
        let source = if init.source.is_empty() { "" } else { " (" };
        let end = if init.source.is_empty() { "" } else { ")" };
        (
            init.keyword,
            format!("{}: {}{source}{}{end}.", init.usage, init.distribution, init.source),
        )
    });
    let layers = LAYERS.iter().map(|one| (one.keyword, Arguments::list_names(one.configure)));
    let losses = LOSSES.iter().map(|one| (one.keyword, Arguments::list_names(one.configure)));
    let mut words: Vec<(&str, String)> = initialisers.collect();
    for (keyword, names) in layers.chain(losses) {
        for name in names {
            match words.iter_mut().find(|(word, _)| *word == name) {
                Some((_, docs)) => docs.push_str(&format!(", `{keyword}`")),
                None => words.push((name, format!("An argument of `{keyword}`"))),
            }
        }
    }
    words
}

/// The modules of every scope.
#[must_use]
pub fn emit_words() -> TokenStream {
    SCOPES
        .iter()
        .map(|scope| {
            let (module, kind) = (scope.module(), scope.kind());
            let items = (scope.list)().into_iter().map(|(word, docs)| {
                let (word, docs) = (Ident::new(word, Span::call_site()), doc(&docs));
                quote!(#[doc = #docs] pub static #word: #kind;)
            });
            quote! {
                pub struct #kind;
                #[allow(nonstandard_style)]
                pub mod #module {
                    use super::#kind;
                    #(#items)*
                }
            }
        })
        .collect()
}

impl Scope {
    /// The identifier of the module.
    pub fn module(&self) -> Ident {
        Ident::new(self.module, Span::call_site())
    }

    /// The identifier of the type.
    pub fn kind(&self) -> Ident {
        Ident::new(self.kind, Span::call_site())
    }

    /// Whether the word of that role belongs here.
    pub fn has(&self, role: Role) -> bool {
        self.used == role || self.defined.contains(&role)
    }
}

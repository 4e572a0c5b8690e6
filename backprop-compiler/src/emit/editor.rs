//! What rust-analyzer reads and rustc never sees: each word of the declaration as a reference to items of
//! its name, so that the editor finds documentation, definitions and uses, and offers what may stand there.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::attributes::list_conditions;
use super::docs::describe_op;
use super::names::{add_suffix, doc};
use super::words::{SCOPES, Scope};
use crate::ast::{Declaration, Role, Word, plain};
use crate::graph::Graph;
use crate::source::Source;

/// A field of a generated type that a word of the declaration names.
struct Field<'a> {
    /// What follows the network's name in that of the type.
    suffix: &'static str,
    name: &'a Ident,
    /// The role of the word that stands in the type; others refer to it.
    definition: Role,
}

/// The words of a declaration; `network` is there if nothing is wrong with it.
///
/// Completion compares this with what the same text and one more word expand to, token by token up to that
/// word. So nothing stands before it, uses are in the order of the text, and what else depends on the
/// text follows.
#[must_use]
pub fn emit_editor(declaration: &Declaration, network: Option<(&Graph, &Source)>) -> TokenStream {
    let facade = &declaration.facade;
    let cfgs = list_conditions(&declaration.attributes);
    let words = declaration.words.words.iter().filter(|word| can_name_item(&word.ident));
    let words: Vec<(&Scope, &Word)> = words
        .filter_map(|word| Some((SCOPES.iter().find(|scope| scope.has(word.role))?, word)))
        .collect();
    let uses = words.iter().map(|(scope, word)| {
        let (module, ident) = (scope.module(), &word.ident);
        quote!(let _ = &#module::#ident;)
    });
    let paths = &declaration.words.paths;
    let modules = SCOPES.iter().map(|scope| scope.emit_module(&words, network, facade));
    let fields = network.map_or_else(Vec::new, |(graph, source)| list_fields(graph, source));
    let mut field_uses = TokenStream::new();
    for (scope, Word { role, ident }) in &words {
        let named = fields.iter().filter(|field| field.name == ident);
        for field in named.filter(|one| scope.has(one.definition) && one.definition != *role) {
            let owner = add_suffix(&declaration.name, field.suffix);
            field_uses.extend(quote!(let _ = |owner: &#owner| &owner.#ident;));
        }
    }
    quote! {
        #cfgs
        const _: () = { #(#uses)* #(let _: #paths;)* #(#modules)* };
        #cfgs
        const _: () = { #field_uses };
    }
}

impl Scope {
    /// The words of the language, and those that the declaration adds.
    fn emit_module(
        &self,
        words: &[(&Scope, &Word)],
        network: Option<(&Graph, &Source)>,
        facade: &TokenStream,
    ) -> TokenStream {
        let (module, kind) = (self.module(), self.kind());
        let mut names: Vec<&Ident> = Vec::new();
        for (_, word) in words.iter().filter(|(_, word)| self.defined.contains(&word.role)) {
            if !names.contains(&&word.ident) {
                names.push(&word.ident);
            }
        }
        let items = names.into_iter().map(|name| {
            let docs = network.and_then(|(graph, source)| describe_name(graph, source, name));
            let docs = docs.map(|docs| doc(&docs)).map(|docs| quote!(#[doc = #docs]));
            quote!(#docs pub static #name: #kind;)
        });
        quote! {
            #[allow(nonstandard_style)]
            mod #module {
                use #facade::__private::words::#kind;
                pub use #facade::__private::words::#module::*;
                #(#items)*
            }
        }
    }
}

/// What is known of a label or of a value.
fn describe_name(graph: &Graph, source: &Source, name: &Ident) -> Option<String> {
    let text = plain(name);
    let labelled = graph
        .nodes
        .iter()
        .find(|node| node.layer.is_some_and(|layer| graph.layer(layer).name == text));
    if let Some(node) = labelled {
        let inputs = node.inputs.iter().map(|id| graph.value(*id).shape.to_string());
        let inputs = inputs.collect::<Vec<_>>().join(", ");
        let (layer, output) = (describe_op(node.op.as_ref()), &graph.value(node.output).shape);
        return Some(format!("The layer `{layer}`, from `{inputs}` to `{output}`."));
    }
    let named = source.value_names.iter().position(|value| value.as_ref() == Some(name));
    let output = graph.outputs.iter().find(|output| output.name == text);
    let value = named.map(|index| &graph.values[index]);
    let value = value.or_else(|| output.map(|output| graph.value(output.value)))?;
    Some(format!("A value of shape `{}`.", value.shape))
}

fn list_fields<'a>(graph: &Graph, source: &'a Source) -> Vec<Field<'a>> {
    let mut fields = Vec::new();
    for (layer, name) in graph.layers.iter().zip(&source.layer_names) {
        let mut add = |suffix| fields.push(Field { suffix, name, definition: Role::Label });
        if layer.parameters.iter().any(|parameter| parameter.trainable) {
            add("");
            add("Gradient");
        }
        if layer.parameters.iter().any(|parameter| !parameter.trainable) {
            add("Frozen");
        }
    }
    let inputs = graph.inputs.iter().map(|id| source.value_names[id.0].as_ref());
    let targets = graph.targets.iter().map(|target| source.find_output(&target.name));
    let outputs = source.output_names.iter().map(Some);
    let mut add = |suffix, definition, names: Vec<Option<&'a Ident>>| {
        // A single one is an array, without fields.
        if names.len() > 1 {
            let names = names.into_iter().flatten();
            fields.extend(names.map(|name| Field { suffix, name, definition }));
        }
    };
    add("Input", Role::Input, inputs.collect());
    add("Output", Role::Output, outputs.collect());
    add("Target", Role::Output, targets.collect());
    fields
}

/// `true`, for one, is no name.
fn can_name_item(word: &Ident) -> bool {
    syn::parse_str::<Ident>(&word.to_string()).is_ok()
}

//! Names that are defined twice in one expansion.

use std::collections::BTreeSet;

/// A name that is defined twice: what rustc would reject without the compiler having said why.
pub fn find_repeated(items: &[syn::Item]) -> Option<String> {
    let mut types = BTreeSet::new();
    let mut members = BTreeSet::new();
    for item in items {
        match item {
            syn::Item::Struct(item) => {
                if !types.insert(item.ident.to_string()) {
                    return Some(format!("the struct `{}` is defined twice", item.ident));
                }
                let mut fields = BTreeSet::new();
                for name in item.fields.iter().filter_map(|field| field.ident.as_ref()) {
                    if !fields.insert(name.to_string()) {
                        return Some(format!("`{}.{name}` is defined twice", item.ident));
                    }
                }
            }
            syn::Item::Impl(item) if item.trait_.is_none() => {
                let owner = &item.self_ty;
                for member in &item.items {
                    let name = match member {
                        syn::ImplItem::Fn(member) => &member.sig.ident,
                        syn::ImplItem::Const(member) => &member.ident,
                        _ => continue,
                    };
                    if !members.insert(format!("{}::{name}", quote::quote!(#owner))) {
                        return Some(format!("the member `{name}` is defined twice"));
                    }
                }
            }
            syn::Item::Const(item) => {
                if let syn::Expr::Block(inside) = &*item.expr {
                    let inner = inside.block.stmts.iter().filter_map(|statement| match statement {
                        syn::Stmt::Item(item) => Some(item.clone()),
                        _ => None,
                    });
                    let found = find_repeated(&inner.collect::<Vec<_>>());
                    if found.is_some() {
                        return found;
                    }
                }
            }
            syn::Item::Mod(item) => {
                let inner = item.content.as_ref().map(|(_, items)| items.as_slice());
                let found = inner.and_then(find_repeated);
                if found.is_some() {
                    return found;
                }
            }
            _ => {}
        }
    }
    None
}

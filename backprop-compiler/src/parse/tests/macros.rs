//! What a `macro_rules!` around the call makes of the tokens: invisible groups.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use super::{parse_tokens, show_size, show_value};
use crate::ast::{ArgumentValue, Item, Value};

fn invisible(tokens: TokenStream) -> TokenTree {
    Group::new(Delimiter::None, tokens).into()
}

fn sound_items(body: TokenStream) -> Vec<Item> {
    let (declaration, messages) = parse_tokens(quote!(struct Net { #body }));
    assert_eq!(messages, Vec::<String>::new());
    declaration.expect("a declaration").items
}

#[test]
fn literals_in_invisible_groups_are_literals() {
    let (plain, negative) = (invisible(quote!(8)), invisible(quote!(-8)));
    let (decimal, twice) = (invisible(quote!(-0.5)), invisible(invisible(quote!(3)).into()));
    let weight = invisible(quote!(0.25));
    let items = sound_items(quote! {
        const A = #plain * 2;
        const B = #negative;
        let v = x -> layer(#plain, a = #decimal, b = #twice);
        loss #weight * mse(v);
        budget { step = #plain KiB }
    });
    assert!(matches!(&items[0], Item::Const { value, .. } if show_size(value) == "(8 * 2)"));
    assert!(matches!(&items[1], Item::Const { value, .. } if show_size(value) == "-8"));
    let Item::Let { value: Value::Chain { layers, .. }, .. } = &items[2] else { panic!("a chain") };
    let [size, number, nested] = &layers[0].arguments[..] else { panic!("three arguments") };
    assert!(matches!(&size.value, ArgumentValue::Size(size) if show_size(size) == "8"));
    assert!(matches!(&number.value, ArgumentValue::Number { value, .. } if *value == -0.5));
    assert!(matches!(&nested.value, ArgumentValue::Size(size) if show_size(size) == "3"));
    assert!(matches!(&items[3], Item::Loss { terms, .. } if terms[0].weight == 0.25));
    assert!(matches!(&items[4], Item::Budget { limits, .. } if limits[0].unit == 1024));
}

#[test]
fn a_call_may_stand_in_an_invisible_group() {
    let (number, word) = (invisible(quote!(-0.02)), invisible(quote!(normal)));
    let (whole, inside) = (invisible(quote!(normal(std = #number))), quote!(#word(std = #number)));
    let items = sound_items(quote!(let v = x -> layer(a = #whole, b = #inside, c = 1);));
    let Item::Let { value: Value::Chain { layers, .. }, .. } = &items[0] else { panic!("a chain") };
    assert_eq!(layers[0].arguments.len(), 3);
    for argument in &layers[0].arguments[..2] {
        let ArgumentValue::Call { name, arguments, .. } = &argument.value else { panic!("a call") };
        assert!(name == "normal" && arguments.len() == 1);
        let value = &arguments[0].value;
        assert!(matches!(value, ArgumentValue::Number { value, .. } if *value == -0.02));
    }
}

#[test]
fn a_negative_literal_may_be_one_token() {
    let literal = TokenTree::from(proc_macro2::Literal::i64_unsuffixed(-3));
    let items = sound_items(quote!(const A = #literal;));
    assert!(matches!(&items[0], Item::Const { value, .. } if show_size(value) == "-3"));
}

#[test]
fn an_invisible_group_is_as_good_as_parentheses() {
    let (sum, size, name) =
        (invisible(quote!(a + b)), invisible(quote!(N + 1)), invisible(quote!(N)));
    let items = sound_items(quote! {
        let v = #sum -> layer(#size, k = #name, l = #name * 2);
        let w = #sum * c;
        const A = 2 * #size;
    });
    let Item::Let { value, .. } = &items[0] else { panic!("a `let`") };
    assert_eq!(show_value(value), "((a + b) -> layer)");
    let Value::Chain { layers, .. } = value else { panic!("a chain") };
    let [sum, name, product] = &layers[0].arguments[..] else { panic!("three arguments") };
    assert!(matches!(&sum.value, ArgumentValue::Size(size) if show_size(size) == "(N + 1)"));
    assert!(matches!(&name.value, ArgumentValue::Word(word) if word == "N"));
    assert!(matches!(&product.value, ArgumentValue::Size(size) if show_size(size) == "(N * 2)"));
    assert!(matches!(&items[1], Item::Let { value, .. } if show_value(value) == "((a + b) * c)"));
    assert!(matches!(&items[2], Item::Const { value, .. } if show_size(value) == "(2 * (N + 1))"));
}

#[test]
fn empty_invisible_groups_are_nothing() {
    let blank = invisible(TokenStream::new());
    let nested = invisible(blank.clone().into());
    let (declaration, messages) = parse_tokens(quote! {
        #blank struct #blank Net { #nested let a = #blank b #nested -> relu(#blank 1 #blank) #blank; #blank } #nested
    });
    assert_eq!(messages, Vec::<String>::new());
    assert_eq!(declaration.expect("a declaration").items.len(), 1);
}

#[test]
fn a_mistake_in_an_invisible_group_is_reported_once() {
    let broken = invisible(quote!(a b));
    let (_, messages) = parse_tokens(quote!(struct Net { let v = #broken -> relu; let w = v; }));
    assert_eq!(messages.len(), 1, "{messages:#?}");
}

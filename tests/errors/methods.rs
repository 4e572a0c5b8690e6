//! A label that a method of the generated struct has is refused, whichever method that is.

use std::collections::BTreeSet;

use backprop_compiler::diagnostics::Rule;
use proc_macro2::{TokenStream, TokenTree};

const NETWORK: &str = "
    input x: [4];
    output class = x -> dense(3, trainable = false) -> relu -> dense(2) @;
    loss cross_entropy(class);
";

fn declare(label: &str) -> TokenStream {
    let label = if label.is_empty() { String::new() } else { format!("as {label}") };
    format!("backprop; struct Net {{ {} }}", NETWORK.replace('@', &label)).parse().unwrap()
}

/// The public methods with a receiver, wherever they stand.
fn collect_methods(tokens: TokenStream, methods: &mut BTreeSet<String>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        if let TokenTree::Group(group) = tree {
            collect_methods(group.stream(), methods);
        }
        let is_public = index >= 1 && trees[index - 1].to_string() == "pub";
        if is_public && tree.to_string() == "fn" {
            methods.insert(trees[index + 1].to_string());
        }
    }
}

#[test]
fn no_label_has_the_name_of_a_method() {
    let mut methods = BTreeSet::new();
    collect_methods(backprop_compiler::compile(declare("")), &mut methods);
    assert!(methods.contains("train_step_with") && methods.len() > 20, "{methods:?}");
    for method in methods {
        let analysis = backprop_compiler::analyse(declare(&method));
        let rules: Vec<Rule> = analysis.diagnostics.shown().map(|one| one.rule).collect();
        // `scale` is a layer as well.
        let expected = if method == "scale" { Rule::ReservedName } else { Rule::TakenLabel };
        assert_eq!(rules, [expected], "{method}");
    }
}

/// `confusion` of very many classes does not fit the stack: that is no reason to say that there is no class.
#[test]
fn what_is_said_to_be_lacking_is_lacking() {
    let declare = |output: &str| {
        let text = format!("backprop; struct Net {{ input x: [4]; output y = x -> {output} }}");
        backprop_compiler::compile(text.parse().unwrap()).to_string()
    };
    let lacks = |output: &str| {
        let expansion = declare(output);
        ["HasLoss", "HasClassOutput"].map(|marker| expansion.contains(marker))
    };
    assert_eq!(lacks("dense(3); loss cross_entropy(y);"), [false, false]);
    assert_eq!(lacks("dense(1000); loss cross_entropy(y);"), [false, false]);
    assert_eq!(lacks("dense(3); loss mse(y);"), [false, true]);
    assert_eq!(lacks("dense(3);"), [true, true]);
    let lacks_samples = |output: &str| declare(output).contains("LearnsFromSamples");
    assert!(lacks_samples("batch_norm -> dense(3); tile = 4; loss mse(y);"));
    assert!(!lacks_samples("batch_norm(trainable = false) -> dense(3); loss mse(y);"));
    assert!(!lacks_samples("batch_norm -> dense(3); tile = 4;"));
}

//! A block is what its layers would be if they stood where it is used, with labels for their names.

use backprop_compiler::analyse;
use backprop_compiler::graph::Graph;

/// The network of these statements.
fn compile(statements: &str) -> Graph {
    let text = format!("backprop; pub struct Net {{ input x: [4]; {statements} loss mse(y); }}");
    let analysis = analyse(text.parse().unwrap());
    let messages: Vec<String> =
        analysis.diagnostics.messages().iter().map(|message| message.text()).collect();
    analysis.compiled.unwrap_or_else(|| panic!("{text}\n{messages:?}")).graph
}

/// How it is called in the generated code. In files of PyTorch's a block is a module, and labels are not.
fn describe(statements: &str) -> String {
    let mut graph = compile(statements);
    for layer in &mut graph.layers {
        layer.path.clear();
        layer.is_labelled = false;
    }
    format!("{graph:?}")
}

#[test]
fn a_block_is_a_module_in_files_of_pytorch() {
    let graph = compile(
        "block inner = dense(4) as \"linear\" -> tanh; block stage = inner as \"first\" -> dense(4) -> inner;
         output y = x -> stage -> stage as one -> stage as \"stages.0\" -> stage as two \"stages.1\"
             -> dense(2) as head -> dense(2) as \"tail.0\" -> dense(2);",
    );
    let paths: Vec<(&str, bool)> =
        graph.layers.iter().map(|layer| (layer.path.as_str(), layer.is_labelled)).collect();
    let expected = [
        ("stage1.first.linear", false),
        ("stage1.dense2", false),
        ("stage1.linear", false),
        ("one.first.linear", true),
        ("one.dense2", false),
        ("one.linear", true),
        ("stages.0.first.linear", true),
        ("stages.0.dense2", false),
        ("stages.0.linear", true),
        ("stages.1.first.linear", true),
        ("stages.1.dense2", false),
        ("stages.1.linear", true),
        ("head", true),
        ("tail.0", true),
        // Counted with the one that has a path: `network.dense1` is that.
        ("dense2", false),
    ];
    assert_eq!(paths, expected);
}

fn assert_same(with_blocks: &str, written_out: &str) {
    assert_eq!(describe(with_blocks), describe(written_out), "{with_blocks}");
}

#[test]
fn each_use_has_weights_of_its_own() {
    assert_same(
        "block stage = dense(4) -> tanh -> dense(4); output y = x -> stage -> stage;",
        "output y = x -> dense(4) as stage1_dense1 -> tanh as stage1_tanh1 -> dense(4) as stage1_dense2
             -> dense(4) as stage2_dense1 -> tanh as stage2_tanh1 -> dense(4) as stage2_dense2;",
    );
}

#[test]
fn a_label_names_a_use_and_shares_its_weights() {
    assert_same(
        "block stage = dense(4) -> tanh; let a = x -> stage as first;
         output y = concat(a -> first, x -> stage) -> dense(2);",
        "let a = x -> dense(4) as first_dense1 -> tanh as first_tanh1;
         output y = concat(a -> first_dense1 -> first_tanh1, x -> dense(4) as stage1_dense1
             -> tanh as stage1_tanh1) -> dense(2);",
    );
}

#[test]
fn blocks_are_made_of_blocks_and_of_layers_that_are_shared() {
    assert_same(
        "let a = x -> dense(4) as mix; block inner = dense(4) -> relu;
         block outer = inner -> mix -> inner; output y = (a + x) -> outer;",
        "let a = x -> dense(4) as mix;
         output y = (a + x) -> dense(4) as outer1_dense1 -> relu as outer1_relu1 -> mix
             -> dense(4) as outer1_dense2 -> relu as outer1_relu2;",
    );
    assert_same(
        "block inner = dense(4) -> relu; let a = x -> inner as one;
         block outer = one -> tanh -> one; output y = a -> outer;",
        "let a = x -> dense(4) as one_dense1 -> relu as one_relu1;
         output y = a -> one_dense1 -> one_relu1 -> tanh as outer1_tanh1 -> one_dense1 -> one_relu1;",
    );
}

/// Each block is twice the one before.
#[test]
fn blocks_of_blocks_end_at_the_limit_of_layers() {
    let mut text = "block b0 = tanh -> tanh;".to_owned();
    for level in 1..40 {
        let before = level - 1;
        text += &format!("block b{level} = b{before} -> b{before};");
    }
    for statements in [
        format!("{text} output y = x -> b39;"),
        format!(
            "block b = {}; output y = x -> {};",
            ["tanh"; 800].join(" -> "),
            ["b"; 400].join(" -> ")
        ),
    ] {
        let text = format!("backprop; pub struct Net {{ input x: [4]; {statements} }}");
        let analysis = analyse(text.parse().unwrap());
        let messages: Vec<String> =
            analysis.diagnostics.shown().map(|message| message.headline.clone()).collect();
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(messages[0].contains("more than 1024 layers"), "{messages:?}");
    }
}

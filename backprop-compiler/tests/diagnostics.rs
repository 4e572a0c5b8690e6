//! One mistake, one message: every rule of the compiler with the words that a user reads.
//!
//! `INSTA_UPDATE=always cargo test -p backprop-compiler --test diagnostics` blesses them; read the diff.

use core::fmt::Write as _;

use backprop_compiler::diagnostics::Severity;

/// A declaration that is sound but for what stands in place of `{}`.
const AROUND: &str = "input x: [4]; output y = x -> dense(2); loss mse(y);";

/// Statements with one mistake each. The first character says where they stand: `+` after
/// [`AROUND`], `=` alone.
const MISTAKES: &[&str] = &[
    // Settings.
    "+ dtype f32; dtype f64;",
    "+ tile = 4; tile = 8;",
    "+ budget { step = 1 KiB } budget { batch = 1 KiB }",
    "+ loss mse(y);",
    "+ dtype i8;",
    "+ dtype f16;",
    "+ tile = 0;",
    // Inputs and outputs.
    "+ output z = 3;",
    "= input x: []; output y = x -> dense(2); loss mse(y);",
    "= input x: [0]; output y = x -> dense(2); loss mse(y);",
    "= input x: [65536, 65536]; output y = x -> dense(2); loss mse(y);",
    "+ output y;",
    "+ input z: [3];",
    "+ let z = x -> dense(3);",
    // Names.
    "+ const x = 3;",
    "+ let relu = x;",
    "+ let y = x;",
    "+ const N = 2; const N = 3;",
    "+ let r#x = y;",
    "+ const r#N = 2; output z = x -> dense(3) as N;",
    "+ let r#relu = x;",
    "+ output z = x -> dense(3) as r#dense1;",
    "+ output r#type = x -> tanh; output z = x -> dense(3) as r#type;",
    "+ output z = x -> dense(3) as x;",
    "+ output z = x -> dense(3) as dense1;",
    "+ output z = x -> dense(3) as frozen;",
    "+ output z = yy;",
    "+ output z = input_layer;",
    "+ const N = 2; output z = N;",
    "+ output z = x -> dense(3) as mix; output w = mix;",
    "+ output w = later; let later = x;",
    // Layers.
    "+ output z = x -> denes(3);",
    "+ output z = x -> transformer;",
    "+ output z = x -> ReLU;",
    "+ output z = x -> linear(3);",
    "+ output z = x -> dense(3, init = xavier_normal);",
    "+ output z = x -> y;",
    "+ const N = 2; output z = x -> N;",
    "+ output z = x -> dense(4) as mix; output w = x -> mix(4);",
    "+ output z = x -> dense(4) as mix; output w = x -> mix as other;",
    "+ output z = x -> dense(3) as mix; output w = z -> mix;",
    // Blocks.
    "+ block stage = dense(4) -> tanh;",
    "+ block stage = dense(4) -> denes(3); output z = x -> stage -> stage;",
    "+ block stage = dense(4) as first; output z = x -> stage;",
    "+ block stage = dense(4); output z = x -> stage(3);",
    "+ block stage = dense(4); output z = x -> stage as one; output w = x -> one(3);",
    "+ block stage = dense(4); output z = x -> stage as one; output w = x -> one as two;",
    "+ block stage = dense(4); output z = stage;",
    "+ block stage = dense(4); output z = x -> stage as one; output w = one;",
    "+ block stage = dense(4); output z = x -> stag;",
    "+ output z = x -> later; block later = dense(4);",
    "+ block dense = dense(4); output z = x -> dense(2);",
    "+ block stage = dense(4); output z = x -> stage as stage1 -> stage;",
    "+ block stage = dense(4); output z = x -> stage -> dense(2) as stage1_dense1;",
    "+ block stage = dense(3); output z = x -> stage as one; output w = z -> one;",
    "+ block stage = dense(3) -> conv1d(2, kernel = 2); output z = x -> stage;",
    "+ block stage; output z = x -> stage;",
    "+ block = dense(3);",
    "+ block stage = x -> dense(4); output z = x -> stage;",
    "+ block stage = stage -> dense(4); output z = x -> stage;",
    "+ const N = 2; block stage = dense(N) -> tanh; output z = x -> stage as r#x;",
    // Parts.
    "+ let (a, b) = x -> split([1, 2]); output z = concat(a, b) -> dense(2);",
    "+ let (a, b) = x -> splat; output z = concat(a, b) -> dense(2);",
    "+ let (a, b) = x -> split(axis = 1); output z = concat(a, b) -> dense(2);",
    "+ let (a, b) = x -> split; output z = a -> dense(2);",
    "+ let (a, x) = x -> split; output z = a -> dense(2);",
    "+ let (a b) = x -> split; output z = concat(a, b) -> dense(2);",
    "+ let (a, b) x -> split; output z = concat(a, b) -> dense(2);",
    "+ block half = dense(2); let (a, b) = x -> half; output z = concat(a, b) -> dense(2);",
    "+ output z = x - y;",
    "+ output z = x / 2;",
    "+ output z = x -> scale;",
    "+ output z = x -> scale(1);",
    "+ output z = x -> reshape([2, 2]) -> dense(3);",
    "+ output z = x -> reshape([2, 2]) -> softmax;",
    "+ output z = x -> reshape([3, 2]);",
    // Arguments.
    "+ output z = x -> dense;",
    "+ output z = x -> dense(0);",
    "+ output z = x -> dense(-3);",
    "+ output z = x -> dense(0.5);",
    "+ output z = x -> dense([3]);",
    "+ output z = x -> dense(5000000000);",
    "+ output z = x -> dense(N);",
    "+ const UNITS = 2; output z = x -> dense(UNIT);",
    "+ output z = x -> dense(3, 4);",
    "+ output z = x -> dense(3, units = 4);",
    "+ output z = x -> dense(3, bias = 1);",
    "+ output z = x -> dense(3, bias = flase);",
    "+ output z = x -> dense(3, bias = maybe);",
    "+ output z = x -> dense(3, bias = true, bias = true);",
    "+ output z = x -> dense(3, baias = true);",
    "+ output z = x -> dense(3, kernel = 3);",
    "+ output z = x -> dense(3, init = he);",
    "+ output z = x -> dense(3, init = normal(0.1, 0.2));",
    "+ output z = x -> dense(3, init = normal(std = -1));",
    "+ output z = x -> dense(3, init = normal(sdt = 1));",
    "+ output z = x -> dense(3, init = constant);",
    "+ output z = x -> dense(3, init = uniform(low = 1, high = 0));",
    "+ output z = x -> dense(3, init = uniform(low = 0.5, high = 0.5));",
    "+ output z = x -> dense(3, init = uniform(low = 0.5));",
    "+ output z = x -> dense(3, init = uniform(0.1, high = 0.5));",
    "+ output z = x -> dense(3, init = uniform(-0.1));",
    "+ output z = x -> dense(3, init = uniform(low = 1e9, high = -1.0));",
    "+ output z = x -> dense(3, init = uniform(0.1, bound = 0.2));",
    "+ output z = x -> dense(3, init = orthogonal(gain = big));",
    "+ output z = x -> dense(3, init = normal(std = 1 / 50));",
    "+ output z = x -> dense(3, init = normal(std = normal(1)));",
    "+ output z = x -> dense(3, init = ones);",
    "+ output z = x -> dense(3, init = zeros(1));",
    "+ output z = x -> dense(3, init = nromal(0.1));",
    "+ output z = x -> dense(3, init = 0.5);",
    "+ output z = x -> dense(3, bias_init = orthogonal);",
    "+ output z = x -> dense(3, bias_init = orthogonal(2));",
    "+ output z = x -> dense(3, bias = false, bias_init = zeros);",
    "+ output z = x -> dense(three(3));",
    "+ output z = x -> dense(3, bias = false, trainable = bias);",
    "+ output z = x -> relu(3);",
    "+ output z = x -> leaky_relu(0.1);",
    "+ output z = x -> leaky_relu(negative_slope = -1);",
    "+ output z = x -> elu(alpha = big);",
    "+ output z = x -> hard_tanh(min_val = 2);",
    "+ output z = x -> gelu(approximate = sigmoid);",
    "+ output z = x -> swish;",
    "+ output z = x -> dense(3) -> glu;",
    "+ output z = x -> glu(axis = 1);",
    "+ output z = x -> prelu(3);",
    "+ output z = x -> prelu(0);",
    "+ output z = x -> custom;",
    "+ output z = x -> custom(0.5);",
    "+ output z = x -> reshape([2, 2]) -> log_softmax;",
    "+ output z = x -> relu(slope = 3);",
    "+ output z = x -> reshape;",
    "+ output z = x -> reshape(wide);",
    "+ output z = x -> reshape([2, same]);",
    "+ output z = x -> reshape([2, 0.5]);",
    "+ output z = x -> reshape([]);",
    "+ output z = x -> reshape(2, -2);",
    // Sizes.
    "+ const N = 4 / (2 - 2); output z = x -> dense(N);",
    "+ const BIG = 18446744073709551615; const N = BIG * BIG * BIG; output z = x -> dense(N);",
    "+ const N = 0 / 0;",
    "+ const BIG = 18446744073709551615; const N = BIG * BIG * BIG;",
    "+ const HALF = 9223372036854775808; const N = -(-HALF * 2 * HALF);",
    "+ const N = 2;",
    "+ const N = 2; const M = N;",
    "+ output z = x -> dense(limits::UNITS);",
    "+ output z = x -> reshape([2, limits::N]);",
    "+ output z = x -> reshape(4294967295, 2);",
    "+ input i: [2, 3]; output z = concat(i, i -> reshape([3, 2]));",
    "+ input i: [2, 3]; output z = concat(i, i, axis = 2);",
    // Joins.
    "+ output z = x + y;",
    "+ output z = x * y;",
    "+ output z = (x -> dense(3) -> relu) + x;",
    "+ output z = concat(x);",
    "+ output z = concat(x, y, axis = 1);",
    "+ output z = concat(x, y, axis = 0.5);",
    "+ output z = concat(x, y, axes = 0);",
    "+ output z = concat(x, x -> reshape([2, 2]));",
    "+ input a: [4294967295]; output z = concat(a, a);",
    // Losses.
    "= input x: [4]; output y = x -> dense(2); loss mes(y);",
    "= input x: [4]; output y = x -> dense(2); loss triplet(y);",
    "= input x: [4]; output y = x -> dense(2); loss bce(y);",
    "= input x: [4]; output y = x -> dense(2); loss 0 * mse(y);",
    "= input x: [4]; output y = x -> dense(2); loss 1e39 * mse(y);",
    "= input x: [4]; output y = x -> dense(2); output z = y -> tanh; loss mse(y, z);",
    "= input x: [4]; output y = x -> dense(2); loss mse();",
    "= input x: [4]; output y = x -> dense(2); loss mse(y, target);",
    "= input x: [4]; output yes = x -> dense(2); loss mse(yeah);",
    "= input x: [4]; let z = x -> dense(2); output y = z -> tanh; loss mse(z);",
    "= input x: [4]; output y = x -> dense(2); loss mse(probability);",
    "= input x: [4]; output y = x -> dense(2); loss mse(y, reduction = sum);",
    "= input x: [4]; output y = x -> dense(2); loss cross_entropy(y, smoothing = 2);",
    "= input x: [4]; output y = x -> dense(2); loss cross_entropy(y, smoothing = high);",
    "= input x: [4]; output y = x -> dense(2); loss cross_entropy(y, target = indices);",
    "= input x: [4]; output y = x -> dense(2) -> softmax; loss cross_entropy(y);",
    "= input x: [4]; output y = x -> dense(4) -> reshape([2, 2]); loss cross_entropy(y);",
    "= input x: [4]; output y = x -> dense(1); loss cross_entropy(y);",
    "= input x: [4]; output y = x -> dense(2) -> log_softmax; loss cross_entropy(y);",
    "= input x: [4]; output y = x -> dense(2); loss cross_entropy(y, class_weights = [1, 2, 3]);",
    "= input x: [4]; output y = x -> dense(2); loss cross_entropy(y, class_weights = []);",
    "= input x: [4]; output y = x -> dense(2); loss cross_entropy(y, class_weights = [1, -2]);",
    "= input x: [4]; output y = x -> dense(2) -> softmax; loss nll(y);",
    "= input x: [4]; output y = x -> dense(2) -> softmax; loss kl_divergence(y);",
    "= input x: [4]; output y = x -> dense(2) -> softmax; loss binary_cross_entropy(y);",
    "= input x: [4]; output y = x -> dense(2) -> sigmoid; loss binary_cross_entropy_with_logits(y);",
    "= input x: [4]; output y = x -> dense(2); loss binary_cross_entropy_with_logits(y, pos_weight = [1, 2, 3]);",
    "= input x: [4]; output y = x -> dense(1); loss cosine(y);",
    "= input x: [4]; output y = x -> dense(2); loss huber(y, delta = 0);",
    "= input x: [4]; output y = x -> dense(2); loss mse(y, sample_weight = 2);",
    "= input x: [4]; output y = x -> dense(2); loss mse(y, sample_weights = true);",
    "= input x: [4]; output y = x -> dense(2); loss custom()(y);",
    "= input x: [4]; output y = x -> dense(2); loss custom(3)(y);",
    "= input x: [4]; output y = x -> tanh; loss mse(y);",
    "= input x: [4]; output y = x -> dense(2, trainable = false); loss mse(y);",
    "= input x: [4]; output y = x -> dense(2); output z = x -> dense(3); loss mse(y);",
    // Budgets.
    "+ budget { parameters = 39 B }",
    "+ budget { inference = 4 }",
    "+ budget { step = 4 }",
    "+ budget { batch = 4 }",
    "+ budget { inferense = 1 KiB }",
    "+ budget { flash = 1 KiB }",
    "+ budget { step = 1 KiB, step = 2 KiB }",
    "+ budget { step = -1 }",
    "+ output y = x;",
    "+ budget { step = 1 KiB } budget { step = 1 KiB }",
    "= output y = x;",
    "= input x: [4];",
    "= input x: [4]; output y = x -> dense(2) -> softmax -> flatten; loss cross_entropy(y);",
    "= input x: [4]; output y = x -> dense(2) -> softmax -> identity; loss cross_entropy(y);",
];

/// Declarations with three mistakes that have nothing to do with each other.
const THREE_MISTAKES: &[&str] = &[
    "= input x: [4]; let unused = x -> tanh; output y = x -> denes(3); loss mes(y);",
    "= input x: [4]; output y = x -> dense(0); output z = x -> relu(1); output w = nothing;",
    "+ dtype f16; output z = x + y; budget { flash = 1 KiB }",
    "+ output z = x -> dense(3, init = he, bias = 1, kernel = 3);",
    "= input x: [4]; output y = x -> dense(1); output z = x -> dense(3) -> softmax; output w = x -> reshape([2, 2]);
     loss cross_entropy(y) + cross_entropy(z) + cross_entropy(w);",
    "+ budget { parameters = 1, inference = 1, step = 1 }",
];

/// What a user reads, and how many messages that is.
fn read(mistake: &str) -> (String, usize) {
    let statements = match mistake.split_at(2) {
        ("+ ", statements) => format!("{AROUND} {statements}"),
        (_, statements) => statements.to_owned(),
    };
    let tokens = format!("backprop; pub struct Net {{ {statements} }}").parse().unwrap();
    let analysis = backprop_compiler::analyse(tokens);
    let mut text = format!("{mistake}\n");
    for message in analysis.diagnostics.shown() {
        let severity = match message.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let _ = writeln!(
            text,
            "    {severity}[{}]: {}",
            message.rule.id(),
            message.text().replace('\n', "\n    ")
        );
    }
    (text, analysis.diagnostics.shown().count())
}

fn read_all(declarations: &[&str], expected: usize) -> String {
    let (texts, counts): (Vec<String>, Vec<usize>) =
        declarations.iter().map(|mistake| read(mistake)).unzip();
    let wrong: Vec<&str> = texts
        .iter()
        .zip(counts)
        .filter(|(_, count)| *count != expected)
        .map(|(text, _)| text.as_str())
        .collect();
    assert!(wrong.is_empty(), "not {expected} messages:\n{}", wrong.join("\n"));
    texts.join("\n")
}

#[test]
fn one_mistake_gives_one_message() {
    insta::assert_snapshot!("one_mistake", read_all(MISTAKES, 1));
}

#[test]
fn three_mistakes_give_three_messages() {
    insta::assert_snapshot!("three_mistakes", read_all(THREE_MISTAKES, 3));
}

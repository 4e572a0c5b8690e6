//! Valid declarations: those of the snapshots, one for each way to write a layer, a loss or an initialiser,
//! and whatever else the language knows.

use std::fs;
use std::path::Path;

use backprop_compiler::init::INITIALISERS;
use backprop_compiler::losses::LOSSES;
use backprop_compiler::ops::{LAYERS, Layer};

use super::mutate::split_words;

/// What no registry lists: joins, settings, consts, labels, frozen parameters, forms of arguments.
const LANGUAGE: &[&str] = &[
    "input a: [4]; input b: [4]; output y = (a + b * a + b) -> dense(2); loss mse(y);",
    "input a: [2, 3]; input b: [2, 4]; output y = concat(a, b -> tanh, a, axis = 1) -> flatten -> dense(2);",
    "input a: [2]; let b = concat(a, a, a, a, a, a, a, a) + concat(a -> relu, a, a, a, a, a, a, a); output b;",
    "const N = 3; const M = (N + 1) * 2 - 8 / 4; input x: [N, -M + 12]; \
     output y = x -> reshape([M, N]) -> flatten -> dense(units = M / 2, bias = false); loss mse(y);",
    "dtype f64; tile = 3; input x: [4]; output y = x -> dense(4) as mix -> mix -> tanh -> mix; loss mse(y);",
    "tile = 2 * 4; input x: [1, 2, 2]; let flat = x -> reshape(4); output y = flat -> dense(1); loss mae(y);",
    "input x: [4]; let a = x -> dense(4, trainable = false) as trunk -> relu -> trunk; \
     output y = a -> dense(3, trainable = weight) as neck -> dense(2, trainable = bias); \
     loss cross_entropy(y, class_weights = [1, 0.5]);",
    "input x: [4]; let y = x -> dense(4) -> prelu as slope -> slope; output y; output z = y -> dense(2); \
     loss 0.5 * mse(z) + 2 * cross_entropy(z, target = index, smoothing = 0.1) + 1e-3 * mse(y);",
    "input x: [4]; output y = x -> dense(2); loss mse(y, sample_weight = true) + cross_entropy(y); \
     budget { parameters = 1 KiB, inference = 64 * 2 B, step = 1 MiB, batch = 65536 }",
    "input r#type: [4]; output r#match = r#type -> dense(2) as r#fn -> identity; loss mse(r#match);",
    "input x: [4]; output y = x -> custom(crate::Square) -> dense(4) -> custom(Square); \
     loss custom(crate::Bias)(y) + 0.5 * mse(y);",
    "input x: [2, 3]; input z: [6]; output y = (x -> flatten) * z; output x; output w = x -> flatten -> softmax;",
    "input x: [4]; let a = x; let b = a -> dense(6, init = normal(std = 0.02), bias_init = constant(1)) -> glu; \
     output y = (b -> sigmoid) + (b -> tanh); output p = y -> softmax; loss mse(y);",
];

/// Every declaration, the struct and its braces; `networks` is the folder with the declarations of the
/// snapshots.
pub fn list_declarations(networks: &Path) -> Vec<Vec<String>> {
    let bodies = list_bodies();
    let texts = bodies.iter().map(|body| format!("pub struct Net {{ {body} }}"));
    read_networks(networks).into_iter().chain(texts).map(|text| split_words(&text)).collect()
}

/// The statements of a network for each entry of the registries, and those of [`LANGUAGE`].
fn list_bodies() -> Vec<String> {
    let layers = LAYERS.iter().flat_map(Layer::list_chains).map(|chain| {
        format!(
            "tile = 4; input x: [4]; output y = x -> {chain} -> flatten -> dense(2); loss mse(y);"
        )
    });
    let losses = LOSSES.iter().flat_map(|kind| kind.examples).map(|loss| {
        let call = loss.trim_end_matches(')');
        format!("input x: [3]; output y = x -> dense(4); loss {loss} + 2 * {call}, sample_weight = true);")
    });
    let inits = INITIALISERS.iter().flat_map(|init| init.examples).map(|init| {
        format!(
            "input x: [2]; output y = x -> dense(3, init = {init}) as first -> relu; loss mse(y);"
        )
    });
    let language = LANGUAGE.iter().map(|&body| body.to_owned());
    layers.chain(losses).chain(inits).chain(language).collect()
}

fn read_networks(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder of the declarations is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry is read").path()).collect();
    paths.sort();
    assert!(paths.len() >= 10);
    let read = |path| {
        let text = fs::read_to_string(path).expect("a declaration is text");
        // What stands before passes through as it is: its mistakes are rustc's to report.
        let head = text.find("struct").expect("a declaration has a struct");
        text[head..].to_owned()
    };
    paths.into_iter().map(read).collect()
}

//! Independent mistakes are reported independently: as many messages as mistakes, wherever they stand.

use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::test_runner::RngSeed;

/// Statements with one mistake each, to stand in one declaration behind an input `x` of four elements.
/// `@` is replaced by a number of their own, so that their names differ.
const MISTAKES: &[&str] = &[
    // Grammar.
    "output z@ = 3;",
    "output z@ = x -> ;",
    "output z@ = x dense(3);",
    "output z@ = x -> dense[3];",
    "output z@ = x -> dense(3 4);",
    "output z@ = x -> dense(3u8);",
    "output z@ = x -> relu + x;",
    "output z@ = dense(3);",
    "output z@ x;",
    "output z@ = x -> my::relu;",
    "outptu z@ = x;",
    "frobnicate z@;",
    "let z@: T = x; output w@ = z@ -> relu;",
    "let mut z@ = x; output w@ = z@ -> dense(3) -> relu;",
    "z@ = x -> dense(3) as mix@; output w@ = z@ -> relu; output v@ = x -> mix@;",
    "output z@ = x -> dense(3) as mix@ as other@; output w@ = x -> mix@;",
    "#[doc] output z@ = x -> relu;",
    "const N@: usize = 3; output z@ = x -> dense(N@);",
    "const N@ = 3 % 2; output z@ = x -> dense(N@) -> relu;",
    "input i@: 64; output z@ = i@ -> dense(3);",
    "input i@; output z@ = i@ -> dense(3);",
    "; output z@ = x -> relu;",
    "output z@ = concat(x, axis = 0, x);",
    // Names.
    "let z@ = x -> dense(3);",
    "const N@ = 3;",
    "const N@ = 3; const M@ = N@;",
    "let z@ = x; let z@ = x -> relu; output w@ = z@ -> tanh;",
    "let relu = x;",
    "output z@ = nothing@ -> relu -> dense(2);",
    "output z@ = nothing@ + x -> dense(2) as mix@ -> relu;",
    "output z@ = later@ -> relu; let later@ = x; output w@ = later@ -> tanh;",
    "const N@ = 2; output z@ = N@;",
    "output z@ = x -> dense(3) as mix@; output w@ = mix@;",
    "output z@ = x -> dense(3) as forward;",
    "output z@ = x -> denes(3); output w@ = z@ + (x -> dense(3));",
    "output z@ = x -> transformer(3, heads = 4); output w@ = z@ -> dense(3);",
    "output z@ = x -> dense(3) as mix@; output w@ = x -> mxi@;",
    "output z@ = x -> mse;",
    "output z@ = x -> dense(4) as mix@; output w@ = x -> mix@(4);",
    "output z@ = x -> dense(3) as mix@; output w@ = z@ -> mix@;",
    "output z@ = x -> dense(4) as mix@; output w@ = x -> mix@ as other@;",
    // Arguments and sizes.
    "output z@ = x -> reshape(1, 4) -> conv1d(2, kernel = 5) -> flatten -> relu;",
    "output z@ = x -> reshape(1, 4) -> conv1d(2, kernel = 4, padding = same) -> flatten -> relu;",
    "output z@ = x -> reshape(2, 2) -> conv1d(3, kernel = 1, groups = 2) -> flatten -> relu;",
    "output z@ = x -> dense;",
    "output z@ = x -> dense(3, code = tiny);",
    "output z@ = x -> dense(0);",
    "output z@ = x -> dense(-3);",
    "output z@ = x -> dense(0.5) -> relu;",
    "output z@ = x -> dense(OUTSIDE@) -> relu; output w@ = x -> dense(OUTSIDE@);",
    "output z@ = x -> dense(path::SIZE@) -> relu;",
    "output z@ = x -> dense(3, baias = true);",
    "output z@ = x -> dense(3, bias = maybe);",
    "output z@ = x -> dense(3, units = 4);",
    "output z@ = x -> dense(3, init = normal(std = -1));",
    "output z@ = x -> elu(alpha = big) -> dense(2);",
    "output z@ = x -> relu(3);",
    "output z@ = x -> custom;",
    "const N@ = 4 / 0; output z@ = x -> dense(N@);",
    "input i@: []; output z@ = i@ -> dense(2);",
    "input i@: [65536, 65536]; output z@ = i@ -> dense(2);",
    // Shapes.
    "output z@ = x + (x -> dense(3)); output w@ = z@ -> dense(2);",
    "output z@ = x -> reshape([3, 2]); output w@ = z@ -> flatten -> dense(2);",
    "output z@ = x -> reshape([2, 2]) -> softmax;",
    "output z@ = x -> dense(3) -> glu -> dense(2);",
    "output z@ = concat(x, x, axis = 1); output w@ = z@ -> dense(2);",
    "output z@ = concat(x);",
    "output x;  output x;",
];

fn count(statements: &str) -> (usize, String) {
    let text = format!("backprop; struct Net {{ input x: [4]; {statements} output y = x; }}");
    let analysis = backprop_compiler::analyse(text.parse().unwrap());
    let messages: Vec<String> = analysis.diagnostics.shown().map(|one| one.text()).collect();
    (messages.len(), messages.join("\n"))
}

fn number(mistakes: &[&str]) -> String {
    let numbered = mistakes.iter().enumerate();
    numbered.map(|(index, mistake)| mistake.replace('@', &index.to_string())).collect()
}

#[test]
fn each_is_one_mistake() {
    let wrong: Vec<String> = MISTAKES
        .iter()
        .map(|mistake| (mistake, count(&number(&[mistake]))))
        .filter(|(_, (count, _))| *count != 1)
        .map(|(mistake, (count, messages))| format!("{count} of {mistake}\n{messages}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Those after which something that nothing uses may be what was meant.
fn leaves_a_name_open(mistake: &str) -> bool {
    ["nothing@", "transformer", "OUTSIDE@", "= 3;", "= dense(3)"]
        .iter()
        .any(|open| mistake.contains(open))
}

fn is_unused(mistake: &str) -> bool {
    ["let z@ = x -> dense(3);", "const N@ = 3;"].contains(&mistake) || mistake.contains("M@ = N@")
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn ten_mistakes_are_ten_messages(
        mistakes in subsequence(MISTAKES.to_vec(), 10).prop_shuffle(),
    ) {
        let is_open = mistakes.iter().any(|one| leaves_a_name_open(one));
        let mistakes: Vec<&str> =
            mistakes.into_iter().filter(|one| !(is_open && is_unused(one))).collect();
        let statements = number(&mistakes);
        let (found, messages) = count(&statements);
        prop_assert_eq!(found, mistakes.len(), "{}\n{}", statements, messages);
    }
}

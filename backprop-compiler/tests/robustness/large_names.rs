//! Texts of 64 KiB with a great many names, most of them wrong.

use super::limits::{BYTES, Size, assert_bounded, long_name, wrap};

#[test]
fn a_great_many_names_end_soon() {
    let x = "input x: [1];";
    let name = |index: usize| format!("a{index}");
    assert_bounded(vec![
        (
            "consts",
            wrap(&Size::TEXT.fill(
                "const N0=1;",
                |index| format!("const N{}=N{index}*2;", index + 1),
                "",
            )),
        ),
        (
            "unused consts",
            wrap(&Size::TEXT.fill(
                "input x:[1];output x;",
                |index| format!("const N{index}=1;"),
                "",
            )),
        ),
        ("one const often", wrap(&Size::TEXT.repeat(x, "const N=1;", "output x;"))),
        (
            "unknown consts",
            wrap(&Size::TEXT.both(
                "",
                |index| format!("const N{index}=1;"),
                "input x:[",
                |index| format!("M{index},"),
                "];",
            )),
        ),
        (
            "unknown values",
            wrap(&Size::TEXT.both(
                x,
                |index| format!("let {}=x;", name(index)),
                "output y=concat(",
                |index| format!("b{index},"),
                ");",
            )),
        ),
        (
            "one unknown value",
            wrap(&Size::TEXT.both(
                x,
                |index| format!("let {}=x;", name(index)),
                "output y=concat(",
                |_| "b,".to_owned(),
                ");",
            )),
        ),
        (
            "long unknown values",
            wrap(&format!(
                "input {}:[1];output y={};",
                long_name('a', BYTES / 2),
                long_name('b', BYTES / 2 - 50)
            )),
        ),
        (
            "long words",
            wrap(&Size::TEXT.both(
                "",
                |index| format!("let {}{index}=x;", long_name('a', 100)),
                "output y=concat(",
                |index| format!("{}{index},", long_name('b', 100)),
                ");",
            )),
        ),
        (
            "unused values",
            wrap(&Size::TEXT.fill(
                "input x: [1]; output x;",
                |index| format!("let {}=x->relu;", name(index)),
                "",
            )),
        ),
        (
            "aliases",
            wrap(&Size::TEXT.fill(x, |index| format!("let {}=x;", name(index)), "output x;")),
        ),
        (
            "unknown layers",
            wrap(&Size::TEXT.fill(
                "input x: [1];output y=x",
                |index| format!("->{}", name(index)),
                ";",
            )),
        ),
        (
            "unknown layers and labels",
            wrap(&Size::TEXT.both(
                "input x: [1];output y=x",
                |index| format!("->dense(1) as {}", name(index)),
                "",
                |index| format!("->b{index}"),
                ";",
            )),
        ),
        (
            "labels like automatic names",
            wrap(&Size::TEXT.fill(
                "input x: [1];output y=x",
                |index| format!("->dense(1) as dense{index}"),
                ";",
            )),
        ),
        (
            "labels and automatic names",
            wrap(&Size::TEXT.both(
                "input x: [1];output y=x",
                |index| format!("->dense(1) as l{index}"),
                "",
                |_| "->dense(1)".to_owned(),
                ";",
            )),
        ),
        ("outputs", wrap(&Size::TEXT.fill(x, |index| format!("output {}=x;", name(index)), ""))),
        (
            "exposed inputs",
            wrap(&Size::TEXT.both(
                "",
                |index| format!("input {}:[1];", name(index)),
                "",
                |index| format!("output {};", name(index)),
                "",
            )),
        ),
        ("one output often", wrap(&Size::TEXT.repeat(x, "output x;", ""))),
        (
            "terms of unknown outputs",
            wrap(&Size::TEXT.both(
                x,
                |index| format!("output {}=x;", name(index)),
                "loss mse(x)",
                |index| format!("+mse(b{index})"),
                ";",
            )),
        ),
        (
            "unknown losses",
            wrap(&Size::TEXT.fill(
                "input x:[1];output x;loss mse(x)",
                |index| format!("+m{index}(x)"),
                ";",
            )),
        ),
        ("settings", wrap(&Size::TEXT.repeat(x, "dtype f32;", "output x;"))),
        (
            "limits",
            wrap(&Size::TEXT.fill(
                "input x: [1]; output x; budget {",
                |index| format!("{}=1,", name(index)),
                "}",
            )),
        ),
        (
            "arguments",
            wrap(&Size::TEXT.fill(
                "input x: [1];output y=x->dense(1,",
                |index| format!("{}=1,", name(index)),
                ");",
            )),
        ),
    ]);
}

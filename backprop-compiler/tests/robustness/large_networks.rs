//! Networks of 64 KiB: what no one writes by hand, but a macro might.

use super::check::{Verdict, check};
use super::limits::{Case, Size, assert_bounded, cased_name, long_name, wrap};

const X: &str = "input x: [1];";

#[test]
fn networks_beyond_the_limit_end_soon() {
    for list in LISTS {
        assert_bounded(list(Size::TEXT));
    }
}

#[test]
fn the_largest_networks_end_soon() {
    for list in LISTS {
        assert_bounded(list(Size::NODES));
    }
}

#[test]
fn a_network_has_so_many_layers_joins_and_losses() {
    let verdict =
        |count: usize| check(&wrap(&format!("{X} output y = x{};", "->tanh".repeat(count))));
    assert_eq!(verdict(1024), Ok(Verdict::Accepted));
    assert_eq!(verdict(1025), Ok(Verdict::Rejected));
}

const LISTS: [fn(Size) -> Vec<Case>; 4] =
    [list_chains, list_joins, list_interfaces, list_odd_names];

fn list_chains(size: Size) -> Vec<Case> {
    vec![
        ("chain of views", wrap(&size.repeat(&format!("{X} output y = x"), "->flatten", ";"))),
        ("chain of activations", wrap(&size.repeat(&format!("{X} output y = x"), "->tanh", ";"))),
        (
            "trained chain of activations",
            wrap(&size.repeat(&format!("{X} loss mse(y); output y = x -> dense(1)"), "->elu", ";")),
        ),
        (
            "chain of layers",
            wrap(&size.repeat(&format!("{X} loss mse(y); output y = x"), "->dense(1)", ";")),
        ),
        (
            "chain of labelled layers",
            wrap(&size.fill(
                &format!("{X} loss mse(y); output y = x"),
                |index| format!("->dense(1)as l{index}"),
                ";",
            )),
        ),
        (
            "chain of a shared layer",
            wrap(&size.repeat(
                &format!("{X} loss mse(y); output y = x -> dense(1) as m"),
                "->m",
                ";",
            )),
        ),
        (
            "chain of a shared view",
            wrap(&size.repeat(&format!("{X} output y = x -> flatten as m"), "->m", ";")),
        ),
        (
            "chain of different functions",
            wrap(&size.fill(
                &format!("{X} loss mse(y); output y = x -> dense(1)"),
                |index| format!("->elu(alpha=0.{index})"),
                ";",
            )),
        ),
        (
            "chain of frozen layers",
            wrap(&size.repeat(&format!("{X} output y = x"), "->dense(1,trainable=false)", ";")),
        ),
        (
            "chain of reshapes",
            wrap(&size.repeat("input x: [4]; output y = x", "->reshape(2,2)->reshape(4)", ";")),
        ),
        (
            "steps between views",
            wrap(&size.repeat("input x: [4]; output y = x", "->tanh->flatten", ";")),
        ),
        (
            "named steps",
            wrap(&size.fill(
                &format!("{X} let a0 = x;"),
                |index| format!("let a{}=a{index}->tanh;", index + 1),
                "output x;",
            )),
        ),
    ]
}

fn list_joins(size: Size) -> Vec<Case> {
    let a = |index: usize| format!("a{index}");
    let next = |operator: &'static str| {
        move |index: usize| format!("let a{}=a{index}{operator}a{index};", index + 1)
    };
    let doubling = |operator| {
        wrap(
            &(size.fill(
                &format!("{X} let a0 = x -> dense(1);"),
                next(operator),
                "output x; output a1; output b=a1->tanh;",
            )),
        )
    };
    vec![
        ("sum", wrap(&size.repeat(&format!("{X} output y=x"), "+x", ";"))),
        (
            "product",
            wrap(&size.repeat(&format!("{X} loss mse(y); output y=(x->dense(1))"), "*x", ";")),
        ),
        (
            "concat",
            wrap(&size.repeat(&format!("{X} loss mse(y); output y=concat("), "x,", ")->dense(1);")),
        ),
        ("sum of sums", wrap(&size.repeat(&format!("{X} output y=x"), "+(x+x)", ";"))),
        ("sum of products", wrap(&size.repeat(&format!("{X} output y=x"), "+x*x", ";"))),
        (
            "sum of layers",
            wrap(&size.repeat(&format!("{X} loss mse(y); output y=x"), "+(x->dense(1))", ";")),
        ),
        (
            "concat of layers",
            wrap(&size.repeat(&format!("{X} loss mse(y); output y=concat("), "x->dense(1),", ");")),
        ),
        ("doubled sums", doubling("+")),
        ("doubled products", doubling("*")),
        (
            "misfits",
            wrap(&size.fill(
                "input x: [1]; input z: [2];",
                |index| format!("let {}=x+z;", a(index)),
                "output x;",
            )),
        ),
        (
            "skips",
            wrap(&size.both(
                &format!("{X} let a0=x->dense(1);"),
                |index| format!("let a{}=a{index}->dense(1);", index + 1),
                "output y = x",
                |index| format!("+a{}", index % 900),
                "; loss mse(y);",
            )),
        ),
        (
            "lives of all lengths",
            wrap(&size.both(
                "input x: [3]; let a0=x->relu;",
                |index| format!("let a{}=a{index}->dense({});", index + 1, index % 7 + 1),
                "",
                |index| format!("output y{index}=a{};", index % 900),
                "",
            )),
        ),
        (
            "axes",
            wrap(&size.repeat("input x: [1", ",1", "]; output y = x -> relu -> tanh -> flatten;")),
        ),
        (
            "axes of a reshape",
            wrap(&size.repeat(&format!("{X} output y = x -> reshape(1"), ",1", ") -> relu;")),
        ),
        (
            "axes of many values",
            wrap(&size.both(
                "input x: [1",
                |_| ",1".to_owned(),
                "]; output y=x",
                |_| "->elu".to_owned(),
                ";",
            )),
        ),
    ]
}

fn list_interfaces(size: Size) -> Vec<Case> {
    vec![
        ("inputs", wrap(&size.fill("", |index| format!("input a{index}:[1];"), "output a0;"))),
        (
            "summed inputs",
            wrap(&size.both(
                "",
                |index| format!("input a{index}:[1];"),
                "output y=a0",
                |index| format!("+a{index}"),
                ";",
            )),
        ),
        (
            "outputs",
            wrap(&size.fill(&format!("{X} "), |index| format!("output a{index}=x->tanh;"), "")),
        ),
        (
            "trained outputs",
            wrap(&size.fill(
                &format!("{X} loss mse(a0); "),
                |index| format!("output a{index}=x->dense(1);"),
                "",
            )),
        ),
        (
            "terms",
            wrap(&size.repeat(&format!("{X} output y=x->dense(2);loss mse(y)"), "+mse(y)", ";")),
        ),
        (
            "terms of views",
            wrap(&size.both(
                &format!("{X} output y=x->dense(2)"),
                |_| "->flatten".to_owned(),
                ";loss mse(y)",
                |_| "+mse(y)".to_owned(),
                ";",
            )),
        ),
        (
            "terms of many outputs",
            wrap(&size.both(
                X,
                |index| format!("output a{index}=x->dense(2);"),
                "loss mse(a0)",
                |index| format!("+mse(a{index})"),
                ";",
            )),
        ),
        (
            "terms with two targets",
            wrap(&size.both(
                X,
                |index| format!("output a{index}=x->dense(2);"),
                "loss mse(a0)",
                |index| format!("+mse(a{0})+nll(a{0})", index % 1000),
                ";",
            )),
        ),
        (
            "weights of classes",
            wrap(&size.fill(
                "input x:[4];output y=x->dense(16000);loss cross_entropy(y,class_weights=[",
                |_| "0.5,".to_owned(),
                "]);",
            )),
        ),
    ]
}

fn list_odd_names(size: Size) -> Vec<Case> {
    let long = |count| long_name('v', count);
    vec![
        (
            "names that differ in case",
            wrap(&size.fill(X, |index| format!("output {}=x->tanh;", cased_name(index)), "")),
        ),
        (
            "names of underscores",
            wrap(&size.fill(X, |index| format!("output a{}=x->tanh;", "_".repeat(index)), "")),
        ),
        (
            "names like numbered uses",
            wrap(&size.both(
                &format!("{X} let m_1=x->dense(1) as m;"),
                |index| format!("output m_{}=x->m;", index + 2),
                "output y = x",
                |_| "->m".to_owned(),
                ";",
            )),
        ),
        (
            "a long name often",
            wrap(&size.both(
                &format!("input {0}:[1];let a={0}->flatten;output y=a", long(256)),
                |_| "+a".to_owned(),
                "",
                |_| "*a".to_owned(),
                ";",
            )),
        ),
        (
            "a long label often",
            wrap(&size.both(
                &format!("{X} let a=x->dense(1) as {};let b=a->elu;output y=b", long(256)),
                |_| "+b".to_owned(),
                "",
                |_| "*b".to_owned(),
                ";",
            )),
        ),
        (
            "a long network",
            format!("struct {} {{ {X} output y = x -> dense(1); loss mse(y); }}", long(256)),
        ),
        (
            "a long output often",
            wrap(&size.both(
                &format!("{X} output {}=x->dense(2);let a={0};output y=a", long(256)),
                |_| "+a".to_owned(),
                "",
                |_| "*a".to_owned(),
                ";",
            )),
        ),
    ]
}

use super::{errors, parse_text};

/// Asserts that a body has one mistake, with this message, and this many sound statements.
#[track_caller]
fn assert_error(body: &str, message: &str, sound: usize) {
    let (messages, found) = errors(body);
    assert_eq!(messages, [message], "in {body}");
    assert_eq!(found, sound, "sound statements in {body}");
}

#[track_caller]
fn assert_head_error(text: &str, message: &str) {
    assert_eq!(parse_text(text).1, [message], "in {text}");
}

#[test]
fn mixing_arrows_and_operators_shows_both_readings() {
    assert_error(
        "let v = a + b -> relu; let w = v;",
        "`a + b -> relu` could mean `(a + b) -> relu` or `a + (b -> relu)`\n\
         help: add the parentheses you mean",
        1,
    );
    assert_error(
        "let v = a + b * (c + d) -> dense(10, bias = false) -> relu;",
        "`a + b * (c + d) -> dense(10, bias = false)` could mean \
         `(a + b * (c + d)) -> dense(10, bias = false)` or \
         `a + b * ((c + d) -> dense(10, bias = false))`\n\
         help: add the parentheses you mean",
        0,
    );
    assert_error(
        "let v = a -> relu + b;",
        "`->` and `+` do not mix without parentheses\nhelp: write `(a -> relu) + b`",
        0,
    );
    assert_error(
        "let v = a -> relu * b + c -> tanh;",
        "`a -> relu * b + c -> tanh` could mean `(a -> relu) * b + (c -> tanh)` or \
         `((a -> relu) * b + c) -> tanh`\n\
         help: add the parentheses you mean",
        0,
    );
}


#[test]
fn dump() {
    for body in [
        "let v = a b;", "let v = a - b;", "let v = a -> ;", "let v = a ->", "let v = ;", "let v = dense(3);",
        "let v = 3 * a;", "let v = a => relu;", "let v = (a, b);", "let v = ();", "let v = (a + );", "let v = a -> my::relu;",
        "let v = a -> relu as;", "let v = a -> relu as x as y;", "let v = a -> dense[3];", "let v = a -> type;", "let v = a -> (b);",
        "let v = a -> dense(3 4);", "let v = a -> dense(,);", "let v = a -> dense(k = );", "let v = a -> dense(3 +);",
        "let v = a -> dense(\"same\");", "let v = a -> dense(3u8, 3KiB, 1.0f32);", "let v = a -> dense(1 + 0.5);", "let v = a -> dense(0.5 * 2);",
        "let v = a -> custom(my::);", "let v = a -> custom(my::T<3);", "let v = a -> dense(3; 4, 5u8);",
        "let v = concat(a -> relu + b, 3, k = 1, c);",
        "let v = a -> relu let w = a;", "let v = a -> relu output w = a;", "let v = a -> relu w = a;", "let v a;", "let = a;", "let mut v = a;", "let v: T = a;",
        "v = a -> relu;", "a -> relu;", "outptu v = a;", "frobnicate v;", "+ a; let w = a;", "; let w = a;", "/// docs\n let w = a; #[a]",
        "const N: usize = 3;", "const N = 3 % 2;", "const N = 99999999999999999999;", "const = 3;", "const N 3;", "const N = ;", "const N = 1e999;",
        "input x;", "input x: 64;", "input x: [3 4];", "input : [3];", "input x: [3]", "input x: [3, 4u8, 0.5];",
        "output;", "output 3;", "output a, b;", "output a -> relu;", "output a + b;", "output a b;", "output = a;",
        "dtype = f32;", "dtype;", "dtype f32 f64;", "tile 32;", "tile = ;", "tile = 32",
        "loss;", "loss mse;", "loss mse(a) * 0.5;", "loss W * mse(a);", "loss -1 * mse(a);", "loss - mse(a);", "loss mse(a) - mse(b);", "loss 0.1 mse(a);", "loss mse(a) mse(b);",
        "loss mse(a -> relu, 3, k = 2, c);", "loss (mse(a));", "loss custom(my::T);", "loss mse(a) +;", "loss 3u8 * mse(a);",
        "budget;", "budget = 3;", "budget { step 3 }", "budget { step = 3 KB }", "budget { step = 3 GiB, inference = 3KiB }", "budget { step = 1.5 KiB }", "budget { = 3 }", "budget { step = 3 KiB inference = 3 B }", "budget { step = 3 } let w = a;",
    ] {
        let (messages, sound) = errors(body);
        eprintln!("## {body}   [{sound}]");
        for m in messages { eprintln!("   {}", m.replace("\n", "\n      ")); }
    }
    for text in ["", "enum X {}", "struct", "struct X", "struct X;", "struct X(u8);", "struct X<T> where T: Y { let a = 3; }", "struct X {} struct Y {}", "struct X {};", "pub fn x() {}", "#![a] struct X {}", "struct fn {}", "pub(crate) struct X where {}", "struct X<T>;"] {
        let (_, messages) = parse_text(text);
        eprintln!("## {text}");
        for m in messages { eprintln!("   {}", m.replace("\n", "\n      ")); }
    }
}

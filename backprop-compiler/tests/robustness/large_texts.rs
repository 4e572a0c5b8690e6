//! Texts of 64 KiB that are no networks.

use super::limits::{BYTES, Size, assert_bounded, long_name, wrap};

#[test]
fn broken_text_ends_soon() {
    let nested = |open: &str, close: &str| {
        let count = BYTES / 2 / open.len();
        open.repeat(count) + &close.repeat(count)
    };
    assert_bounded(vec![
        ("parentheses", wrap(&format!("output y = {}", nested("(", ")")))),
        ("brackets", wrap(&format!("input x: {};", nested("[", "]")))),
        ("braces", nested("{", "}")),
        ("attribute", format!("#[a{}] struct Net {{}}", nested("(", ")"))),
        (
            "conditions",
            format!(
                "#[{}a{}] struct Net {{ input x: [1]; output x; }}",
                "cfg_attr(a, ".repeat(4000),
                ")".repeat(4000)
            ),
        ),
        (
            "conditions that are read",
            format!(
                "#[{}a{}] struct Net {{ input x: [1]; output x; }}",
                "cfg_attr(a, ".repeat(500),
                ")".repeat(500)
            ),
        ),
        (
            "many digits",
            wrap(&Size::TEXT.fill("input x: [", |_| format!("{},", "9".repeat(490)), "];")),
        ),
        ("attributes", Size::TEXT.repeat("", "#[a]", "struct Net { input x: [1]; output x; }")),
        ("calls", wrap(&format!("output y = x -> {}", nested("dense(", ")")))),
        ("initialisers", wrap(&format!("output y = x -> dense(1, {});", nested("init=a(", ")")))),
        ("concats", wrap(&format!("output y = {}", nested("concat(", ")")))),
        ("generic path", wrap(&Size::TEXT.repeat("output y = x -> custom(a", "<", ");"))),
        ("path", wrap(&Size::TEXT.repeat("output y = x -> custom(a", "::a", ");"))),
        ("minus signs", wrap(&Size::TEXT.repeat("const N = ", "-", "1;"))),
        ("arrows", wrap(&Size::TEXT.repeat("output y = x", "->", ";"))),
        ("semicolons", wrap(&Size::TEXT.repeat("", ";", ""))),
        ("commas", wrap(&Size::TEXT.repeat("input x: [", ",", "];"))),
        ("hashes", wrap(&Size::TEXT.repeat("", "#", ""))),
        ("lets", wrap(&Size::TEXT.repeat("", "let ", ""))),
        ("words", wrap(&Size::TEXT.repeat("", "a ", ""))),
        ("documentation", wrap(&Size::TEXT.repeat("", "/// a\n", ""))),
        ("trailing", Size::TEXT.repeat("struct Net {}", "struct A {}", "")),
        ("head", Size::TEXT.repeat("struct Net", "<A", "> {}")),
        ("digits", wrap(&Size::TEXT.repeat("const N = ", "9", ";"))),
        ("a long sum of numbers", wrap(&Size::TEXT.repeat("const N = 1", "+1", ";"))),
        (
            "sums and arrows",
            wrap(&Size::TEXT.repeat("input x: [1]; output y = x", "+x", "-> relu;")),
        ),
        ("arrows and sums", wrap(&Size::TEXT.repeat("output y = x", "->a+x", ";"))),
        ("mixed operands", wrap(&Size::TEXT.repeat("output y = concat(", "x+x->a,", ");"))),
        ("mixed terms", wrap(&Size::TEXT.repeat("loss mse(y)", "*mse(y)", ";"))),
        ("lost values", wrap(&Size::TEXT.repeat("", "let a=;", ""))),
        ("unknown statements", wrap(&Size::TEXT.fill("", |index| format!("s{index};"), ""))),
        ("a long word", wrap(&long_name('a', BYTES))),
        ("numbers in names' places", wrap(&Size::TEXT.repeat("", "let 1=x;", ""))),
        ("weights", wrap(&Size::TEXT.repeat("loss ", "2*", "mse(y);"))),
        (
            "invisible",
            wrap(&format!("output y = {}x{};", "invisible(".repeat(200), ")".repeat(200))),
        ),
    ]);
}

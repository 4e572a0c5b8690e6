use super::{errors, parse_text};

/// Asserts that a body has one mistake, with this message, and this many sound statements.
#[track_caller]
fn assert_error(body: &str, message: &str, sound: usize) {
    let (messages, found) = errors(body);
    assert_eq!(messages, [message], "in {body}");
    assert_eq!(found, sound, "sound statements in {body}");
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
fn every_mistake_is_reported_and_the_rest_is_kept() {
    let (messages, sound) = errors(
        "input x: [8];
         const N = 3
         let a = x -> -> relu;
         outptu b = a;
         let c = a -> dense(8, , bias = 3u8, k = \"same\");
         output d = a -> dense(N);
         loss mse(d);",
    );
    let headlines: Vec<&str> = messages.iter().filter_map(|text| text.lines().next()).collect();
    let expected = [
        "missing `;` before `let`",
        "expected a layer after `->`, found `->`",
        "unknown statement `outptu`",
        "expected an argument, found `,`",
        "unexpected suffix `u8` of a number",
        "expected a number, found `\"same\"`",
    ];
    assert_eq!(headlines, expected);
    // The one without a semicolon among them.
    assert_eq!(sound, 4);
}

#[test]
fn the_facade_alone_is_an_error() {
    let message = "expected `struct`, found the end\n\
                   help: a network is a struct: write `pub struct Name { .. }`";
    assert_eq!(parse_text("").1, [message]);
}

/// `messages.txt` holds a mistake, what is said about it, and how many statements are sound; then
/// a blank line. To bless a change, run with `BLESS=1` and read the diff.
#[test]
fn messages_are_as_pinned() {
    let pinned = include_str!("messages.txt");
    let actual: String = pinned.split("\n\n").map(str::trim).map(say).collect();
    if std::env::var_os("BLESS").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/parse/tests/messages.txt");
        std::fs::write(file, &actual).expect("the file can be written");
        return;
    }
    for (pinned, actual) in pinned.split("\n\n").zip(actual.split("\n\n")) {
        assert_eq!(actual, pinned);
    }
    assert_eq!(actual, pinned);
}

/// The first line of an entry, with what is said about it now.
fn say(entry: &str) -> String {
    let Some(text) = entry.lines().next() else {
        return String::new();
    };
    let in_body = !text.contains("struct") && !text.contains("enum") && !text.contains("fn");
    let (messages, sound) = if in_body {
        errors(text)
    } else {
        let (declaration, messages) = parse_text(text);
        (messages, super::count_sound(declaration))
    };
    let said: String = messages
        .iter()
        .map(|message| format!("    error: {}\n", message.replace('\n', "\n    ")))
        .collect();
    format!("{text}\n{said}    sound: {sound}\n\n")
}

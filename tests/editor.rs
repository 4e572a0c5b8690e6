//! What an editor knows inside the braces of a declaration, as rust-analyzer answers it: in a user's crate,
//! `tests/fixtures/editor`. `docs/editor.md` says what this is good for, and what cannot be had.

#[path = "editor/component.rs"]
mod component;
#[path = "editor/document.rs"]
mod document;
#[path = "editor/server.rs"]
mod server;

use std::path::Path;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use component::ensure_component;
use document::Document;
use server::Server;

/// The crate, in one rust-analyzer that all tests share; `None` where it cannot be run.
static DOCUMENT: LazyLock<Option<Mutex<Document>>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package = root.join("tests/fixtures/editor");
    ensure_component(root).then(|| {
        let server = Server::start(&package, &root.join("target/strangers"));
        Mutex::new(Document::open(server, &package))
    })
});

fn open() -> Option<MutexGuard<'static, Document>> {
    Some(DOCUMENT.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
}

fn assert_shows(document: &mut Document, place: &str, expected: &[&str]) {
    let shown = document.hover(place);
    for text in expected {
        assert!(shown.contains(text), "over `{place}` there is no `{text}`:\n{shown}");
    }
}

fn assert_offers(document: &mut Document, old: &str, new: &str, expected: &[&str]) {
    let offered = document.complete(old, new);
    for word in expected {
        assert!(offered.iter().any(|label| label == word), "`{new}`, no `{word}`: {offered:?}");
    }
}

/// That this is what becomes of the file.
fn assert_renames(document: &mut Document, place: &str, name: &str, expected: &str) {
    let renamed = document.rename(place, name);
    let lines = renamed.lines().zip(expected.lines());
    let wrong: Vec<_> = lines.filter(|(actual, expected)| actual != expected).collect();
    assert!(wrong.is_empty(), "`{place}` to `{name}`, (actual, expected): {wrong:#?}");
}

/// That the names are offered, and `other`, which may not stand there, is not.
fn assert_offers_no_other(
    document: &mut Document,
    (old, new): (&str, &str),
    expected: &[&str],
    other: &str,
) {
    assert_offers(document, old, new, expected);
    let offered = document.complete(old, new);
    assert!(!offered.iter().any(|label| label == other), "`{new}`: {offered:?}");
}

#[test]
fn keywords_show_their_documentation() {
    let Some(mut document) = open() else { return };
    let document = &mut *document;
    assert_shows(
        document,
        "image -> den|se",
        &["`dense(units)`: `[n]` to `[units]`, y = x W + b."],
    );
    assert_shows(document, "cross_|entropy", &["-Σ q ln softmax(y)"]);
    assert_shows(document, "con|cat", &["values side by side"]);
    assert_shows(document, "he_nor|mal", &["variance 2 / fan in"]);
    let owners =
        "An argument of `attention`, `batch_norm`, `conv1d`, `conv2d`, `conv_transpose1d`, ";
    assert_shows(document, "bi|as = false", &[owners]);
    assert_shows(document, "lo|ss mse", &["what training makes smaller"]);
}

#[test]
fn names_show_what_they_stand_for() {
    let Some(mut document) = open() else { return };
    let document = &mut *document;
    let network = ["Reads letters by their looks", "# Layers", "dJ/dlooks += dJ/dseen"];
    assert_shows(document, "struct Let|ters", &network);
    let layer = ["from `[16]` to `[8]`", "Parameters of `mix`: `weight [16, 8]`."];
    assert_shows(document, "as m|ix", &layer);
    assert_shows(document, "looks -> m|ix", &layer);
    assert_shows(document, "input ima|ge", &["A value of shape `[64]`."]);
    assert_shows(document, "let loo|ks", &["A value of shape `[16]`."]);
    assert_shows(document, "(hea|rd + seen)", &["A value of shape `[8]`."]);
    assert_shows(document, "output lev|el", &["A value of shape `[1]`."]);
    assert_shows(document, "mse(lev|el)", &["A value of shape `[1]`."]);
}

#[test]
fn uses_lead_to_the_declaration() {
    let Some(mut document) = open() else { return };
    for (used, declared) in [
        // Outside of the declaration.
        ("net.hid|den", "as |hidden"),
        ("letters.mi|x", "as |mix"),
        ("gradient.mi|x", "as |mix"),
        ("sou|nd: [0.0", "input |sound"),
        ("output.lev|el", "output |level"),
        ("target.lev|el", "output |level"),
        ("&Lett|ers)", "struct |Letters"),
        // A layer without a label is defined by its keyword.
        ("net.den|se1", "-> |dense(1) -> custom"),
        // Within.
        ("looks -> mi|x", "as |mix"),
        ("= ima|ge", "input |image"),
        ("(hea|rd + seen)", "let |heard"),
        ("concat(heard, loo|ks)", "let |looks"),
        ("mse(lev|el)", "output |level"),
        ("dense(UNI|TS", "const |UNITS"),
        // A path of Rust's.
        ("crate::Squ|are", "pub struct |Square"),
    ] {
        let expected = [document.line(declared)];
        assert_eq!(document.find_definitions(used), expected, "from `{used}`");
    }
    // Where a value is made, and where it becomes an output.
    let expected = [document.line("let |seen"), document.line("output |seen;")];
    assert_eq!(document.find_definitions("+ se|en)"), expected);
}

#[test]
fn what_may_stand_there_is_offered() {
    let Some(mut document) = open() else { return };
    let document = &mut *document;
    let layer = "dense(8) as hidden";
    assert_offers_no_other(document, (layer, "den|"), &["dense", "relu", "softmax"], "mse");
    assert_offers(document, layer, "|", &["dense"]);
    assert_offers(document, "looks -> mix", "looks -> mi|", &["mix"]);
    // The statement ends here, or goes on, or ends without its `;`.
    assert_offers(document, "custom(crate::Square);", "sig|;", &["sigmoid"]);
    assert_offers(document, "custom(crate::Square);", "sig|", &["sigmoid"]);
    assert_offers(document, "custom(crate::Square);", "|", &["sigmoid"]);
    let losses = ["cross_entropy", "mse"];
    assert_offers_no_other(document, ("mse(y)", "cross_|"), &losses, "dense");
    assert_offers(document, "mse(y)", "cross_|(y)", &losses);
    assert_offers(document, "mse(y)", "|", &losses);
    let values = ["heard", "image", "level", "concat"];
    assert_offers_no_other(document, ("(heard + seen)", "he|"), &values, "dense");
    assert_offers(document, "mse(level)", "mse(le|)", &["level"]);
    assert_offers(document, "UNITS, bias", "UN|, bias", &["UNITS"]);
    assert_offers(document, "init = he_normal", "init = he|", &["he_normal"]);
    assert_offers(document, "bias = false", "bi|", &["bias"]);
    assert_offers(document, "loss mse(y)", "los|", &["loss", "output", "input"]);
    assert_offers(document, "crate::Square", "crate::Sq|", &["Square"]);
    assert_offers(document, "crate::Square", "crate::|", &["Square"]);
    assert_offers(document, "letters.mix", "letters.|", &["mix", "eye", "guess", "train_step"]);
}

#[test]
fn names_change_everywhere() {
    let Some(mut document) = open() else { return };
    let document = &mut *document;
    let text = document.text().to_owned();
    let replace = |pairs: &[(&str, &str)]| {
        pairs.iter().fold(text.clone(), |text, (old, new)| text.replace(old, new))
    };
    let within = [("as mix", "as blend"), ("-> mix;", "-> blend;")];
    let network = ("letters.mix", "letters.blend");
    let gradient = ("gradient.mix", "gradient.blend");
    let everywhere = replace(&[within[0], within[1], network, gradient]);
    assert_renames(document, "as m|ix", "blend", &everywhere);
    assert_renames(document, "looks -> m|ix", "blend", &everywhere);
    assert_eq!(document.check(&everywhere), [""; 0]);

    let inputs =
        [("sound: [16]", "noise: [16]"), ("= sound", "= noise"), ("sound: [0.0", "noise: [0.0")];
    assert_renames(document, "input sou|nd", "noise", &replace(&inputs));
    assert_renames(document, "sou|nd: [0.0", "noise", &replace(&inputs));
    let values =
        [("let looks", "let sight"), ("looks -> mix", "sight -> mix"), (", looks)", ", sight)")];
    assert_renames(document, "let loo|ks", "sight", &replace(&values));
    let outputs = [
        ("output level", "output volume"),
        ("mse(level)", "mse(volume)"),
        ("output.level", "output.volume"),
        ("target.level", "target.volume"),
    ];
    assert_renames(document, "output lev|el", "volume", &replace(&outputs));
    let seen = [("let seen", "let found"), ("+ seen", "+ found"), ("output seen", "output found")];
    assert_renames(document, "output se|en", "found", &replace(&seen));
    let consts = [("const UNITS", "const WIDTH"), ("dense(UNITS", "dense(WIDTH")];
    assert_renames(document, "const UN|ITS", "WIDTH", &replace(&consts));
}

/// What is there for an editor raises no complaint of the editor's own.
#[test]
fn only_our_messages_are_shown() {
    let Some(mut document) = open() else { return };
    let text = document.text().to_owned();
    assert_eq!(document.check(&text), [""; 0]);
    let unknown = document.check(&text.replace("dense(8) as hidden", "dens(8) as hidden"));
    assert_eq!(unknown, ["there is no layer `dens`\nhelp: did you mean `dense`?"]);
}

#[test]
fn names_are_found() {
    let Some(mut document) = open() else { return };
    let document = &mut *document;
    let places = ["gradient.|mix", "let seen = looks -> |mix", "letters.|mix", "as |mix"];
    let mut lines = places.map(|place| document.line(place));
    lines.sort();
    assert_eq!(document.find_references("as m|ix"), lines);
    let types = ["", "Gradient", "Input", "Output", "Target", "Workspace"];
    assert_eq!(document.find_symbols("Letters"), types.map(|suffix| format!("Letters{suffix}")));
}

/// What `docs/editor.md` says cannot be had. Where one of these can, the page is to be mended.
#[test]
fn limits_are_as_described() {
    let Some(mut document) = open() else { return };
    let document = &mut *document;
    let text = document.text().to_owned();
    // Fields of two types are one name in the declaration, and two outside.
    let label = text.replace("as mix", "as blend").replace("-> mix;", "-> blend;");
    let from_outside = label.replace("letters.mix", "letters.blend");
    assert_renames(document, "letters.m|ix", "blend", &from_outside);
    // Names that are made of others.
    let network = text.replace("struct Letters", "struct Signs").replace("&Letters)", "&Signs)");
    assert_renames(document, "struct Let|ters", "Signs", &network);
    // The only place of an automatic name.
    let automatic = text.replace("dense(1) -> custom", "last(1) -> custom");
    assert_renames(document, "net.den|se1", "last", &automatic.replace("net.dense1", "net.last"));
    let offered = document.complete("UNITS, bias", "UNITS, b|");
    assert!(offered.contains(&"negative_slope".to_owned()), "{offered:?}");
    let outline = document.outline();
    assert!(outline.contains(&"mixing".to_owned()), "{outline:?}");
    assert!(!outline.contains(&"Letters".to_owned()), "{outline:?}");
}

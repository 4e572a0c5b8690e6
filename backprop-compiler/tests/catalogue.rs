//! The catalogue in the documentation is that of the registries. `BLESS=1` writes it anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use backprop_compiler::init::INITIALISERS;
use backprop_compiler::losses::LOSSES;
use backprop_compiler::ops::{Concat, LAYERS};

fn write_catalogue() -> String {
    let mut text = "# Layers\n\n".to_owned();
    let layers = LAYERS.iter().map(|layer| (layer.docs, layer.examples));
    let joins: [(&str, &[&str]); 1] = [(Concat::DOCS, &[])];
    for (docs, examples) in layers.chain(joins) {
        write_entry(&mut text, docs, examples);
    }
    text.push_str("\n# Initialisers\n\nOf `init` and `bias_init`.\n\n");
    text.push_str("| name and arguments | distribution | source |\n|---|---|---|\n");
    for init in INITIALISERS {
        let _ = writeln!(text, "| {} | {} | {} |", init.usage, init.distribution, init.source);
    }
    text.push_str("\n# Losses\n\n");
    for kind in LOSSES {
        write_entry(&mut text, kind.docs, kind.examples);
    }
    text
}

fn write_entry(text: &mut String, docs: &str, examples: &[&str]) {
    let _ = write!(text, "- {docs}");
    // The first is the shortest, which the words show already.
    if examples.len() > 1 {
        let _ = write!(text, " For example `{}`.", examples[1..].join("`, `"));
    }
    text.push('\n');
}

#[test]
fn the_catalogue_is_that_of_the_registries() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/catalogue.md");
    let expected = write_catalogue();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "src/catalogue.md is out of date: run this test with BLESS=1");
}

#[test]
fn registries_are_sorted_and_documented() {
    let layers: Vec<(&str, &str)> =
        LAYERS.iter().map(|layer| (layer.keyword, layer.docs)).collect();
    let losses: Vec<(&str, &str)> = LOSSES.iter().map(|kind| (kind.keyword, kind.docs)).collect();
    let inits: Vec<(&str, &str)> =
        INITIALISERS.iter().map(|init| (init.keyword, init.usage)).collect();
    for registry in [layers, losses, inits] {
        assert!(registry.is_sorted_by_key(|(keyword, _)| *keyword));
        for (keyword, docs) in registry {
            let usage = docs.strip_prefix('`').and_then(|docs| docs.strip_prefix(keyword));
            assert!(usage.is_some(), "the documentation of {keyword} begins with its usage");
        }
    }
}

//! Networks to formatted expansions, pinned: what a person reads in `cargo expand`.
//!
//! `INSTA_UPDATE=always cargo test -p backprop-compiler --test snapshots` blesses them; read the diff.

use std::fs;
use std::path::Path;

fn expand(declaration: &str) -> String {
    let tokens = format!("backprop; {declaration}").parse().expect("the file lexes");
    let items = backprop_compiler::compile(tokens);
    let file = syn::parse2(items).expect("the expansion is Rust");
    prettyplease::unparse(&file)
}

#[test]
fn expansions_are_as_pinned() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/networks");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 1);
    for path in paths {
        let declaration = fs::read_to_string(&path).expect("the file is text");
        let expansion = expand(&declaration);
        // The same declaration gives the same tokens, always.
        assert_eq!(expansion, expand(&declaration));
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        insta::assert_snapshot!(name, expansion);
    }
}

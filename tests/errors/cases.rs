//! The cases of `tests/ui`, read as text: what they say of themselves, and the networks in them.

use std::fs;
use std::path::{Path, PathBuf};

use backprop_compiler::diagnostics::Diagnostic;
use proc_macro2::{TokenStream, TokenTree};

/// A file with networks that must not compile.
pub struct Case {
    /// Its name, without the ending.
    pub name: String,
    /// What its first comment says.
    pub docs: String,
    /// Everything behind that, as a person writes it.
    pub code: String,
    /// What rustc prints.
    pub messages: String,
}

impl Case {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let is_docs = |line: &&str| line.starts_with("//!");
        let docs: Vec<&str> =
            text.lines().take_while(is_docs).map(|line| line[3..].trim()).collect();
        let code: Vec<&str> = text.lines().skip_while(is_docs).collect();
        let messages = fs::read_to_string(path.with_extension("stderr"))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self {
            name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
            docs: docs.join(" "),
            code: code.join("\n"),
            messages,
        }
    }

    /// What the compiler says of each of its networks.
    pub fn analyse(&self) -> Vec<Vec<Diagnostic>> {
        let mut networks = Vec::new();
        collect_networks(self.code.parse().unwrap(), &mut networks);
        assert!(!networks.is_empty(), "{} has no network", self.name);
        networks
            .into_iter()
            .map(|network| {
                let mut tokens: TokenStream = "backprop;".parse().unwrap();
                tokens.extend(network);
                backprop_compiler::analyse(tokens).diagnostics.shown().cloned().collect()
            })
            .collect()
    }
}

/// What stands in each `network! { .. }`.
fn collect_networks(tokens: TokenStream, networks: &mut Vec<TokenStream>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        let is_call = index >= 2 && trees[index - 2].to_string() == "network";
        if is_call && trees[index - 1].to_string() == "!" {
            networks.push(group.stream());
        } else {
            collect_networks(group.stream(), networks);
        }
    }
}

/// The cases in a folder of `tests/ui`, by name; none where there is no such folder.
pub fn read_cases(folder: &str) -> Vec<Case> {
    let mut paths: Vec<PathBuf> = list(folder);
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "rs"));
    paths.iter().map(|path| Case::read(path)).collect()
}

/// What is in a folder of `tests/ui`.
pub fn list(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui").join(folder);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

//! Every op, join, loss and optimiser against PyTorch, and every gradient against central differences.
//!
//! README.md says what each file is, and how an entry is added.
#![allow(deprecated, reason = "losses are tried on what the macro warns of")]

mod declare;
mod differences;
mod extremes;
#[rustfmt::skip]
mod networks;
mod outputs;
mod precision;
mod record;
mod rules;
mod tiles;
mod training;
mod vectors;

use std::collections::BTreeSet;

use vectors::{Vectors, list_files};

#[test]
fn every_network_has_vectors_and_the_other_way_round() {
    for (folder, names) in [("", networks::NETWORKS), ("extremes", networks::extremes::EXTREMES)] {
        let names: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(list_files(folder), names, "run vectors.py");
    }
}

#[test]
fn every_optimiser_of_the_vectors_has_a_line() {
    let vectors = Vectors::open("tanh_mse");
    let found: BTreeSet<&str> =
        vectors.names().filter_map(|name| name.strip_suffix(" batch 1")).collect();
    assert_eq!(found, rules::list_names());
}

//! Networks as Rust source: rustc reads back every bit.
//!
//! `BLESS=1 cargo test --test checkpoint` writes the files that it reads.

use std::path::Path;

use backprop::Parameters;
use backprop::checkpoint::{Named, as_rust};

use super::{WHOLE, Xor, deployed};

mod odd {
    backprop::network! {
        /// Every kind of number, in arrays of several axes, frozen and not.
        pub struct Odd {
            dtype f64;
            input x: [2, 5];
            let a = x -> conv1d(3, kernel = 2, trainable = false) as windows -> flatten;
            output y = a -> dense(9, trainable = weight) as head -> dense(1);
            loss mse(y);
        }
    }
}
use odd::Odd;

static XOR: Xor = include!("../fixtures/xor.weights.rs");
static ODD: Odd = include!("../fixtures/odd.weights.rs");

/// What a number can be.
fn make_odd() -> Odd {
    let nan = f64::from_bits(0xfff8_0000_0000_1234);
    let numbers = [
        0.1,
        -0.0,
        0.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MIN_POSITIVE / 3.0,
        f64::from_bits(1),
        f64::MAX,
        1e16,
        std::f64::consts::PI,
        nan,
        1.0 / 3.0,
        -7.0,
    ];
    let mut numbers = numbers.into_iter().cycle();
    let mut odd = Odd::ZERO;
    odd.as_mut_slice().fill_with(|| numbers.next().unwrap());
    odd.frozen.windows.weight.as_flattened_mut().fill_with(|| numbers.next().unwrap());
    odd.frozen.windows.bias.fill_with(|| numbers.next().unwrap());
    odd.frozen.head.bias.fill_with(|| numbers.next().unwrap());
    odd
}

fn list_bits(odd: &Odd) -> Vec<u64> {
    let mut bits = Vec::new();
    odd.visit_parameters(|_, _, values| bits.extend(values.iter().map(|value| value.to_bits())));
    bits
}

fn check_file<N: Named>(network: &N, name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, as_rust(network).to_string()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), as_rust(network).to_string());
}

#[test]
fn source_is_the_network_to_the_last_bit() {
    check_file(&WHOLE, "xor.weights.rs");
    check_file(&make_odd(), "odd.weights.rs");
    assert_eq!(XOR, WHOLE);
    assert_eq!(list_bits(&ODD), list_bits(&make_odd()));
}

/// The same parameters, where others are frozen.
#[test]
fn source_names_the_block_of_each_array() {
    let mut split = deployed::Xor::with_frozen(&super::FROZEN);
    split.load_trainable(&super::write()).unwrap();
    let source = as_rust(&split).to_string();
    for line in ["network.frozen.dense1.weight = [\n", "network.dense2.weight = [\n"] {
        assert!(source.contains(line), "{source}");
    }
    assert_eq!(source.replace("frozen.", ""), as_rust(&WHOLE).to_string());
}

//! The image `keywords`: a spotter of words learns its last layers.

use backprop::{Error, Optimizer, Parameters};
use workload::hash_bits;

use super::{describe, list_runs};

#[allow(dead_code, reason = "the image uses the rest")]
#[path = "../../examples/firmware/keywords/src/words.rs"]
mod words;

use words::{DEPLOYED, Learner, Memory, RATE, ROUNDS, read_muffled, split_samples};

/// The most instructions of a forward pass and of a step, at each opt-level: with sums in memory they were 36 and 38
/// million at 3, 49 and 55 million at s.
const BOUNDS: [(&str, i64, i64); 2] =
    [("3", 11_000_000, 14_000_000), ("s", 12_500_000, 16_000_000)];

#[test]
#[cfg_attr(not(feature = "reproducible"), ignore = "needs the feature `reproducible`")]
fn words_are_learnt_to_the_bits_of_the_host() -> Result<(), Error> {
    let (mut network, mut memory) = (DEPLOYED, Box::new(Memory::new()));
    let mut optimizer = Optimizer::new(RATE);
    let mut cepstra = [0.0; 490];
    for sample in (0..ROUNDS).flat_map(|_| split_samples().0) {
        let class = read_muffled(sample, &mut cepstra);
        network.train_step_with(&cepstra, &class, &mut optimizer, &mut memory)?;
    }
    let hash = hash_bits(network.as_slice());
    for measurement in list_runs("keywords") {
        let found = measurement.run.find("words.hash");
        assert_eq!(found, Some(hash.into()), "{}", describe(measurement));
    }
    Ok(())
}

#[test]
fn words_need_no_static_memory_but_what_learns_and_its_workspace() {
    // The network has its trainable parameters, and a reference to the others: an address of the machine's.
    let network = size_of::<Learner>() - size_of::<&()>() + 4;
    for measurement in list_runs("keywords") {
        let expected = network + size_of::<Memory>();
        assert_eq!(measurement.ram as usize, expected, "{}", describe(measurement));
    }
}

#[test]
fn words_are_heard_in_few_instructions() {
    for measurement in list_runs("keywords") {
        let bound = BOUNDS.iter().find(|(level, ..)| *level == measurement.level.name);
        let (forward, step) = bound.map_or((0, 0), |(_, forward, step)| (*forward, *step));
        for (name, bound) in [("words.forward", forward), ("words.step", step)] {
            let found = measurement.counted.find(name);
            let within = found.is_some_and(|count| 0 < count && count <= bound);
            assert!(within, "{name} > {bound}: {found:?}, {}", describe(measurement));
        }
    }
}

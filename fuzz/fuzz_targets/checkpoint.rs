//! Bytes that are read as a checkpoint: as they are, and with checksums that fit.
#![no_main]

use backprop::schedules::{Cosine, Plateau};
use backprop::{Adam, Biases, Groups, Optimizer, Rng, Rule, Scheduled, checkpoint, network};
use libfuzzer_sys::fuzz_target;

network! {
    /// As small as a network that trains can be.
    pub struct Tiny {
        input x: [1];
        output y = x -> dense(2) -> tanh -> dense(1);
        loss mse(y);
    }
}

type TinyOptimizer = Optimizer<Scheduled<Groups<Adam, Biases, 2>, Cosine>, TinyGradient>;

const BYTES: usize = checkpoint::size::<(&Tiny, &TinyOptimizer, &Rng, &Plateau)>();

struct Training {
    network: Tiny,
    optimizer: TinyOptimizer,
    random: Rng,
    plateau: Plateau,
}

impl Training {
    fn start() -> Self {
        let rule = Groups::biases(Adam::new(0.1), Adam::new(0.2)).schedule(Cosine::new(50));
        Self {
            network: Tiny::new(1),
            optimizer: Optimizer::new(rule),
            random: Rng::new(1),
            plateau: Plateau::new(0.1),
        }
    }

    fn write(&self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        let contents = (&self.network, &self.optimizer, &self.random, &self.plateau);
        checkpoint::write(&mut bytes, contents).expect("there is room");
        bytes
    }

    /// Whether it was read; if not, nothing has changed.
    fn read(&mut self, bytes: &[u8]) -> bool {
        let before = self.write();
        let contents =
            (&mut self.network, &mut self.optimizer, &mut self.random, &mut self.plateau);
        let read = checkpoint::read(bytes, contents).is_ok();
        assert!(read || self.write() == before, "changed by what was refused");
        read
    }
}

/// Type and content of each record, if the lengths are right.
fn split_records(bytes: &[u8]) -> Option<Vec<(u16, &[u8])>> {
    let mut left = bytes.get(16..)?;
    let mut records = Vec::new();
    while !left.is_empty() {
        let kind = u16::from_le_bytes(*left.first_chunk()?);
        let length = u32::from_le_bytes(*left.get(4..8)?.first_chunk()?) as usize;
        records.push((kind, left.get(8..)?.get(..length)?));
        left = left.get(8 + length + 4..)?;
    }
    Some(records)
}

/// The same records with checksums, counts and lengths that fit.
fn repair(bytes: &[u8]) -> Option<Vec<u8>> {
    let records = split_records(bytes)?;
    let mut body = Vec::new();
    for (kind, content) in &records {
        let start = body.len();
        body.extend(kind.to_le_bytes());
        body.extend([0; 2]);
        body.extend((content.len() as u32).to_le_bytes());
        body.extend(*content);
        let sum = backprop::__private::checkpoint::sum(&body[start..]);
        body.extend(sum.to_le_bytes());
    }
    let mut repaired = b"\x89BPROP\r\n\x01\x00".to_vec();
    repaired.extend((records.len() as u16).to_le_bytes());
    repaired.extend((body.len() as u32).to_le_bytes());
    repaired.extend(body);
    Some(repaired)
}

/// What is read is what would be written: each record of ours stands there once.
fn check_read(training: &Training, bytes: &[u8]) {
    let written = training.write();
    let records = split_records(bytes).expect("it was read");
    for (kind, content) in split_records(&written).expect("it was written") {
        let same = |(other, bytes): &&(u16, &[u8])| {
            *other == kind && (kind < 3 || bytes.get(..8) == content.get(..8))
        };
        let found: Vec<_> = records.iter().filter(same).collect();
        assert_eq!(found, [&(kind, content)]);
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut training = Training::start();
    if training.read(bytes) {
        check_read(&training, bytes);
    }
    if let Some(repaired) = repair(bytes)
        && training.read(&repaired)
    {
        check_read(&training, &repaired);
    }
    // Without a valid beginning a fuzzer would first have to find one.
    let mut edited = training.write().to_vec();
    for edit in bytes.chunks_exact(3) {
        let place = usize::from(u16::from_le_bytes([edit[0], edit[1]])) % edited.len();
        edited[place] ^= edit[2];
    }
    if let Some(repaired) = repair(&edited)
        && training.read(&repaired)
    {
        check_read(&training, &repaired);
    }
});

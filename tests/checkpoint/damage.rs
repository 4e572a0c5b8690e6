//! What is damaged, cut off or forged is refused, and what it was to be read into stays as it is.

use backprop::checkpoint::{self, Save};
use backprop::schedules::{Cosine, Plateau};
use backprop::{Adam, CheckpointError, Groups, Optimizer, Random, Rng, Rule, Scheduled, network};

network! {
    /// As small as a network that trains can be.
    pub struct Tiny {
        input x: [1];
        output y = x -> dense(2) -> tanh -> dense(1);
        loss mse(y);
    }
}

type TinyRule = Scheduled<Groups<Adam, backprop::Biases, 2>, Cosine>;

/// A record of every type, with every kind of field.
#[derive(Clone, PartialEq)]
struct Training {
    network: Tiny,
    optimizer: Optimizer<TinyRule, TinyGradient>,
    random: Rng,
    plateau: Plateau,
}

const BYTES: usize =
    checkpoint::size::<(&Tiny, &Optimizer<TinyRule, TinyGradient>, &Rng, &Plateau)>();

impl Training {
    fn start(seed: u64) -> Self {
        let rule = Groups::biases(Adam::new(0.1), Adam::new(0.2)).schedule(Cosine::new(50));
        Self {
            network: Tiny::new(seed),
            optimizer: Optimizer::new(rule),
            random: Rng::new(seed),
            plateau: Plateau::new(0.1),
        }
    }

    fn train(mut self, steps: u32) -> Self {
        for _ in 0..steps {
            let input = [self.random.below(100) as f32 / 100.0];
            let loss = self.network.train_step(&input, &input, &mut self.optimizer).unwrap();
            self.plateau.observe(loss);
        }
        self
    }

    fn write(&self) -> [u8; BYTES] {
        let mut bytes = [0xaa; BYTES];
        let Self { network, optimizer, random, plateau } = self;
        let written = checkpoint::write(&mut bytes, (network, optimizer, random, plateau));
        assert_eq!(written, Ok(BYTES));
        bytes
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), CheckpointError> {
        let Self { network, optimizer, random, plateau } = self;
        checkpoint::read(bytes, (network, optimizer, random, plateau))
    }
}

/// Offers bytes to a training that has begun, which must refuse them and stay as it is.
fn refuse(training: &mut Training, bytes: &[u8], what: &str) -> CheckpointError {
    let before = training.clone();
    let error = training.read(bytes).expect_err(what);
    assert!(*training == before, "{what}: changed by what was refused");
    error
}

#[test]
fn every_flipped_bit_is_found() {
    let bytes = Training::start(1).train(5).write();
    let mut training = Training::start(2);
    for bit in 0..8 * BYTES {
        let mut damaged = bytes;
        damaged[bit / 8] ^= 1 << (bit % 8);
        refuse(&mut training, &damaged, &format!("bit {bit}"));
    }
    assert_eq!(training.read(&bytes), Ok(()));
}

#[test]
fn every_truncation_is_found() {
    let bytes = Training::start(1).train(5).write();
    let mut training = Training::start(2);
    for length in 0..BYTES {
        let error = refuse(&mut training, &bytes[..length], &format!("{length} bytes"));
        let expected =
            if length < 8 { CheckpointError::NotACheckpoint } else { CheckpointError::Truncated };
        assert_eq!(error, expected, "{length} bytes");
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert_eq!(refuse(&mut training, &longer, "longer"), CheckpointError::TrailingBytes);
}

#[test]
fn random_bytes_are_refused() {
    let (mut random, mut training) = (Rng::new(1), Training::start(2));
    let bytes = Training::start(1).write();
    for turn in 0..100_000 {
        let mut blob: Vec<u8> = (0..turn % 700).map(|_| random.below(256) as u8).collect();
        if turn % 2 == 0 {
            let kept = (random.below(80) as usize).min(blob.len());
            blob[..kept].copy_from_slice(&bytes[..kept]);
        }
        refuse(&mut training, &blob, &format!("{blob:?}"));
    }
}

/// CRC-32, by others.
fn sum(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Type and content of each record, as the lengths say.
fn split_records(bytes: &[u8]) -> Option<Vec<(u16, Vec<u8>)>> {
    let mut left = bytes.get(16..)?;
    let mut records = Vec::new();
    while !left.is_empty() {
        let kind = u16::from_le_bytes(*left.first_chunk()?);
        let length = u32::from_le_bytes(*left.get(4..8)?.first_chunk()?) as usize;
        records.push((kind, left.get(8..)?.get(..length)?.to_vec()));
        left = left.get(8 + length + 4..)?;
    }
    Some(records)
}

fn join_records(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (kind, content) in records {
        let start = body.len();
        body.extend(kind.to_le_bytes());
        body.extend([0; 2]);
        body.extend((content.len() as u32).to_le_bytes());
        body.extend(content);
        body.extend(sum(&body[start..]).to_le_bytes());
    }
    let mut bytes = b"\x89BPROP\r\n\x01\x00".to_vec();
    bytes.extend((records.len() as u16).to_le_bytes());
    bytes.extend((body.len() as u32).to_le_bytes());
    bytes.extend(body);
    bytes
}

/// Edits records at random: their bytes, lengths, types, order and number.
fn forge(records: &mut Vec<(u16, Vec<u8>)>, random: &mut Rng) {
    for _ in 0..=random.below(3) {
        let Some(count) = (records.len() as u32).checked_sub(1) else { return };
        let one = random.below(count + 1) as usize;
        let other = random.below(count + 1) as usize;
        let content = &mut records[one].1;
        match random.below(12) {
            0 => records.swap(one, other),
            1 => drop(records.remove(one)),
            2 => records.push(records[one].clone()),
            3 => records[one].0 = random.below(6) as u16,
            4 => content.truncate(random.below(content.len() as u32 + 1) as usize),
            5 => content.extend([0; 4]),
            6 => records.push((9, b"of another program".to_vec())),
            // The heads of records and the fields of rules, where the rules are.
            7 | 8 => {
                let place = random.below(40.min(content.len() as u32)) as usize;
                if let Some(byte) = content.get_mut(place) {
                    *byte = random.below(4) as u8;
                }
            }
            9 => {
                let place = content.len().saturating_sub(random.below(80) as usize);
                if let Some(byte) = content.get_mut(place) {
                    *byte = random.below(3) as u8;
                }
            }
            _ => {
                let place = random.below(content.len() as u32) as usize;
                if let Some(byte) = content.get_mut(place) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
    }
}

/// Checksums tell what was damaged on the way; what was forged is read only where it is what could have been written:
/// then writing it again gives the same records.
#[test]
fn what_fits_its_checksums_is_read_only_if_all_of_it_is_right() {
    let mut random = Rng::new(3);
    let original = split_records(&Training::start(1).train(5).write()).unwrap();
    let mut training = Training::start(2);
    let (mut read, mut refused) = (0, 0);
    for turn in 0..100_000 {
        let mut records = original.clone();
        forge(&mut records, &mut random);
        let bytes = join_records(&records);
        let before = training.write();
        match training.read(&bytes) {
            Err(_) => {
                refused += 1;
                assert_eq!(training.write(), before, "turn {turn}: changed by what was refused");
            }
            Ok(()) => {
                read += 1;
                for (kind, content) in split_records(&training.write()).unwrap() {
                    let same = |(other, bytes): &&(u16, Vec<u8>)| {
                        *other == kind && (kind < 3 || bytes.get(..8) == content.get(..8))
                    };
                    let found: Vec<_> = records.iter().filter(same).collect();
                    assert_eq!(found, [&(kind, content)], "turn {turn}");
                }
            }
        }
    }
    assert!(read > 10_000 && refused > 10_000, "{read} read, {refused} refused");
}

#[test]
fn a_generator_of_zeros_and_a_flag_that_is_none_are_damaged() {
    let mut training = Training::start(2);
    let original = split_records(&Training::start(1).train(5).write()).unwrap();
    let [_, _, generator, plateau] = original.as_slice() else { panic!("four records") };
    assert_eq!(generator.1.len(), 8 + 16);
    let mut records = original.clone();
    records[2].1[8..].fill(0);
    let error = refuse(&mut training, &join_records(&records), "zeros");
    assert_eq!(error, CheckpointError::Damaged);
    // rate, then whether there is a best loss.
    assert_eq!(plateau.1[8 + 4], 1);
    for flag in [0, 2] {
        let mut records = original.clone();
        records[3].1[8 + 4] = flag;
        let error = refuse(&mut training, &join_records(&records), "flag");
        assert_eq!(error, CheckpointError::Damaged, "flag {flag}");
    }
}

#[test]
fn other_trainings_are_refused() {
    let mut training = Training::start(2);
    let bytes = to_bytes((&Tiny::new(1), &Training::start(1).optimizer));
    let error = refuse(&mut training, &bytes, "no generator");
    assert_eq!(error, CheckpointError::NoState("generator (xoshiro128++)"));
}

fn to_bytes<S: Save>(contents: S) -> Vec<u8> {
    let mut bytes = vec![0; checkpoint::size::<S>()];
    checkpoint::write(&mut bytes, contents).unwrap();
    bytes
}

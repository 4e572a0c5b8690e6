use std::vec::Vec;
use std::{format, vec};

use super::crc::Crc;
use super::{CheckpointError, Key, OVERHEAD, Reader, Record, Topology, Writer, write_exactly};
use crate::{Random, Rng};

const TOPOLOGY: Topology =
    Topology { fingerprint: 0x0123_4567_89ab_cdef, scalar_bytes: 4, parameters: 5 };
const VALUES: [f32; 5] = [1.5, -2.0, f32::MIN_POSITIVE / 2.0, 0.1, -0.0];

/// What a network writes.
struct Values;

impl Record for Values {
    const KEY: Key = Topology::KEY;
    const BYTES: usize = TOPOLOGY.record_bytes();

    fn write(&self, writer: &mut Writer<'_>) {
        TOPOLOGY.write(writer);
        writer.push_all(&VALUES[..2]);
        writer.push_all(&VALUES[2..]);
    }
}

fn write() -> Vec<u8> {
    let mut bytes = [0xaa; OVERHEAD + 4 * VALUES.len()];
    write_exactly(&mut bytes, &Values);
    bytes.to_vec()
}

fn read(bytes: &[u8], topology: Topology) -> Result<Vec<u32>, CheckpointError> {
    let mut reader = Reader::open(bytes, topology)?;
    let mut values = [0.0; 5];
    let (first, second) = values.split_at_mut(3);
    reader.fill_f32(first);
    reader.fill_f32(second);
    Ok(values.map(f32::to_bits).to_vec())
}

/// A record of any type, with its checksum.
fn write_record(kind: u16, content: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend([0, 0]);
    bytes.extend((content.len() as u32).to_le_bytes());
    bytes.extend(content);
    let crc = Crc::new().add(&bytes).finish();
    bytes.extend(crc.to_le_bytes());
    bytes
}

fn write_container(records: &[Vec<u8>]) -> Vec<u8> {
    let body = records.concat();
    let mut bytes = b"\x89BPROP\r\n\x01\x00".to_vec();
    bytes.extend((records.len() as u16).to_le_bytes());
    bytes.extend((body.len() as u32).to_le_bytes());
    bytes.extend(body);
    bytes
}

#[test]
fn the_layout_is_the_documented_one() {
    let mut content = 0x0123_4567_89ab_cdef_u64.to_le_bytes().to_vec();
    content.extend([1, 0, 0, 0, 5, 0, 0, 0]);
    content.extend(VALUES.iter().flat_map(|value| value.to_le_bytes()));
    assert_eq!(write(), write_container(&[write_record(1, &content)]));
}

#[test]
fn bits_survive() {
    assert_eq!(read(&write(), TOPOLOGY), Ok(VALUES.map(f32::to_bits).to_vec()));
}

#[test]
fn a_reader_can_pass_over_parameters() {
    let bytes = write();
    let mut reader = Reader::open(&bytes, TOPOLOGY).unwrap();
    let mut value = [0.0];
    reader.skip(12);
    reader.fill_f32(&mut value);
    assert_eq!(value, [0.1]);
}

#[test]
fn every_flipped_bit_is_found() {
    let bytes = write();
    for bit in 0..bytes.len() * 8 {
        let mut damaged = bytes.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(read(&damaged, TOPOLOGY).is_err(), "bit {bit}");
    }
}

#[test]
fn every_truncation_and_addition_is_found() {
    let bytes = write();
    for length in 0..bytes.len() {
        let expected =
            if length < 8 { CheckpointError::NotACheckpoint } else { CheckpointError::Truncated };
        assert_eq!(read(&bytes[..length], TOPOLOGY), Err(expected), "{length} bytes");
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert_eq!(read(&longer, TOPOLOGY), Err(CheckpointError::TrailingBytes));
}

#[test]
fn records_of_other_types_are_passed_over() {
    let whole = write();
    let parameters = whole[16..].to_vec();
    let other = write_record(7, b"steps");
    let expected = Ok(VALUES.map(f32::to_bits).to_vec());
    let both = write_container(&[other.clone(), parameters.clone()]);
    assert_eq!(read(&both, TOPOLOGY), expected);
    let both = write_container(&[parameters.clone(), other.clone()]);
    assert_eq!(read(&both, TOPOLOGY), expected);
    let twice = write_container(&[parameters.clone(), parameters]);
    assert_eq!(read(&twice, TOPOLOGY), Err(CheckpointError::Damaged));
    assert_eq!(read(&write_container(&[other]), TOPOLOGY), Err(CheckpointError::NoParameters));
    assert_eq!(read(&write_container(&[]), TOPOLOGY), Err(CheckpointError::NoParameters));
}

/// Checksums tell what was damaged on the way, not what was written wrongly.
#[test]
fn a_record_whose_checksum_fits_is_checked_all_the_same() {
    let write_content = |scalar: [u8; 4], parameters: u32, values: &[u8]| {
        let fingerprint = TOPOLOGY.fingerprint.to_le_bytes();
        [&fingerprint[..], &scalar, &parameters.to_le_bytes(), values].concat()
    };
    let read_content = |content: Vec<u8>| {
        read(&write_container(&[write_record(1, &content)]), TOPOLOGY).map(|values| values.len())
    };
    assert_eq!(read_content(write_content([1, 0, 0, 0], 5, &[0; 20])), Ok(5));
    let damaged = Err(CheckpointError::Damaged);
    for scalar in [[0, 0, 0, 0], [3, 0, 0, 0], [1, 1, 0, 0], [1, 0, 0, 1]] {
        assert_eq!(read_content(write_content(scalar, 5, &[0; 20])), damaged, "{}", scalar[0]);
    }
    for (parameters, bytes) in [(5, 24), (6, 20), (5, 22), (5, 0)] {
        let values = vec![0; bytes];
        assert_eq!(read_content(write_content([1, 0, 0, 0], parameters, &values)), damaged);
    }
    for length in 0..16 {
        assert_eq!(read_content(vec![0; length]), damaged);
    }

    // Bytes that are always zero, under a checksum of the whole record.
    let mut record = write_record(1, &write_content([1, 0, 0, 0], 5, &[0; 20]));
    let content = record.len() - 4;
    record[3] = 1;
    let crc = Crc::new().add(&record[..content]).finish();
    record[content..].copy_from_slice(&crc.to_le_bytes());
    let bytes = write_container(&[record]);
    assert_eq!(read(&bytes, TOPOLOGY).map(|values| values.len()), damaged);

    // A record more than the header counts.
    let parameters = write_record(1, &write_content([1, 0, 0, 0], 5, &[0; 20]));
    let mut bytes = write_container(&[parameters, write_record(7, b"steps")]);
    bytes[10] = 1;
    assert_eq!(read(&bytes, TOPOLOGY).map(|values| values.len()), damaged);
}

#[test]
fn what_belongs_elsewhere_is_named() {
    let bytes = write();
    let other = Topology { fingerprint: 1, ..TOPOLOGY };
    assert_eq!(read(&bytes, other), Err(CheckpointError::OtherTopology));
    let other = Topology { parameters: 4, ..TOPOLOGY };
    assert_eq!(read(&bytes, other), Err(CheckpointError::OtherTopology));
    let other = Topology { scalar_bytes: 8, ..TOPOLOGY };
    assert_eq!(read(&bytes, other), Err(CheckpointError::OtherScalar));
    let mut newer = bytes.clone();
    newer[8] = 2;
    assert_eq!(read(&newer, TOPOLOGY), Err(CheckpointError::NewerVersion));
    // As a machine with the high byte first would write it.
    let mut other = bytes.clone();
    other[8..10].swap(0, 1);
    assert_eq!(read(&other, TOPOLOGY), Err(CheckpointError::OtherEndian));
    assert_eq!(read(b"\x7fELF\x01\x01\x01\x00", TOPOLOGY), Err(CheckpointError::NotACheckpoint));
}

#[test]
fn random_bytes_are_rejected() {
    let mut random = Rng::new(1);
    let bytes = write();
    for turn in 0..100_000 {
        let mut blob: Vec<u8> = (0..turn % 90).map(|_| random.below(256) as u8).collect();
        if turn % 2 == 0 {
            let kept = (turn / 2 % 20).min(blob.len());
            blob[..kept].copy_from_slice(&bytes[..kept]);
        }
        assert!(read(&blob, TOPOLOGY).is_err(), "{}", format!("{blob:?}"));
    }
}

//! Bytes to parameters.

use super::CheckpointError::{
    self, Damaged, NewerVersion, NoParameters, NotACheckpoint, OtherScalar, OtherTopology,
    TrailingBytes, Truncated,
};
use super::crc::Crc;
use super::{CRC, MAGIC, PARAMETERS, RECORD_HEADER, Topology, VERSION};

/// A network's parameters in a container that was found to be whole.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    left: &'a [u8],
}

/// The bytes of a number, and what follows.
macro_rules! take {
    ($bytes:ident, $otherwise:expr) => {
        match $bytes.split_first_chunk() {
            Some((taken, rest)) => {
                $bytes = rest;
                *taken
            }
            None => return Err($otherwise),
        }
    };
}

impl<'a> Reader<'a> {
    /// Checks the whole container.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub const fn open(bytes: &'a [u8], topology: Topology) -> Result<Self, CheckpointError> {
        let mut left = bytes;
        let magic: [u8; 8] = take!(left, NotACheckpoint);
        if u64::from_le_bytes(magic) != u64::from_le_bytes(MAGIC) {
            return Err(NotACheckpoint);
        }
        let version = u16::from_le_bytes(take!(left, Truncated));
        let mut records = u16::from_le_bytes(take!(left, Truncated));
        let length = u32::from_le_bytes(take!(left, Truncated)) as usize;
        if version > VERSION {
            return Err(NewerVersion);
        }
        if version == 0 {
            return Err(Damaged);
        }
        if left.len() < length {
            return Err(Truncated);
        }
        if left.len() > length {
            return Err(TrailingBytes);
        }
        let mut found = None;
        while records > 0 {
            let (kind, content, rest) = match split_record(left) {
                Ok(parts) => parts,
                Err(error) => return Err(error),
            };
            if kind == PARAMETERS {
                if found.is_some() {
                    return Err(Damaged);
                }
                found = Some(content);
            }
            left = rest;
            records -= 1;
        }
        if !left.is_empty() {
            return Err(Damaged);
        }
        match found {
            Some(content) => Self::open_parameters(content, topology),
            None => Err(NoParameters),
        }
    }

    const fn open_parameters(
        content: &'a [u8],
        topology: Topology,
    ) -> Result<Self, CheckpointError> {
        let mut left = content;
        let fingerprint = u64::from_le_bytes(take!(left, Damaged));
        let scalar: [u8; 4] = take!(left, Damaged);
        let parameters = u32::from_le_bytes(take!(left, Damaged)) as usize;
        let [code, zeros @ ..] = scalar;
        if !matches!(code, 1 | 2) || !matches!(zeros, [0, 0, 0]) {
            return Err(Damaged);
        }
        let scalar_bytes = if code == 2 { 8 } else { 4 };
        if left.len() % scalar_bytes != 0 || left.len() / scalar_bytes != parameters {
            return Err(Damaged);
        }
        // The fingerprint covers the scalar, so that this one is asked for first.
        if code != topology.scalar_code() {
            return Err(OtherScalar);
        }
        if fingerprint != topology.fingerprint || parameters != topology.parameters {
            return Err(OtherTopology);
        }
        Ok(Self { left })
    }

    /// Reads the next parameters.
    pub const fn fill_f32(&mut self, values: &mut [f32]) {
        let (mut values, mut left) = (values, self.left);
        while let ([value, others @ ..], [a, b, c, d, rest @ ..]) = (values, left) {
            *value = f32::from_bits(join(*a, *b, *c, *d));
            (values, left) = (others, rest);
        }
        self.left = left;
    }

    /// Reads the next parameters.
    pub const fn fill_f64(&mut self, values: &mut [f64]) {
        let (mut values, mut left) = (values, self.left);
        while let ([value, others @ ..], [a, b, c, d, e, f, g, h, rest @ ..]) = (values, left) {
            let (low, high) = (join(*a, *b, *c, *d), join(*e, *f, *g, *h));
            *value = f64::from_bits(low as u64 | (high as u64) << 32);
            (values, left) = (others, rest);
        }
        self.left = left;
    }

    /// Passes over parameters of so many bytes.
    pub const fn skip(&mut self, bytes: usize) {
        if let Some((_, left)) = self.left.split_at_checked(bytes) {
            self.left = left;
        }
    }
}

/// Four bytes, the lowest first. `u32::from_le_bytes` takes rustc many times as long to evaluate.
const fn join(a: u8, b: u8, c: u8, d: u8) -> u32 {
    a as u32 | (b as u32) << 8 | (c as u32) << 16 | (d as u32) << 24
}

/// A record's type and content, and what follows it.
const fn split_record(bytes: &[u8]) -> Result<(u16, &[u8], &[u8]), CheckpointError> {
    let mut left = bytes;
    let kind = u16::from_le_bytes(take!(left, Damaged));
    let zeros = u16::from_le_bytes(take!(left, Damaged));
    let length = u32::from_le_bytes(take!(left, Damaged)) as usize;
    let Some((content, rest)) = left.split_at_checked(length) else { return Err(Damaged) };
    left = rest;
    let crc = u32::from_le_bytes(take!(left, Damaged));
    let Some((header, _)) = bytes.split_at_checked(RECORD_HEADER) else { return Err(Damaged) };
    if zeros != 0 || Crc::new().add(header).add(content).finish() != crc {
        return Err(Damaged);
    }
    debug_assert!(bytes.len() == RECORD_HEADER + length + CRC + left.len());
    Ok((kind, content, left))
}

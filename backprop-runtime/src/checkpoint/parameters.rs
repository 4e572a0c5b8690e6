//! A network's parameters as a record.

use super::CheckpointError::{self, Damaged, NoParameters, OtherScalar, OtherTopology};
use super::crc;
use super::field::{Field, Writer};
use super::records::{Records, take};
use super::{CRC, HEADER, Key, RECORD_HEADER};

/// The record that holds parameters.
pub(super) const PARAMETERS: u16 = 1;
/// Bytes of its content before the first of them.
const PARAMETERS_HEADER: usize = 16;

/// What a file of parameters alone holds besides scalars.
pub const OVERHEAD: usize = HEADER + RECORD_HEADER + PARAMETERS_HEADER + CRC;

/// What every checkpoint of a network has in common.
#[derive(Clone, Copy, Debug)]
pub struct Topology {
    /// [`FINGERPRINT`](crate::Facts::FINGERPRINT).
    pub fingerprint: u64,
    /// Bytes of a scalar: 4 or 8.
    pub scalar_bytes: usize,
    /// How many scalars the parameters are.
    pub parameters: usize,
}

impl Topology {
    /// Of the record of a network's parameters.
    pub const KEY: Key = Key { kind: PARAMETERS, identity: None };

    /// Bytes of its content.
    #[must_use]
    pub const fn record_bytes(self) -> usize {
        PARAMETERS_HEADER + self.parameters * self.scalar_bytes
    }

    /// Writes what stands before the first parameter.
    pub fn write(self, writer: &mut Writer<'_>) {
        self.fingerprint.put(writer);
        [scalar_code(self.scalar_bytes), 0, 0, 0].put(writer);
        (self.parameters as u32).put(writer);
    }
}

/// 1 is f32, 2 is f64.
pub(super) const fn scalar_code(bytes: usize) -> u8 {
    if bytes == 8 { 2 } else { 1 }
}

/// A network's parameters in a container that was found to be whole.
///
/// Reading them is `const`: weights that stand in a file of the program's source are checked and decoded by the
/// compiler, and an image holds plain arrays.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    left: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Checks the whole container.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub const fn open(bytes: &'a [u8], topology: Topology) -> Result<Self, CheckpointError> {
        match Records::open(bytes, Topology::KEY) {
            Ok((_, Some(content))) => Self::open_content(content, topology),
            Ok((_, None)) => Err(NoParameters),
            Err(error) => Err(error),
        }
    }

    /// The same in a program that runs, which sums as fast as its processor can.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_running(bytes: &'a [u8], topology: Topology) -> Result<Self, CheckpointError> {
        // One walk where the sum is the same: an image is smaller by the other.
        if !crc::IS_FASTER_RUNNING {
            return Self::open(bytes, topology);
        }
        Self::find(Records::open_running(bytes, Topology::KEY)?, topology)
    }

    /// Finds the record in a container.
    ///
    /// # Errors
    ///
    /// There is none, or it is not this topology's.
    pub fn find(records: Records<'a>, topology: Topology) -> Result<Self, CheckpointError> {
        Self::open_content(records.find(Topology::KEY)?.ok_or(NoParameters)?, topology)
    }

    /// Nothing, if the record is in a container.
    ///
    /// # Errors
    ///
    /// As [`find`](Self::find).
    pub fn check(records: Records<'a>, topology: Topology) -> Result<(), CheckpointError> {
        Self::find(records, topology).map(|_| ())
    }

    const fn open_content(content: &'a [u8], topology: Topology) -> Result<Self, CheckpointError> {
        let mut left = content;
        let fingerprint = u64::from_le_bytes(take!(left, Damaged));
        let scalar: [u8; 4] = take!(left, Damaged);
        let parameters = u32::from_le_bytes(take!(left, Damaged)) as usize;
        let [code, zeros @ ..] = scalar;
        if !matches!(code, 1 | 2) || !matches!(zeros, [0, 0, 0]) {
            return Err(Damaged);
        }
        let scalar_bytes = if code == 2 { 8 } else { 4 };
        if !left.len().is_multiple_of(scalar_bytes) || left.len() / scalar_bytes != parameters {
            return Err(Damaged);
        }
        // The fingerprint covers the scalar, so that this one is asked for first.
        if code != scalar_code(topology.scalar_bytes) {
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

    /// Whether the next parameters are these, to the last bit. Passes over them.
    pub fn matches_f32(&mut self, values: &[f32]) -> bool {
        values.iter().fold(true, |same, value| {
            let mut read = [0.0];
            self.fill_f32(&mut read);
            same & (read.map(f32::to_bits) == [value.to_bits()])
        })
    }

    /// Whether the next parameters are these, to the last bit. Passes over them.
    pub fn matches_f64(&mut self, values: &[f64]) -> bool {
        values.iter().fold(true, |same, value| {
            let mut read = [0.0];
            self.fill_f64(&mut read);
            same & (read.map(f64::to_bits) == [value.to_bits()])
        })
    }
}

/// Four bytes, the lowest first. `u32::from_le_bytes` takes rustc many times as long to evaluate.
const fn join(a: u8, b: u8, c: u8, d: u8) -> u32 {
    a as u32 | (b as u32) << 8 | (c as u32) << 16 | (d as u32) << 24
}

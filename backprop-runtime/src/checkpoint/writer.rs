//! Parameters to bytes.

use super::crc::Crc;
use super::{CRC, HEADER, MAGIC, PARAMETERS, PARAMETERS_HEADER, RECORD_HEADER, Topology, VERSION};

/// Writes a container with one record of parameters into memory of exactly its size.
pub struct Writer<'a> {
    left: &'a mut [u8],
    crc: Crc,
}

impl<'a> Writer<'a> {
    /// Writes what stands before the first parameter.
    #[must_use]
    pub fn start(bytes: &'a mut [u8], topology: Topology) -> Self {
        let Topology { fingerprint, scalar_bytes, parameters } = topology;
        let content = PARAMETERS_HEADER + parameters * scalar_bytes;
        let mut writer = Self { left: bytes, crc: Crc::new() };
        debug_assert_eq!(writer.left.len(), HEADER + RECORD_HEADER + content + CRC);
        writer.push(&MAGIC);
        writer.push(&VERSION.to_le_bytes());
        writer.push(&1_u16.to_le_bytes());
        writer.push(&((RECORD_HEADER + content + CRC) as u32).to_le_bytes());
        writer.crc = Crc::new();
        writer.push(&PARAMETERS.to_le_bytes());
        writer.push(&[0; 2]);
        writer.push(&(content as u32).to_le_bytes());
        writer.push(&fingerprint.to_le_bytes());
        writer.push(&[topology.scalar_code(), 0, 0, 0]);
        writer.push(&(parameters as u32).to_le_bytes());
        writer
    }

    /// Writes the next parameters.
    pub fn push_f32(&mut self, values: &[f32]) {
        for value in values {
            self.push(&value.to_le_bytes());
        }
    }

    /// Writes the next parameters.
    pub fn push_f64(&mut self, values: &[f64]) {
        for value in values {
            self.push(&value.to_le_bytes());
        }
    }

    /// Writes the checksum.
    pub fn finish(mut self) {
        self.push(&self.crc.finish().to_le_bytes());
        debug_assert!(self.left.is_empty());
    }

    fn push<const N: usize>(&mut self, bytes: &[u8; N]) {
        // The memory is of the right size: what would not fit is left out rather than panicked about.
        if let Some((place, left)) = core::mem::take(&mut self.left).split_first_chunk_mut() {
            *place = *bytes;
            self.left = left;
        }
        self.crc = self.crc.add(bytes);
    }
}

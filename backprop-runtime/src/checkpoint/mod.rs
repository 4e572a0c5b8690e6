//! Networks as bytes: a container of records, of which the first holds parameters.
//!
//! All numbers are little-endian, whatever the machine. Version 1:
//!
//! | offset | bytes | |
//! |--:|--:|---|
//! | 0 | 8 | `89 42 50 52 4F 50 0D 0A`: no text, and damaged by whoever takes it for one |
//! | 8 | 2 | version: 1 |
//! | 10 | 2 | how many records follow |
//! | 12 | 4 | how many bytes follow |
//! | 16 | | the records |
//!
//! A record is its type (2 bytes), two bytes of zero, the length of its content (4 bytes), the content, and a CRC-32
//! of all these. Of a type that is not known here, a record is passed over, once its CRC is found right.
//!
//! | type | content |
//! |--:|---|
//! | 1 | the topology's fingerprint (8 bytes), a code of the scalar (1 byte: 1 is f32, 2 is f64), 3 bytes of zero, the number of scalars (4 bytes), and all parameters in declared order, frozen or not |
//!
//! Whoever reads checks all of it before anything is changed. Reading is `const`: weights that stand in a file of the
//! program's source are checked and decoded by the compiler, and an image holds plain arrays.

mod crc;
mod error;
mod reader;
mod writer;

pub use error::CheckpointError;
pub use reader::Reader;
pub use writer::Writer;

/// What every checkpoint begins with.
const MAGIC: [u8; 8] = *b"\x89BPROP\r\n";
const VERSION: u16 = 1;
/// The record that holds parameters.
const PARAMETERS: u16 = 1;
/// Bytes before the first record.
const HEADER: usize = 16;
/// Bytes before a record's content.
const RECORD_HEADER: usize = 8;
/// Bytes of the content of a record of parameters before the first of them.
const PARAMETERS_HEADER: usize = 16;
/// Bytes behind a record's content.
const CRC: usize = 4;

/// What a file holds besides scalars.
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
    const fn scalar_code(self) -> u8 {
        if self.scalar_bytes == 8 { 2 } else { 1 }
    }
}

#[cfg(test)]
mod tests;

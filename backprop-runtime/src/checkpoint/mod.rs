//! Checkpoints: a network as bytes, and with it whatever else it takes to go on training to the same bits.
//!
//! ```
//! use backprop_runtime::checkpoint::{self, CheckpointError};
//! use backprop_runtime::{Adam, Optimizer, Random, Rng};
//! # use backprop_runtime::{ParameterInfo, Parameters, Zero};
//! #
//! # #[derive(Debug, PartialEq)]
//! # struct Pair([f32; 2]);
//! # impl Zero for Pair {
//! #     const ZERO: Self = Self([0.0; 2]);
//! # }
//! # impl Parameters for Pair {
//! #     type Scalar = f32;
//! #     const LAYOUT: &'static [ParameterInfo] = &[ParameterInfo::new("pair", "weight", &[2])];
//! #     fn as_slice(&self) -> &[f32] {
//! #         &self.0
//! #     }
//! #     fn as_mut_slice(&mut self) -> &mut [f32] {
//! #         &mut self.0
//! #     }
//! # }
//! # type PairOptimizer = Optimizer<Adam, Pair>;
//!
//! # let mut optimizer = PairOptimizer::new(Adam::new(0.1));
//! let mut random = Rng::new(1);
//! # optimizer.step(&mut Pair::ZERO, &Pair([1.0, 2.0]));
//! // Without a heap: the size is known to the compiler. A network stands beside the two as well.
//! let mut bytes = [0; checkpoint::size::<(&PairOptimizer, &Rng)>()];
//! checkpoint::write(&mut bytes, (&optimizer, &random))?;
//! let drawn = random.next_u32();
//!
//! let (mut read, mut random) = (PairOptimizer::new(Adam::new(0.1)), Rng::new(2));
//! checkpoint::read(&bytes, (&mut read, &mut random))?;
//! assert!(read == optimizer && random.next_u32() == drawn);
//!
//! // Nothing is changed by what is wrong in any way.
//! bytes[30] ^= 1;
//! let mut untouched = PairOptimizer::new(Adam::new(0.1));
//! let result = checkpoint::read(&bytes, (&mut untouched, &mut random));
//! assert_eq!((result, untouched.steps()), (Err(CheckpointError::Damaged), 0));
//! # Ok::<(), CheckpointError>(())
//! ```
//!
//! # What is in it
//!
//! What training changes: all parameters, frozen or not; of an optimiser its steps, its slots, and what its rule and the
//! schedule around it have counted, the rate and momentum as they are now among them; of a generator its state. What the
//! program gives is not in it: betas, decays, limits, the shape of a schedule, who chooses groups. They can be changed
//! between two runs, and so can the rate, by [`set_rate`](crate::Optimizer::set_rate) after reading. A step that is taken in
//! parts is not in it either: write between steps.
//!
//! What is asked for and is not there is an error; what is there and not asked for is passed over, so that a network
//! alone can be read from the checkpoint of a whole training. A checkpoint holds one network, one optimiser, and one
//! [`State`] of each name.
//!
//! # The container
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
//! | 1 | a network: the topology's fingerprint (8 bytes), a code of the scalar (1 byte: 1 is f32, 2 is f64), 3 bytes of zero, the number of scalars (4 bytes), and all parameters in declared order, frozen or not |
//! | 2 | an optimiser: what its rule's name comes to (8 bytes), what the names and sizes of the arrays that it trains come to (8 bytes), the code of the scalar (1 byte), the number of slots (1 byte), 2 bytes of zero, the number of scalars in a slot (4 bytes), the steps (8 bytes), the slots, and the fields of the rule |
//! | 3 | any other [`State`]: what its name comes to (8 bytes), and its fields |
//!
//! Names come to a number by FNV-1a (64 bits). A field is a number; a `bool` (a byte, 0 or 1); an option (such a byte, then
//! the value, or zeros); or several of these. Whoever reads checks all of it before anything is changed.

mod contents;
mod crc;
mod error;
mod field;
#[cfg(all(feature = "std", any(unix, windows)))]
mod file;
#[cfg(feature = "embedded-storage")]
mod flash;
mod identity;
mod optimizer;
mod parameters;
mod records;
mod source;
mod state;

pub use self::contents::{Load, Save};
pub use self::error::CheckpointError;
pub use self::field::Field;
#[doc(hidden)]
pub use self::field::{Source, Writer};
#[cfg(all(feature = "safetensors", feature = "std", any(unix, windows)))]
pub(crate) use self::file::replace_file;
#[cfg(all(feature = "std", any(unix, windows)))]
pub use self::file::{load, save};
#[cfg(feature = "embedded-storage")]
pub use self::flash::{FlashError, FlashSlots};
pub(crate) use self::identity::identify_around;
#[doc(hidden)]
pub use self::parameters::{OVERHEAD, Reader, Topology};
#[doc(hidden)]
pub use self::records::Records;
pub use self::source::as_rust;
pub use self::state::State;
pub(crate) use self::state::{delegate_state, implement_state};
pub use crate::named::{Named, NamedMut};

/// What every checkpoint begins with.
const MAGIC: [u8; 8] = *b"\x89BPROP\r\n";
const VERSION: u16 = 1;
/// Bytes before the first record.
const HEADER: usize = 16;
/// Bytes before a record's content.
const RECORD_HEADER: usize = 8;
/// Bytes behind a record's content.
const CRC: usize = 4;

/// What a record is found by.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    kind: u16,
    /// The first eight bytes of the content, where there may be several of the type.
    identity: Option<u64>,
}

/// A value that a checkpoint holds: a network, an [`Optimizer`](crate::Optimizer), anything with a [`State`].
pub trait Record {
    /// What its record is found by.
    #[doc(hidden)]
    const KEY: Key;
    /// Bytes of the record's content.
    #[doc(hidden)]
    const BYTES: usize;

    /// Writes the content.
    #[doc(hidden)]
    fn write(&self, writer: &mut Writer<'_>);
}

/// Such a value, to be read: a network that owns its frozen parameters, or borrows them by `&`; each of the others.
pub trait Restore: Record {
    /// Whether its record is there and is this value's.
    ///
    /// # Errors
    ///
    /// It is not.
    #[doc(hidden)]
    fn check(&self, records: Records<'_>) -> Result<(), CheckpointError>;

    /// Reads the record, which was checked.
    #[doc(hidden)]
    fn read(&mut self, records: Records<'_>);
}

/// How many bytes a checkpoint of these contents has: `size::<(&Digits, &Optimizer<Adam, DigitsGradient>, &Rng)>()`.
///
/// Contents with two values of the same kind do not compile.
#[must_use]
pub const fn size<S: Save>() -> usize {
    const { assert!(are_distinct(S::KEYS), "a checkpoint holds one value of a kind") };
    HEADER + S::BYTES
}

/// Writes a checkpoint to the front of `bytes`, and returns how long it is: [`size`].
///
/// # Errors
///
/// [`CheckpointError::BufferTooSmall`]; nothing was written then.
pub fn write<S: Save>(bytes: &mut [u8], contents: S) -> Result<usize, CheckpointError> {
    let (size, records) = (size::<S>(), S::KEYS.len() as u16);
    let place = bytes.get_mut(..size).ok_or(CheckpointError::BufferTooSmall)?;
    let mut writer = Writer::new(place);
    (MAGIC, VERSION, records, S::BYTES as u32).put(&mut writer);
    contents.write_records(&mut writer);
    Ok(size)
}

/// Writes a checkpoint to memory of its size.
#[doc(hidden)]
pub fn write_exactly<R: Record, const N: usize>(bytes: &mut [u8; N], record: &R) {
    const { assert!(N == HEADER + <&R as Save>::BYTES) };
    let written = write(bytes, record);
    debug_assert_eq!(written, Ok(N));
}

/// The checksum of a record's bytes.
#[doc(hidden)]
#[must_use]
pub const fn sum(bytes: &[u8]) -> u32 {
    crc::Crc::new().add(bytes).finish()
}

/// Reads a checkpoint. The values stay as they are unless all of it, and all of them, are right.
///
/// # Errors
///
/// What is wrong with the bytes, or what does not belong together.
pub fn read<L: Load>(bytes: &[u8], mut contents: L) -> Result<(), CheckpointError> {
    let records = Records::open_running(bytes, Topology::KEY)?;
    contents.check(records)?;
    contents.read(records);
    Ok(())
}

const fn are_distinct(mut keys: &[Key]) -> bool {
    while let [key, others @ ..] = keys {
        let mut left = others;
        while let [other, rest @ ..] = left {
            let same = match (key.identity, other.identity) {
                (Some(one), Some(another)) => one == another,
                _ => true,
            };
            if key.kind == other.kind && same {
                return false;
            }
            left = rest;
        }
        keys = others;
    }
    true
}

#[cfg(test)]
mod tests;

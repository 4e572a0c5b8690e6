//! Checkpoints in flash, the last good one of which is always there.

use core::fmt;
use core::ops::Range;

use embedded_storage::nor_flash::NorFlash;

use super::crc::Crc;
use super::field::{Field, Source, Writer};
use super::{CheckpointError, Load, Save};

/// A part of a NOR flash with two places for a checkpoint, or more, that are written in turn: the newest one that is whole
/// is never touched. If the power fails at any moment, within a word that is written or a page that is erased too, that
/// one is read next time, or the one that was being written.
///
/// Each place is erased once in as many saves as there are places: [`slots`](Self::slots) spreads the wear of a memory
/// that bears 10,000 erasures, say, over more of them. `save` looks at all places first, so nothing has to be
/// remembered, and writes each word once.
///
/// A checkpoint passes through memory of the caller's, of [`buffer_size`](Self::buffer_size) bytes:
///
/// ```
/// use backprop_runtime::checkpoint::FlashSlots;
/// use backprop_runtime::{Random, Rng};
/// # use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashErrorKind, ReadNorFlash};
/// #
/// # struct Flash([u8; 0x2000]);
/// # impl ErrorType for Flash {
/// #     type Error = NorFlashErrorKind;
/// # }
/// # impl ReadNorFlash for Flash {
/// #     const READ_SIZE: usize = 1;
/// #     fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Self::Error> {
/// #         bytes.copy_from_slice(&self.0[offset as usize..][..bytes.len()]);
/// #         Ok(())
/// #     }
/// #     fn capacity(&self) -> usize {
/// #         self.0.len()
/// #     }
/// # }
/// # impl NorFlash for Flash {
/// #     const WRITE_SIZE: usize = 4;
/// #     const ERASE_SIZE: usize = 0x800;
/// #     fn erase(&mut self, from: u32, to: u32) -> Result<(), Self::Error> {
/// #         self.0[from as usize..to as usize].fill(0xff);
/// #         Ok(())
/// #     }
/// #     fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Self::Error> {
/// #         self.0[offset as usize..][..bytes.len()].copy_from_slice(bytes);
/// #         Ok(())
/// #     }
/// # }
/// # let flash = Flash([0; 0x2000]);
///
/// let mut random = Rng::new(1);
/// let mut slots = FlashSlots::new(flash, 0x1000..0x2000);
/// let mut buffer = [0; FlashSlots::<Flash>::buffer_size::<&Rng>()];
/// if !slots.load(&mut random, &mut buffer)? {
///     // Nothing was ever saved: the first start.
/// }
/// random.next_u32();
/// slots.save(&random, &mut buffer)?;
///
/// let mut read = Rng::new(2);
/// assert!(slots.load(&mut read, &mut buffer)? && read == random);
/// # Ok::<(), backprop_runtime::checkpoint::FlashError<NorFlashErrorKind>>(())
/// ```
///
/// # In a place
///
/// A mark, of as many bytes as can be read and written alone; then a CRC-32 of what follows, the number of the save (4
/// bytes), the length of the checkpoint (4 bytes), and the [checkpoint](super). The mark is written last, after the rest was
/// read back and found right. It says that no word before it was cut off as it was written: such a word may be
/// read in one way today and in another tomorrow. Hence a place without a mark is as good as empty, unless no
/// place has one. A mark itself may be cut off, and read in both ways: what it stands before is whole.
#[derive(Clone, Debug)]
pub struct FlashSlots<F> {
    flash: F,
    range: Range<u32>,
    slots: u32,
}

/// Why a checkpoint was not written to flash, or not read from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlashError<E> {
    /// The memory said so.
    Flash(E),
    /// The checkpoint does not belong to what it was to be read into, or the buffer is too small.
    Checkpoint(CheckpointError),
    /// The range has not one page for each place, or the checkpoint needs more pages than a place has.
    RangeTooSmall,
    /// What was written was not read back: a page is worn. The checkpoint from before is still there.
    NotWritten,
}

/// Bytes before a checkpoint, behind the mark: a checksum, a number and a length.
const HEAD: usize = 12;
/// What erased memory has.
const ERASED: u8 = 0xff;

/// The place of a checkpoint.
#[derive(Clone, Copy)]
struct Slot {
    index: u32,
    start: u32,
    bytes: usize,
}

/// A checkpoint whose checksum fits. The order is that of preference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    is_marked: bool,
    number: u32,
    index: u32,
    length: usize,
}

impl<F: NorFlash> FlashSlots<F> {
    /// The least that is read or written.
    const UNIT: usize = {
        let (read, write) = (F::READ_SIZE, F::WRITE_SIZE);
        let unit = if read > write { read } else { write };
        assert!(unit > 0 && unit.is_multiple_of(read) && unit.is_multiple_of(write));
        assert!(F::ERASE_SIZE > 0 && F::ERASE_SIZE.is_multiple_of(unit));
        unit
    };

    /// Two places in this range of the memory: whole pages of `ERASE_SIZE` within it, one or more for each.
    pub const fn new(flash: F, range: Range<u32>) -> Self {
        Self { flash, range, slots: 2 }
    }

    /// That many places, two or more. Another number is another division of the range: what was saved is not found.
    #[must_use]
    pub const fn slots(mut self, slots: u32) -> Self {
        self.slots = if slots < 2 { 2 } else { slots };
        self
    }

    /// How many bytes a checkpoint of these contents passes through.
    #[must_use]
    pub const fn buffer_size<S: Save>() -> usize {
        Self::UNIT + round_up(HEAD + super::size::<S>(), Self::UNIT)
    }

    /// The memory.
    pub fn into_inner(self) -> F {
        self.flash
    }

    /// Writes a checkpoint.
    ///
    /// # Errors
    ///
    /// Any [`FlashError`]; the checkpoint from before is still there, except if the memory failed in its last word: then it
    /// may be this one.
    pub fn save<S: Save>(
        &mut self,
        contents: S,
        buffer: &mut [u8],
    ) -> Result<(), FlashError<F::Error>> {
        let bytes = Self::buffer_size::<S>();
        let buffer = buffer.get_mut(..bytes).ok_or(FlashError::Checkpoint(TOO_SMALL))?;
        let (slot, number) = match self.find_newest(buffer)? {
            Some(newest) => (newest.index.wrapping_add(1), newest.number.wrapping_add(1)),
            None => (0, 0),
        };
        let slot = self.locate(if slot < self.slots { slot } else { 0 })?;
        if slot.bytes < bytes {
            return Err(FlashError::RangeTooSmall);
        }
        let (_, body) =
            buffer.split_at_mut_checked(Self::UNIT).ok_or(FlashError::Checkpoint(TOO_SMALL))?;
        write_body(body, number, contents).map_err(FlashError::Checkpoint)?;
        let pages = round_up(bytes, F::ERASE_SIZE) as u32;
        self.flash.erase(slot.start, slot.start + pages).map_err(FlashError::Flash)?;
        let start = slot.start + Self::UNIT as u32;
        self.flash.write(start, body).map_err(FlashError::Flash)?;
        let written = self.inspect(slot, buffer)?;
        if written.is_none_or(|found| found.number != number || found.is_marked) {
            return Err(FlashError::NotWritten);
        }
        let mark = buffer.get_mut(..Self::UNIT).ok_or(FlashError::Checkpoint(TOO_SMALL))?;
        mark.fill(0);
        self.flash.write(slot.start, mark).map_err(FlashError::Flash)
    }

    /// Reads the newest checkpoint, and says whether there was any. The values stay as they are unless all is right.
    ///
    /// # Errors
    ///
    /// [`FlashError::Flash`], [`FlashError::RangeTooSmall`]; [`FlashError::Checkpoint`], if it is not these values': an
    /// older one is not read in its place.
    pub fn load<L: Load>(
        &mut self,
        contents: L,
        buffer: &mut [u8],
    ) -> Result<bool, FlashError<F::Error>> {
        let Some(newest) = self.find_newest(buffer)? else { return Ok(false) };
        let slot = self.locate(newest.index)?;
        let body = buffer
            .get_mut(..round_up(HEAD + newest.length, Self::UNIT))
            .ok_or(FlashError::Checkpoint(TOO_SMALL))?;
        self.flash.read(slot.start + Self::UNIT as u32, body).map_err(FlashError::Flash)?;
        let checkpoint =
            body.get(HEAD..HEAD + newest.length).ok_or(FlashError::Checkpoint(TOO_SMALL))?;
        super::read(checkpoint, contents).map_err(FlashError::Checkpoint)?;
        Ok(true)
    }

    fn locate(&self, index: u32) -> Result<Slot, FlashError<F::Error>> {
        let page = F::ERASE_SIZE as u32;
        let start = self.range.start.checked_next_multiple_of(page);
        let start = start.ok_or(FlashError::RangeTooSmall)?;
        let pages = self.range.end.saturating_sub(start) / page;
        let bytes = pages.checked_div(self.slots).unwrap_or(0) * page;
        if bytes == 0 {
            return Err(FlashError::RangeTooSmall);
        }
        Ok(Slot { index, start: start + index * bytes, bytes: bytes as usize })
    }

    fn find_newest(&mut self, buffer: &mut [u8]) -> Result<Option<Found>, FlashError<F::Error>> {
        let mut newest = None;
        for index in 0..self.slots {
            let slot = self.locate(index)?;
            newest = newest.max(self.inspect(slot, buffer)?);
        }
        Ok(newest)
    }

    /// What stands in a place, if its checksum fits.
    fn inspect(
        &mut self,
        slot: Slot,
        buffer: &mut [u8],
    ) -> Result<Option<Found>, FlashError<F::Error>> {
        let head = buffer
            .get_mut(..Self::UNIT + round_up(HEAD, Self::UNIT))
            .ok_or(FlashError::Checkpoint(TOO_SMALL))?;
        self.flash.read(slot.start, head).map_err(FlashError::Flash)?;
        let Some((mark, body)) = head.split_at_checked(Self::UNIT) else { return Ok(None) };
        let is_marked = mark.iter().any(|byte| *byte != ERASED);
        let Ok((crc, number, length)) = <(u32, u32, u32)>::take(&mut Source::new(body)) else {
            return Ok(None);
        };
        let length = length as usize;
        if length > slot.bytes - Self::UNIT - HEAD {
            return Ok(None);
        }
        let sum = self.sum_body(slot, HEAD + length, buffer)?;
        Ok((sum == crc).then_some(Found { is_marked, number, index: slot.index, length }))
    }

    /// The checksum of a body of so many bytes, as much of it at a time as the buffer takes.
    fn sum_body(
        &mut self,
        slot: Slot,
        bytes: usize,
        buffer: &mut [u8],
    ) -> Result<u32, FlashError<F::Error>> {
        let (mut at, mut left, mut sum) = (slot.start + Self::UNIT as u32, bytes, Crc::new());
        // What the sum is compared with is no part of it.
        let mut skipped = u32::BYTES;
        let most = buffer.len() - buffer.len() % Self::UNIT;
        while left > 0 {
            let count = round_up(left, Self::UNIT).min(most);
            let part = buffer.get_mut(..count).ok_or(FlashError::Checkpoint(TOO_SMALL))?;
            self.flash.read(at, part).map_err(FlashError::Flash)?;
            let end = count.min(left);
            sum = sum.add(part.get(skipped..end).unwrap_or_default());
            (at, left, skipped) = (at + count as u32, left - end, 0);
        }
        Ok(sum.finish())
    }
}

/// Everything behind the mark.
fn write_body<S: Save>(body: &mut [u8], number: u32, contents: S) -> Result<(), CheckpointError> {
    body.fill(ERASED);
    let (head, rest) = body.split_first_chunk_mut().ok_or(CheckpointError::BufferTooSmall)?;
    let head: &mut [u8; HEAD] = head;
    let length = super::write(rest, contents)?;
    (0, number, length as u32).put(&mut Writer::new(head));
    let covered = body.get(u32::BYTES..HEAD + length).unwrap_or_default();
    let sum = Crc::new().add(covered).finish();
    sum.put(&mut Writer::new(body));
    Ok(())
}

/// Inlined, so that the unit is known not to be zero.
#[inline(always)]
const fn round_up(bytes: usize, unit: usize) -> usize {
    bytes.div_ceil(unit) * unit
}

const TOO_SMALL: CheckpointError = CheckpointError::BufferTooSmall;

impl<E: fmt::Debug> fmt::Display for FlashError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flash(error) => write!(formatter, "the flash failed: {error:?}"),
            Self::Checkpoint(error) => error.fmt(formatter),
            Self::RangeTooSmall => formatter
                .write_str("the range of the flash is too small; give each place more pages"),
            Self::NotWritten => formatter
                .write_str("what was written to flash is not what was read back; a page is worn"),
        }
    }
}

impl<E: fmt::Debug> core::error::Error for FlashError<E> {}

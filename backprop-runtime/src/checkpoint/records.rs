//! The container: what is wrong with it as a whole, and what it holds.

use super::CheckpointError::{
    self, Damaged, NewerVersion, NotACheckpoint, OtherEndian, TrailingBytes, Truncated,
};
use super::crc::{self, Crc};
use super::{CRC, Key, MAGIC, RECORD_HEADER, VERSION};

/// The records of a container that was found to be whole.
#[derive(Clone, Copy, Debug)]
pub struct Records<'a> {
    count: u16,
    records: &'a [u8],
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

pub(super) use take;

impl<'a> Records<'a> {
    /// Checks the whole container, and finds the record of a key on the way: one walk, where a program reads but one.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) const fn open(
        bytes: &'a [u8],
        key: Key,
    ) -> Result<(Self, Option<&'a [u8]>), CheckpointError> {
        Self::open_with(bytes, key, true)
    }

    /// Checks the whole container, in a program that runs: no compiler can sum as fast.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn open_running(bytes: &'a [u8], key: Key) -> Result<Self, CheckpointError> {
        let (records, _) = Self::open_with(bytes, key, false)?;
        let mut left = records.records;
        while !left.is_empty() {
            let part = split_record(left)?;
            if crc::sum(part.header, part.content) != part.sum {
                return Err(Damaged);
            }
            left = part.rest;
        }
        Ok(records)
    }

    #[inline(always)]
    const fn open_with(
        bytes: &'a [u8],
        key: Key,
        checks: bool,
    ) -> Result<(Self, Option<&'a [u8]>), CheckpointError> {
        let mut left = bytes;
        let magic: [u8; 8] = take!(left, NotACheckpoint);
        if u64::from_le_bytes(magic) != u64::from_le_bytes(MAGIC) {
            return Err(NotACheckpoint);
        }
        let version = u16::from_le_bytes(take!(left, Truncated));
        let count = u16::from_le_bytes(take!(left, Truncated));
        let length = u32::from_le_bytes(take!(left, Truncated)) as usize;
        if version == VERSION.swap_bytes() {
            return Err(OtherEndian);
        }
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
        match walk(left, count, key, checks) {
            Ok(found) => Ok((Self { count, records: left }, found)),
            Err(error) => Err(error),
        }
    }

    /// The content of the record of a key, if there is one.
    ///
    /// # Errors
    ///
    /// [`CheckpointError::Damaged`], if there are several.
    pub(super) const fn find(self, key: Key) -> Result<Option<&'a [u8]>, CheckpointError> {
        walk(self.records, self.count, key, false)
    }
}

/// Goes through so many records, to the end of the bytes, and finds that of a key.
#[inline(always)]
const fn walk(
    bytes: &[u8],
    mut count: u16,
    key: Key,
    checks: bool,
) -> Result<Option<&[u8]>, CheckpointError> {
    let (mut left, mut found) = (bytes, None);
    while count > 0 {
        let part = match split_record(left) {
            Ok(part) => part,
            Err(error) => return Err(error),
        };
        if checks && Crc::new().add(part.header).add(part.content).finish() != part.sum {
            return Err(Damaged);
        }
        if key.is(part.kind, part.content) {
            if found.is_some() {
                return Err(Damaged);
            }
            found = Some(part.content);
        }
        left = part.rest;
        count -= 1;
    }
    if left.is_empty() { Ok(found) } else { Err(Damaged) }
}

impl Key {
    /// Whether a record is this key's.
    const fn is(self, kind: u16, content: &[u8]) -> bool {
        if kind != self.kind {
            return false;
        }
        let Some(identity) = self.identity else { return true };
        match content.first_chunk() {
            Some(first) => u64::from_le_bytes(*first) == identity,
            None => false,
        }
    }
}

/// A record, and what follows it.
struct Part<'a> {
    kind: u16,
    /// What is summed before the content.
    header: &'a [u8],
    content: &'a [u8],
    /// What both must come to.
    sum: u32,
    rest: &'a [u8],
}

/// The first record. Its sum is for the caller to check, once.
#[inline(always)]
const fn split_record(bytes: &[u8]) -> Result<Part<'_>, CheckpointError> {
    let mut left = bytes;
    let kind = u16::from_le_bytes(take!(left, Damaged));
    let zeros = u16::from_le_bytes(take!(left, Damaged));
    let length = u32::from_le_bytes(take!(left, Damaged)) as usize;
    let Some((content, rest)) = left.split_at_checked(length) else { return Err(Damaged) };
    left = rest;
    let sum = u32::from_le_bytes(take!(left, Damaged));
    let Some((header, _)) = bytes.split_at_checked(RECORD_HEADER) else { return Err(Damaged) };
    if zeros != 0 {
        return Err(Damaged);
    }
    debug_assert!(bytes.len() == RECORD_HEADER + length + CRC + left.len());
    Ok(Part { kind, header, content, sum, rest: left })
}

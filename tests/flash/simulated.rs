//! A NOR flash in memory: pages that are erased to ones, words that are written once and only clear bits, and a power
//! supply that fails when it is told to.

use std::ops::Range;

use backprop::{Random, Rng};
use embedded_storage::nor_flash::{
    ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash,
};

const PAGE: usize = 256;
const BYTES: usize = 5120;

/// What the moment of a power cut leaves of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Nothing of it.
    Clean,
    /// Some bits of the word, or any bits in the page.
    HalfDone,
    /// The same, and bits that are read as they please from then on, until they are erased.
    Marginal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    PowerCut,
    NotAligned,
    NotErased,
    WrittenTwice,
    OutOfBounds,
}

impl NorFlashError for Failure {
    fn kind(&self) -> NorFlashErrorKind {
        NorFlashErrorKind::Other
    }
}

pub struct Flash<const READ: usize, const WRITE: usize> {
    bytes: Vec<u8>,
    /// Bits that are read as they please.
    marginal: Vec<u8>,
    /// Bits that stay zero.
    stuck: Vec<u8>,
    /// Words that were written since their page was erased.
    written: Vec<bool>,
    /// Pages that were ever erased.
    erasures: Vec<u32>,
    random: Rng,
    operations: u64,
    cut: Option<(u64, Cut)>,
    has_power: bool,
}

impl<const READ: usize, const WRITE: usize> Flash<READ, WRITE> {
    /// A memory with anything in it, as it comes from another program.
    pub fn new(seed: u64) -> Self {
        let mut random = Rng::new(seed);
        Self {
            bytes: (0..BYTES).map(|_| random.below(256) as u8).collect(),
            marginal: vec![0; BYTES],
            stuck: vec![0; BYTES],
            written: vec![true; BYTES / WRITE],
            erasures: vec![0; BYTES / PAGE],
            random,
            operations: 0,
            cut: None,
            has_power: true,
        }
    }

    /// How many words were written and pages erased.
    pub fn operations(&self) -> u64 {
        self.operations
    }

    /// How many times each page was erased.
    pub fn erasures(&self) -> &[u32] {
        &self.erasures
    }

    /// Lets the power fail within an operation, after so many others.
    pub fn cut_after(&mut self, operations: u64, how: Cut) {
        self.cut = Some((self.operations + operations, how));
    }

    pub fn restore_power(&mut self) {
        self.has_power = true;
    }

    /// Wears a bit of a byte out.
    pub fn stick(&mut self, offset: u32) {
        self.stuck[offset as usize] |= 0xff;
    }

    /// Fails if a page outside of a range was erased; written it cannot have been without.
    pub fn assert_others_untouched(&self, range: &Range<u32>) {
        for (page, erasures) in self.erasures.iter().enumerate() {
            let inside = range.contains(&((page * PAGE) as u32));
            assert!(inside || *erasures == 0, "page {page}");
        }
    }

    /// Begins an operation: whether the power fails within it, and how.
    fn begin(&mut self) -> Result<Option<Cut>, Failure> {
        if !self.has_power {
            return Err(Failure::PowerCut);
        }
        let now = self.operations;
        self.operations += 1;
        let cut = self.cut.take_if(|(moment, _)| *moment <= now).map(|(_, how)| how);
        self.has_power = cut.is_none();
        Ok(cut)
    }

    /// Leaves some bits of a byte between two values; which of the two they are read as may change.
    fn leave_between(&mut self, place: usize, old: u8, new: u8, how: Cut) {
        let chosen = self.random.below(256) as u8;
        self.bytes[place] = (old & chosen) | (new & !chosen);
        if how == Cut::Marginal {
            self.marginal[place] = (old ^ new) & self.random.below(256) as u8;
        }
    }

    fn erase_page(&mut self, page: usize) -> Result<(), Failure> {
        let cut = self.begin()?;
        let places = page * PAGE..(page + 1) * PAGE;
        self.erasures[page] += 1;
        match cut {
            Some(Cut::Clean) => {}
            Some(how) => {
                // From nearly untouched to nearly erased, with any bits in between.
                let kind = self.random.below(3);
                for place in places {
                    let old = self.bytes[place];
                    let old = if kind == 2 { self.random.below(256) as u8 } else { old };
                    if kind > 0 || self.random.below(8) == 0 {
                        self.leave_between(place, old, 0xff, how);
                    }
                }
            }
            None => {
                self.bytes[places.clone()].fill(0xff);
                self.marginal[places.clone()].fill(0);
                self.written[places.start / WRITE..places.end / WRITE].fill(false);
                return Ok(());
            }
        }
        Err(Failure::PowerCut)
    }

    fn write_word(&mut self, start: usize, word: &[u8]) -> Result<(), Failure> {
        if self.erasures[start / PAGE] == 0 {
            return Err(Failure::NotErased);
        }
        if self.written[start / WRITE] {
            return Err(Failure::WrittenTwice);
        }
        let cut = self.begin()?;
        if cut == Some(Cut::Clean) {
            return Err(Failure::PowerCut);
        }
        self.written[start / WRITE] = true;
        for (place, byte) in (start..).zip(word) {
            let old = self.bytes[place];
            match cut {
                Some(how) => self.leave_between(place, old, old & byte, how),
                None => self.bytes[place] = old & byte,
            }
        }
        if cut.is_some() { Err(Failure::PowerCut) } else { Ok(()) }
    }
}

impl<const READ: usize, const WRITE: usize> ErrorType for Flash<READ, WRITE> {
    type Error = Failure;
}

impl<const READ: usize, const WRITE: usize> ReadNorFlash for Flash<READ, WRITE> {
    const READ_SIZE: usize = READ;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Failure> {
        if !self.has_power {
            return Err(Failure::PowerCut);
        }
        let start = offset as usize;
        if !start.is_multiple_of(READ) || !bytes.len().is_multiple_of(READ) {
            return Err(Failure::NotAligned);
        }
        if start + bytes.len() > BYTES {
            return Err(Failure::OutOfBounds);
        }
        for (place, byte) in (start..).zip(bytes) {
            let flipped = self.marginal[place] & self.random.below(256) as u8;
            *byte = (self.bytes[place] ^ flipped) & !self.stuck[place];
        }
        Ok(())
    }

    fn capacity(&self) -> usize {
        BYTES
    }
}

impl<const READ: usize, const WRITE: usize> NorFlash for Flash<READ, WRITE> {
    const WRITE_SIZE: usize = WRITE;
    const ERASE_SIZE: usize = PAGE;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), Failure> {
        let (from, to) = (from as usize, to as usize);
        if from % PAGE != 0 || to % PAGE != 0 || from > to {
            return Err(Failure::NotAligned);
        }
        if to > BYTES {
            return Err(Failure::OutOfBounds);
        }
        (from / PAGE..to / PAGE).try_for_each(|page| self.erase_page(page))
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Failure> {
        let start = offset as usize;
        if !start.is_multiple_of(WRITE) || !bytes.len().is_multiple_of(WRITE) {
            return Err(Failure::NotAligned);
        }
        if start + bytes.len() > BYTES {
            return Err(Failure::OutOfBounds);
        }
        let words = bytes.chunks(WRITE).enumerate();
        words.into_iter().try_for_each(|(index, word)| self.write_word(start + index * WRITE, word))
    }
}

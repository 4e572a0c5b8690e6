//! How deep the stack grew: free memory is painted at the start, and what is no longer painted was used.

use crate::processor::{find_stack_end, find_stack_start, read_stack_pointer};

/// A word that is neither a likely number nor an address.
const PAINT: u32 = 0x5eed_5afe;

/// Paints the memory from the end of the statics up to the stack pointer.
#[inline(always)]
pub fn paint() {
    let end = read_stack_pointer();
    let mut word = find_stack_end();
    while word < end {
        // SAFETY: nothing lives between the last static and the stack pointer: no heap, and neither
        // processor's calling convention lets a function use memory below its stack pointer.
        unsafe { word.write_volatile(PAINT) };
        word = word.wrapping_add(1);
    }
}

/// The most bytes of stack that were in use at once since [`paint`], those of the start-up code among them.
#[must_use]
pub fn measure_depth() -> u32 {
    let start = find_stack_start();
    let mut word = find_stack_end();
    // SAFETY: all words from the end of the statics to the end of RAM exist, and were painted or used.
    while word < start && unsafe { word.read_volatile() } == PAINT {
        word = word.wrapping_add(1);
    }
    (start as u32).wrapping_sub(word as u32)
}

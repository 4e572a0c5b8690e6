//! How many instructions a call executes. These are instructions, not cycles: QEMU models neither a pipeline
//! nor a memory's latency.

use core::hint::black_box;
use core::sync::atomic::{Ordering, compiler_fence};

use crate::processor::Clock;

/// A running counter. A slow one tells 26 times as many instructions, to the next 16.
pub struct Counter<const SLOW: bool = false> {
    clock: Clock<SLOW>,
    /// The instructions of two readings with nothing in between.
    overhead: u32,
}

impl Counter {
    /// Starts the processor's counter.
    #[must_use]
    pub fn start() -> Self {
        Self::start_clock()
    }
}

impl Counter<true> {
    /// Starts a counter for long work: on a Cortex-M by the reference clock, which a board need not have.
    #[must_use]
    pub fn start_slow() -> Self {
        Self::start_clock()
    }
}

impl<const SLOW: bool> Counter<SLOW> {
    #[inline(always)]
    fn start_clock() -> Self {
        let mut counter = Self { clock: Clock::start(), overhead: 0 };
        counter.overhead = black_box(counter.count(|| ()));
        counter
    }

    /// The instructions that `work` executes, up to the few that the compiler puts beside a reading;
    /// `u32::MAX` if there were more than the counter can tell: 10 million on a Cortex-M, 260 million slowly.
    #[inline(always)]
    pub fn count(&mut self, work: impl FnOnce()) -> u32 {
        let start = self.clock.read();
        // The fences keep the compiler from moving work past a reading.
        compiler_fence(Ordering::SeqCst);
        work();
        compiler_fence(Ordering::SeqCst);
        match self.clock.count_since(start) {
            Some(instructions) => instructions.saturating_sub(self.overhead),
            None => u32::MAX,
        }
    }
}

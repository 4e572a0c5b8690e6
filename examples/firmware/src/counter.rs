//! How many instructions a call executes, by SysTick.
//!
//! QEMU's `-icount shift=6` lets each instruction take 2^6 ns of the machine's time, and SysTick counts
//! that time at 25 MHz, 40 ns a tick. These are instructions, not cycles: QEMU models neither a pipeline
//! nor a memory's latency.

use core::hint::black_box;
use core::sync::atomic::{Ordering, compiler_fence};

use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;

const NANOSECONDS_PER_INSTRUCTION: u32 = 64;
const NANOSECONDS_PER_TICK: u32 = 40;
/// The counter has 24 bits: more than 10 million instructions cannot be told from fewer.
const RANGE: u32 = 0x00ff_ffff;

/// SysTick, running.
pub struct Counter {
    /// Ticks between two readings with nothing in between.
    overhead: u32,
}

impl Counter {
    /// Starts SysTick.
    #[must_use]
    pub fn start(mut timer: SYST) -> Self {
        timer.set_clock_source(SystClkSource::Core);
        timer.set_reload(RANGE);
        timer.clear_current();
        timer.enable_counter();
        let overhead = black_box(measure(|| ()));
        Self { overhead }
    }

    /// The instructions that `work` executes, up to the few that the compiler puts beside a reading.
    #[inline(always)]
    pub fn count(&self, work: impl FnOnce()) -> u32 {
        let ticks = black_box(measure(work)).wrapping_sub(self.overhead);
        (ticks * NANOSECONDS_PER_TICK + NANOSECONDS_PER_INSTRUCTION / 2)
            / NANOSECONDS_PER_INSTRUCTION
    }
}

/// The ticks that pass. The fences keep the compiler from moving work past a reading.
#[inline(always)]
fn measure(work: impl FnOnce()) -> u32 {
    let start = SYST::get_current();
    compiler_fence(Ordering::SeqCst);
    work();
    compiler_fence(Ordering::SeqCst);
    // It counts down.
    start.wrapping_sub(SYST::get_current()) & RANGE
}

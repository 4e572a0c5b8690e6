//! RISC-V: its stack pointer, its own counter of instructions, and the timer of a hart.

use core::sync::atomic::{AtomicU32, Ordering};

use riscv::register::{mie, minstret, mstatus};
// The start-up code, which only the linker's script names.
use riscv_rt as _;

#[inline(always)]
pub fn read_stack_pointer() -> *mut u32 {
    let pointer;
    // SAFETY: it copies a register.
    unsafe { core::arch::asm!("mv {}, sp", out(reg) pointer, options(nomem, nostack)) };
    pointer
}

/// The lower half of `minstret`, which tells 4 billion instructions from fewer.
pub struct Clock<const SLOW: bool>;

impl<const SLOW: bool> Clock<SLOW> {
    pub fn start() -> Self {
        Self
    }

    /// The reading that a count starts from.
    #[inline(always)]
    pub fn read(&mut self) -> u32 {
        minstret::read() as u32
    }

    /// The instructions since the reading.
    #[inline(always)]
    pub fn count_since(&self, start: u32) -> Option<u32> {
        Some((minstret::read() as u32).wrapping_sub(start))
    }
}

/// The time, and when to interrupt, of the first hart: where QEMU's `virt` and many chips have them.
const TIME: *const u32 = 0x0200_bff8 as *const u32;
const TIME_TO_INTERRUPT: *mut [u32; 2] = 0x0200_4000 as *mut [u32; 2];
/// At QEMU's `-icount shift=0` an instruction takes a nanosecond, and this timer has 10 MHz.
const INSTRUCTIONS_PER_TICK: u32 = 100;
/// What the handler adds each time.
static PERIOD: AtomicU32 = AtomicU32::new(0);

/// A hart's timer: an interrupt each time that a period has passed.
#[derive(Clone, Copy)]
pub struct Ticker;

impl Ticker {
    /// Interrupts each time that so many instructions have been executed, up to 100.
    pub fn start(instructions: u32) -> Self {
        PERIOD.store((instructions / INSTRUCTIONS_PER_TICK).max(1), Ordering::Relaxed);
        set_interrupt(read_time());
        Self::rearm();
        // SAFETY: whoever has a ticker has a handler for it.
        unsafe {
            mie::set_mtimer();
            mstatus::set_mie();
        }
        Self
    }

    /// How many instructions ago the last interrupt was due.
    pub fn read_lateness(self) -> u32 {
        let due = read_interrupt().wrapping_sub(PERIOD.load(Ordering::Relaxed));
        read_time().wrapping_sub(due) * INSTRUCTIONS_PER_TICK
    }

    /// Sets the time of the next interrupt.
    pub fn rearm() {
        set_interrupt(read_interrupt().wrapping_add(PERIOD.load(Ordering::Relaxed)));
    }
}

/// The lower half, which lasts for minutes.
fn read_time() -> u32 {
    // SAFETY: the timer is there, and reading it changes nothing.
    unsafe { TIME.read_volatile() }
}

fn read_interrupt() -> u32 {
    // SAFETY: as in `read_time`.
    unsafe { (&raw const (*TIME_TO_INTERRUPT)[0]).read_volatile() }
}

fn set_interrupt(time: u32) {
    // SAFETY: nothing else writes these registers.
    unsafe {
        (&raw mut (*TIME_TO_INTERRUPT)[0]).write_volatile(time);
        (&raw mut (*TIME_TO_INTERRUPT)[1]).write_volatile(0);
    }
}

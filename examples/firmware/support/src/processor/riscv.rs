//! RISC-V: its stack pointer and its own counter of instructions.

use riscv::register::minstret;
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
pub struct Clock;

impl Clock {
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

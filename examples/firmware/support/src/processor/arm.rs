//! Cortex-M: its stack pointer, its counter and ticker SysTick, and a table of interrupts.

use cortex_m::peripheral::SYST;

const NANOSECONDS_PER_INSTRUCTION: u32 = 64;
const NANOSECONDS_PER_TICK: u32 = 40;
/// Of the reference clock of the MPS2 boards.
const NANOSECONDS_PER_SLOW_TICK: u32 = 1000;
/// SysTick has 24 bits: it cannot tell more than 10 million instructions from fewer, or 260 million by the slow clock.
const RANGE: u32 = 0x00ff_ffff;
const ENABLED_BY_PROCESSOR_CLOCK: u32 = 0b101;
const ENABLED_BY_REFERENCE_CLOCK: u32 = 0b001;
const WITH_INTERRUPT: u32 = 0b010;
const HAS_WRAPPED: u32 = 1 << 16;

/// The linker script wants at least one interrupt beside the processor's own exceptions. The table of
/// `cortex-m-rt` has 240, for chips that it does not know: 960 bytes. No image here enables any.
#[unsafe(link_section = ".vector_table.interrupts")]
#[unsafe(export_name = "__INTERRUPTS")]
static INTERRUPTS: [unsafe extern "C" fn(); 1] = [DefaultHandler];

unsafe extern "C" {
    fn DefaultHandler();
}

#[inline(always)]
pub fn read_stack_pointer() -> *mut u32 {
    cortex_m::register::msp::read() as *mut u32
}

/// SysTick. QEMU's `-icount shift=6` lets each instruction take 2^6 ns of the machine's time, and SysTick
/// counts that time at 25 MHz, 40 ns a tick, or at 1 MHz where it is slow.
pub struct Clock<const SLOW: bool>;

impl<const SLOW: bool> Clock<SLOW> {
    const SOURCE: u32 = if SLOW { ENABLED_BY_REFERENCE_CLOCK } else { ENABLED_BY_PROCESSOR_CLOCK };
    const TICK: u32 = if SLOW { NANOSECONDS_PER_SLOW_TICK } else { NANOSECONDS_PER_TICK };

    pub fn start() -> Self {
        // SAFETY: nothing else uses SysTick meanwhile; a ticker starts it anew.
        unsafe {
            (*SYST::PTR).rvr.write(RANGE);
            (*SYST::PTR).csr.write(Self::SOURCE);
        }
        Self
    }

    /// The reading that a count starts from. It clears the mark of a counter that passed zero.
    #[inline(always)]
    pub fn read(&mut self) -> u32 {
        // SAFETY: as in `start`.
        unsafe { (*SYST::PTR).cvr.write(0) };
        SYST::get_current()
    }

    /// The instructions since the reading; `None` if there were more than it can tell.
    #[inline(always)]
    pub fn count_since(&self, start: u32) -> Option<u32> {
        // It counts down.
        let ticks = start.wrapping_sub(SYST::get_current()) & RANGE;
        // SAFETY: reading clears the mark, which nothing else looks at.
        let state = unsafe { (*SYST::PTR).csr.read() };
        if state & HAS_WRAPPED != 0 {
            return None;
        }
        Some(count_instructions(ticks, Self::TICK))
    }
}

/// SysTick once more: an interrupt whenever it passes zero. Clocks are out of order then.
#[derive(Clone, Copy)]
pub struct Ticker;

impl Ticker {
    /// Interrupts each time that so many instructions have been executed: 10 million at most.
    pub fn start(instructions: u32) -> Self {
        let nanoseconds = u64::from(instructions) * u64::from(NANOSECONDS_PER_INSTRUCTION);
        let ticks = (nanoseconds / u64::from(NANOSECONDS_PER_TICK)) as u32;
        // SAFETY: it changes how SysTick counts, and makes it call the one handler that an image has for it.
        unsafe {
            (*SYST::PTR).rvr.write(ticks.clamp(1, RANGE));
            (*SYST::PTR).cvr.write(0);
            (*SYST::PTR).csr.write(ENABLED_BY_PROCESSOR_CLOCK | WITH_INTERRUPT);
        }
        Self
    }

    /// How many instructions ago the last interrupt was due.
    pub fn read_lateness(self) -> u32 {
        count_instructions(
            SYST::get_reload().wrapping_sub(SYST::get_current()) & RANGE,
            NANOSECONDS_PER_TICK,
        )
    }

    /// Nothing: SysTick begins anew by itself.
    pub fn rearm() {}
}

#[inline(always)]
fn count_instructions(ticks: u32, nanoseconds_per_tick: u32) -> u32 {
    // In parts of 8 ns, which fit into 32 bits.
    let parts = ticks * (nanoseconds_per_tick / 8);
    (parts + NANOSECONDS_PER_INSTRUCTION / 16) / (NANOSECONDS_PER_INSTRUCTION / 8)
}

//! An interrupt that comes again and again, and how long ago it came.

pub use crate::processor::Ticker;

/// Makes a function the handler of the ticker's interrupt: `on_tick!(count_tick)`.
#[macro_export]
macro_rules! on_tick {
    ($handler:path) => {
        const _: () = {
            // What the start-up crates call the interrupts of SysTick and of a hart's own timer.
            #[cfg_attr(target_arch = "arm", unsafe(export_name = "SysTick"))]
            #[cfg_attr(target_arch = "riscv32", unsafe(export_name = "MachineTimer"))]
            extern "C" fn handle() {
                $crate::ticker::Ticker::rearm();
                $handler();
            }
        };
    };
}

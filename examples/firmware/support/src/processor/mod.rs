//! What is one thing on Cortex-M and another on RISC-V, under the same names.

#[cfg(target_arch = "arm")]
mod arm;
#[cfg(target_arch = "arm")]
pub use arm::{Clock, Ticker, read_stack_pointer};
#[cfg(target_arch = "riscv32")]
mod riscv;
#[cfg(target_arch = "riscv32")]
pub use self::riscv::{Clock, Ticker, read_stack_pointer};

unsafe extern "C" {
    // Of both linker scripts: the highest address of the stack, which grows down.
    static mut _stack_start: u32;
    #[cfg_attr(target_arch = "arm", link_name = "_stack_end")]
    #[cfg_attr(target_arch = "riscv32", link_name = "__estack")]
    static mut STACK_END: u32;
}

/// The end of the statics, down to which the stack may grow.
#[inline(always)]
pub fn find_stack_end() -> *mut u32 {
    &raw mut STACK_END
}

/// The end of RAM, where the stack starts.
#[inline(always)]
pub fn find_stack_start() -> *mut u32 {
    &raw mut _stack_start
}

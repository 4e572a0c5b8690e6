//! What must not happen.

/// A function that does not exist: an image links only if no panic can be reached.
#[cfg(not(feature = "defmt"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    unsafe extern "C" {
        safe fn a_panic_path_is_reachable() -> !;
    }
    a_panic_path_is_reachable()
}

/// The logger panics where it is called by itself.
#[cfg(feature = "defmt")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    semihosting::process::abort()
}
/// The exit status of a run that a fault ended: what a shell reports of `SIGABRT`.
const FAULT: i32 = 134;

/// Ends QEMU with a failure, where the default handler of a Cortex-M would hang.
///
/// # Safety
///
/// Only the processor calls it.
#[cfg(target_arch = "arm")]
#[cortex_m_rt::exception(trampoline = false)]
unsafe fn HardFault() -> ! {
    semihosting::process::exit(FAULT)
}

/// Ends QEMU with a failure, where the default of `riscv-rt` would hang; all its handlers come here.
#[cfg(target_arch = "riscv32")]
#[unsafe(export_name = "abort")]
extern "C" fn end_run() -> ! {
    semihosting::process::exit(FAULT)
}

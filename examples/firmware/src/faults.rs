//! What must not happen.

use cortex_m_rt::{ExceptionFrame, exception};

/// A function that does not exist: an image links only if no panic can be reached.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    unsafe extern "C" {
        safe fn a_panic_path_is_reachable() -> !;
    }
    a_panic_path_is_reachable()
}

/// Ends QEMU with a failure, where the default handler would hang.
///
/// # Safety
///
/// Only the processor calls it.
#[exception]
unsafe fn HardFault(_: &ExceptionFrame) -> ! {
    semihosting::process::abort()
}

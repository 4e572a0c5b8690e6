//! What happens on a panic, which cannot: the handler calls a function that nobody has. In a module with a panic that
//! can be reached, the function is an import; in this one there is none.

use core::panic::PanicInfo;

#[link(wasm_import_module = "nowhere")]
unsafe extern "C" {
    safe fn a_panic_path_is_reachable() -> !;
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    a_panic_path_is_reachable()
}

/// The control.
#[cfg(feature = "panics")]
#[unsafe(no_mangle)]
pub extern "C" fn index(position: usize) -> u32 {
    [1, 2, 3][position]
}

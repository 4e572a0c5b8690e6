//! An address that the compiler takes for any other.

/// The same address. What is written there is not taken for what was read at `address`, though it may be.
#[cfg(all(target_arch = "x86_64", not(miri)))]
#[inline(always)]
pub fn hide_origin<T>(address: *mut T) -> *mut T {
    let mut hidden = address;
    // SAFETY: there are no instructions, and so nothing is read or written. It takes no time either, unlike
    // `black_box`, which goes through memory.
    #[allow(clippy::pointers_in_nomem_asm_block, reason = "there are no instructions")]
    unsafe {
        core::arch::asm!("/* {} */", inout(reg) hidden, options(pure, nomem, nostack, preserves_flags));
    }
    hidden
}

/// The same address: no other target has masks that would have to be kept away.
#[cfg(not(all(target_arch = "x86_64", not(miri))))]
#[inline(always)]
pub const fn hide_origin<T>(address: *mut T) -> *mut T {
    address
}

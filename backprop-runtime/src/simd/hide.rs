//! An address that the compiler takes for any other.

use super::Vectors;
use crate::scalar::Scalar;

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

/// The same address, from which factors are read one by one, each to be spread over a vector. AVX-512 can do that as
/// part of the product; but where LLVM sees the addresses of several factors, it gathers them into one vector and takes that
/// apart again, which takes as long as everything else.
#[inline(always)]
pub fn keep_scalars<S: Vectors<T>, T: Scalar>(address: *const T) -> *const T {
    if const { S::REGISTERS >= 32 } {
        hide_origin(address.cast_mut()).cast_const()
    } else {
        address
    }
}

//! Loops that stay loops, at whatever level the compiler optimises: for little code. On machines without vectors
//! alone, since elsewhere they would not be made of vectors either.

use core::slice::{from_raw_parts, from_raw_parts_mut};

/// In the body of a loop: it is not unrolled for any number of turns.
#[inline(always)]
pub fn keep_rolled() {
    #[cfg(all(any(target_arch = "arm", target_arch = "riscv32"), not(any(miri, backprop_small))))]
    // SAFETY: there are no instructions. The compiler does not repeat what it cannot look into.
    unsafe {
        core::arch::asm!("", options(nomem, nostack, preserves_flags));
    }
}

/// In the body of a loop over rows: no vector takes a value of each of several rows. AVX-512 has instructions that
/// gather and scatter such values, and so LLVM does that to rows shorter than a vector; they take several times as long
/// as one row after the other.
#[inline(always)]
pub fn keep_apart() {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: there are no instructions. The compiler makes no vectors of what it cannot look into.
    unsafe {
        core::arch::asm!("", options(nomem, nostack, preserves_flags));
    }
}

/// The same slice, of a length that the compiler forgets: a loop over it is not unrolled for what all callers have in
/// common.
#[inline(always)]
pub fn forget_length<T>(values: &[T]) -> &[T] {
    // SAFETY: these are all of them.
    unsafe { from_raw_parts(values.as_ptr(), forget(values.len())) }
}

/// The same.
#[inline(always)]
pub fn forget_length_mut<T>(values: &mut [T]) -> &mut [T] {
    // SAFETY: these are all of them.
    unsafe { from_raw_parts_mut(values.as_mut_ptr(), forget(values.len())) }
}

/// The same number.
#[inline(always)]
#[allow(unused_mut, reason = "where there are no such loops it stays")]
fn forget(mut number: usize) -> usize {
    #[cfg(all(any(target_arch = "arm", target_arch = "riscv32"), not(any(miri, backprop_small))))]
    // SAFETY: there are no instructions.
    unsafe {
        core::arch::asm!("/* {} */", inout(reg) number, options(pure, nomem, nostack, preserves_flags));
    }
    number
}

//! The square root: correctly rounded by every implementation, so which one runs does not show in the bits.
//!
//! `core` on stable has none. On x86 and 64-bit Arm there are intrinsics, which LLVM knows and vectorises;
//! an Arm core with a floating-point unit has an instruction for f32; elsewhere libm computes it in integers.

pub use double::sqrt_f64;
pub use single::sqrt_f32;

#[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
mod single {
    #[cfg(target_arch = "x86")]
    use core::arch::x86::{_mm_cvtss_f32, _mm_set_ss, _mm_sqrt_ss};
    #[cfg(target_arch = "x86_64")]
    use core::arch::x86_64::{_mm_cvtss_f32, _mm_set_ss, _mm_sqrt_ss};

    /// √x, correctly rounded.
    #[inline(always)]
    pub fn sqrt_f32(x: f32) -> f32 {
        // SAFETY: this module exists only where SSE2 is enabled for the whole program.
        unsafe { _mm_cvtss_f32(_mm_sqrt_ss(_mm_set_ss(x))) }
    }
}

#[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
mod double {
    #[cfg(target_arch = "x86")]
    use core::arch::x86::{_mm_cvtsd_f64, _mm_set_sd, _mm_sqrt_pd};
    #[cfg(target_arch = "x86_64")]
    use core::arch::x86_64::{_mm_cvtsd_f64, _mm_set_sd, _mm_sqrt_pd};

    /// √x, correctly rounded.
    #[inline(always)]
    pub fn sqrt_f64(x: f64) -> f64 {
        // SAFETY: this module exists only where SSE2 is enabled for the whole program.
        unsafe { _mm_cvtsd_f64(_mm_sqrt_pd(_mm_set_sd(x))) }
    }
}

#[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
mod single {
    use core::arch::aarch64::{vdup_n_f32, vget_lane_f32, vsqrt_f32};

    /// √x, correctly rounded.
    #[inline(always)]
    pub fn sqrt_f32(x: f32) -> f32 {
        // SAFETY: this module exists only where NEON is enabled for the whole program.
        unsafe { vget_lane_f32::<0>(vsqrt_f32(vdup_n_f32(x))) }
    }
}

#[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
mod double {
    use core::arch::aarch64::{vdup_n_f64, vget_lane_f64, vsqrt_f64};

    /// √x, correctly rounded.
    #[inline(always)]
    pub fn sqrt_f64(x: f64) -> f64 {
        // SAFETY: this module exists only where NEON is enabled for the whole program.
        unsafe { vget_lane_f64::<0>(vsqrt_f64(vdup_n_f64(x))) }
    }
}

#[cfg(all(target_arch = "arm", target_abi = "eabihf"))]
mod single {
    /// √x, correctly rounded.
    #[inline(always)]
    pub fn sqrt_f32(x: f32) -> f32 {
        let root: u32;
        // For rustc a unit of single precision lacks `vfp2`, so its registers can be no operands: one is
        // borrowed and given back.
        //
        // SAFETY: the hard-float ABI exists only where a unit has this instruction; neither memory nor the
        // stack is touched, and s0 keeps its value.
        unsafe {
            core::arch::asm!(
                "vmov {s0}, s0",
                "vmov s0, {x}",
                "vsqrt.f32 s0, s0",
                "vmov {x}, s0",
                "vmov s0, {s0}",
                s0 = out(reg) _,
                x = inout(reg) x.to_bits() => root,
                options(pure, nomem, nostack),
            );
        }
        f32::from_bits(root)
    }
}

#[cfg(not(any(
    all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"),
    all(target_arch = "aarch64", target_feature = "neon"),
    all(target_arch = "arm", target_abi = "eabihf")
)))]
mod single {
    /// √x, correctly rounded.
    #[inline(always)]
    pub fn sqrt_f32(x: f32) -> f32 {
        libm::sqrtf(x)
    }
}

#[cfg(not(any(
    all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"),
    all(target_arch = "aarch64", target_feature = "neon")
)))]
mod double {
    /// √x, correctly rounded.
    #[inline(always)]
    pub fn sqrt_f64(x: f64) -> f64 {
        libm::sqrt(x)
    }
}

//! The square root: correctly rounded by every implementation, so the choice does not show in the bits.
//!
//! `core` has none before `core_float_math` is stable. On x86 the intrinsics are ones that LLVM knows and
//! vectorises; libm's assembly is opaque to it.

pub use implementation::{sqrt_f32, sqrt_f64};

#[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
mod implementation {
    #[cfg(target_arch = "x86")]
    use core::arch::x86::{
        _mm_cvtsd_f64, _mm_cvtss_f32, _mm_set_sd, _mm_set_ss, _mm_sqrt_sd, _mm_sqrt_ss,
    };
    #[cfg(target_arch = "x86_64")]
    use core::arch::x86_64::{
        _mm_cvtsd_f64, _mm_cvtss_f32, _mm_set_sd, _mm_set_ss, _mm_sqrt_sd, _mm_sqrt_ss,
    };

    /// √x, correctly rounded.
    #[inline(always)]
    pub fn sqrt_f32(x: f32) -> f32 {
        // SAFETY: the module exists only where SSE2 is enabled for the whole program.
        unsafe { _mm_cvtss_f32(_mm_sqrt_ss(_mm_set_ss(x))) }
    }

    /// √x, correctly rounded.
    #[inline(always)]
    pub fn sqrt_f64(x: f64) -> f64 {
        // SAFETY: the module exists only where SSE2 is enabled for the whole program.
        unsafe {
            let x = _mm_set_sd(x);
            _mm_cvtsd_f64(_mm_sqrt_sd(x, x))
        }
    }
}

#[cfg(not(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2")))]
mod implementation {
    /// √x, correctly rounded.
    #[inline(always)]
    pub fn sqrt_f32(x: f32) -> f32 {
        libm::sqrtf(x)
    }

    /// √x, correctly rounded.
    #[inline(always)]
    pub fn sqrt_f64(x: f64) -> f64 {
        libm::sqrt(x)
    }
}

//! The choice at run time: the best instruction set that the processor has, found out once.

use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

use fearless_simd::x86::{Avx2, Avx512, Sse2};

/// An instruction set that this processor has.
#[derive(Clone, Copy, Debug)]
pub enum Level {
    /// AVX-512, as from Ice Lake and Zen 4 on.
    Avx512(Avx512),
    /// AVX2 with fused multiply-add, as from Haswell and Zen on.
    Avx2(Avx2),
    /// What every x86-64 has.
    Sse2(Sse2),
}

const SSE2: u8 = 1;
const AVX2: u8 = 2;
const AVX512: u8 = 3;

/// The code of the level; 0 as long as nobody has asked.
static FOUND: AtomicU8 = AtomicU8::new(0);

/// The best level of this processor. Asking again costs one load from memory.
#[inline(always)]
pub fn level() -> Level {
    match FOUND.load(Relaxed) {
        // SAFETY: only `detect` writes this, after it found the processor to have all of it.
        AVX512 => Level::Avx512(unsafe { Avx512::assume_supported() }),
        // SAFETY: as above.
        AVX2 => Level::Avx2(unsafe { Avx2::assume_supported() }),
        // SAFETY: this module exists only where the target promises SSE2.
        SSE2 => Level::Sse2(unsafe { Sse2::assume_supported() }),
        _ => detect(),
    }
}

#[cold]
#[inline(never)]
fn detect() -> Level {
    #[cfg(feature = "std")]
    let found = fearless_simd::Level::new();
    #[cfg(not(feature = "std"))]
    let found = fearless_simd::Level::baseline();
    let (code, level) = match found {
        fearless_simd::Level::Avx512(simd) => (AVX512, Level::Avx512(simd)),
        fearless_simd::Level::Avx2(simd) => (AVX2, Level::Avx2(simd)),
        // SAFETY: this module exists only where the target promises SSE2.
        _ => (SSE2, Level::Sse2(unsafe { Sse2::assume_supported() })),
    };
    FOUND.store(code, Relaxed);
    level
}

#[cfg(not(debug_assertions))]
#[doc(hidden)]
#[macro_export]
macro_rules! __dispatch {
    ($simd:ident => $call:expr) => {
        match $crate::__private::level() {
            $crate::__private::Level::Avx512($simd) => $crate::__private::Simd::vectorize(
                $simd,
                #[inline(always)]
                || $call,
            ),
            $crate::__private::Level::Avx2($simd) => $crate::__private::Simd::vectorize(
                $simd,
                #[inline(always)]
                || $call,
            ),
            $crate::__private::Level::Sse2($simd) => $call,
        }
    };
}

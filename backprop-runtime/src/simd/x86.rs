//! The choice at run time: the best instruction set that the processor has, found out once.
//!
//! `RUSTFLAGS='--cfg backprop_level="avx2"'`, or `"sse2"`, makes do with less: to measure it beside the best.

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
    let (code, level) = if has_avx512() {
        // SAFETY: just asked for.
        (AVX512, Level::Avx512(unsafe { Avx512::assume_supported() }))
    } else if has_avx2() {
        // SAFETY: just asked for.
        (AVX2, Level::Avx2(unsafe { Avx2::assume_supported() }))
    } else {
        // SAFETY: this module exists only where the target promises SSE2.
        (SSE2, Level::Sse2(unsafe { Sse2::assume_supported() }))
    };
    FOUND.store(code, Relaxed);
    level
}

/// Whether the processor has every one of these features; without `std`, whether the target promises them.
macro_rules! has_all {
    ($($feature:tt)*) => {{
        #[cfg(feature = "std")]
        let found = true $(&& std::arch::is_x86_feature_detected!($feature))*;
        #[cfg(not(feature = "std"))]
        let found = true $(&& cfg!(target_feature = $feature))*;
        found
    }};
}

/// What `Avx2::assume_supported` asks for: x86-64-v3.
fn has_avx2() -> bool {
    if cfg!(backprop_level = "sse2") {
        return false;
    }
    has_all!("avx2" "bmi1" "bmi2" "cmpxchg16b" "f16c" "fma" "fxsr" "lzcnt" "movbe" "popcnt" "xsave")
}

/// What `Avx512::assume_supported` asks for: Ice Lake.
fn has_avx512() -> bool {
    if cfg!(any(backprop_level = "sse2", backprop_level = "avx2")) {
        return false;
    }
    has_all!(
        "adx" "aes" "avx512bitalg" "avx512bw" "avx512cd" "avx512dq" "avx512f" "avx512ifma"
        "avx512vbmi" "avx512vbmi2" "avx512vl" "avx512vnni" "avx512vpopcntdq" "bmi1" "bmi2"
        "cmpxchg16b" "fma" "fxsr" "gfni" "lzcnt" "movbe" "pclmulqdq" "popcnt" "rdrand" "rdseed"
        "sha" "vaes" "vpclmulqdq" "xsave" "xsavec" "xsaveopt" "xsaves"
    )
}

#[cfg(not(debug_assertions))]
#[doc(hidden)]
#[macro_export]
macro_rules! __dispatch {
    ($simd:ident => $call:expr) => {
        match $crate::__private::level() {
            $crate::__private::Level::Avx512($simd) => {
                $crate::__private::InstructionSet::vectorize(
                    $simd,
                    #[inline(always)]
                    || $call,
                )
            }
            $crate::__private::Level::Avx2($simd) => $crate::__private::InstructionSet::vectorize(
                $simd,
                #[inline(always)]
                || $call,
            ),
            $crate::__private::Level::Sse2($simd) => $call,
        }
    };
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::*;

    /// The lists of features are those of the library, which looks them up itself.
    #[test]
    fn the_level_is_the_one_that_the_library_finds() {
        match (fearless_simd::Level::new(), level()) {
            (fearless_simd::Level::Avx512(_), Level::Avx512(_))
            | (fearless_simd::Level::Avx2(_), Level::Avx2(_)) => {}
            (found, Level::Sse2(_)) => assert!(found.as_avx2().is_none()),
            (found, level) => panic!("{level:?} in place of {found:?}"),
        }
    }
}

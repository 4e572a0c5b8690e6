//! Vector code: which instruction set a call runs on, and vectors of it.
//!
//! Sums and products over several elements are written once, over [`Lanes`], and compiled for every
//! instruction set; `dispatch!` picks one for a whole call. Functions of single elements are plain Rust:
//! inlined into such a call they are vectorised by the compiler, without a fused operation, so that their
//! bits are the same everywhere.
//!
//! | | |
//! |---|---|
//! | `lanes` | what a kernel needs of a vector, and of an instruction set |
//! | `hide` | an address whose origin the compiler forgets |
//! | `roll` | a loop that stays a loop |
//! | `portable` | one lane: any target, and the one that Miri runs |
//! | `host` | vectors of x86-64, 64-bit Arm and WebAssembly, by `fearless_simd` |
//! | `x86` | the choice at run time; other targets have none |
//! | `chosen` | the same choice made by each kernel, for builds with debug assertions |

mod hide;
mod lanes;
mod portable;
mod roll;

#[cfg(any(
    all(target_arch = "x86_64", target_feature = "sse2"),
    all(target_arch = "aarch64", target_feature = "neon"),
    all(target_arch = "wasm32", target_feature = "simd128"),
))]
mod host;

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod chosen;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod x86;

pub use self::hide::{hide_origin, keep_scalars};
pub use self::lanes::{InstructionSet, Lanes, Simd, Vectors, is_widest};
pub use self::portable::Portable;
pub use self::roll::{forget_length, forget_length_mut, keep_apart, keep_rolled};
pub use self::target::{Ambient, ambient};
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub use self::x86::{Level, level};

/// Whether there is code for vectors of this target.
pub const HAS_VECTORS: bool = cfg!(any(
    all(target_arch = "x86_64", target_feature = "sse2"),
    all(target_arch = "aarch64", target_feature = "neon"),
    all(target_arch = "wasm32", target_feature = "simd128"),
));

/// The instruction set of code that is compiled only once.
mod target {
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    mod ambient {
        pub use crate::simd::chosen::Chosen as Ambient;

        /// The instruction set.
        #[inline(always)]
        pub fn ambient() -> Ambient {
            Ambient
        }
    }

    #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
    mod ambient {
        pub use fearless_simd::aarch64::Neon as Ambient;

        /// The instruction set.
        #[inline(always)]
        pub fn ambient() -> Ambient {
            // SAFETY: this module exists only where the target promises NEON.
            unsafe { Ambient::assume_supported() }
        }
    }

    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    mod ambient {
        pub use fearless_simd::wasm32::WasmSimd128 as Ambient;

        /// The instruction set.
        #[inline(always)]
        pub fn ambient() -> Ambient {
            Ambient::assume_supported()
        }
    }

    #[cfg(not(any(
        all(target_arch = "x86_64", target_feature = "sse2"),
        all(target_arch = "aarch64", target_feature = "neon"),
        all(target_arch = "wasm32", target_feature = "simd128"),
    )))]
    mod ambient {
        pub use crate::simd::portable::Portable as Ambient;

        /// The instruction set.
        #[inline(always)]
        pub fn ambient() -> Ambient {
            Ambient
        }
    }

    pub use self::ambient::{Ambient, ambient};
}

/// `dispatch!(simd => call)`: the call, compiled for the instruction set that `simd` proves.
///
/// With debug assertions on, the code around the kernels is not optimised, and there would be no point in
/// compiling it three times.
#[cfg(any(debug_assertions, not(all(target_arch = "x86_64", target_feature = "sse2"))))]
#[doc(hidden)]
#[macro_export]
macro_rules! __dispatch {
    ($simd:ident => $call:expr) => {{
        let $simd = $crate::__private::ambient();
        $call
    }};
}

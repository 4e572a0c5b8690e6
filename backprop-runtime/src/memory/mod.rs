//! Memory that is known before the program runs.

pub mod aligned;
#[cfg(feature = "alloc")]
pub mod boxed;
pub mod flat;
pub mod pass;
pub mod place;
pub mod purpose;
pub mod samples;

/// Stands in the signature of `new` where a network is larger than 128 KiB: use `boxed(seed)` (trait
/// `BoxedNetwork`, feature `alloc`), or a `static` and `init`.
#[derive(Clone, Copy, Debug)]
pub enum TooLargeForTheStack {}

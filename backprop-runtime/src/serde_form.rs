//! Networks as values of serde: what [`implement_serde!`](crate::__implement_serde) calls.

/// Nothing without the feature, so that expansions do not depend on it.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_serde {
    ($($network:tt)*) => {};
}

//! What only rust-analyzer sees, which sets a `cfg` of its own.

/// `editor! { items }`: the items where rust-analyzer reads them, nothing where rustc does.
#[cfg(rust_analyzer)]
#[doc(hidden)]
#[macro_export]
macro_rules! __editor {
    ($($items:tt)*) => { $($items)* };
}

#[cfg(not(rust_analyzer))]
#[doc(hidden)]
#[macro_export]
macro_rules! __editor {
    ($($items:tt)*) => {};
}

/// The words of the language.
#[cfg(rust_analyzer)]
pub mod words {
    backprop_macros::words! {}
}

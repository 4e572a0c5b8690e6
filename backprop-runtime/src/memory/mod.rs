//! Memory that is known before the program runs.

pub mod aligned;
#[cfg(feature = "alloc")]
pub mod boxed;
pub mod flat;
pub mod pass;
pub mod place;
pub mod purpose;
pub mod samples;

/// A network small enough to be passed by value. The macro asks for it where a network is not: nothing
/// has this trait, and the message says what to do instead.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is larger than 128 KiB: too large to be passed by value",
    label = "place it on the heap: `{Self}::boxed(seed)`",
    note = "`boxed` is of the trait `backprop::BoxedNetwork`, with the feature `alloc`",
    note = "in a `static`, start from `{Self}::ZERO` and call `init`"
)]
pub trait FitsByValue {}

/// The same of a network together with the workspace of a call.
#[diagnostic::on_unimplemented(
    message = "`{Self}` and the workspace of this call are larger than 128 KiB: too large for the stack",
    label = "call the form with `_with` behind its name, which takes a workspace",
    note = "`{Self}Workspace` can be a `static`, or on the heap: `boxed_zero()` of the trait \
            `backprop::BoxedZero`, with the feature `alloc`"
)]
pub trait FitsTheStack {}

//! The value that memory starts with.

/// Everything zero, as a constant: networks, gradients, workspaces and optimisers can stand in a
/// `static`.
pub trait Zero: Sized {
    /// All scalars zero.
    const ZERO: Self;
}

impl Zero for f32 {
    const ZERO: Self = 0.0;
}

impl Zero for f64 {
    const ZERO: Self = 0.0;
}

impl Zero for () {
    const ZERO: Self = ();
}

impl<T: Zero, const N: usize> Zero for [T; N] {
    const ZERO: Self = [const { T::ZERO }; N];
}

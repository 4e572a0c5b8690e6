//! What a kernel needs of a vector, and of the instruction set that it belongs to.

use crate::scalar::Scalar;

/// The kernels that are compiled once for each instruction set, in this crate: what each is called, and what says what
/// it works on. A new one is a line here.
macro_rules! list_kernels {
    ($with:ident, $scalar:ident) => {
        $with! {
            /// y = x W + b
            run_forward(crate::kernels::dense::Forward<'_, $scalar>);
            /// dJ/dW = xᵀ delta
            run_weight_gradient(crate::kernels::dense::WeightGradient<'_, $scalar>);
            /// dJ/dx = delta Wᵀ
            run_input_gradient(crate::kernels::dense::InputGradient<'_, $scalar>);
            /// Sums over a window that moves.
            run_correlate(crate::kernels::conv::Correlate<$scalar>);
            /// Sums over the places of a window.
            run_products(crate::kernels::conv::Products<$scalar>);
        }
    };
}

macro_rules! declare_kernels {
    ($($(#[$docs:meta])* $method:ident($call:ty);)*) => {
        $(
            $(#[$docs])*
            ///
            /// # Safety
            ///
            /// That of the call's `run`.
            unsafe fn $method(self, call: &$call);
        )*
    };
}

pub(super) use list_kernels;

/// Proof that an instruction set is there, handed down from `dispatch!` to every kernel.
pub trait Simd: Vectors<f32> + Vectors<f64> {}

impl<S: Vectors<f32> + Vectors<f64>> Simd for S {}

/// An instruction set.
pub trait InstructionSet: Copy + 'static {
    /// Calls a function that is compiled for this instruction set, with all that is inlined into it.
    fn vectorize<R>(self, function: impl FnOnce() -> R) -> R;
}

/// The vectors of one type of scalar, and the kernels that are compiled once, in this crate, for layers too
/// large to be worth inlining.
pub trait Vectors<T: Scalar>: InstructionSet {
    /// The widest vector.
    type Wide: Lanes<Self, T>;
    /// How many vectors the registers hold: 16 or 32.
    const REGISTERS: usize;

    list_kernels!(declare_kernels, T);
}

/// `COUNT` scalars that are computed at once.
pub trait Lanes<S, T>: Copy {
    /// How many.
    const COUNT: usize;
    /// The next narrower vector; the narrowest is its own.
    type Half: Lanes<S, T>;

    /// `value` in every lane.
    fn splat(simd: S, value: T) -> Self;

    /// The scalars from an address on.
    ///
    /// # Safety
    ///
    /// `COUNT` scalars can be read there.
    unsafe fn load(simd: S, from: *const T) -> Self;

    /// Writes the scalars to an address.
    ///
    /// # Safety
    ///
    /// `COUNT` scalars can be written there.
    unsafe fn store(self, to: *mut T);

    /// self + other
    #[must_use]
    fn add(self, other: Self) -> Self;

    /// self * factor + addend: rounded once where the instruction set can, unless the feature
    /// `reproducible` forbids it.
    #[must_use]
    fn mul_add(self, factor: Self, addend: Self) -> Self;

    /// The lanes of both in turn, first those of the lower halves, then those of the upper ones.
    fn zip(self, other: Self) -> (Self, Self);

    /// The sum of the lanes: the upper half is added to the lower one until a single lane is left.
    fn sum(self) -> T;
}

/// Whether `V` is the widest vector of the instruction set.
pub const fn is_widest<S: Vectors<T>, T: Scalar, V: Lanes<S, T>>() -> bool {
    V::COUNT == <S::Wide as Lanes<S, T>>::COUNT
}

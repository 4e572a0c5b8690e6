//! A user's own activation.

use crate::scalar::Scalar;

/// A function of one element and its derivative, for `-> custom(path::Type)`.
///
/// ```
/// use backprop_runtime::{Activation, Scalar};
///
/// /// The square, as in quadratic networks.
/// struct Square;
///
/// impl<T: Scalar> Activation<T> for Square {
///     fn value(x: T) -> T {
///         x * x
///     }
///
///     fn derivative(x: T, _y: T) -> T {
///         x + x
///     }
/// }
/// # assert_eq!(Square::value(3.0), 9.0);
/// ```
pub trait Activation<T: Scalar> {
    /// y = f(x)
    fn value(x: T) -> T;

    /// dy/dx, from x and y.
    fn derivative(x: T, y: T) -> T;
}

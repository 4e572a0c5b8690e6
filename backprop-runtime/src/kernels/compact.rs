//! What a layer that asks for small code is computed by: where a kernel here has the name of another, it does the
//! same in less code.

pub use crate::__private::*;
pub use crate::kernels::dense::compact as dense;

/// Functions of each element: one copy of each function, for all layers, instead of one for each layer and
/// instruction set.
pub mod elementwise {
    use core::borrow::Borrow;

    pub use super::super::elementwise::*;
    use crate::scalar::Scalar;
    use crate::simd::{forget_length, forget_length_mut, keep_rolled};
    use crate::store::Store;

    /// y = f(x)
    #[inline(always)]
    pub fn forward<T: Scalar, X: Borrow<[T; N]>, const N: usize>(
        f: impl Fn(T) -> T,
        x: &[X],
        y: &mut [[T; N]],
    ) {
        for (x, y) in x.iter().zip(y.iter_mut()) {
            *y = *x.borrow();
        }
        apply(f, y.as_flattened_mut());
    }

    /// y = f(y)
    #[inline(always)]
    pub fn forward_in_place<T: Scalar, const N: usize>(f: impl Fn(T) -> T, y: &mut [[T; N]]) {
        apply(f, y.as_flattened_mut());
    }

    /// dJ/dx = dJ/dy f', of what was saved: x or y
    #[inline(always)]
    pub fn backward<S: Store, T: Scalar, X: Borrow<[T; N]>, const N: usize>(
        store: S,
        derivative: impl Fn(T) -> T,
        saved: &[X],
        dy: &[[T; N]],
        dx: &mut [[T; N]],
    ) {
        for ((saved, dy), dx) in saved.iter().zip(dy).zip(dx) {
            differentiate(store, &derivative, saved.borrow(), dy, dx);
        }
    }

    /// delta = delta f'
    #[inline(always)]
    pub fn backward_in_place<T: Scalar, X: Borrow<[T; N]>, const N: usize>(
        derivative: impl Fn(T) -> T,
        saved: &[X],
        delta: &mut [[T; N]],
    ) {
        for (saved, delta) in saved.iter().zip(delta) {
            differentiate_in_place(&derivative, saved.borrow(), delta);
        }
    }

    #[inline(never)]
    fn apply<T: Scalar>(f: impl Fn(T) -> T, values: &mut [T]) {
        for value in forget_length_mut(values) {
            keep_rolled();
            *value = f(*value);
        }
    }

    #[inline(never)]
    fn differentiate<S: Store, T: Scalar>(
        store: S,
        derivative: impl Fn(T) -> T,
        saved: &[T],
        dy: &[T],
        dx: &mut [T],
    ) {
        let (saved, dy, dx) = (forget_length(saved), forget_length(dy), forget_length_mut(dx));
        for ((saved, dy), dx) in saved.iter().zip(dy).zip(dx) {
            keep_rolled();
            store.store(dx, *dy * derivative(*saved));
        }
    }

    #[inline(never)]
    fn differentiate_in_place<T: Scalar>(
        derivative: impl Fn(T) -> T,
        saved: &[T],
        delta: &mut [T],
    ) {
        let (saved, delta) = (forget_length(saved), forget_length_mut(delta));
        for (saved, delta) in saved.iter().zip(delta) {
            keep_rolled();
            *delta *= derivative(*saved);
        }
    }
}

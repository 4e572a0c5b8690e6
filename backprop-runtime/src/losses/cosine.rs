//! 1 - cos of the angle between the output and the target, as vectors.

use super::SampleLoss;
use crate::scalar::Scalar;
use crate::store::Store;

/// 1 - y·t / (max(|y|, ε) max(|t|, ε)): PyTorch's `cosine_embedding_loss` of similar pairs, with the ε of
/// its `cosine_similarity`, which keeps a zero vector from dividing by zero.
#[derive(Clone, Copy, Debug)]
pub struct Cosine<T> {
    /// The least norm to divide by.
    pub epsilon: T,
}

impl<T: Scalar> Cosine<T> {
    /// The norm of y, that of t, neither below epsilon, and the cosine.
    #[inline(always)]
    fn measure<const N: usize>(&self, y: &[T; N], target: &[T; N]) -> (T, T, T) {
        let y_norm = measure_norm(y).larger(self.epsilon);
        let target_norm = measure_norm(target).larger(self.epsilon);
        let pairs = y.iter().zip(target);
        // Each vector is made a unit vector first: products of large elements would overflow.
        let cosine =
            pairs.fold(T::ZERO, |sum, (y, target)| sum + (*y / y_norm) * (*target / target_norm));
        (y_norm, target_norm, cosine)
    }
}

/// The Euclidean norm; scaled by the largest element, so that no square overflows or vanishes.
#[inline(always)]
fn measure_norm<T: Scalar, const N: usize>(values: &[T; N]) -> T {
    let largest = values.iter().fold(T::ZERO, |largest, value| {
        let magnitude = if *value < T::ZERO { -*value } else { *value };
        largest.larger(magnitude)
    });
    if largest == T::ZERO {
        return T::ZERO;
    }
    let squares = values.iter().fold(T::ZERO, |sum, value| {
        let scaled = *value / largest;
        sum + scaled * scaled
    });
    largest * squares.sqrt()
}

impl<T: Scalar, const N: usize> SampleLoss<T, [T; N], N> for Cosine<T> {
    #[inline(always)]
    fn value(&self, y: &[T; N], target: &[T; N]) -> T {
        T::ONE - self.measure(y, target).2
    }

    #[inline(always)]
    fn gradient<S: Store>(
        &self,
        store: S,
        scale: T,
        y: &[T; N],
        target: &[T; N],
        dy: &mut [T; N],
    ) -> T {
        let (y_norm, target_norm, cosine) = self.measure(y, target);
        // A norm that epsilon stands for does not depend on y.
        let turning = if y_norm > self.epsilon { cosine } else { T::ZERO };
        for ((y, target), dy) in y.iter().zip(target).zip(dy) {
            let direction = turning * (*y / y_norm) - *target / target_norm;
            store.store(dy, scale * (direction / y_norm));
        }
        T::ONE - cosine
    }
}

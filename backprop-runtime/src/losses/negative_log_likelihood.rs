//! The negative log-likelihood of the right class, of log-probabilities.

use super::SampleLoss;
use super::cross_entropy::ClassWeights;
use crate::scalar::Scalar;
use crate::store::Store;

/// -w_t y_t
#[derive(Clone, Copy, Debug)]
pub struct NegativeLogLikelihood<W> {
    /// How much each class counts: `()` for all the same.
    pub class_weights: W,
}

impl<T: Scalar, W: ClassWeights<T>, const C: usize> SampleLoss<T, u32, C>
    for NegativeLogLikelihood<W>
{
    #[inline(always)]
    fn value(&self, y: &[T; C], target: &u32) -> T {
        let class = *target as usize;
        match y.get(class) {
            Some(y) => -(self.class_weights.of(class) * *y),
            None => T::ZERO,
        }
    }

    #[inline(always)]
    fn gradient<S: Store>(
        &self,
        store: S,
        scale: T,
        y: &[T; C],
        target: &u32,
        dy: &mut [T; C],
    ) -> T {
        for (class, dy) in dy.iter_mut().enumerate() {
            let right = class == *target as usize;
            store.store(dy, if right { -(scale * self.class_weights.of(class)) } else { T::ZERO });
        }
        self.value(y, target)
    }
}

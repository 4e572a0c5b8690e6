//! Samples that count more than others.

use super::SampleLoss;
use crate::scalar::Scalar;
use crate::store::Store;

/// A target, and how much its sample counts: for losses that are declared with `sample_weight = true`.
///
/// ```
/// use backprop_runtime::Weighted;
///
/// let rare = Weighted { target: 3_u32, weight: 5.0_f32 };
/// # assert_eq!(rare.target, 3);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weighted<D, T = f32> {
    /// What the output is compared with.
    pub target: D,
    /// What the sample's loss is multiplied by.
    pub weight: T,
}

/// A loss times the weight of its sample.
#[derive(Clone, Copy, Debug)]
pub struct PerSample<L>(pub L);

impl<T: Scalar, D, L: SampleLoss<T, D, N>, const N: usize> SampleLoss<T, Weighted<D, T>, N>
    for PerSample<L>
{
    #[inline(always)]
    fn value(&self, y: &[T; N], target: &Weighted<D, T>) -> T {
        target.weight * self.0.value(y, &target.target)
    }

    #[inline(always)]
    fn gradient<S: Store>(
        &self,
        store: S,
        scale: T,
        y: &[T; N],
        target: &Weighted<D, T>,
        dy: &mut [T; N],
    ) -> T {
        let scale = scale * target.weight;
        target.weight * self.0.gradient(store, scale, y, &target.target, dy)
    }
}

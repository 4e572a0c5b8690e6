//! -sum q ln softmax(z), with log-softmax and negative log-likelihood in one: no probability is rounded
//! to zero on the way, and the gradient is softmax(z) - q.

use core::borrow::Borrow;

use crate::error::Error;
use crate::scalar::Scalar;
use crate::store::Store;

/// What a class output of `C` classes is compared with.
pub trait ClassTarget<T, const C: usize> {
    /// Nothing, if it fits.
    ///
    /// # Errors
    ///
    /// [`Error::ClassOutOfRange`] for an index of `C` or more.
    fn check(&self) -> Result<(), Error>;

    /// The wanted probability of a class.
    fn probability(&self, class: usize) -> T;
}

impl<T: Scalar, const C: usize> ClassTarget<T, C> for u32 {
    #[inline(always)]
    fn check(&self) -> Result<(), Error> {
        let classes = u32::try_from(C).unwrap_or(u32::MAX);
        if *self < classes { Ok(()) } else { Err(Error::ClassOutOfRange { class: *self, classes }) }
    }

    #[inline(always)]
    fn probability(&self, class: usize) -> T {
        if *self as usize == class { T::ONE } else { T::ZERO }
    }
}

impl<T: Scalar, const C: usize> ClassTarget<T, C> for [T; C] {
    #[inline(always)]
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    #[inline(always)]
    fn probability(&self, class: usize) -> T {
        self.get(class).copied().unwrap_or(T::ZERO)
    }
}

impl<T, const C: usize, D: ClassTarget<T, C>> ClassTarget<T, C> for &D {
    #[inline(always)]
    fn check(&self) -> Result<(), Error> {
        D::check(self)
    }

    #[inline(always)]
    fn probability(&self, class: usize) -> T {
        D::probability(self, class)
    }
}

/// The sum over the rows.
#[inline(always)]
pub fn value<T: Scalar, Z: Borrow<[T; C]>, D: ClassTarget<T, C>, const C: usize>(
    logits: &[Z],
    target: &[D],
    smoothing: T,
) -> T {
    let mut total = T::ZERO;
    for (logits, target) in logits.iter().zip(target) {
        let logits = logits.borrow();
        let (largest, sum) = sum_powers(logits);
        total += judge(logits, target, smoothing, largest + sum.ln());
    }
    total
}

/// The same; dJ/dz = scale (softmax(z) sum of q - q)
#[inline(always)]
pub fn gradient<S: Store, T: Scalar, Z: Borrow<[T; C]>, D: ClassTarget<T, C>, const C: usize>(
    store: S,
    scale: T,
    logits: &[Z],
    target: &[D],
    smoothing: T,
    dz: &mut [[T; C]],
) -> T {
    let mut total = T::ZERO;
    for ((logits, target), dz) in logits.iter().zip(target).zip(dz) {
        let logits = logits.borrow();
        let largest = logits.iter().fold(-T::MAX, |largest, z| largest.larger(*z));
        // Kept, since a power is dear.
        let powers = logits.map(|z| (z - largest).exp());
        let sum = powers.iter().fold(T::ZERO, |sum, power| sum + *power);
        total += judge(logits, target, smoothing, largest + sum.ln());
        let mut wanted = T::ZERO;
        for class in 0..C {
            wanted += smooth::<T, D, C>(target, class, smoothing);
        }
        for ((class, power), dz) in powers.iter().enumerate().zip(dz) {
            let probability = *power / sum;
            let right = smooth::<T, D, C>(target, class, smoothing);
            store.store(dz, scale * (probability * wanted - right));
        }
    }
    total
}

/// The largest logit, and the sum of e^(z - largest).
#[inline(always)]
fn sum_powers<T: Scalar, const C: usize>(logits: &[T; C]) -> (T, T) {
    let largest = logits.iter().fold(-T::MAX, |largest, z| largest.larger(*z));
    let sum = logits.iter().fold(T::ZERO, |sum, z| sum + (*z - largest).exp());
    (largest, sum)
}

/// sum of q (log_sum - z); a class that is not wanted adds nothing, even at an infinite logit.
#[inline(always)]
fn judge<T: Scalar, D: ClassTarget<T, C>, const C: usize>(
    logits: &[T; C],
    target: &D,
    smoothing: T,
    log_sum: T,
) -> T {
    logits.iter().enumerate().fold(T::ZERO, |sum, (class, z)| {
        let right = smooth::<T, D, C>(target, class, smoothing);
        if right == T::ZERO { sum } else { sum + right * (log_sum - *z) }
    })
}

/// q = (1 - smoothing) t + smoothing / C (Szegedy et al. 2016)
#[inline(always)]
fn smooth<T: Scalar, D: ClassTarget<T, C>, const C: usize>(
    target: &D,
    class: usize,
    smoothing: T,
) -> T {
    let right = target.probability(class);
    if smoothing == T::ZERO {
        right
    } else {
        (T::ONE - smoothing) * right + smoothing / T::from_usize(C)
    }
}

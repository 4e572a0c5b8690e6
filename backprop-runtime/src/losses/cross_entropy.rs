//! -sum q ln softmax(z), with log-softmax and negative log-likelihood in one: no probability is rounded
//! to zero on the way, and the gradient is softmax(z) - q.

use core::borrow::Borrow;

use super::SampleLoss;
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

/// How much each class counts.
pub trait ClassWeights<T> {
    /// Of one class.
    fn of(&self, class: usize) -> T;
}

/// All the same.
impl<T: Scalar> ClassWeights<T> for () {
    #[inline(always)]
    fn of(&self, _class: usize) -> T {
        T::ONE
    }
}

impl<T: Scalar, const C: usize> ClassWeights<T> for [T; C] {
    #[inline(always)]
    fn of(&self, class: usize) -> T {
        self.get(class).copied().unwrap_or(T::ZERO)
    }
}

/// -sum q ln softmax(z), where q = w ((1 - smoothing) t + smoothing / C) (Szegedy et al. 2016).
#[derive(Clone, Copy, Debug)]
pub struct CrossEntropy<T, W> {
    /// How much of the target is spread over all classes.
    pub smoothing: T,
    /// How much each class counts: `()` for all the same.
    pub class_weights: W,
}

impl<T: Scalar, W: ClassWeights<T>> CrossEntropy<T, W> {
    #[inline(always)]
    fn smooth<D: ClassTarget<T, C>, const C: usize>(&self, target: &D, class: usize) -> T {
        let right = target.probability(class);
        let smoothed = if self.smoothing == T::ZERO {
            right
        } else {
            (T::ONE - self.smoothing) * right + self.smoothing / T::from_usize(C)
        };
        self.class_weights.of(class) * smoothed
    }

    /// sum of q (log - (z - largest)), where log is the logarithm of the sum of e^(z - largest): in this order
    /// no large logits cancel. A class that is not wanted adds nothing, even at an infinite logit.
    #[inline(always)]
    fn judge<D: ClassTarget<T, C>, const C: usize>(
        &self,
        logits: &[T; C],
        target: &D,
        largest: T,
        log: T,
    ) -> T {
        logits.iter().enumerate().fold(T::ZERO, |sum, (class, z)| {
            let right = self.smooth(target, class);
            if right == T::ZERO { sum } else { sum + right * (log - (*z - largest)) }
        })
    }
}

impl<T: Scalar, W: ClassWeights<T>, D: ClassTarget<T, C>, const C: usize> SampleLoss<T, D, C>
    for CrossEntropy<T, W>
{
    #[inline(always)]
    fn value(&self, logits: &[T; C], target: &D) -> T {
        let largest = logits.iter().fold(-T::MAX, |largest, z| largest.larger(*z));
        let sum = logits.iter().fold(T::ZERO, |sum, z| sum + (*z - largest).exp());
        self.judge(logits, target, largest, sum.ln())
    }

    #[inline(always)]
    fn gradient<S: Store>(
        &self,
        store: S,
        scale: T,
        logits: &[T; C],
        target: &D,
        dz: &mut [T; C],
    ) -> T {
        let [loss] = self.differentiate(store, scale, [logits], [target], [dz]);
        loss
    }

    #[inline(always)]
    fn gradient_of_rows<S: Store, Y: Borrow<[T; C]>>(
        &self,
        store: S,
        scale: T,
        logits: &[Y],
        target: &[&D],
        dz: &mut [[T; C]],
    ) -> T {
        let mut total = T::ZERO;
        let rows = logits.len().min(target.len()).min(dz.len());
        let mut done = 0;
        if const { C <= FEW } {
            let (logits, _) = logits.as_chunks::<SAMPLES>();
            let (target, _) = target.as_chunks::<SAMPLES>();
            let (dz, _) = dz.as_chunks_mut::<SAMPLES>();
            for ((logits, target), dz) in logits.iter().zip(target).zip(dz) {
                let logits = logits.each_ref().map(Borrow::borrow);
                for loss in self.differentiate(store, scale, logits, *target, dz.each_mut()) {
                    total += loss;
                }
                done += SAMPLES;
            }
        }
        let rest = logits.iter().zip(target).zip(dz).take(rows).skip(done);
        for ((logits, target), dz) in rest {
            total += self.gradient(store, scale, logits.borrow(), *target, dz);
        }
        total
    }
}

/// Samples whose powers and logarithms fill a vector together.
const SAMPLES: usize = 8;

/// Classes up to which samples go together: more of them fill vectors on their own, and would take memory.
const FEW: usize = 16;

impl<T: Scalar, W: ClassWeights<T>> CrossEntropy<T, W> {
    /// The losses of some samples; dJ/dz = softmax(z) sum of q - q is stored.
    #[inline(always)]
    fn differentiate<S: Store, D: ClassTarget<T, C>, const C: usize, const ROWS: usize>(
        &self,
        store: S,
        scale: T,
        logits: [&[T; C]; ROWS],
        target: [&D; ROWS],
        dz: [&mut [T; C]; ROWS],
    ) -> [T; ROWS] {
        let mut largest = [-T::MAX; ROWS];
        for (largest, logits) in largest.iter_mut().zip(logits) {
            for z in logits {
                *largest = largest.larger(*z);
            }
        }
        // Kept, since a power is dear.
        let mut powers = [[T::ZERO; C]; ROWS];
        for ((powers, logits), largest) in powers.iter_mut().zip(logits).zip(largest) {
            for (power, z) in powers.iter_mut().zip(logits) {
                *power = *z - largest;
            }
        }
        for power in powers.as_flattened_mut() {
            *power = power.exp();
        }
        let mut logarithms = [T::ZERO; ROWS];
        for (sum, powers) in logarithms.iter_mut().zip(&powers) {
            for power in powers {
                *sum += *power;
            }
        }
        for ((dz, target), (powers, sum)) in
            dz.into_iter().zip(target).zip(powers.iter().zip(logarithms))
        {
            let mut wanted = T::ZERO;
            for class in 0..C {
                wanted += self.smooth(target, class);
            }
            for ((class, power), dz) in powers.iter().enumerate().zip(dz) {
                let probability = *power / sum;
                let right = self.smooth(target, class);
                store.store(dz, scale * (probability * wanted - right));
            }
        }
        for logarithm in &mut logarithms {
            *logarithm = logarithm.ln();
        }
        let mut losses = [T::ZERO; ROWS];
        for (row, loss) in losses.iter_mut().enumerate() {
            if let (Some(logits), Some(target), Some(largest), Some(logarithm)) =
                (logits.get(row), target.get(row), largest.get(row), logarithms.get(row))
            {
                *loss = self.judge(logits, *target, *largest, *logarithm);
            }
        }
        losses
    }
}

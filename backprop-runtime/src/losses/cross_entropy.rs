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

    /// dJ/dz = softmax(z) sum of q - q
    #[inline(always)]
    fn gradient<S: Store>(
        &self,
        store: S,
        scale: T,
        logits: &[T; C],
        target: &D,
        dz: &mut [T; C],
    ) -> T {
        let largest = logits.iter().fold(-T::MAX, |largest, z| largest.larger(*z));
        // Kept, since a power is dear.
        let mut powers = *logits;
        for power in &mut powers {
            *power = (*power - largest).exp();
        }
        let sum = powers.iter().fold(T::ZERO, |sum, power| sum + *power);
        let mut wanted = T::ZERO;
        for class in 0..C {
            wanted += self.smooth(target, class);
        }
        for ((class, power), dz) in powers.iter().enumerate().zip(dz) {
            let probability = *power / sum;
            let right = self.smooth(target, class);
            store.store(dz, scale * (probability * wanted - right));
        }
        self.judge(logits, target, largest, sum.ln())
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
        // A tile has as many rows of each.
        let whole = if const { C <= FEW } { logits.len() - logits.len() % SAMPLES } else { 0 };
        let (Some((some_logits, logits)), Some((some_targets, target)), Some((some_dz, dz))) = (
            logits.split_at_checked(whole),
            target.split_at_checked(whole),
            dz.split_at_mut_checked(whole),
        ) else {
            return total;
        };
        let (some_logits, some_targets) = (some_logits.as_chunks().0, some_targets.as_chunks().0);
        let some = some_logits.iter().zip(some_targets).zip(some_dz.as_chunks_mut().0);
        for ((logits, target), dz) in some {
            for loss in self.differentiate(store, scale, logits, target, dz) {
                total += loss;
            }
        }
        for ((logits, target), dz) in logits.iter().zip(target).zip(dz) {
            total += self.gradient(store, scale, logits.borrow(), *target, dz);
        }
        total
    }
}

/// Samples that fill a vector.
const SAMPLES: usize = 8;

/// Classes up to which samples go side by side: more of them fill vectors on their own, and would take memory.
const FEW: usize = 16;

/// A number of each sample.
type Lane<T> = [T; SAMPLES];

impl<T: Scalar, W: ClassWeights<T>> CrossEntropy<T, W> {
    /// What `gradient` does with a sample, with some of them side by side: class by class, a lane each.
    #[inline(always)]
    fn differentiate<S: Store, Y: Borrow<[T; C]>, D: ClassTarget<T, C>, const C: usize>(
        &self,
        store: S,
        scale: T,
        logits: &[Y; SAMPLES],
        target: &[&D; SAMPLES],
        dz: &mut [[T; C]; SAMPLES],
    ) -> Lane<T> {
        let mut distances = [[T::ZERO; SAMPLES]; C];
        let mut rights = [[T::ZERO; SAMPLES]; C];
        for (lane, (logits, target)) in logits.iter().zip(target).enumerate() {
            for (class, (distance, z)) in distances.iter_mut().zip(logits.borrow()).enumerate() {
                set(distance, lane, *z);
                if let Some(right) = rights.get_mut(class) {
                    set(right, lane, self.smooth(*target, class));
                }
            }
        }
        let mut largest = [-T::MAX; SAMPLES];
        for z in &distances {
            zip_with(&mut largest, z, |largest, z| largest.larger(z));
        }
        let (mut sum, mut wanted) = ([T::ZERO; SAMPLES], [T::ZERO; SAMPLES]);
        let mut powers = distances;
        for ((distance, power), right) in distances.iter_mut().zip(&mut powers).zip(&rights) {
            zip_with(distance, &largest, |z, largest| z - largest);
            zip_with(power, distance, |_, distance| distance.exp());
            zip_with(&mut sum, power, |sum, power| sum + power);
            zip_with(&mut wanted, right, |wanted, right| wanted + right);
        }
        let mut logarithm = sum;
        zip_with(&mut logarithm, &sum, |_, sum| sum.ln());
        let mut losses = [T::ZERO; SAMPLES];
        for ((distance, power), right) in distances.iter_mut().zip(&mut powers).zip(&rights) {
            zip_with(power, &sum, |power, sum| power / sum);
            zip_with(power, &wanted, |probability, wanted| probability * wanted);
            zip_with(power, right, |probability, right| scale * (probability - right));
            zip_with(distance, &logarithm, |distance, logarithm| logarithm - distance);
            zip_with(
                distance,
                right,
                |judged, right| {
                    if right == T::ZERO { T::ZERO } else { right * judged }
                },
            );
            zip_with(&mut losses, distance, |losses, loss| losses + loss);
        }
        for (lane, dz) in dz.iter_mut().enumerate() {
            for (dz, gradients) in dz.iter_mut().zip(&powers) {
                if let Some(gradient) = gradients.get(lane) {
                    store.store(dz, *gradient);
                }
            }
        }
        losses
    }
}

#[inline(always)]
fn set<T>(values: &mut Lane<T>, lane: usize, value: T) {
    if let Some(place) = values.get_mut(lane) {
        *place = value;
    }
}

/// values = f(values, others)
#[inline(always)]
fn zip_with<T: Copy>(values: &mut Lane<T>, others: &Lane<T>, f: impl Fn(T, T) -> T) {
    for (value, other) in values.iter_mut().zip(others) {
        *value = f(*value, *other);
    }
}

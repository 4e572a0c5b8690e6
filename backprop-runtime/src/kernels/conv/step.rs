//! A causal convolution that sees one step at a time, and remembers those before.

use super::super::dense::Row;
use super::super::dense::block::{Matrix, Panel, multiply, place_vectors, store_sums};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors};
use crate::zero::Zero;

/// The last `H` steps, each of `C` channels: zeros where there were none yet, as in front of a sequence.
#[derive(Clone, Debug)]
pub struct History<T, const C: usize, const H: usize> {
    steps: [[T; C]; H],
    /// Where the oldest of them stands; the others follow, from the last place on to the first.
    oldest: u32,
}

impl<T: Scalar, const C: usize, const H: usize> Zero for History<T, C, H> {
    const ZERO: Self = Self { steps: <[[T; C]; H]>::ZERO, oldest: 0 };
}

impl<T: Scalar, const C: usize, const H: usize> History<T, C, H> {
    /// The step that stands so many places behind the oldest.
    #[inline(always)]
    fn step(&self, age: usize) -> Option<&[T; C]> {
        let place = self.oldest as usize + age;
        self.steps.get(if place < H { place } else { place.wrapping_sub(H) })
    }

    /// Forgets the oldest step for a new one.
    #[inline(always)]
    fn push(&mut self, step: &[T; C]) {
        if let Some(place) = self.steps.get_mut(self.oldest as usize) {
            *place = *step;
        }
        self.oldest = if self.oldest as usize + 1 < H { self.oldest + 1 } else { 0 };
    }
}

/// A window over time.
#[derive(Clone, Copy, Debug)]
pub struct Past {
    /// Elements of the window, of which the last is the step itself.
    pub kernel: usize,
    /// Steps from one to the next.
    pub dilation: usize,
    /// Groups of channels and filters.
    pub groups: usize,
}

/// y = W * x + b at this step. The sum is in the order of the whole sequence, and has its bits.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "those of a call in the generated code")]
pub fn step<
    S,
    T,
    X,
    const C: usize,
    const H: usize,
    const K: usize,
    const F: usize,
    const L: usize,
>(
    simd: S,
    past: Past,
    history: &mut History<T, C, H>,
    x: &[X],
    weight: &[[T; F]; K],
    bias: Option<&[T; F]>,
    scratch: &mut [[T; L]],
    y: &mut [[T; F]],
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, C>,
{
    let groups = past.groups.max(1);
    let (channels, filters) = (C / groups, F / groups);
    for ((x, y), scratch) in x.iter().zip(y).zip(scratch) {
        let Some(window) = scratch.first_chunk_mut::<K>() else { return };
        for group in 0..groups {
            gather(past, history, x.row(), group * channels, window);
            let first = group * filters;
            let call = Sums {
                window,
                weight: weight.as_ptr().cast::<T>().wrapping_add(first),
                bias: bias.map(|bias| bias.as_ptr().wrapping_add(first)),
                to: y.as_mut_ptr().wrapping_add(first),
                outputs: filters,
            };
            // SAFETY: the filters of a group lie within the F columns of the K rows of the weight.
            unsafe { call.run::<S, S::Wide, F>(simd) }
        }
        history.push(x.row());
    }
}

/// What the window of a group sees, in the order of the weight's rows: channel by channel, from the past to this step.
#[inline(always)]
fn gather<T: Scalar, const C: usize, const H: usize, const K: usize>(
    past: Past,
    history: &History<T, C, H>,
    x: &[T; C],
    first: usize,
    window: &mut [T; K],
) {
    for element in 0..past.kernel {
        let step = if element + 1 == past.kernel {
            x
        } else {
            history.step(element * past.dilation).unwrap_or(x)
        };
        let channels = step.get(first..).unwrap_or_default();
        let places = window.get_mut(element..).unwrap_or_default();
        for (place, value) in places.iter_mut().step_by(past.kernel.max(1)).zip(channels) {
            *place = *value;
        }
    }
}

/// The sums of a group: one for each filter, over the window from first to last.
struct Sums<'a, T, const K: usize> {
    window: &'a [T; K],
    weight: *const T,
    bias: Option<*const T>,
    to: *mut T,
    outputs: usize,
}

impl<T: Scalar, const K: usize> Sums<'_, T, K> {
    /// With vectors of this width, or of the next that the outputs fill.
    ///
    /// # Safety
    ///
    /// Weight, bias and output have so many columns, and the weight K rows of F scalars.
    #[inline(always)]
    unsafe fn run<S: Vectors<T>, V: Lanes<S, T>, const F: usize>(&self, simd: S) {
        if const { V::COUNT > 1 } && V::COUNT > self.outputs {
            // SAFETY: the caller's.
            return unsafe { self.run::<S, V::Half, F>(simd) };
        }
        let vectors = self.outputs.div_ceil(V::COUNT);
        let mut first = 0;
        while first < vectors {
            // SAFETY: the caller's; vectors below their number.
            first += unsafe {
                match vectors - first {
                    1 => self.run_some::<S, V, F, 1>(simd, first),
                    2 | 3 => self.run_some::<S, V, F, 2>(simd, first),
                    _ => self.run_some::<S, V, F, 4>(simd, first),
                }
            };
        }
    }

    /// `N` vectors of outputs, from one on.
    #[inline(always)]
    unsafe fn run_some<S: Vectors<T>, V: Lanes<S, T>, const F: usize, const N: usize>(
        &self,
        simd: S,
        first: usize,
    ) -> usize {
        let offsets = place_vectors::<S, T, V, N>(first, self.outputs);
        let panel = Panel { matrix: Matrix { start: self.weight, stride: F }, offsets };
        // SAFETY: the caller's: the bias is a matrix of one row.
        unsafe {
            let start = match self.bias {
                Some(start) => Panel { matrix: Matrix { start, stride: 0 }, offsets }.load(simd, 0),
                None => [V::splat(simd, T::ZERO); N],
            };
            let factors = |k: usize| [*self.window.get_unchecked(k)];
            let vectors = |k: usize| panel.load(simd, k);
            let sums = multiply(simd, K, factors, vectors, [start]);
            store_sums([self.to], offsets, sums);
        }
        N
    }
}

//! The heads of a layer, and where their numbers stand.

use crate::scalar::Scalar;

/// `count` heads of `H` columns each, which are `D` together, over `E` steps.
#[derive(Clone, Copy, Debug)]
pub struct Heads<const E: usize, const H: usize, const D: usize> {
    /// How many.
    pub count: usize,
    /// Whether a step sees none that come after it.
    pub causal: bool,
}

impl<const E: usize, const H: usize, const D: usize> Heads<E, H, D> {
    /// Steps that a step sees.
    #[inline(always)]
    pub fn sees(&self, step: usize) -> usize {
        if self.causal { step + 1 } else { E }
    }

    /// What scores are multiplied by: 1 / √H
    #[inline(always)]
    pub fn scale<T: Scalar>(&self) -> T {
        T::ONE / T::from_usize(H).sqrt()
    }
}

/// What the forward pass leaves of a sample.
pub struct Parts<'a, T, const E: usize, const D: usize, const P: usize> {
    /// q, k and v of each step; then their deltas.
    pub projected: &'a mut [[T; P]],
    /// p v of each step.
    pub context: &'a mut [[T; D]],
    /// The rows of p: of each head, or of one after the other.
    pub probabilities: &'a mut [[T; E]],
}

impl<'a, T, const E: usize, const D: usize, const P: usize> Parts<'a, T, E, D, P> {
    /// With the probabilities of so many heads, and what is left of the memory; `None` never, if there is as much as the
    /// layer asks for.
    #[inline(always)]
    pub fn find(memory: &'a mut [T], heads: usize) -> Option<(Self, &'a mut [T])> {
        let (projected, memory) = memory.split_at_mut_checked(E * P)?;
        let (context, memory) = memory.split_at_mut_checked(E * D)?;
        let (probabilities, memory) = memory.split_at_mut_checked(heads * E * E)?;
        let parts = Self {
            projected: projected.as_chunks_mut().0,
            context: context.as_chunks_mut().0,
            probabilities: probabilities.as_chunks_mut().0,
        };
        Some((parts, memory))
    }
}

/// The next `E` rows of the memory, and what is left of it.
#[inline(always)]
pub fn take_rows<T, const E: usize, const H: usize>(
    memory: &mut [T],
) -> Option<(&mut [[T; H]; E], &mut [T])> {
    let (rows, memory) = memory.split_at_mut_checked(E * H)?;
    Some((rows.as_chunks_mut().0.first_chunk_mut()?, memory))
}

/// Copies the columns of a head, from one on.
#[inline(always)]
pub fn gather<T: Copy, const P: usize, const H: usize>(
    rows: &[[T; P]],
    column: usize,
    to: &mut [[T; H]],
) {
    for (row, to) in rows.iter().zip(to) {
        if let Some(columns) = row.get(column..).and_then(<[T]>::first_chunk) {
            *to = *columns;
        }
    }
}

/// Copies them back.
#[inline(always)]
pub fn scatter<T: Copy, const P: usize, const H: usize>(
    from: &[[T; H]],
    rows: &mut [[T; P]],
    column: usize,
) {
    for (row, from) in rows.iter_mut().zip(from) {
        if let Some(columns) = row.get_mut(column..).and_then(<[T]>::first_chunk_mut) {
            *columns = *from;
        }
    }
}

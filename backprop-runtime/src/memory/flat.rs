//! Structs of arrays as one flat slice, without a line of `unsafe` in the user's crate.
//!
//! The generated code names the arrays of a struct as slices. Whether they stand one after the other is
//! checked here, against their addresses, so that nothing depends on the generated code being right.

use core::marker::PhantomData;
use core::mem::{align_of, size_of};

use crate::scalar::Scalar;
use crate::zero::Zero;

/// How many scalars the parts have if they stand one after the other from the start of `whole` on.
#[inline(always)]
fn count_joined<W, T: Scalar, const K: usize>(whole: &W, parts: [&[T]; K]) -> Option<usize> {
    let start = core::ptr::from_ref(whole).cast::<T>();
    let mut count: usize = 0;
    for part in parts {
        if part.as_ptr() != start.wrapping_add(count) {
            return None;
        }
        count = count.checked_add(part.len())?;
    }
    (count.checked_mul(size_of::<T>())? <= size_of::<W>()).then_some(count)
}

/// The parts as one slice; empty if they do not stand one after the other from the start of `whole` on.
#[inline(always)]
pub fn view<'a, W, T: Scalar, const K: usize>(whole: &'a W, parts: [&'a [T]; K]) -> &'a [T] {
    let Some(count) = count_joined(whole, parts) else { return &[] };
    // SAFETY: `count` scalars from the start of `whole` on lie within it, and each of them belongs to
    // one of the parts, which are valid and shared for 'a. The first part begins where `whole` does,
    // so that is aligned for T; without a part, `count` is 0, and any aligned pointer would do, which
    // the alignment of W cannot promise, hence the cast from a dangling one.
    unsafe {
        if count == 0 {
            &[]
        } else {
            core::slice::from_raw_parts(core::ptr::from_ref(whole).cast::<T>(), count)
        }
    }
}

/// The same, to change.
#[inline(always)]
pub fn view_mut<W, T: Scalar, const K: usize>(
    whole: &mut W,
    parts: for<'b> fn(&'b W) -> [&'b [T]; K],
) -> &mut [T] {
    let Some(count) = count_joined(whole, parts(whole)) else { return &mut [] };
    if count == 0 {
        return &mut [];
    }
    // SAFETY: as in `view`, all these scalars are initialised and lie within `whole`, which is borrowed
    // mutably for 'a. Every bit pattern that is written is a valid scalar.
    unsafe { core::slice::from_raw_parts_mut(core::ptr::from_mut(whole).cast::<T>(), count) }
}

/// Says that every byte of `W` belongs to a scalar. Only [`Proof::check`] makes one.
#[derive(Debug)]
pub struct Proof<W> {
    scalars: usize,
    whole: PhantomData<fn() -> W>,
}

impl<W> Proof<W> {
    /// Checks the proof for one value, at compile time; all values of a type have the same layout.
    ///
    /// # Panics
    ///
    /// Fails the build if the parts do not cover `whole` from its first byte to its last.
    #[must_use]
    pub const fn check<T: Scalar, const K: usize>(whole: &W, parts: [&[T]; K]) -> Self {
        let start = core::ptr::from_ref(whole).cast::<T>();
        let mut scalars = 0;
        let mut index = 0;
        while index < K {
            let part = parts[index];
            // SAFETY: both pointers are derived from the same constant, or this fails the build: const
            // evaluation reports an offset between different allocations.
            let offset = unsafe { part.as_ptr().offset_from(start) };
            assert!(offset == scalars as isize, "the arrays do not stand one after the other");
            scalars += part.len();
            index += 1;
        }
        assert!(scalars * size_of::<T>() == size_of::<W>(), "the arrays do not cover the struct");
        assert!(scalars == 0 || align_of::<W>() == align_of::<T>());
        Self { scalars, whole: PhantomData }
    }

    /// How many scalars there are.
    #[must_use]
    pub const fn scalars(&self) -> usize {
        self.scalars
    }
}

/// A type that is nothing but scalars.
pub trait Plain: Zero {
    /// That it is.
    const PROOF: Proof<Self>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[repr(C)]
    struct Pair {
        weight: [[f32; 2]; 3],
        bias: [f32; 2],
    }

    fn list(pair: &Pair) -> [&[f32]; 2] {
        [pair.weight.as_flattened(), &pair.bias]
    }

    #[test]
    fn arrays_in_order_are_one_slice() {
        let mut pair = Pair { weight: [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], bias: [7.0, 8.0] };
        assert_eq!(view(&pair, list(&pair)), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
        view_mut(&mut pair, list)[6] = 9.0;
        assert_eq!(pair.bias, [9.0, 8.0]);
    }

    #[test]
    fn anything_else_is_empty() {
        let pair = Pair { weight: [[1.0; 2]; 3], bias: [2.0; 2] };
        let other = [3.0_f32; 4];
        assert!(view(&pair, [&pair.bias, pair.weight.as_flattened()]).is_empty());
        assert!(view(&pair, [&other]).is_empty());
        assert!(view::<_, f32, 0>(&pair, []).is_empty());
    }

    #[test]
    fn the_proof_counts_scalars() {
        const ZERO: &Pair = &Pair { weight: [[0.0; 2]; 3], bias: [0.0; 2] };
        const PROOF: Proof<Pair> = Proof::check(ZERO, [ZERO.weight.as_flattened(), &ZERO.bias]);
        assert_eq!(PROOF.scalars(), 8);
    }
}

//! Sums of several outputs, written out: what `dense/scalar` has of several places, once more around it.

use crate::kernels::dense::scalar::Written;
use crate::kernels::lanes::count_lanes;
use crate::scalar::Scalar;

/// The sums of `M` outputs.
pub type Sums<const M: usize, X> = <[(); M] as Outputs>::Sums<X>;

/// How many outputs are computed together, each at `N` places.
pub trait Outputs {
    /// The sums of all of them.
    type Sums<X: Copy>: Copy;

    /// What they begin with.
    fn begin<X: Copy>(start: impl Fn(usize) -> X) -> Self::Sums<X>;

    /// Each plus the products of its weight, which stand `stride` apart, and what is read at its places.
    ///
    /// # Safety
    ///
    /// The weights can be read.
    unsafe fn add_products<T: Scalar, X: Written<T>>(
        sums: Self::Sums<X>,
        weight: *const T,
        stride: usize,
        x: X,
    ) -> Self::Sums<X>;

    /// Each lane plus the product of what is read, from places that stand `stride` apart, and its partner.
    ///
    /// # Safety
    ///
    /// The lanes can be read.
    unsafe fn add_lanes<T: Scalar>(
        sums: Self::Sums<[T; 8]>,
        from: *const T,
        stride: usize,
        x: [T; 8],
    ) -> Self::Sums<[T; 8]>;

    /// One after the other.
    fn visit<X: Copy>(sums: Self::Sums<X>, visit: impl FnMut(usize, X));
}

macro_rules! write_out {
    ($count:literal: $($m:literal $sum:ident),*) => {
        impl Outputs for [(); $count] {
            type Sums<X: Copy> = [X; $count];

            #[inline(always)]
            fn begin<X: Copy>(start: impl Fn(usize) -> X) -> [X; $count] {
                [$(start($m)),*]
            }

            #[inline(always)]
            unsafe fn add_products<T: Scalar, X: Written<T>>(
                [$($sum),*]: [X; $count],
                weight: *const T,
                stride: usize,
                x: X,
            ) -> [X; $count] {
                // SAFETY: the caller's.
                unsafe { [$($sum.add_products(*weight.add($m * stride), x)),*] }
            }

            #[inline(always)]
            unsafe fn add_lanes<T: Scalar>(
                [$($sum),*]: [[T; 8]; $count],
                from: *const T,
                stride: usize,
                x: [T; 8],
            ) -> [[T; 8]; $count] {
                // SAFETY: the caller's.
                unsafe { [$($sum.add_lanes(read_lanes(from.wrapping_add($m * stride)), x)),*] }
            }

            #[inline(always)]
            fn visit<X: Copy>([$($sum),*]: [X; $count], mut visit: impl FnMut(usize, X)) {
                $(visit($m, $sum);)*
            }
        }
    };
}

write_out!(1: 0 a);
write_out!(2: 0 a, 1 b);
write_out!(4: 0 a, 1 b, 2 c, 3 d);

/// As many scalars as there are lanes. Lanes that are not there add zeros to zeros, and zeros to the sum of the others,
/// which is no negative zero since it began at zero: no bit of it changes.
///
/// # Safety
///
/// From there on as many as there are lanes can be read.
#[inline(always)]
pub unsafe fn read_lanes<T: Scalar>(from: *const T) -> [T; 8] {
    // SAFETY: the caller's.
    unsafe {
        if const { count_lanes::<T>() == 8 } {
            *from.cast()
        } else {
            let [a, b, c, d] = *from.cast();
            [a, b, c, d, T::ZERO, T::ZERO, T::ZERO, T::ZERO]
        }
    }
}

//! Layers small enough to be inlined where they are used, their sizes part of the type: a row of outputs
//! stays in registers, and every loop can be unrolled.

use super::block::{
    Matrix, Offsets, at, list, load_first, multiply, multiply_parts, place_vectors, store_first,
    store_sums,
};
use super::forward::Forward;
use super::order::{count_parts, sums_lanes};
use super::rows::{Row, Table};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors};

/// The most weights: beyond, a call costs nothing in comparison.
const WEIGHTS: usize = 2048;

/// The most vectors of outputs.
const VECTORS: usize = 8;

/// Whether a layer of these sizes is small.
#[inline(always)]
pub const fn is_small<S: Vectors<T>, T: Scalar>(inputs: usize, outputs: usize) -> bool {
    // Without optimisation nothing is inlined: the user's crate would compile it as it stands.
    cfg!(not(debug_assertions))
        && inputs * outputs <= WEIGHTS
        && outputs.div_ceil(<S::Wide as Lanes<S, T>>::COUNT) <= VECTORS
}

/// Calls `$function::<V, N>` with the narrowest vectors, and the fewest, that hold a row of `$outputs`.
macro_rules! choose_vectors {
    ($vector:ident, $outputs:ident, $narrower:expr, $function:ident $arguments:tt) => {
        if const {
            $vector::COUNT > 1
                && <$vector::Half as Lanes<S, T>>::COUNT < $vector::COUNT
                && <$vector::Half as Lanes<S, T>>::COUNT >= $outputs
        } {
            $narrower
        } else if const { $outputs.div_ceil($vector::COUNT) == 1 } {
            $function::<S, T, $vector, X, 1, I, O> $arguments
        } else if const { $outputs.div_ceil($vector::COUNT) == 2 } {
            $function::<S, T, $vector, X, 2, I, O> $arguments
        } else if const { $outputs.div_ceil($vector::COUNT) == 3 } {
            $function::<S, T, $vector, X, 3, I, O> $arguments
        } else if const { $outputs.div_ceil($vector::COUNT) == 4 } {
            $function::<S, T, $vector, X, 4, I, O> $arguments
        } else if const { $outputs.div_ceil($vector::COUNT) == 5 } {
            $function::<S, T, $vector, X, 5, I, O> $arguments
        } else if const { $outputs.div_ceil($vector::COUNT) == 6 } {
            $function::<S, T, $vector, X, 6, I, O> $arguments
        } else if const { $outputs.div_ceil($vector::COUNT) == 7 } {
            $function::<S, T, $vector, X, 7, I, O> $arguments
        } else {
            $function::<S, T, $vector, X, 8, I, O> $arguments
        }
    };
}

/// A row of a matrix in registers. A vector may be longer than the row: it then reads on into the next, and
/// what it finds there is in lanes that nobody looks at. Only behind the last row there may be nothing.
#[derive(Clone, Copy)]
struct Lined<T, V, const N: usize, const O: usize> {
    matrix: Matrix<T>,
    offsets: Offsets<N>,
    last: usize,
    last_row: [V; N],
}

impl<T: Scalar, V, const N: usize, const O: usize> Lined<T, V, N, O> {
    /// # Safety
    ///
    /// There are `rows` rows of `O` scalars.
    #[inline(always)]
    unsafe fn new<S: Vectors<T>>(simd: S, start: *const T, rows: usize) -> Self
    where
        V: Lanes<S, T>,
    {
        let matrix = Matrix { start, stride: O };
        let offsets = place_vectors::<S, T, V, N>(0, O);
        let last = rows.saturating_sub(1);
        let mut last_row = [V::splat(simd, T::ZERO); N];
        if const { V::COUNT > O } && rows > 0 {
            // SAFETY: the caller's.
            last_row = [unsafe { load_first(simd, start.add(last * O), O) }; N];
        }
        Self { matrix, offsets, last, last_row }
    }

    /// Row `k`.
    ///
    /// # Safety
    ///
    /// There is such a row.
    #[inline(always)]
    unsafe fn load<S: Vectors<T>>(&self, simd: S, k: usize) -> [V; N]
    where
        V: Lanes<S, T>,
    {
        if const { V::COUNT > O } && k == self.last {
            return self.last_row;
        }
        // SAFETY: the caller's; a vector that is longer than a row is no longer than two.
        unsafe { self.matrix.load(simd, k, self.offsets) }
    }
}

/// A row of parameters or of zeros.
#[inline(always)]
unsafe fn load_row<S, T, V, const N: usize, const O: usize>(simd: S, from: *const T) -> [V; N]
where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
{
    let offsets = place_vectors::<S, T, V, N>(0, O);
    // SAFETY: there are O scalars, says the caller.
    unsafe {
        if const { V::COUNT > O } {
            [load_first(simd, from, O); N]
        } else {
            list(|n| V::load(simd, from.add(at!(offsets, n))))
        }
    }
}

/// Writes a row.
#[inline(always)]
unsafe fn store_row<S, T, V, const N: usize, const O: usize>(row: [V; N], to: *mut T)
where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
{
    let offsets = place_vectors::<S, T, V, N>(0, O);
    // SAFETY: there are O scalars, says the caller.
    unsafe {
        if const { V::COUNT > O } {
            store_first(at!(row, 0), to, O);
        } else {
            for n in 0..N {
                at!(row, n).store(to.add(at!(offsets, n)));
            }
        }
    }
}

/// y = x W + b
#[inline(always)]
pub fn forward<S, T, V, X, const I: usize, const O: usize>(
    simd: S,
    x: &[X],
    weight: &[[T; O]; I],
    bias: Option<&[T; O]>,
    y: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
    X: Row<T, I>,
{
    if const { O == 1 && sums_lanes(I) } {
        let call = Forward::new(x, weight, bias, y);
        // SAFETY: `call` was made of borrowed arrays of these sizes.
        return unsafe { call.run_dots(simd) };
    }
    choose_vectors!(
        V,
        O,
        forward::<S, T, V::Half, X, I, O>(simd, x, weight, bias, y),
        forward_rows(simd, x, weight, bias, y)
    );
}

#[inline(always)]
fn forward_rows<S, T, V, X, const N: usize, const I: usize, const O: usize>(
    simd: S,
    x: &[X],
    weight: &[[T; O]; I],
    bias: Option<&[T; O]>,
    y: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
    X: Row<T, I>,
{
    // SAFETY: the weight has I rows of O scalars, the bias has O.
    let (weight, start) = unsafe {
        let weight = Lined::<T, V, N, O>::new(simd, weight.as_ptr().cast(), I);
        let start = match bias {
            Some(bias) => load_row::<S, T, V, N, O>(simd, bias.as_ptr()),
            None => [V::splat(simd, T::ZERO); N],
        };
        (weight, start)
    };
    let rows = x.len().min(y.len());
    let (x, y) = (x.as_ptr(), y.as_mut_ptr());
    let mut row = 0;
    // SAFETY: rows below their number.
    unsafe {
        if const { N == 1 && V::COUNT > 1 } {
            while row + 8 <= rows {
                forward_block::<S, T, V, X, 8, N, I, O>(
                    simd,
                    x.add(row),
                    &weight,
                    start,
                    y.add(row),
                );
                row += 8;
            }
        }
        if const { N <= 2 && V::COUNT > 1 } {
            while row + 4 <= rows {
                forward_block::<S, T, V, X, 4, N, I, O>(
                    simd,
                    x.add(row),
                    &weight,
                    start,
                    y.add(row),
                );
                row += 4;
            }
        }
        if const { (N == 3 || N == 4) && V::COUNT > 1 } {
            while row + 2 <= rows {
                forward_block::<S, T, V, X, 2, N, I, O>(
                    simd,
                    x.add(row),
                    &weight,
                    start,
                    y.add(row),
                );
                row += 2;
            }
        }
        while row < rows {
            forward_block::<S, T, V, X, 1, N, I, O>(simd, x.add(row), &weight, start, y.add(row));
            row += 1;
        }
    }
}

/// `M` rows.
#[inline(always)]
unsafe fn forward_block<
    S,
    T,
    V,
    X,
    const M: usize,
    const N: usize,
    const I: usize,
    const O: usize,
>(
    simd: S,
    x: *const X,
    weight: &Lined<T, V, N, O>,
    start: [V; N],
    y: *mut [T; O],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
    X: Row<T, I>,
{
    // SAFETY: there are M rows of x and of y, says the caller; the weight has I rows.
    unsafe {
        let x: [*const T; M] = list(|m| (*x.add(m)).row().as_ptr());
        let factors = |k: usize| list(|m| *at!(x, m).add(k));
        let vectors = |k: usize| weight.load(simd, k);
        let parts = const { count_parts(I, O) };
        let sums = multiply_parts(simd, parts, I, factors, vectors, [start; M]);
        for m in 0..M {
            store_row::<S, T, V, N, O>(at!(sums, m), y.add(m).cast());
        }
    }
}

/// dJ/dW = xᵀ delta, set or added.
#[inline(always)]
pub fn weight_gradient<S, T, V, X, const I: usize, const O: usize>(
    simd: S,
    adds: bool,
    x: &[X],
    delta: &[[T; O]],
    gradient: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
    X: Row<T, I>,
{
    if const { O == 1 && I > 1 } {
        let rows = x.len().min(delta.len());
        let located = X::locate(x);
        let sums = (rows, located.table(), delta.as_ptr().cast());
        let count = gradient.len().min(I);
        // SAFETY: there are so many rows of x, with so many inputs, and of delta.
        return unsafe {
            gradient_column::<S, T, V>(simd, adds, &sums, 0, count, gradient.as_mut_ptr().cast())
        };
    }
    choose_vectors!(
        V,
        O,
        weight_gradient::<S, T, V::Half, X, I, O>(simd, adds, x, delta, gradient),
        weight_gradient_rows(simd, adds, x, delta, gradient)
    );
}

#[inline(always)]
fn weight_gradient_rows<S, T, V, X, const N: usize, const I: usize, const O: usize>(
    simd: S,
    adds: bool,
    x: &[X],
    delta: &[[T; O]],
    gradient: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
    X: Row<T, I>,
{
    let rows = x.len().min(delta.len());
    let located = X::locate(x);
    let x = located.table();
    // SAFETY: there are so many rows of delta.
    let delta = unsafe { Lined::<T, V, N, O>::new(simd, delta.as_ptr().cast(), rows) };
    let inputs = gradient.len().min(I);
    let gradient = gradient.as_mut_ptr();
    let sums = (rows, x, delta);
    let mut input = 0;
    // SAFETY: inputs below their number.
    unsafe {
        if const { N == 1 && V::COUNT > 1 } {
            while input + 8 <= inputs {
                gradient_block::<S, T, V, 8, N, O>(simd, adds, &sums, input, gradient);
                input += 8;
            }
        }
        if const { N <= 2 && V::COUNT > 1 } {
            while input + 4 <= inputs {
                gradient_block::<S, T, V, 4, N, O>(simd, adds, &sums, input, gradient);
                input += 4;
            }
        }
        if const { N <= 4 && V::COUNT > 1 } {
            while input + 2 <= inputs {
                gradient_block::<S, T, V, 2, N, O>(simd, adds, &sums, input, gradient);
                input += 2;
            }
        }
        while input < inputs {
            gradient_block::<S, T, V, 1, N, O>(simd, adds, &sums, input, gradient);
            input += 1;
        }
    }
}

/// The sums of `M` inputs.
#[inline(always)]
unsafe fn gradient_block<S, T, V, const M: usize, const N: usize, const O: usize>(
    simd: S,
    adds: bool,
    (rows, x, delta): &(usize, Table<'_, T>, Lined<T, V, N, O>),
    input: usize,
    gradient: *mut [T; O],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
{
    // SAFETY: rows of x below their number have M inputs from `input` on, and so has the gradient.
    unsafe {
        let factors = |row: usize| {
            let x = x.start(row).add(input);
            list(|m| *x.add(m))
        };
        let vectors = |row: usize| delta.load(simd, row);
        let zero = [[V::splat(simd, T::ZERO); N]; M];
        let sums = multiply(simd, *rows, factors, vectors, zero);
        for m in 0..M {
            let place = gradient.add(input + m).cast::<T>();
            let mut row = at!(sums, m);
            // All is read before anything is written: where the last two vectors share outputs, both hold
            // the same sums.
            if adds {
                let old: [V; N] = load_row::<S, T, V, N, O>(simd, place);
                row = list(|n| at!(old, n).add(at!(row, n)));
            }
            store_row::<S, T, V, N, O>(row, place);
        }
    }
}

/// The sums of a single output, from input `first` on: a row of them stands in memory as one of x does.
#[inline(always)]
unsafe fn gradient_column<S: Vectors<T>, T: Scalar, V: Lanes<S, T>>(
    simd: S,
    adds: bool,
    sums: &(usize, Table<'_, T>, *const T),
    mut first: usize,
    inputs: usize,
    gradient: *mut T,
) {
    // SAFETY: inputs below their number.
    unsafe {
        while first + 4 * V::COUNT <= inputs {
            column_block::<S, T, V, 4>(simd, adds, sums, first, gradient);
            first += 4 * V::COUNT;
        }
        while first + V::COUNT <= inputs {
            column_block::<S, T, V, 1>(simd, adds, sums, first, gradient);
            first += V::COUNT;
        }
        if const { V::COUNT > 1 } && first < inputs {
            gradient_column::<S, T, V::Half>(simd, adds, sums, first, inputs, gradient);
        }
    }
}

#[inline(always)]
unsafe fn column_block<S: Vectors<T>, T: Scalar, V: Lanes<S, T>, const N: usize>(
    simd: S,
    adds: bool,
    (rows, x, delta): &(usize, Table<'_, T>, *const T),
    first: usize,
    gradient: *mut T,
) {
    let offsets: Offsets<N> = list(|n| n * V::COUNT);
    // SAFETY: rows below their number, each with N vectors of inputs from `first` on, as the gradient.
    unsafe {
        let place = gradient.add(first);
        let factors = |row: usize| [*delta.add(row)];
        let vectors = |row: usize| {
            let x = x.start(row).add(first);
            list(|n| V::load(simd, x.add(at!(offsets, n))))
        };
        let zero = [[V::splat(simd, T::ZERO); N]];
        let [mut sums] = multiply(simd, *rows, factors, vectors, zero);
        if adds {
            sums = list(|n| V::load(simd, place.add(at!(offsets, n))).add(at!(sums, n)));
        }
        store_sums([place], offsets, [sums]);
    }
}

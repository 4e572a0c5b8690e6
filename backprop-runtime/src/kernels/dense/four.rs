//! Products on a machine without vectors, in little code: four outputs at a time, for layers that have as many.

use super::order::count_parts;
use super::scalar::{Written, sum_part};
use crate::scalar::Scalar;
use crate::simd::keep_rolled;

/// y = x W + b, of one row. The last four outputs may be some of those before: they are computed again, to the same bits, in
/// place of code for what is left.
///
/// # Safety
///
/// From `weight` on `x.len()` rows of `y.len()` scalars can be read; there are four outputs at least, and a bias is as long
/// as `y`.
#[inline(never)]
pub unsafe fn forward<T: Scalar>(x: &[T], weight: *const T, bias: Option<&[T]>, y: &mut [T]) {
    let outputs = y.len();
    let parts = count_parts(x.len(), outputs);
    let mut end = 0;
    while end < outputs {
        end = outputs.min(end + 4);
        let first = end - 4;
        let mut row = weight.wrapping_add(first);
        let last = row.wrapping_add(x.len() * outputs).wrapping_sub(outputs);
        let mut x = x.as_ptr();
        // SAFETY: the caller's; four outputs from the first on, and rows up to the last one.
        unsafe {
            let place = y.as_mut_ptr().add(first).cast::<[T; 4]>();
            let zero = [T::ZERO; 4];
            let (mut start, mut pair) = (zero, zero);
            if let Some(bias) = bias {
                start = *bias.as_ptr().add(first).cast();
            }
            for part in 0..parts {
                keep_rolled();
                let sums = sum_part(x, row, last, outputs, parts, start);
                pair = if part % 2 == 0 { sums } else { pair.add(sums) };
                if part < 2 {
                    *place = pair;
                } else if part == 3 {
                    *place = (*place).add(pair);
                }
                start = zero;
                (x, row) = (x.wrapping_add(1), row.wrapping_add(outputs));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use core::array::from_fn;

    use super::*;
    use crate::kernels::dense::scalar;

    fn check<const I: usize, const O: usize>() {
        let x: [f32; I] = from_fn(|input| 0.3 - 0.07 * input as f32);
        let weight: [[f32; O]; I] =
            from_fn(|input| from_fn(|output| ((input * 7 + output * 3) % 11) as f32 * 0.13 - 0.6));
        let bias: [f32; O] = from_fn(|output| 0.01 * output as f32);
        for bias in [None, Some(bias.as_slice())] {
            let (mut four, mut eight) = ([0.0; O], [0.0; O]);
            let weight = weight.as_ptr().cast();
            // SAFETY: the weight has I rows of O scalars.
            unsafe {
                forward(&x, weight, bias, &mut four);
                scalar::forward::<f32, false>(&x, weight, bias, &mut eight);
            }
            assert_eq!(four, eight, "{I} x {O}");
        }
    }

    #[test]
    fn four_outputs_at_a_time_are_those_of_all_other_kernels() {
        check::<2, 4>();
        check::<7, 9>();
        check::<9, 10>();
        check::<33, 66>();
        check::<12, 130>();
    }
}

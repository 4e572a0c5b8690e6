//! The order of sums: a matter of sizes alone.

/// Products from which on a sum is computed in parts.
const LONG: usize = 8;

/// Outputs from which on there are enough sums to keep two arithmetic units busy, each of which takes four
/// cycles for an addition.
const WIDE: usize = 128;

/// In how many parts each of `outputs` sums of `inputs` products is computed: part p has every product whose
/// index leaves p when it is divided by their number.
pub const fn count_parts(inputs: usize, outputs: usize) -> usize {
    if inputs < LONG || outputs >= WIDE {
        1
    } else if outputs >= WIDE / 2 {
        2
    } else {
        4
    }
}

/// Whether a single sum, or those of a single sample, are computed in lanes instead: both factors are then
/// read as they stand in memory.
pub const fn sums_lanes(products: usize) -> bool {
    products >= LONG
}

/// Products from which on there are lanes of 64 bytes instead of 32.
pub const MANY: usize = 32;

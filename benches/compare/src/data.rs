//! Samples and first weights, by formulas that `peers.py` has too: all contestants start from the same
//! numbers, so that what they compute can be held against each other.

/// How many samples there are. A batch is the first of them.
pub const SAMPLES: usize = 64;

/// Sample `index`; `scale` keeps steps at a rate of 0.1 from diverging on a long input.
pub fn input<const N: usize>(index: usize, scale: f64) -> [f32; N] {
    std::array::from_fn(|place| (((index * 31 + place * 17) % 97) as f64 / 97.0 * scale) as f32)
}

pub fn class(index: usize) -> u32 {
    (index * 7 % 10) as u32
}

pub fn value(index: usize) -> f32 {
    ((index * 13 % 17) as f64 / 17.0) as f32
}

/// The weights of a layer, `[in][out]`. Biases start at zero.
pub fn weight<const OUT: usize, const IN: usize>(weight: &mut [[f32; OUT]; IN]) {
    let scale = 1.0 / (IN as f64).sqrt();
    for (index, value) in weight.as_flattened_mut().iter_mut().enumerate() {
        let pseudo_random = (index * 7919 + 13) % 1009;
        *value = ((pseudo_random as f64 / 1009.0 * 2.0 - 1.0) * scale) as f32;
    }
}

//! Samples and first weights, by formulas that `benches/compare/python` has too: all contestants start from the same
//! numbers, so that what they compute can be held against each other.

use crate::tasks::Task;

/// How many samples the calls on single ones meet in turn. A batch is the first of them.
pub const SAMPLES: usize = 64;

/// One element of a sample. None is zero, which some kernel might skip.
pub fn input(index: usize, place: usize, scale: f64) -> f32 {
    let pseudo_random = (index * 31 + place * 17) % 97 + 1;
    (pseudo_random as f64 / 97.0 * scale) as f32
}

pub fn class(index: usize, classes: usize) -> u32 {
    (index * 7 % classes) as u32
}

pub fn value(index: usize) -> f32 {
    ((index * 13 % 17) as f64 / 17.0) as f32
}

/// The weights of a layer, row by row of `[in][out]`; those of a convolution have a row for each product of an output,
/// channel by channel. Biases start at zero.
pub fn list_weights(inputs: usize, outputs: usize) -> impl Iterator<Item = f32> {
    let scale = 1.0 / (inputs as f64).sqrt();
    (0..inputs * outputs).map(move |index| {
        let pseudo_random = (index * 7919 + 13) % 1009;
        ((pseudo_random as f64 / 1009.0 * 2.0 - 1.0) * scale) as f32
    })
}

/// All samples that the calls of a task meet, one behind the other.
pub fn list_inputs(task: &Task) -> Vec<f32> {
    let (width, scale) = (task.shape.inputs(), task.shape.scale);
    let samples = 0..task.different_samples();
    samples.flat_map(|index| (0..width).map(move |place| input(index, place, scale))).collect()
}

/// The classes that a task trains towards.
pub fn list_classes(task: &Task) -> Vec<u32> {
    (0..task.samples).map(|index| class(index, task.shape.outputs())).collect()
}

/// The values that a task trains towards.
pub fn list_values(task: &Task) -> Vec<f32> {
    (0..task.samples).map(value).collect()
}

//! What a network must print, by the interpreter alone.

use backprop_compiler::Compiled;
use backprop_compiler::graph::Graph;
use backprop_compiler::interpret::{self, Sample};

use crate::program::{Field, INDICES, SAMPLES, draw_sample, fill};
use crate::steps::list_steps;

const STEP: f64 = 1e-3;

/// The seed of samples whose central differences can be trusted, if there is one.
pub fn choose_seed(graph: &Graph) -> Option<u64> {
    (0..200).find(|seed| is_smooth(graph, *seed))
}

/// Whether nothing is large, and central differences of two widths agree: no shift takes anything over a
/// kink.
fn is_smooth(graph: &Graph, seed: u64) -> bool {
    let judge_loss = |sample: &Sample| interpret::compute_loss(graph, sample);
    let judge_outputs = |sample: &Sample| judge_outputs(graph, seed, sample);
    let samples: Vec<Sample> = (0..SAMPLES).map(|index| draw_sample(graph, seed, index)).collect();
    samples.iter().all(|sample| {
        let values = interpret::compute_values(graph, sample);
        values.iter().flatten().all(|value| value.abs() < 30.0) && judge_loss(sample).abs() < 1e3
    }) && (0..2).all(|group| is_smooth_in(&samples[0], group, judge_outputs))
        && samples.iter().all(|sample| is_smooth_in(sample, 1, judge_loss))
}

/// Whether two widths give the same derivatives by every input, or by every parameter.
fn is_smooth_in(sample: &Sample, group: usize, judge: impl Fn(&Sample) -> f64) -> bool {
    let wide = differentiate(sample, group, 2.0 * STEP, |_| true, &judge);
    let narrow = differentiate(sample, group, STEP, |_| true, &judge);
    let mut pairs = wide.iter().zip(&narrow);
    pairs.all(|(wide, narrow)| (wide - narrow).abs() <= 1e-7 * narrow.abs().max(0.1))
}

/// The sum of the outputs, each times its dJ/dy.
fn judge_outputs(graph: &Graph, seed: u64, sample: &Sample) -> f64 {
    let outputs = interpret::compute_outputs(graph, sample);
    let judge = |(index, output): (usize, &Vec<f64>)| -> f64 {
        let deltas = fill(seed, Field::Delta, index, output.len());
        output.iter().zip(&deltas).map(|(output, delta)| output * delta).sum()
    };
    outputs.iter().enumerate().map(judge).sum()
}

fn pick(sample: &mut Sample, group: usize, array: usize) -> &mut Vec<f64> {
    if group == 0 { &mut sample.inputs[array] } else { &mut sample.parameters[array] }
}

/// Names and numbers, in the order of the program.
pub fn compute_expected(compiled: &Compiled, seed: u64) -> Vec<(&'static str, Vec<f64>)> {
    let graph = &compiled.graph;
    let samples: Vec<Sample> = (0..SAMPLES).map(|index| draw_sample(graph, seed, index)).collect();
    let outputs = interpret::compute_outputs(graph, &samples[0]);
    let judge = |sample: &Sample| judge_outputs(graph, seed, sample);
    let trainable: Vec<bool> =
        graph.parameter_ids().into_iter().map(|id| graph.parameter(id).trainable).collect();
    let mut expected = vec![
        ("output", outputs.concat()),
        ("gradient of dJ/dy", differentiate(&samples[0], 1, STEP, |array| trainable[array], judge)),
        ("dJ/dx", differentiate(&samples[0], 0, STEP, |_| true, judge)),
    ];
    if let Ok(stream) = &compiled.memory.stream {
        expected.push(("steps", list_steps(graph, &stream.graph, &outputs)));
    }
    if !graph.terms.is_empty() {
        let losses: Vec<f64> =
            samples.iter().map(|sample| interpret::compute_loss(graph, sample)).collect();
        let gradients: Vec<Vec<f64>> =
            samples.iter().map(|sample| interpret::compute_gradient(graph, sample)).collect();
        let mean = |chosen: &[usize]| -> Vec<f64> {
            let sum = |index: usize| chosen.iter().map(|one| gradients[*one][index]).sum::<f64>();
            (0..gradients[0].len()).map(|index| sum(index) / chosen.len() as f64).collect()
        };
        let all: Vec<usize> = (0..SAMPLES).collect();
        expected.extend([
            ("loss", vec![losses[0]]),
            ("loss of backward", vec![losses[0]]),
            ("gradient", gradients[0].clone()),
            ("step in place", gradients[0].clone()),
            ("loss of a batch", vec![losses.iter().sum::<f64>() / SAMPLES as f64]),
            ("step of a batch", mean(&all)),
            ("step of an indexed batch", mean(&INDICES)),
        ]);
    }
    let memory = &compiled.memory;
    let constants = [
        graph.count_parameters(|_| true),
        graph.count_parameters(|parameter| parameter.trainable),
        memory.parameter_bytes,
        memory.inference_bytes,
        memory.step_bytes,
        memory.batch_bytes,
        memory.tile,
        usize::try_from(graph.count_macs()).unwrap(),
    ];
    expected.push(("constants", constants.map(|number| number as f64).to_vec()));
    expected
}

/// Central differences of five points by every scalar of the chosen arrays.
fn differentiate(
    sample: &Sample,
    group: usize,
    step: f64,
    chosen: impl Fn(usize) -> bool,
    judge: impl Fn(&Sample) -> f64,
) -> Vec<f64> {
    let mut sample = sample.clone();
    let count = if group == 0 { sample.inputs.len() } else { sample.parameters.len() };
    let mut gradient = Vec::new();
    for array in (0..count).filter(|array| chosen(*array)) {
        for index in 0..pick(&mut sample, group, array).len() {
            let middle = pick(&mut sample, group, array)[index];
            let mut shifted = |shift: f64| {
                pick(&mut sample, group, array)[index] = middle + shift;
                judge(&sample)
            };
            let near = shifted(step) - shifted(-step);
            let far = shifted(2.0 * step) - shifted(-2.0 * step);
            pick(&mut sample, group, array)[index] = middle;
            gradient.push((8.0 * near - far) / (12.0 * step));
        }
    }
    gradient
}

//! The throw-away programs: what each network prints, of numbers by a formula that the test knows too.

use backprop_compiler::Compiled;
use backprop_compiler::graph::Graph;
use backprop_compiler::interpret::Sample;
use backprop_compiler::losses::Target;

use crate::draw::draw;
use crate::steps::write_steps;

/// Samples of a batch: not a multiple of every tile.
pub const SAMPLES: usize = 5;
/// The samples of an indexed batch, in their order.
pub const INDICES: [usize; 3] = [4, 0, 4];

/// Parameters are smaller than other numbers, so that deep networks stay tame.
const PARAMETER_SCALE: f64 = 0.6;

/// Which stream of numbers fills an array.
#[derive(Clone, Copy)]
pub enum Field {
    Parameter,
    Input(usize),
    Target(usize),
    /// dJ/dy
    Delta,
}

/// The stream of the array of that index.
pub fn stream(seed: u64, field: Field, index: usize) -> u64 {
    let (kind, sample) = match field {
        Field::Parameter => (0, 0),
        Field::Input(sample) => (1, sample),
        Field::Target(sample) => (2, sample),
        Field::Delta => (3, 0),
    };
    ((seed * 4 + kind) * 64 + sample as u64) * 256 + index as u64
}

/// The numbers of the array of that index.
pub fn fill(seed: u64, field: Field, index: usize, count: usize) -> Vec<f64> {
    let stream = stream(seed, field, index);
    let scale = if matches!(field, Field::Parameter) { PARAMETER_SCALE } else { 1.0 };
    (0..count as u64).map(|number| scale * draw(stream, number)).collect()
}

pub fn draw_sample(graph: &Graph, seed: u64, sample: usize) -> Sample {
    let inputs =
        graph.inputs.iter().enumerate().map(|(index, id)| {
            fill(seed, Field::Input(sample), index, graph.value(*id).shape.count())
        });
    let parameters = graph
        .parameter_ids()
        .into_iter()
        .enumerate()
        .map(|(index, id)| fill(seed, Field::Parameter, index, graph.parameter(id).count()));
    let targets = graph.targets.iter().enumerate();
    let targets = targets.map(|(index, field)| draw_target(&field.target, seed, sample, index));
    Sample {
        inputs: inputs.collect(),
        parameters: parameters.collect(),
        targets: targets.collect(),
    }
}

fn draw_target(target: &Target, seed: u64, sample: usize, index: usize) -> Vec<f64> {
    match target {
        Target::Class(classes) => vec![choose_class(seed, sample, index, *classes) as f64],
        Target::Values(count) => fill(seed, Field::Target(sample), index, *count),
        Target::Weighted(target) => {
            let mut values = draw_target(target, seed, sample, index);
            values.push(choose_weight(sample));
            values
        }
    }
}

/// How much a sample counts.
fn choose_weight(sample: usize) -> f64 {
    0.5 + sample as f64
}

fn write_target(target: &Target, seed: u64, sample: usize, index: usize) -> String {
    match target {
        Target::Class(classes) => choose_class(seed, sample, index, *classes).to_string(),
        Target::Values(_) => format!("array({})", stream(seed, Field::Target(sample), index)),
        Target::Weighted(target) => format!(
            "backprop::Weighted {{ target: {}, weight: {:?} }}",
            write_target(target, seed, sample, index),
            choose_weight(sample)
        ),
    }
}

fn choose_class(seed: u64, sample: usize, index: usize, classes: usize) -> usize {
    let number = fill(seed, Field::Target(sample), index, 1)[0];
    ((number + 1.0) * 500.0) as usize % classes
}

/// A module with the declaration, and a function that prints what its network computes.
pub fn write_network(module: usize, declaration: &str, compiled: &Compiled, seed: u64) -> String {
    let Compiled { graph, source, .. } = compiled;
    let name = &graph.name;
    let mut fills = String::new();
    for (index, id) in graph.parameter_ids().into_iter().enumerate() {
        let parameter = graph.parameter(id);
        let frozen = if parameter.trainable { "" } else { "frozen." };
        let layer = &source.layer_names[id.layer.0];
        let flat = if parameter.shape.len() == 1 { "" } else { ".as_flattened_mut()" };
        let (stream, field) = (stream(seed, Field::Parameter, index), parameter.name);
        fills.push_str(&format!("fill({stream}, &mut net.{frozen}{layer}.{field}{flat});\n"));
    }
    let input_names: Vec<String> = graph
        .inputs
        .iter()
        .flat_map(|id| &source.value_names[id.0])
        .map(ToString::to_string)
        .collect();
    let inputs = (0..SAMPLES).map(|sample| {
        let arrays = (0..graph.inputs.len())
            .map(|index| format!("array({})", stream(seed, Field::Input(sample), index)));
        build(&format!("{name}Input"), &input_names, arrays.collect())
    });
    let output_names: Vec<String> = source.output_names.iter().map(ToString::to_string).collect();
    let deltas = (0..graph.outputs.len())
        .map(|index| format!("array({})", stream(seed, Field::Delta, index)));
    let delta = build(&format!("{name}Output"), &output_names, deltas.collect());
    let inputs: Vec<String> = inputs.collect();
    let steps = compiled.memory.stream.as_ref().map(|stream| write_steps(compiled, &stream.graph));
    let steps = steps.unwrap_or_default();
    let losses = if graph.terms.is_empty() { String::new() } else { write_losses(graph, seed) };
    format!(
        "mod net{module} {{
    #![allow(unused)]
    use super::{{array, at_step, fill, print, subtract}};
    use backprop::{{Parameters as _, Zero as _}};
    // Deprecated: a layer that no loss reaches.
    #[deny(warnings, unused)]
    #[allow(deprecated)]
    mod declared {{ backprop::network! {{ {declaration} }} }}
    use declared::*;
    pub fn run() {{
        println!(\"network\");
        let mut net = {name}::ZERO;
        {fills}
        let inputs: [{name}Input; {SAMPLES}] = [{inputs}];
        let output = net.forward(&inputs[0]);
        print(\"output\", &{output}.concat());
        let mut workspace = {name}Workspace::<backprop::Batch>::new();
        let mut many = [const {{ <{name}Output as backprop::Zero>::ZERO }}; {SAMPLES}];
        net.forward_batch_with(&inputs, &mut many, &mut workspace).unwrap();
        for (input, row) in inputs.iter().zip(&many) {{ assert_eq!(net.forward(input), *row); }}
        let mut gradient = {name}Gradient::ZERO;
        gradient.as_mut_slice().fill(1.0);
        let mut input_gradient = <{name}Input as backprop::Zero>::ZERO;
        let delta: {name}Output = {delta};
        net.backward_from_to_input(&inputs[0], &delta, &mut gradient, &mut input_gradient);
        print(\"gradient of dJ/dy\", &subtract(gradient.as_slice(), 1.0));
        print(\"dJ/dx\", &{input_gradient}.concat());
        let mut without = {name}Gradient::ZERO;
        without.as_mut_slice().fill(1.0);
        net.backward_from(&inputs[0], &delta, &mut without);
        assert_eq!(without.as_slice(), gradient.as_slice());
        {steps}
        {losses}
        print(\"constants\", &[{name}::PARAMETERS, {name}::TRAINABLE_PARAMETERS, {name}::PARAMETER_BYTES,
            {name}::INFERENCE_BYTES, {name}::STEP_BYTES, {name}::BATCH_BYTES, {name}::TILE,
            {name}::MACS as usize].map(|number| number as f64));
    }}
}}
",
        inputs = inputs.join(", "),
        output = list("output", &output_names),
        input_gradient = list("input_gradient", &input_names),
    )
}

/// What a network with a loss does besides.
fn write_losses(graph: &Graph, seed: u64) -> String {
    let name = &graph.name;
    let names: Vec<String> = graph
        .targets
        .iter()
        .map(|field| match field.name.as_str() {
            keyword @ ("type" | "fn") => format!("r#{keyword}"),
            name => name.to_owned(),
        })
        .collect();
    let targets = (0..SAMPLES).map(|sample| {
        let values = graph.targets.iter().enumerate();
        let values = values.map(|(index, field)| write_target(&field.target, seed, sample, index));
        build(&format!("{name}Target"), &names, values.collect())
    });
    let targets: Vec<String> = targets.collect();
    let fallible = graph.targets.iter().any(|field| field.target.classes().is_some());
    let unwrap = if fallible { ".unwrap()" } else { "" };
    format!(
        "let targets: [{name}Target; {SAMPLES}] = [{targets}];
        print(\"loss\", &[net.loss(&inputs[0], &targets[0]){unwrap}]);
        gradient.as_mut_slice().fill(1.0);
        let loss = net.backward(&inputs[0], &targets[0], &mut gradient){unwrap};
        print(\"loss of backward\", &[loss]);
        print(\"gradient\", &subtract(gradient.as_slice(), 1.0));
        let mut sgd = backprop::Optimizer::new(backprop::Sgd::new(1.0));
        let difference = |new: &{name}| -> Vec<f64> {{
            let pairs = net.as_slice().iter().zip(new.as_slice());
            pairs.map(|(old, new)| old - new).collect()
        }};
        let mut stepped = net.clone();
        stepped.train_step(&inputs[0], &targets[0], &mut sgd).unwrap();
        print(\"step in place\", &difference(&stepped));
        let mut in_parts = net.clone();
        let mut progress = backprop::StepProgress::new();
        let mut workspace = {name}Workspace::<backprop::Step>::new();
        while in_parts.train_step_part_with(
            &inputs[0], &targets[0], &mut sgd, &mut progress, &mut workspace,
        ).unwrap().is_none() {{}}
        assert_eq!(in_parts.as_slice(), stepped.as_slice(), \"a step in parts\");
        let mut stepped = net.clone();
        let loss = stepped.train_batch(&inputs, &targets, &mut sgd).unwrap();
        print(\"loss of a batch\", &[loss]);
        print(\"step of a batch\", &difference(&stepped));
        assert!((loss - net.evaluate(&inputs, &targets).unwrap()).abs() <= 1e-9 * loss.abs().max(1.0));
        let mut stepped = net.clone();
        stepped.train_batch_indexed(&inputs, &targets, &{INDICES:?}, &mut sgd).unwrap();
        print(\"step of an indexed batch\", &difference(&stepped));",
        targets = targets.join(", "),
    )
}

/// One value alone, or a struct of several.
pub fn build(kind: &str, names: &[String], mut values: Vec<String>) -> String {
    if values.len() == 1 {
        return values.remove(0);
    }
    let fields: Vec<String> =
        names.iter().zip(values).map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{kind} {{ {} }}", fields.join(", "))
}

/// The same, the other way: all arrays in a list.
pub fn list(value: &str, names: &[String]) -> String {
    if names.len() == 1 {
        return format!("[&{value}[..]]");
    }
    let fields: Vec<String> = names.iter().map(|name| format!("&{value}.{name}[..]")).collect();
    format!("[{}]", fields.join(", "))
}

/// A whole program.
pub fn write_program(networks: &[String]) -> String {
    let calls: Vec<String> =
        (0..networks.len()).map(|module| format!("    net{module}::run();\n")).collect();
    format!(
        "//! Random networks.
#![forbid(unsafe_code)]
{}
fn fill(stream: u64, values: &mut [f64]) {{
    for (index, value) in values.iter_mut().enumerate() {{ *value = {PARAMETER_SCALE} * draw(stream, index as u64); }}
}}
fn array<const N: usize>(stream: u64) -> [f64; N] {{
    core::array::from_fn(|index| draw(stream, index as u64))
}}
fn print(what: &str, values: &[f64]) {{
    let words: Vec<String> = values.iter().map(|value| format!(\"{{value:e}}\")).collect();
    println!(\"{{what}}: {{}}\", words.join(\" \"));
}}
{}
fn subtract(values: &[f64], one: f64) -> Vec<f64> {{
    values.iter().map(|value| value - one).collect()
}}
{}
fn main() {{
{}}}
",
        include_str!("draw.rs"),
        include_str!("at_step.rs"),
        networks.concat(),
        calls.concat(),
    )
}

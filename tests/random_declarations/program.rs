//! The throw-away programs: numbers by a formula that the test knows as well.

use backprop_compiler::graph::Graph;
use backprop_compiler::interpret::Sample;
use backprop_compiler::losses::Target;

/// Crates, and networks in each.
pub const BATCHES: usize = 4;
pub const PER_BATCH: usize = 50;
/// Samples of a batch: not a multiple of any tile but 1.
pub const SAMPLES: usize = 5;

/// A number from -1 to 1, of a stream and an index.
pub fn draw(stream: u64, index: u64) -> f64 {
    let mut state =
        stream.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ index.wrapping_mul(0xd1b5_4a32_d192_ed03);
    state = (state ^ (state >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((state ^ (state >> 32)) >> 40) as f64 / (1_u64 << 23) as f64 - 1.0
}

/// The stream of a parameter array.
fn parameter_stream(seed: u64, array: usize) -> u64 {
    (1 << 40) + seed * 1_000 + array as u64
}

/// The stream of a sample's inputs or targets.
fn stream(seed: u64, sample: usize, field: usize, target: bool) -> u64 {
    1_000 + ((seed * 64 + sample as u64) * 64 + field as u64) * 2 + u64::from(target)
}

pub fn draw_sample(graph: &Graph, seed: u64, sample: usize) -> Sample {
    let fill =
        |stream: u64, count: usize| (0..count as u64).map(|index| draw(stream, index)).collect();
    let inputs = graph.inputs.iter().enumerate().map(|(field, id)| {
        fill(stream(seed, sample, field, false), graph.value(*id).shape.count())
    });
    let parameters = graph
        .parameter_ids()
        .into_iter()
        .enumerate()
        .map(|(array, id)| fill(parameter_stream(seed, array), graph.parameter(id).count()));
    let targets = graph.targets.iter().enumerate().map(|(field, target)| {
        let stream = stream(seed, sample, field, true);
        match target.target {
            Target::Class(classes) => vec![choose_class(stream, classes) as f64],
            Target::Values(count) => fill(stream, count),
        }
    });
    Sample {
        inputs: inputs.collect(),
        parameters: parameters.collect(),
        targets: targets.collect(),
    }
}

fn choose_class(stream: u64, classes: usize) -> usize {
    ((draw(stream, 0) + 1.0) * 500.0) as usize % classes
}

/// A module with the declaration and a function that prints what it computes.
pub fn write_network(declaration: &str, graph: &Graph, seed: u64) -> String {
    let name = &graph.name;
    let fills: Vec<String> = graph
        .parameter_ids()
        .into_iter()
        .enumerate()
        .map(|(array, id)| {
            let parameter = graph.parameter(id);
            let frozen = if parameter.trainable { "" } else { "frozen." };
            let layer = &graph.layer(id.layer).name;
            let flat = if parameter.shape.len() == 1 { "" } else { ".as_flattened_mut()" };
            format!(
                "fill({}, &mut net.{frozen}{layer}.{}{flat});",
                parameter_stream(seed, array),
                parameter.name
            )
        })
        .collect();
    let values = |stream: u64| format!("array({stream})");
    let build = |kind: &str, fields: Vec<(String, String)>| match &fields[..] {
        [(_, value)] => value.clone(),
        _ => {
            let fields: Vec<String> =
                fields.into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
            format!("{name}{kind} {{ {} }}", fields.join(", "))
        }
    };
    let mut inputs = Vec::new();
    let mut targets = Vec::new();
    for sample in 0..SAMPLES {
        let fields = graph.inputs.iter().enumerate().map(|(field, id)| {
            (graph.value(*id).name.clone(), values(stream(seed, sample, field, false)))
        });
        inputs.push(build("Input", fields.collect()));
        let fields = graph.targets.iter().enumerate().map(|(field, target)| {
            let stream = stream(seed, sample, field, true);
            let value = match target.target {
                Target::Class(classes) => choose_class(stream, classes).to_string(),
                Target::Values(_) => values(stream),
            };
            (target.name.clone(), value)
        });
        targets.push(build("Target", fields.collect()));
    }
    let outputs: Vec<String> = match &graph.outputs[..] {
        [_] => vec!["out.extend(output);".to_owned()],
        many => many.iter().map(|output| format!("out.extend(output.{});", output.name)).collect(),
    };
    let fallible = graph.targets.iter().any(|field| matches!(field.target, Target::Class(_)));
    let unwrap = if fallible { ".unwrap()" } else { "" };
    let (fills, outputs) = (fills.join("\n        "), outputs.join("\n        "));
    let (inputs, targets) = (inputs.join(", "), targets.join(", "));
    let module = name.to_lowercase();
    format!(
        "mod {module} {{
    use super::*;
    backprop::network! {{ {declaration} }}
    pub fn run() {{
        println!(\"network\");
        let mut net = {name}::ZERO;
        {fills}
        let inputs: [{name}Input; {SAMPLES}] = [{inputs}];
        let targets: [{name}Target; {SAMPLES}] = [{targets}];
        let output = net.forward(&inputs[0]);
        let mut workspace = {name}Workspace::<backprop::Batch>::new();
        let mut many = [const {{ <{name}Output as backprop::Zero>::ZERO }}; {SAMPLES}];
        net.forward_batch(&inputs, &mut many, &mut workspace).unwrap();
        for (input, row) in inputs.iter().zip(&many) {{ assert_eq!(net.forward(input), *row); }}
        let mut out: Vec<f64> = Vec::new();
        {outputs}
        print(&out);
        print(&[net.loss(&inputs[0], &targets[0]){unwrap}]);
        let mut gradient = {name}Gradient::default();
        net.backward(&inputs[0], &targets[0], &mut gradient){unwrap};
        print(gradient.as_slice());
        let mut stepped = net.clone();
        let mut sgd = Optimizer::new(Sgd::new(1.0));
        stepped.train_step(&inputs[0], &targets[0], &mut sgd).unwrap();
        print(&subtract(net.as_slice(), stepped.as_slice()));
        let mut batched = net.clone();
        batched.train_batch(&inputs, &targets, &mut sgd).unwrap();
        print(&subtract(net.as_slice(), batched.as_slice()));
        print(&[net.evaluate(&inputs, &targets).unwrap()]);
        let constants = [{name}::PARAMETER_BYTES, {name}::INFERENCE_BYTES, {name}::STEP_BYTES, {name}::BATCH_BYTES, {name}::TILE];
        print(&constants.map(|bytes| bytes as f64));
    }}
}}
"
    )
}

/// A whole `main.rs`.
pub fn write_program(networks: &[String]) -> String {
    let mut program = String::from(
        "#![allow(warnings)]
use backprop::{Optimizer, Parameters, Sgd};
fn draw(stream: u64, index: u64) -> f64 {
    let mut state = stream.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ index.wrapping_mul(0xd1b5_4a32_d192_ed03);
    state = (state ^ (state >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((state ^ (state >> 32)) >> 40) as f64 / (1_u64 << 23) as f64 - 1.0
}
fn fill(stream: u64, values: &mut [f64]) {
    for (index, value) in values.iter_mut().enumerate() { *value = draw(stream, index as u64); }
}
fn array<const N: usize>(stream: u64) -> [f64; N] {
    core::array::from_fn(|index| draw(stream, index as u64))
}
fn print(values: &[f64]) {
    let words: Vec<String> = values.iter().map(|value| format!(\"{value:e}\")).collect();
    println!(\"{}\", words.join(\" \"));
}
fn subtract(left: &[f64], right: &[f64]) -> Vec<f64> {
    left.iter().zip(right).map(|(left, right)| left - right).collect()
}
",
    );
    for network in networks {
        program.push_str(network);
    }
    program.push_str("fn main() {\n");
    for line in networks {
        let module = line["mod ".len()..].split(' ').next().unwrap();
        program.push_str(&format!("    {module}::run();\n"));
    }
    program.push_str("}\n");
    program
}

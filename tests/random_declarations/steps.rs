//! Networks that run step by step: what they print, and what the interpreter says of the whole sequence.

use backprop_compiler::Compiled;
use backprop_compiler::graph::{Graph, ValueId};

use crate::program::{build, list};

include!("at_step.rs");

/// Steps of a value, and scalars within one; nothing for one that is known by now.
fn find_time(whole: &Graph, of_step: &Graph, id: ValueId) -> Option<[usize; 2]> {
    let [whole, step] = [whole, of_step].map(|graph| graph.value(id).shape.axes().to_vec());
    let axis = (0..whole.len()).find(|axis| whole[*axis] != step[*axis])?;
    Some([whole[axis], whole[axis + 1..].iter().product()])
}

/// How many steps there are.
fn count_steps(whole: &Graph, of_step: &Graph) -> usize {
    find_time(whole, of_step, whole.inputs[0]).expect("inputs are sequences")[0]
}

/// What each step must compute; of what is known by now, the last.
pub fn list_steps(whole: &Graph, of_step: &Graph, outputs: &[Vec<f64>]) -> Vec<f64> {
    let steps = count_steps(whole, of_step);
    let mut expected = Vec::new();
    for step in 0..steps {
        for (output, values) in whole.outputs.iter().zip(outputs) {
            match find_time(whole, of_step, output.value) {
                Some(time) => expected.extend(at_step(values, time, step)),
                None if step + 1 == steps => expected.extend(values),
                None => {}
            }
        }
    }
    expected
}

/// The code that prints them.
pub fn write_steps(compiled: &Compiled, of_step: &Graph) -> String {
    let Compiled { graph, source, .. } = compiled;
    let name = &graph.name;
    let steps = count_steps(graph, of_step);
    let names: Vec<String> = graph
        .inputs
        .iter()
        .flat_map(|id| &source.value_names[id.0])
        .map(ToString::to_string)
        .collect();
    let fields = graph.inputs.iter().zip(&names).map(|(id, field)| {
        let time = find_time(graph, of_step, *id).expect("inputs are sequences");
        let field = if names.len() == 1 { String::new() } else { format!(".{field}") };
        format!("at_step(&inputs[0]{field}, {time:?}, step).try_into().unwrap()")
    });
    let sample = build(&format!("{name}Sample"), &names, fields.collect());
    let outputs: Vec<String> = source.output_names.iter().map(ToString::to_string).collect();
    let keep = graph.outputs.iter().map(|output| {
        let is_known_by_now = find_time(graph, of_step, output.value).is_none();
        if is_known_by_now { format!("step == {}", steps - 1) } else { "true".to_owned() }
    });
    let keep: Vec<String> = keep.collect();
    format!(
        "let mut state = {name}State::new();
        let mut computed = Vec::new();
        for step in 0..{steps} {{
            let sample: {name}Sample = {sample};
            let output = net.step(&mut state, &sample);
            for (values, keep) in {list}.iter().zip([{keep}]) {{
                if keep {{ computed.extend_from_slice(&values[..]); }}
            }}
        }}
        print(\"steps\", &computed);",
        list = list("output", &outputs),
        keep = keep.join(", "),
    )
}

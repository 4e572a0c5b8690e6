//! Networks to formatted expansions and to their IR, pinned: what a person reads in `cargo expand`,
//! and what the passes made of the declaration.
//!
//! `INSTA_UPDATE=always cargo test -p backprop-compiler --test snapshots` blesses them; read the diff.

use core::fmt::Write as _;
use std::fs;
use std::path::Path;

use backprop_compiler::Compiled;
use backprop_compiler::graph::{Graph, ParameterId, ValueId};
use backprop_compiler::plan::Planned;
use backprop_compiler::program::{Buffer, PlannedStep, Step, count_scalars};
use proc_macro2::TokenStream;

fn lex(declaration: &str) -> TokenStream {
    format!("backprop; {declaration}").parse().expect("the file lexes")
}

fn expand(declaration: &str) -> String {
    let items = backprop_compiler::compile(lex(declaration));
    let file = syn::parse2(items).expect("the expansion is Rust");
    prettyplease::unparse(&file)
}

/// What an editor reads besides. It comes first, or completion does not find its place.
fn expand_for_editor(declaration: &str) -> String {
    let all = backprop_compiler::compile_for_editor(lex(declaration)).to_string();
    let others = backprop_compiler::compile(lex(declaration)).to_string();
    let words = all.strip_suffix(&others).expect("the others follow");
    // Items without a value are not what prettyplease prints.
    words.replace("; ", ";\n").replace("{ ", "{\n").replace("} ", "}\n")
}

fn analyse(declaration: &str) -> Compiled {
    let analysis = backprop_compiler::analyse(lex(declaration));
    let messages: Vec<String> =
        analysis.diagnostics.messages().iter().map(|message| message.text()).collect();
    assert!(messages.is_empty(), "{declaration}\n{}", messages.join("\n"));
    analysis.compiled.expect("nothing is wrong with it")
}

/// The topology, and every program: its steps, what they write and where.
fn dump(Compiled { graph, memory, .. }: &Compiled) -> String {
    let mut text = graph.describe_topology();
    let _ = writeln!(
        text,
        "bytes: parameters {}, inference {}, step {}, batch {} in tiles of {}",
        memory.parameter_bytes,
        memory.inference_bytes,
        memory.step_bytes,
        memory.batch_bytes,
        memory.tile
    );
    let training = memory.training.as_ref();
    let programs = [
        Some(&memory.forward),
        training.map(|programs| &programs.loss),
        training.map(|programs| &programs.gradient),
        training.and_then(|programs| programs.step.as_ref()),
        Some(&memory.gradient_from),
        Some(&memory.gradient_from_inputs),
    ];
    for planned in programs.into_iter().flatten() {
        dump_program(graph, planned, &mut text);
    }
    text
}

fn dump_program(graph: &Graph, planned: &Planned, text: &mut String) {
    let _ = writeln!(text, "\n{:?}: {} scalars", planned.program.goal, planned.plan.width);
    for PlannedStep { step, in_place, accumulate } in &planned.program.steps {
        let _ = write!(text, "  {}", name_step(graph, *step));
        if let Some(buffer) = step.access(graph, planned.program.goal).write {
            let sign = if *accumulate { "+=" } else { "=" };
            let _ = write!(text, " {sign} {}", name_buffer(graph, buffer));
            if let Some(start) = planned.plan.offset(buffer) {
                let _ = write!(text, " @ {start}..{}", start + count_scalars(graph, buffer));
            }
        }
        if let Some(operand) = in_place {
            let _ = write!(text, " in place of operand {operand}");
        }
        text.push('\n');
    }
}

fn name_step(graph: &Graph, step: Step) -> String {
    let node = |id| {
        let node = graph.node(id);
        let inputs: Vec<&str> = node.inputs.iter().map(|id| name_value(graph, *id)).collect();
        format!("{}({})", node.op.keyword(), inputs.join(", "))
    };
    match step {
        Step::Forward { node: id } => format!("forward {}", node(id)),
        Step::Output { output } => format!("output {}", graph.outputs[output].name),
        Step::Loss { term, differentiate } => {
            let term = &graph.terms[term];
            let verb = if differentiate { "differentiate" } else { "evaluate" };
            let value = name_value(graph, term.value);
            format!("{verb} {} * {}({value})", term.weight, term.loss.keyword())
        }
        Step::Seed { output } => format!("seed {}", graph.outputs[output].name),
        Step::Delta { node: id } => format!("delta of {}", node(id)),
        Step::InputGradient { node: id, operand } => {
            format!("input gradient of {}, operand {operand}", node(id))
        }
        Step::ParameterGradient { node: id, parameter } => {
            format!("gradient of {} in {}", name_parameter(graph, parameter), node(id))
        }
        Step::Apply { parameter } => format!("apply {}", name_parameter(graph, parameter)),
        Step::Deliver { input } => format!("deliver {}", name_value(graph, graph.inputs[input])),
    }
}

fn name_buffer(graph: &Graph, buffer: Buffer) -> String {
    match buffer {
        Buffer::Value(id) => name_value(graph, id).to_owned(),
        Buffer::Gradient(id) => format!("dJ/d{}", name_value(graph, id)),
        Buffer::Shared(id) => format!("sum of dJ/d{}", name_parameter(graph, id)),
        Buffer::Saved(id) => format!("saved of {}", name_value(graph, graph.node(id).output)),
        Buffer::Scratch(id, _) => {
            format!("scratch of {}", name_value(graph, graph.node(id).output))
        }
    }
}

fn name_value(graph: &Graph, id: ValueId) -> &str {
    &graph.value(id).name
}

fn name_parameter(graph: &Graph, id: ParameterId) -> String {
    format!("{}.{}", graph.layer(id.layer).name, graph.parameter(id).name)
}

#[test]
fn networks_are_as_pinned() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/networks");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 10, "{paths:?}");
    for path in paths {
        let declaration = fs::read_to_string(&path).expect("the file is text");
        let expansion = expand(&declaration);
        // The same declaration gives the same tokens, always.
        assert_eq!(expansion, expand(&declaration));
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        insta::assert_snapshot!(format!("{name}_ir"), dump(&analyse(&declaration)));
        insta::assert_snapshot!(name, expansion);
    }
}

#[test]
fn words_for_the_editor_are_as_pinned() {
    let declaration = include_str!("networks/shared_weights.net");
    insta::assert_snapshot!("editor", expand_for_editor(declaration));
    insta::assert_snapshot!(
        "editor_of_a_half_written_layer",
        expand_for_editor(&declaration.replace("-> encoder -> relu", "-> enc"))
    );
}

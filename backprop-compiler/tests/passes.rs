//! What the passes must really do: each of these fails without the pass it names.

use backprop_compiler::program::{Goal, Program, Step};
use backprop_compiler::{Compiled, analyse};

fn compile(items: &str) -> Compiled {
    let tokens = format!("backprop; pub struct Net {{ {items} }}").parse().unwrap();
    let analysis = analyse(tokens);
    let messages: Vec<String> =
        analysis.diagnostics.messages().iter().map(|message| message.text()).collect();
    analysis.compiled.unwrap_or_else(|| panic!("{items}\n{}", messages.join("\n")))
}

fn build(compiled: &Compiled, goal: Goal) -> Vec<Step> {
    Program::build(&compiled.graph, goal).steps.iter().map(|planned| planned.step).collect()
}

/// The names of the nodes whose gradient is handed on, or whose parameters get one.
fn list_backward(compiled: &Compiled, goal: Goal) -> Vec<String> {
    let graph = &compiled.graph;
    build(compiled, goal)
        .into_iter()
        .filter_map(|step| match step {
            Step::InputGradient { node, .. } => {
                Some(format!("to the input of {}", graph.value(graph.node(node).output).name))
            }
            Step::ParameterGradient { parameter, .. } => Some(format!(
                "{}.{}",
                graph.layer(parameter.layer).name,
                graph.parameter(parameter).name
            )),
            _ => None,
        })
        .collect()
}

const CHAIN: &str = "input x: [3]; output y = x -> dense(4) -> tanh -> dense(2); loss mse(y);";

#[test]
fn an_input_gets_no_gradient_unless_asked() {
    let compiled = compile(CHAIN);
    let trained = list_backward(&compiled, Goal::Gradient);
    assert_eq!(
        trained,
        [
            "to the input of y",
            "dense2.weight",
            "dense2.bias",
            "to the input of tanh1",
            "dense1.weight",
            "dense1.bias"
        ]
    );
    let asked = list_backward(&compiled, Goal::GradientFrom { inputs: true });
    assert!(asked.contains(&"to the input of dense1".to_owned()));
}

#[test]
fn nothing_below_the_lowest_trainable_layer_is_emitted() {
    let compiled = compile(
        "input x: [3]; output y = x -> dense(4, trainable = false) -> tanh -> dense(5) -> relu \
         -> dense(2, trainable = false); loss mse(y);",
    );
    assert_eq!(
        list_backward(&compiled, Goal::Gradient),
        ["to the input of y", "to the input of relu1", "dense2.weight", "dense2.bias"]
    );
    let bias_only = compile(
        "input x: [3]; output y = x -> dense(4, trainable = bias) -> dense(2, trainable = weight); \
         loss mse(y);",
    );
    assert_eq!(
        list_backward(&bias_only, Goal::Gradient),
        ["to the input of y", "dense2.weight", "dense1.bias"]
    );
}

#[test]
fn an_output_without_a_loss_is_computed_only_by_forward() {
    let compiled = compile(
        "input x: [3]; output y = x -> dense(4); output p = y -> softmax; loss cross_entropy(y);",
    );
    assert_eq!(build(&compiled, Goal::Forward).len(), 4);
    let forward = |goal| {
        let steps = build(&compiled, goal);
        steps.iter().filter(|step| matches!(step, Step::Forward { .. })).count()
    };
    assert_eq!((forward(Goal::Gradient), forward(Goal::Step), forward(Goal::Loss)), (1, 1, 1));
}

#[test]
fn cross_entropy_is_one_step_with_its_softmax() {
    let compiled = compile("input x: [3]; output y = x -> dense(4); loss cross_entropy(y);");
    let steps = build(&compiled, Goal::Step);
    // dense, loss, weight, bias: no softmax, no logarithm, and no buffer of probabilities.
    assert_eq!(steps.len(), 4);
    // Four logits and their deltas.
    assert_eq!(compiled.memory.step_bytes, (4 + 4) * 4);
}

#[test]
fn activations_keep_their_outputs_only() {
    for activation in ["relu", "sigmoid", "tanh", "softmax"] {
        let compiled = compile(&format!(
            "input x: [3]; output y = x -> dense(10) -> {activation} -> dense(1); loss mse(y);"
        ));
        let program = Program::build(&compiled.graph, Goal::Gradient);
        let in_place = program.steps.iter().filter(|planned| planned.in_place.is_some()).count();
        // Forward over the pre-activation, backward over the delta.
        assert_eq!(in_place, 2, "{activation}");
        // 10 outputs, 10 deltas, and the 1 delta of the last layer.
        assert_eq!(compiled.memory.training.unwrap().gradient.plan.width, 21, "{activation}");
    }
}

#[test]
fn updates_are_applied_layer_by_layer_without_a_gradient_buffer() {
    let compiled = compile(CHAIN);
    let steps = build(&compiled, Goal::Step);
    let position = |wanted: &dyn Fn(&Step) -> bool| steps.iter().position(wanted).unwrap();
    // dJ/dx of the last layer is computed from the weights before they change.
    let handed_on =
        position(&|step| matches!(step, Step::InputGradient { node, .. } if node.0 == 2));
    let updated =
        position(&|step| matches!(step, Step::ParameterGradient { node, .. } if node.0 == 2));
    assert!(handed_on < updated);
    assert!(!steps.iter().any(|step| matches!(step, Step::Apply { .. })));
    // 4 activations, 2 outputs, 4 + 2 deltas, of which not all live at once; the gradient alone would
    // take 3 * 4 + 4 + 4 * 2 + 2 = 26 scalars.
    assert!(compiled.memory.step_bytes < 26 * 4, "{}", compiled.memory.step_bytes);
}

#[test]
fn a_layer_used_twice_gets_one_counted_buffer() {
    let items = |second: &str| {
        format!(
            "input x: [3]; output y = x -> dense(3) as mix -> tanh -> {second} -> dense(1); loss mse(y);"
        )
    };
    let (shared, separate) = (compile(&items("mix")), compile(&items("dense(3)")));
    let applied = |compiled: &Compiled| {
        let steps = build(compiled, Goal::Step);
        steps.iter().filter(|step| matches!(step, Step::Apply { .. })).count()
    };
    assert_eq!((applied(&shared), applied(&separate)), (2, 0));
    let more = shared.memory.step_bytes - separate.memory.step_bytes;
    assert!((9 * 4..=12 * 4).contains(&more), "{more}");
}

/// Bytes by hand: for inference, the values that live at once; for training steps, activations that are
/// kept and deltas.
#[test]
fn byte_counts_are_those_computed_by_hand() {
    let cases = [
        // The largest adjacent pair, 32 + 10; the input is the caller's. For a step the 32 are kept,
        // beside them the 10 deltas and the 32 that follow from them; the logits are dead by then.
        (
            "input x: [64]; output y = x -> dense(32) -> relu -> dense(10); loss cross_entropy(y);",
            42,
            74,
        ),
        // 100 | 20 | 50 | 90: the pair 50 + 90.
        (
            "input x: [7]; output y = x -> dense(100) -> dense(20) -> dense(50) -> dense(90); loss mse(y);",
            140,
            // Kept: 100 + 20 + 50; the output 90 with its delta 90 at the peak.
            350,
        ),
        // A residual: 8 is kept beside the branch, whose output takes the sum in place.
        (
            "input x: [4]; let a = x -> dense(8) -> tanh; output y = (a + (a -> dense(8) -> tanh)) -> dense(2); \
             loss mse(y);",
            16,
            // Kept: a 8, the branch 8, the sum 8 (the branch is kept for its derivative), y's delta 2,
            // then the sum's delta 8 once the sum is dead: 8 + 8 + 8 + 2 + 8 at dense2's gradient.
            34,
        ),
        // A view costs nothing: the same as without `reshape` and `flatten`.
        (
            "input x: [2, 3]; output y = x -> flatten -> dense(6) -> reshape([3, 2]) -> tanh -> flatten -> dense(1); loss mse(y);",
            7,
            13,
        ),
        // A frozen trunk: nothing of it is kept for the backward pass.
        (
            "input x: [4]; output y = x -> dense(50, trainable = false) -> relu -> dense(40, trainable = false) -> relu -> dense(2); loss mse(y);",
            90,
            90,
        ),
    ];
    for (items, inference, step) in cases {
        let memory = compile(items).memory;
        assert_eq!(memory.inference_bytes, inference * 4, "inference of {items}");
        assert_eq!(memory.step_bytes, step * 4, "step of {items}");
    }
}

#[test]
fn no_two_live_buffers_overlap() {
    let compiled = compile(
        "input a: [6]; input b: [2, 3]; let c = a -> dense(6) as mix -> tanh; \
         let d = concat(c, b -> flatten) -> dense(6) -> mix -> relu; \
         output e = (c * d + a) -> dense(3); output f = d -> sigmoid; loss cross_entropy(e) + 0.5 * mse(f);",
    );
    let goals = [
        Goal::Forward,
        Goal::Loss,
        Goal::Gradient,
        Goal::Step,
        Goal::GradientFrom { inputs: true },
    ];
    for goal in goals {
        let program = Program::build(&compiled.graph, goal);
        let plan = backprop_compiler::plan::Plan::build(&compiled.graph, &program);
        for (one, (buffer, class)) in program.classes.iter().enumerate() {
            for (other, other_class) in &program.classes[one + 1..] {
                if class == other_class || !live_together(&compiled, &program, *class, *other_class)
                {
                    continue;
                }
                let range = |buffer| {
                    let start = plan.offset(buffer).unwrap();
                    start
                        ..start + backprop_compiler::program::count_scalars(&compiled.graph, buffer)
                };
                let (left, right) = (range(*buffer), range(*other));
                assert!(left.end <= right.start || right.end <= left.start, "{buffer:?} {other:?}");
            }
        }
    }
}

/// Whether some step falls within the lives of both classes, counted anew from the steps.
fn live_together(compiled: &Compiled, program: &Program, one: usize, two: usize) -> bool {
    let life = |class: usize| {
        let uses: Vec<usize> = program
            .steps
            .iter()
            .enumerate()
            .filter(|(_, planned)| {
                let access = planned.step.access(&compiled.graph, program.goal);
                let mut all = access.reads.into_iter().chain(access.write);
                all.any(|buffer| program.class(buffer) == Some(class))
            })
            .map(|(index, _)| index)
            .collect();
        (uses[0], uses[uses.len() - 1])
    };
    let ((start, end), (other_start, other_end)) = (life(one), life(two));
    start <= other_end && other_start <= end
}

#[test]
fn the_fingerprint_covers_the_topology_and_nothing_else() {
    let fingerprint = |items: &str| compile(items).graph.fingerprint();
    let base = fingerprint(CHAIN);
    for same in [
        "tile = 4; input x: [3]; output y = x -> dense(4) -> tanh -> dense(2); loss 2.0 * mse(y);",
        "input x: [3]; output y = x -> dense(4, trainable = false) -> tanh -> dense(2, init = normal(std = 0.02), bias_init = constant(-1)); loss mse(y); budget { step = 1 KiB }",
    ] {
        assert_eq!(fingerprint(same), base, "{same}");
    }
    for other in [
        "input x: [3]; output y = x -> dense(5) -> tanh -> dense(2); loss mse(y);",
        "input x: [3]; output y = x -> dense(4) -> relu -> dense(2); loss mse(y);",
        "input x: [3]; output y = x -> dense(4) as first -> tanh -> dense(2); loss mse(y);",
        "dtype f64; input x: [3]; output y = x -> dense(4) -> tanh -> dense(2); loss mse(y);",
        "input x: [3]; output y = x -> dense(4, bias = false) -> tanh -> dense(2); loss mse(y);",
    ] {
        assert_ne!(fingerprint(other), base, "{other}");
    }
}

#[test]
fn statistics_are_of_tiles_alone_and_inference_needs_no_memory_for_them() {
    let compiled = compile(
        "tile = 4; input x: [2, 8]; \
         output y = x -> conv1d(3, kernel = 3, bias = false) -> batch_norm -> relu -> flatten -> dense(2); \
         loss mse(y);",
    );
    // Over what the convolution wrote: 3 channels of 6, and the outputs.
    assert_eq!(compiled.memory.inference_bytes, (18 + 2) * 4);
    let training = compiled.memory.training.as_ref().unwrap();
    assert!(training.step.is_none());
    let list = |program: &Program| -> Vec<&str> {
        let parameters = program.steps.iter().filter_map(|planned| match planned.step {
            Step::ParameterGradient { parameter, .. } => Some(parameter),
            _ => None,
        });
        parameters.map(|id| compiled.graph.parameter(id).name).collect()
    };
    let trained = list(&training.gradient.program);
    assert_eq!(
        trained,
        ["weight", "bias", "weight", "bias", "running_mean", "running_var", "weight"]
    );
    let from = list(&compiled.memory.gradient_from.program);
    assert_eq!(from, ["weight", "bias", "weight", "bias", "weight"]);
    // Frozen, the layer computes none.
    let frozen = compile(
        "input x: [4]; output y = x -> dense(3) -> batch_norm(trainable = false); loss mse(y);",
    );
    assert!(frozen.memory.training.as_ref().unwrap().step.is_some());
    assert_eq!(frozen.graph.count_parameters(|one| !one.trainable), 4 * 3);
}

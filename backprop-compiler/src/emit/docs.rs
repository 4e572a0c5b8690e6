//! The documentation of a generated network: the layer table, and the chain rule step by step.

use std::collections::BTreeSet;

use super::Context;
use crate::graph::{Node, NodeId, ValueId};
use crate::ops::{Op, Parameter, Wrt};
use crate::program::{Goal, PlannedStep, Program, Step};

/// An op as it would be written, without what training alone depends on.
pub fn describe_op(op: &dyn Op) -> String {
    match op.settings() {
        settings if settings.is_empty() => op.keyword().to_owned(),
        settings => format!("{}({settings})", op.keyword()),
    }
}

impl Context<'_> {
    /// The documentation of the struct, a line each.
    pub fn describe_network(&self) -> Vec<String> {
        let mut lines = vec![
            String::new(),
            format!(
                "{}: {} parameters, `{}`.",
                self.graph.name,
                self.graph.count_parameters(|_| true),
                self.describe_signature(),
            ),
            String::new(),
            "# Layers".to_owned(),
            String::new(),
        ];
        lines.extend(self.emit_table().lines().map(str::to_owned));
        lines.push(String::new());
        lines.push(format!(
            "Memory: {} bytes of parameters; workspaces of {} bytes for inference, {} for training \
             steps, {} for batches in tiles of {}.",
            self.memory.parameter_bytes,
            self.memory.inference_bytes,
            self.memory.step_bytes,
            self.memory.batch_bytes,
            self.memory.tile,
        ));
        lines.extend([String::new(), "# Forward".to_owned(), String::new(), "```text".to_owned()]);
        lines.extend(self.for_goal(Goal::Forward).derive_program(&self.memory.forward.program));
        lines.push("```".to_owned());
        if let Some(training) = &self.memory.training {
            lines.extend([
                String::new(),
                "# Backward".to_owned(),
                String::new(),
                "The chain rule, from the loss to the first layer. dJ/d of a layer's output is its \
                 delta: computed once, used for its own parameters and for the layer before."
                    .to_owned(),
                String::new(),
                "```text".to_owned(),
            ]);
            let program = &training.gradient.program;
            let steps = program
                .steps
                .iter()
                .filter(|planned| !matches!(planned.step, Step::Forward { .. }));
            lines.extend(steps.flat_map(|planned| self.derive_planned(program.goal, *planned)));
            lines.push("```".to_owned());
        }
        lines
    }

    /// `2410 parameters, image [64] -> class [10]`
    pub fn summarise(&self) -> String {
        let count = self.graph.count_parameters(|_| true);
        format!("{count} parameters, {}", self.describe_signature())
    }

    /// `image [64] -> class [10]`
    fn describe_signature(&self) -> String {
        let graph = self.graph;
        let describe = |name: &str, id: ValueId| format!("{name} {}", graph.value(id).shape);
        let inputs: Vec<String> =
            graph.inputs.iter().map(|id| describe(&graph.value(*id).name, *id)).collect();
        let outputs: Vec<String> =
            graph.outputs.iter().map(|output| describe(&output.name, output.value)).collect();
        format!("{} → {}", inputs.join(", "), outputs.join(", "))
    }

    /// The layer table, in Markdown. Shapes stand in backticks, or they would be links.
    pub fn emit_table(&self) -> String {
        let mut table = "| step | layer | reads | shape | parameters | MACs |\n\
                         |---|---|---|---|---|---|\n"
            .to_owned();
        for id in &self.graph.inputs {
            let value = self.graph.value(*id);
            table.push_str(&format!("| `{}` | input | | `{}` | | |\n", value.name, value.shape));
        }
        let mut known = BTreeSet::new();
        for node in &self.graph.nodes {
            let is_first_use = node.layer.is_none_or(|id| known.insert(id));
            table.push_str(&self.describe_node(node, is_first_use));
        }
        let count = self.graph.count_parameters(|_| true);
        let macs = self.graph.count_macs();
        table.push_str(&format!("| total | | | | {count} | {macs} |"));
        table
    }

    fn describe_node(&self, node: &Node, is_first_use: bool) -> String {
        let value = self.graph.value(node.output);
        let reads: Vec<&str> =
            node.inputs.iter().map(|id| self.graph.value(*id).name.as_str()).collect();
        let layer = describe_op(node.op.as_ref());
        let parameters = node.layer.map_or_else(String::new, |id| {
            let layer = self.graph.layer(id);
            let count: usize = layer.parameters.iter().map(Parameter::count).sum();
            if !is_first_use {
                return "shared".to_owned();
            }
            let frozen: usize =
                layer.parameters.iter().filter(|one| !one.trainable).map(Parameter::count).sum();
            match frozen {
                0 => count.to_string(),
                _ => format!("{count} ({frozen} frozen)"),
            }
        });
        let macs = match self.graph.node_macs(node) {
            0 => String::new(),
            macs => macs.to_string(),
        };
        format!(
            "| `{}` | {layer} | {} | `{}` | {parameters} | {macs} |\n",
            value.name,
            reads.join(", "),
            value.shape
        )
    }

    /// What a generated function does, a line for each step.
    pub fn describe_program(&self, program: &Program) -> Vec<String> {
        let title = match program.goal {
            Goal::Forward => "Every output, layer by layer.",
            Goal::Stream => {
                "Every output of one step, from the step and what is known of those before."
            }
            Goal::Loss => "The loss, summed over the rows.",
            Goal::Gradient => {
                "The loss, and its gradient by the chain rule, from the last layer to the first."
            }
            Goal::Step => {
                "One step: each parameter is updated once its layer's delta was handed on."
            }
            Goal::GradientFrom { inputs: false } => "The gradient, from dJ/dy of the outputs.",
            Goal::GradientFrom { inputs: true } => {
                "The gradient, from dJ/dy of the outputs, down to the inputs."
            }
        };
        let mut lines = vec![title.to_owned(), String::new(), "```text".to_owned()];
        lines.extend(self.derive_program(program));
        lines.push("```".to_owned());
        lines
    }

    fn derive_program(&self, program: &Program) -> Vec<String> {
        program
            .steps
            .iter()
            .flat_map(|planned| self.derive_planned(program.goal, *planned))
            .collect()
    }

    /// A step's formula; what adds to an earlier contribution says so.
    fn derive_planned(&self, goal: Goal, planned: PlannedStep) -> Option<String> {
        let line = self.derive_step(goal, planned.step)?;
        let adds = planned.accumulate && !matches!(planned.step, Step::Loss { .. });
        Some(if adds { line.replacen(" = ", " += ", 1) } else { line })
    }

    fn derive_step(&self, goal: Goal, step: Step) -> Option<String> {
        let name = |id: ValueId| self.graph.value(self.graph.storage(id)).name.clone();
        Some(match step {
            Step::Forward { node } => {
                let node = self.graph.node(node);
                let inputs = self.name_inputs(node);
                let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
                node.op.derive_forward(&inputs, &name(node.output), self.name_layer(node))
            }
            Step::Delta { node } => {
                let node = self.graph.node(node);
                let inputs = self.name_inputs(node);
                let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
                node.op.derive_delta(&inputs, &name(node.output), self.name_layer(node))
            }
            Step::InputGradient { node, operand } => {
                self.derive_gradient(node, Wrt::Input(operand))
            }
            Step::ParameterGradient { node, parameter } => {
                let line = self.derive_gradient(node, Wrt::Parameter(parameter.index));
                let path = format!(
                    "{}.{}",
                    self.graph.layer(parameter.layer).name,
                    self.graph.parameter(parameter).name
                );
                match goal {
                    Goal::Step => format!("{line}; update {path}"),
                    _ => line,
                }
            }
            Step::Loss { term, differentiate } => {
                let term = &self.graph.terms[term];
                let output = name(term.value);
                let value =
                    format!("J {} {} {}", "=", term.weight, term.loss.derive_value(&output));
                let value = value.replace("J = 1 ", "J = ");
                if differentiate {
                    format!("{value}; {}", term.loss.derive_gradient(&output))
                } else {
                    value
                }
            }
            Step::Seed { output } => {
                let output = &self.graph.outputs[output];
                format!("dJ/d{} is the caller's", name(output.value))
            }
            Step::Apply { parameter } => {
                let layer = &self.graph.layer(parameter.layer).name;
                format!("update {layer}.{}", self.graph.parameter(parameter).name)
            }
            Step::Output { output } => {
                let output = &self.graph.outputs[output];
                let value = name(output.value);
                if value == output.name {
                    return None;
                }
                format!("{} = {value}", output.name)
            }
            Step::Deliver { input } => format!("hand on dJ/d{}", name(self.graph.inputs[input])),
        })
    }

    fn derive_gradient(&self, node: NodeId, wrt: Wrt) -> String {
        let node = self.graph.node(node);
        let inputs = self.name_inputs(node);
        let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
        let output = &self.graph.value(self.graph.storage(node.output)).name;
        node.op.derive_gradient(wrt, &inputs, output, self.name_layer(node))
    }

    fn name_inputs(&self, node: &Node) -> Vec<String> {
        let name = |id: &ValueId| self.graph.value(self.graph.storage(*id)).name.clone();
        node.inputs.iter().map(name).collect()
    }

    fn name_layer(&self, node: &Node) -> &str {
        node.layer.map_or("", |id| &self.graph.layer(id).name)
    }
}

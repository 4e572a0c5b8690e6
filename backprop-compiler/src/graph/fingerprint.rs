//! The topology's fingerprint: two networks with the same one can exchange weights.

use core::fmt::Write as _;

use super::Graph;

impl Graph {
    /// FNV-1a (Fowler, Noll, Vo; 64 bits) over inputs, ops, shapes, dtype, labels and the order of the
    /// parameters: never over `trainable`, `init`, `code`, loss, budget, tile or documentation.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.describe_topology().bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
    }

    /// The text under the fingerprint, a line for each fact.
    #[must_use]
    pub fn describe_topology(&self) -> String {
        let mut text = format!("dtype {}\n", self.dtype.name());
        for id in &self.inputs {
            let value = self.value(*id);
            let _ = writeln!(text, "input {} {}", value.name, value.shape);
        }
        for node in &self.nodes {
            let inputs: Vec<String> = node.inputs.iter().map(|id| id.0.to_string()).collect();
            let layer = node.layer.map_or("", |id| &self.layer(id).name);
            let _ = writeln!(
                text,
                "{} = {}({}) of {} as {layer}: {}",
                node.output.0,
                node.op.keyword(),
                node.op.settings(),
                inputs.join(" "),
                self.value(node.output).shape,
            );
        }
        for layer in &self.layers {
            for parameter in &layer.parameters {
                let _ = writeln!(text, "{}.{} {:?}", layer.name, parameter.name, parameter.shape);
            }
        }
        for output in &self.outputs {
            let _ = writeln!(text, "output {} {}", output.name, output.value.0);
        }
        text
    }
}

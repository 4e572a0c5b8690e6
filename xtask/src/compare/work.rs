//! What is timed, and how much work it is.

/// Work of one call of `ceiling/fma`; `benches/compare/src/ceilings.rs` has the same number.
pub const FMA_FLOPS: u64 = 12 * 2 * 16 * 4096;

pub const MULTIPLY_ADD: &str = "ceiling/fma";

const MLP: [u64; 3] = [784, 128, 10];
const TINY: [u64; 3] = [2, 8, 1];

/// A row of the table. The names are those of `benches/compare/src/tasks.rs`.
#[rustfmt::skip]
pub const TASKS: [Task; 6] = [
    Task { name: "mlp/step/1",     widths: MLP,  batch: 1,  training: true,  ceiling: Ceiling::Memory },
    Task { name: "mlp/batch/64",   widths: MLP,  batch: 64, training: true,  ceiling: Ceiling::MultiplyAdd },
    Task { name: "mlp/forward/1",  widths: MLP,  batch: 1,  training: false, ceiling: Ceiling::Memory },
    Task { name: "tiny/step/1",    widths: TINY, batch: 1,  training: true,  ceiling: Ceiling::MultiplyAdd },
    Task { name: "tiny/batch/4",   widths: TINY, batch: 4,  training: true,  ceiling: Ceiling::MultiplyAdd },
    Task { name: "tiny/forward/1", widths: TINY, batch: 1,  training: false, ceiling: Ceiling::MultiplyAdd },
];

pub struct Task {
    pub name: &'static str,
    /// Of the input and of the dense layers.
    pub widths: [u64; 3],
    pub batch: u64,
    pub training: bool,
    pub ceiling: Ceiling,
}

/// What bounds a task from above.
#[derive(Clone, Copy, PartialEq)]
pub enum Ceiling {
    /// The rate of fused multiply-adds: every weight that was fetched serves many samples.
    MultiplyAdd,
    /// The passes over the weights: at one sample a weight is used once for each time it is fetched.
    Memory,
}

impl Task {
    pub fn title(&self) -> String {
        let widths = self.widths.map(|width| width.to_string()).join("-");
        let kind = if self.training { "training step" } else { "inference" };
        format!("{widths} {kind}, batch {}", self.batch)
    }

    /// Two for each multiply-accumulate of the matrix products: one product forward; in training one more
    /// for dJ/dw of each layer, and one for dJ/dx of each layer but the first, whose input nobody asks
    /// about. Biases, activations, losses and the update are left out: they are a few per cent at most.
    pub fn flops(&self) -> u64 {
        let forward: u64 = self.widths.windows(2).map(|pair| pair[0] * pair[1]).sum();
        let training =
            if self.training { 2 * forward - self.widths[0] * self.widths[1] } else { 0 };
        2 * self.batch * (forward + training)
    }

    /// The passes over the weights that nothing avoids: the forward pass reads them all, and a training step
    /// later reads and writes them all. (dJ/dx may share the second reading.)
    pub fn passes(&self) -> Vec<String> {
        let weights: u64 = self.widths.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum();
        let bytes = weights * 4;
        let update = self.training.then(|| format!("ceiling/update/{bytes}"));
        [format!("ceiling/read/{bytes}")].into_iter().chain(update).collect()
    }
}

/// Every ceiling that a task is held against, once.
pub fn list_ceilings() -> Vec<String> {
    let memory = TASKS.iter().filter(|task| task.ceiling == Ceiling::Memory);
    let mut names: Vec<String> = memory.flat_map(Task::passes).collect();
    names.push(MULTIPLY_ADD.to_owned());
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::{TASKS, Task};

    fn find(name: &str) -> &'static Task {
        TASKS.iter().find(|task| task.name == name).unwrap()
    }

    #[test]
    fn training_counts_three_products_a_layer_but_two_for_the_first() {
        let (first, last) = (784 * 128, 128 * 10);
        assert_eq!(find("mlp/forward/1").flops(), 2 * (first + last));
        assert_eq!(find("mlp/step/1").flops(), 2 * (2 * first + 3 * last));
        assert_eq!(find("mlp/batch/64").flops(), 64 * find("mlp/step/1").flops());
        assert_eq!(find("tiny/batch/4").flops(), 4 * 2 * (2 * 16 + 3 * 8));
    }

    #[test]
    fn passes_cover_weights_and_biases() {
        let bytes = 4 * (785 * 128 + 129 * 10);
        assert_eq!(find("mlp/forward/1").passes(), [format!("ceiling/read/{bytes}")]);
        assert_eq!(find("mlp/step/1").passes()[1], format!("ceiling/update/{bytes}"));
    }
}

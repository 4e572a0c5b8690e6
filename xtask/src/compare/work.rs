//! What is timed, and how much work it is.

use contest::ceilings::{FMA, FMA_AVX2};
use contest::networks::{Causal, Convolution, Layers, Sequence};
use contest::tasks::{Call, Task};

/// The rows of the table.
const TASKS: [(&str, Ceiling); 28] = [
    ("mlp/sgd/1", Ceiling::Memory),
    ("mlp/sgd/32", Ceiling::MultiplyAdd),
    ("mlp/sgd/64", Ceiling::MultiplyAdd),
    ("mlp/adam/64", Ceiling::MultiplyAdd),
    ("mlp-f64/sgd/64", Ceiling::Row("mlp/sgd/64", "f32")),
    ("mlp/dependent/1", Ceiling::Memory),
    ("mlp/independent/1", Ceiling::Memory),
    ("lenet/sgd/1", Ceiling::MultiplyAdd),
    ("lenet/sgd/32", Ceiling::MultiplyAdd),
    ("lenet/sgd/128", Ceiling::MultiplyAdd),
    ("lenet/dependent/1", Ceiling::MultiplyAdd),
    ("lenet/independent/1", Ceiling::MultiplyAdd),
    ("digits/dependent/1", Ceiling::Latency),
    ("digits/independent/1", Ceiling::MultiplyAdd),
    ("iris/sgd/1", Ceiling::Latency),
    ("iris/sgd/32", Ceiling::MultiplyAdd),
    ("sine/dependent/1", Ceiling::Latency),
    ("sine/independent/1", Ceiling::MultiplyAdd),
    ("sine/together/256", Ceiling::MultiplyAdd),
    ("xor/sgd/1", Ceiling::Latency),
    ("xor/sgd/4", Ceiling::Latency),
    ("xor/dependent/1", Ceiling::Latency),
    ("xor/independent/1", Ceiling::Latency),
    ("gru16/stream/1", Ceiling::Latency),
    ("lstm16/stream/1", Ceiling::Latency),
    ("lstm32/stream/1", Ceiling::Latency),
    ("causal/stream/1", Ceiling::Latency),
    ("gru16-64/sgd/32", Ceiling::MultiplyAdd),
];

/// A row of the table.
#[derive(Clone, Copy)]
pub struct Row {
    pub name: &'static str,
    pub task: Task,
    pub ceiling: Ceiling,
}

/// What bounds a task from above.
#[derive(Clone, Copy, PartialEq)]
pub enum Ceiling {
    /// The rate of fused multiply-adds: every weight that was fetched serves many samples, or is near.
    MultiplyAdd,
    /// The passes over the weights: at one sample a weight is used once for each time it is fetched.
    Memory,
    /// The chain of operations that wait for one another, which is not measured.
    Latency,
    /// The rate of another row, and what that is called.
    Row(&'static str, &'static str),
}

/// The rows whose name or title contains `part`.
pub fn list_rows(part: &str) -> Vec<Row> {
    let row = |(name, ceiling)| Some(Row { name, task: Task::parse(name)?, ceiling });
    let rows = TASKS.into_iter().filter_map(row);
    rows.filter(|row| row.name.contains(part) || row.title().contains(part)).collect()
}

impl Row {
    pub fn title(&self) -> String {
        let Task { shape, call, samples } = self.task;
        // As in Ciresan et al. 2011: filters, the side of a kernel, the side of a pool's windows.
        let convolutions = shape.convolutions.iter();
        let convolutions = convolutions.map(|conv| format!("{}C{}-P2", conv.filters, conv.kernel));
        let sequence = shape.sequence.iter().map(name_sequence);
        let dense = shape.widths.iter().skip(usize::from(shape.has_front()));
        let layers = convolutions.chain(sequence).chain(dense.map(usize::to_string));
        let layers: Vec<String> = layers.collect();
        let dtype = if shape.double { " f64" } else { "" };
        let call = match call {
            Call::Sgd => format!("step, batch {samples}"),
            Call::Adam => format!("Adam step, batch {samples}"),
            Call::Dependent => "inference, dependent".to_owned(),
            Call::Independent => "inference, independent".to_owned(),
            Call::Together => format!("inference, {samples} at once, each"),
            Call::Stream => "one step of a stream".to_owned(),
        };
        format!("{}{dtype} {call}", layers.join("-"))
    }

    /// In how many parts the time of a call is told.
    pub fn parts(&self) -> usize {
        if self.task.call == Call::Together { self.task.samples } else { 1 }
    }

    /// Two for each multiply-accumulate of the matrix products: one product forward; in training one more
    /// for dJ/dw of each layer, and one for dJ/dx of each layer but the first, whose input nobody asks
    /// about, and one more for what a step hands back to the one before. Biases, activations, losses and the
    /// update are left out: they are a few per cent at most.
    pub fn flops(&self) -> usize {
        let shape = self.task.shape;
        let products = || {
            let dense = shape.layers().map(|(inputs, outputs)| inputs * outputs);
            let sequence = shape.sequence.iter().map(Sequence::products);
            shape.convolutions.iter().map(Convolution::products).chain(sequence).chain(dense)
        };
        let forward: usize = products().sum();
        let handed_back = products().skip(1).sum::<usize>()
            + shape.sequence.as_ref().map_or(0, Sequence::products_handed_back);
        let training = if self.task.trains() { forward + handed_back } else { 0 };
        2 * self.task.samples * (forward + training)
    }

    /// The passes over the weights that nothing avoids: the forward pass reads them all, and a training step
    /// later reads and writes them all. (dJ/dx may share the second reading.)
    pub fn passes(&self) -> Vec<String> {
        let shape = self.task.shape;
        let convolutions = shape.convolutions.iter().map(|conv| (conv.taps(), conv.filters));
        let layers = convolutions.chain(shape.layers());
        let weights: usize = layers.map(|(inputs, outputs)| (inputs + 1) * outputs).sum();
        let bytes = weights * 4;
        let update = self.task.trains().then(|| format!("ceiling/update/{bytes}"));
        [format!("ceiling/read/{bytes}")].into_iter().chain(update).collect()
    }
}

fn name_sequence(sequence: &Sequence) -> String {
    let layers = match sequence.layers {
        Layers::Gru(units) => format!("GRU{units}"),
        Layers::Lstm(units) => format!("LSTM{units}"),
        Layers::Causal(layers) => {
            let name = |layer: &Causal| format!("{}C{}", layer.filters, layer.kernel);
            layers.iter().map(name).collect::<Vec<_>>().join("-")
        }
    };
    if sequence.steps == 1 { layers } else { format!("{}x{layers}", sequence.steps) }
}

/// Every ceiling that a task is held against, once.
pub fn list_ceilings(rows: &[Row], variants: bool) -> Vec<String> {
    let memory = rows.iter().filter(|row| row.ceiling == Ceiling::Memory);
    let mut names: Vec<String> = memory.flat_map(Row::passes).collect();
    names.push(FMA.to_owned());
    names.extend(variants.then(|| FMA_AVX2.to_owned()));
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(name: &str) -> Row {
        list_rows("").into_iter().find(|row| row.name == name).unwrap()
    }

    #[test]
    fn every_task_is_a_row_with_a_title_of_its_own() {
        let rows = list_rows("");
        assert_eq!(rows.len(), TASKS.len());
        let mut titles: Vec<String> = rows.iter().map(Row::title).collect();
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), rows.len());
    }

    #[test]
    fn a_part_of_a_name_or_of_a_title_chooses_rows() {
        assert!(list_rows("mlp/sgd").iter().all(|row| row.name.starts_with("mlp/sgd")));
        assert_eq!(list_rows("Adam").len(), 1);
        assert_eq!(list_rows("1-16-16-1").len(), 3);
        assert!(list_rows("nothing").is_empty());
    }

    #[test]
    fn training_counts_three_products_a_layer_but_two_for_the_first() {
        let (first, last) = (784 * 128, 128 * 10);
        assert_eq!(find("mlp/dependent/1").flops(), 2 * (first + last));
        assert_eq!(find("mlp/sgd/1").flops(), 2 * (2 * first + 3 * last));
        assert_eq!(find("mlp/sgd/64").flops(), 64 * find("mlp/sgd/1").flops());
        assert_eq!(find("iris/sgd/1").flops(), 2 * (2 * 64 + 3 * (256 + 48)));
        let (first, second) = (24 * 24 * 25 * 6, 8 * 8 * 150 * 16);
        let dense = 256 * 120 + 120 * 84 + 84 * 10;
        assert_eq!(find("lenet/dependent/1").flops(), 2 * (first + second + dense));
        assert_eq!(find("lenet/sgd/1").flops(), 2 * (2 * first + 3 * (second + dense)));
        assert_eq!(find("gru16/stream/1").flops(), 2 * (3 * 16 * 17 + 16));
        assert_eq!(
            find("gru16-64/sgd/32").flops(),
            2 * 32 * (64 * (2 * 3 * 16 * 17 + 3 * 16 * 16) + 3 * 16)
        );
        assert_eq!(find("lstm32/stream/1").flops(), 2 * (4 * 32 * 33 + 32));
        assert_eq!(find("causal/stream/1").flops(), 2 * (8 + 96 + 16 + 72 + 6));
    }

    #[test]
    fn passes_cover_weights_and_biases() {
        let bytes = 4 * (785 * 128 + 129 * 10);
        assert_eq!(find("mlp/dependent/1").passes(), [format!("ceiling/read/{bytes}")]);
        assert_eq!(find("mlp/sgd/1").passes()[1], format!("ceiling/update/{bytes}"));
    }

    #[test]
    fn only_what_rows_are_held_against_is_measured() {
        assert_eq!(list_ceilings(&list_rows("xor"), false), [FMA]);
        assert_eq!(list_ceilings(&list_rows("xor"), true), [FMA, FMA_AVX2]);
        assert_eq!(list_ceilings(&list_rows("mlp"), false).len(), 3);
    }
}

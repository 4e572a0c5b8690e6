//! The loss: weighted terms, each of an output with something to train below it.

use backprop_compiler::losses::LOSSES;

use crate::generate::{Generator, Value};

impl Generator {
    pub fn write_losses(&mut self) {
        let mut terms: Vec<String> = Vec::new();
        for output in self.outputs.clone() {
            if !output.trained || (!terms.is_empty() && self.chance(25)) {
                continue;
            }
            for _ in 0..1 + usize::from(self.chance(35)) {
                let calls = list_calls(&output);
                let call = calls[self.below(calls.len())];
                let weighted = if self.chance(20) { ", sample_weight = true" } else { "" };
                let (keyword, arguments) = call.split_once("(y").unwrap();
                let arguments = arguments.trim_end_matches(')');
                let call = format!("{keyword}({}{arguments}{weighted})", output.text);
                let weight = ["", "", "0.25 * ", "2 * ", "1.5e-1 * "][self.below(5)];
                terms.push(format!("{weight}{call}"));
            }
        }
        if terms.is_empty() {
            return;
        }
        // A loss stands anywhere.
        let place = self.below(self.items.len() + 1);
        self.items.insert(place, format!("loss {};", terms.join(" + ")));
    }
}

/// The examples of the registry that make sense of this output.
fn list_calls(output: &Value) -> Vec<&'static str> {
    let (count, rank) = (output.count(), output.shape.len());
    let fits = |keyword: &str| match keyword {
        "cross_entropy" | "nll" => {
            rank == 1
                && count > 1
                && !["softmax", "log_softmax", "sigmoid"].contains(&output.producer)
        }
        "cosine" => count > 1,
        "kl_divergence" => output.producer != "softmax",
        "binary_cross_entropy" => output.producer == "sigmoid",
        "binary_cross_entropy_with_logits" => !["sigmoid", "softmax"].contains(&output.producer),
        _ => true,
    };
    let kinds = LOSSES.iter().filter(|kind| fits(kind.keyword));
    let examples = kinds.flat_map(|kind| kind.examples);
    examples.copied().filter(|example| !example.contains('[') || count == 4).collect()
}

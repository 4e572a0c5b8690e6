//! The loss: weighted terms, each of an output with something to train below it.

use crate::generate::Generator;

impl Generator {
    pub fn write_losses(&mut self) {
        let mut terms: Vec<String> = Vec::new();
        for output in self.outputs.clone() {
            if !output.trained || (!terms.is_empty() && self.chance(25)) {
                continue;
            }
            let logits = output.shape.len() == 1 && output.shape[0] > 1 && !output.softmax;
            for _ in 0..1 + usize::from(self.chance(35)) {
                let name = &output.text;
                let call = match self.random_kind(logits) {
                    0 => format!("cross_entropy({name})"),
                    1 => format!("cross_entropy({name}, target = probabilities)"),
                    2 => format!("cross_entropy({name}, target = index, smoothing = 0.1)"),
                    3 => {
                        format!("cross_entropy({name}, smoothing = 0.25, target = probabilities)")
                    }
                    _ => format!("mse({name})"),
                };
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

    fn random_kind(&mut self, logits: bool) -> usize {
        if logits { self.below(6) } else { 4 }
    }
}

//! How training shows that it goes on.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar that moves by one epoch at a time, and a line with the loss every so often.
pub struct Progress {
    bar: ProgressBar,
    epochs: u64,
}

impl Progress {
    /// Starts the bar; it is only drawn on a terminal.
    pub fn start(epochs: u64) -> Self {
        let style = ProgressStyle::with_template("{bar:40} epoch {pos}/{len}  {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        Self { bar: ProgressBar::new(epochs).with_style(style), epochs }
    }

    /// Shows the mean loss of the epoch that has just ended, and about ten of them as lines that stay.
    pub fn show_epoch(&self, loss: f32) {
        self.bar.set_message(format!("loss {loss:.4}"));
        self.bar.inc(1);
        let epoch = self.bar.position();
        if epoch == 1 || epoch.is_multiple_of(self.epochs.div_ceil(10)) || epoch == self.epochs {
            self.bar.suspend(|| println!("epoch {epoch:>4}  loss {loss:.4}"));
        }
    }

    /// Takes the bar away.
    pub fn finish(self) {
        self.bar.finish_and_clear();
    }
}

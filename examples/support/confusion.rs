//! What a classifier said, against what was true.

use std::fmt;

/// Counts of predictions: one row per true class, one column per predicted class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion<const CLASSES: usize> {
    counts: [[usize; CLASSES]; CLASSES],
}

impl<const CLASSES: usize> Confusion<CLASSES> {
    /// Counts pairs of (true class, predicted class), all below `CLASSES`.
    pub fn count(pairs: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut counts = [[0; CLASSES]; CLASSES];
        for (truth, predicted) in pairs {
            counts[truth as usize][predicted as usize] += 1;
        }
        Self { counts }
    }

    /// How many predictions were right.
    pub fn correct(&self) -> usize {
        (0..CLASSES).map(|class| self.counts[class][class]).sum()
    }

    /// How many predictions there were.
    pub fn total(&self) -> usize {
        self.counts.iter().flatten().sum()
    }

    /// The share of right predictions, in percent.
    pub fn accuracy(&self) -> f64 {
        100.0 * self.correct() as f64 / self.total() as f64
    }
}

impl<const CLASSES: usize> fmt::Display for Confusion<CLASSES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "confusion matrix (rows: true class, columns: predicted class)")?;
        write!(f, "     ")?;
        for class in 0..CLASSES {
            write!(f, "{class:>4}")?;
        }
        for (class, row) in self.counts.iter().enumerate() {
            write!(f, "\n{class:>4} ")?;
            for &count in row {
                match count {
                    0 => write!(f, "   .")?,
                    _ => write!(f, "{count:>4}")?,
                }
            }
        }
        Ok(())
    }
}

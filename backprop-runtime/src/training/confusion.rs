//! What a classifier said, against what was true.

use core::fmt;

use crate::error::Error;

/// Counts of predictions of `C` classes: one row per true class, one column per predicted class.
///
/// A network with a class output has the method `confusion`, as long as the counts stay below 128 KiB
/// (181 classes); for more, place one in a `static` or a box and [`record`](Self::record).
///
/// Where there is nothing to divide by, a figure is 0, as in scikit-learn.
///
/// ```
/// use backprop_runtime::training::Confusion;
///
/// // Pairs of (true class, predicted class).
/// let confusion = Confusion::<3>::count([(0, 0), (0, 0), (1, 2), (2, 2)])?;
/// assert_eq!((confusion.correct(), confusion.total()), (3, 4));
/// assert_eq!(confusion.accuracy(), 0.75);
/// assert_eq!(confusion.scores()[2].precision, 0.5);
/// assert_eq!(
///     confusion.to_string(),
///     "       0   1   2
///    0   2   .   .
///    1   .   .   1
///    2   .   .   1"
/// );
/// # Ok::<(), backprop_runtime::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion<const C: usize> {
    counts: [[u32; C]; C],
}

/// How well one class is told from the others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClassScores {
    /// The share of predictions of this class that are right.
    pub precision: f64,
    /// The share of samples of this class that are found.
    pub recall: f64,
    /// The harmonic mean of precision and recall (van Rijsbergen 1979).
    pub f1: f64,
    /// How many samples of this class there are.
    pub support: u64,
}

impl<const C: usize> Confusion<C> {
    /// Nothing counted.
    #[must_use]
    pub const fn new() -> Self {
        Self { counts: [[0; C]; C] }
    }

    /// Counts pairs of (true class, predicted class).
    ///
    /// # Errors
    ///
    /// [`Error::ClassOutOfRange`].
    pub fn count(pairs: impl IntoIterator<Item = (u32, u32)>) -> Result<Self, Error> {
        let mut confusion = Self::new();
        for (truth, predicted) in pairs {
            confusion.record(truth, predicted)?;
        }
        Ok(confusion)
    }

    /// Counts one prediction.
    ///
    /// # Errors
    ///
    /// [`Error::ClassOutOfRange`] if either is; nothing is counted then.
    pub fn record(&mut self, truth: u32, predicted: u32) -> Result<(), Error> {
        let refuse = |class| {
            let classes = u32::try_from(C).unwrap_or(u32::MAX);
            Error::ClassOutOfRange { class, classes }
        };
        let row = self.counts.get_mut(truth as usize).ok_or_else(|| refuse(truth))?;
        let count = row.get_mut(predicted as usize).ok_or_else(|| refuse(predicted))?;
        *count = count.saturating_add(1);
        Ok(())
    }

    /// The counts: `counts()[truth][predicted]`.
    #[must_use]
    pub const fn counts(&self) -> &[[u32; C]; C] {
        &self.counts
    }

    /// How many predictions were right.
    #[must_use]
    pub fn correct(&self) -> u64 {
        self.each_class().map(|(right, _, _)| right).sum()
    }

    /// How many predictions there were.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.each_class().map(|(_, support, _)| support).sum()
    }

    /// The share of right predictions, from 0 to 1.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        divide(self.correct(), self.total())
    }

    /// Precision, recall and F1 of each class.
    #[must_use]
    pub fn scores(&self) -> [ClassScores; C] {
        let mut scores = [ClassScores::default(); C];
        for (scores, counts) in scores.iter_mut().zip(self.each_class()) {
            *scores = score(counts);
        }
        scores
    }

    /// The mean F1 over the classes that are among the samples or the predictions.
    #[must_use]
    pub fn macro_f1(&self) -> f64 {
        let occurring = self.each_class().filter(|(_, support, predicted)| support + predicted > 0);
        let (sum, count) = occurring
            .fold((0.0, 0_u32), |(sum, count), counts| (sum + score(counts).f1, count + 1));
        if count == 0 { 0.0 } else { sum / f64::from(count) }
    }

    /// Of each class: how many predictions of it are right, how many samples and how many predictions
    /// there are.
    fn each_class(&self) -> impl Iterator<Item = (u64, u64, u64)> {
        self.counts.iter().enumerate().map(|(class, row)| {
            let right = row.get(class).copied().map_or(0, u64::from);
            let support = row.iter().copied().map(u64::from).sum();
            let column = self.counts.iter().filter_map(|row| row.get(class));
            (right, support, column.copied().map(u64::from).sum())
        })
    }
}

/// The figures of a class with so many right predictions, samples and predictions.
fn score((right, support, predicted): (u64, u64, u64)) -> ClassScores {
    ClassScores {
        precision: divide(right, predicted),
        recall: divide(right, support),
        // 2 P R / (P + R), with one division.
        f1: divide(2 * right, support + predicted),
        support,
    }
}

fn divide(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl<const C: usize> Default for Confusion<C> {
    fn default() -> Self {
        Self::new()
    }
}

/// A table: a row for each true class, a column for each predicted class, a dot for a count of 0.
impl<const C: usize> fmt::Display for Confusion<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let largest =
            self.counts.as_flattened().iter().fold(0, |largest, count| largest.max(*count));
        let labels = count_digits(C.saturating_sub(1));
        let width = count_digits(largest as usize).max(labels).max(2) + 2;
        let margin = labels.max(2) + 2;
        write!(formatter, "{:margin$}", "")?;
        for class in 0..C {
            write!(formatter, "{class:>width$}")?;
        }
        for (class, row) in self.counts.iter().enumerate() {
            write!(formatter, "\n{class:>margin$}")?;
            for count in row {
                match count {
                    0 => write!(formatter, "{:>width$}", '.')?,
                    _ => write!(formatter, "{count:>width$}")?,
                }
            }
        }
        Ok(())
    }
}

/// Decimal digits of a number.
fn count_digits(number: usize) -> usize {
    number.checked_ilog10().map_or(1, |digits| digits as usize + 1)
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn the_figures_follow_from_the_counts() {
        let truths = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2];
        let predicted = [0, 0, 1, 2, 1, 1, 0, 2, 2, 0];
        let confusion = Confusion::<3>::count(truths.into_iter().zip(predicted)).unwrap();
        assert_eq!(confusion.counts(), &[[2, 1, 1], [1, 2, 0], [1, 0, 2]]);
        let [first, second, third] = confusion.scores();
        assert_eq!((first.precision, first.recall, first.f1, first.support), (0.5, 0.5, 0.5, 4));
        let two_thirds =
            ClassScores { precision: 2.0 / 3.0, recall: 2.0 / 3.0, f1: 2.0 / 3.0, support: 3 };
        assert_eq!((second, third), (two_thirds, two_thirds));
        assert!((confusion.macro_f1() - 11.0 / 18.0).abs() < 1e-15);
        assert_eq!(confusion.accuracy(), 0.6);
    }

    #[test]
    fn precision_and_recall_are_not_mixed_up() {
        // Class 0: two of three predictions right, two of five samples found.
        let confusion =
            Confusion::<2>::count([(0, 0), (0, 0), (0, 1), (0, 1), (0, 1), (1, 0), (1, 1)])
                .unwrap();
        let [scores, _] = confusion.scores();
        assert_eq!((scores.precision, scores.recall, scores.f1), (2.0 / 3.0, 0.4, 0.5));
    }

    #[test]
    fn classes_that_do_not_occur_have_no_share_in_the_mean() {
        let confusion = Confusion::<4>::count([(0, 0), (2, 0)]).unwrap();
        assert_eq!(confusion.scores()[1], ClassScores::default());
        assert_eq!(confusion.macro_f1(), 2.0 / 3.0 / 2.0);
        // One that is only predicted is wrong every time.
        let confusion = Confusion::<4>::count([(0, 0), (2, 0), (2, 3)]).unwrap();
        assert_eq!(confusion.macro_f1(), 2.0 / 3.0 / 3.0);
        let empty = Confusion::<4>::default();
        assert_eq!((empty.total(), empty.accuracy(), empty.macro_f1()), (0, 0.0, 0.0));
        let nothing = Confusion::<0>::new();
        assert_eq!(
            (nothing.accuracy(), nothing.macro_f1(), nothing.to_string().trim()),
            (0.0, 0.0, "")
        );
    }

    #[test]
    fn a_class_out_of_range_is_refused_and_not_counted() {
        let mut confusion = Confusion::<3>::new();
        let error = Err(Error::ClassOutOfRange { class: 3, classes: 3 });
        assert_eq!(confusion.record(3, 0), error);
        assert_eq!(confusion.record(0, 3), error);
        assert_eq!(confusion, Confusion::new());
        assert_eq!(Confusion::<3>::count([(0, 0), (0, 3)]).map(|_| ()), error);
    }

    #[test]
    fn columns_widen_with_counts_and_classes() {
        let mut confusion = Confusion::<2>::new();
        confusion.counts = [[12_345, 0], [7, u32::MAX]];
        let expected = "               0           1
   0       12345           .
   1           7  4294967295";
        assert_eq!(confusion.to_string(), expected);
        let wide = Confusion::<120>::count([(119, 119)]).unwrap().to_string();
        let lines: std::vec::Vec<&str> = wide.lines().collect();
        assert_eq!(lines.len(), 121);
        assert!(lines.iter().all(|line| line.len() == 5 * 121));
        assert!(lines[0].ends_with("  119") && lines[120].starts_with("  119"));
    }
}

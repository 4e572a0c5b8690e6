//! Which samples a network learns from, and which it is tested on.

use backprop::{Random, Rng};

/// Indices into a data set.
#[derive(Debug, PartialEq, Eq)]
pub struct Split {
    /// The samples to learn from.
    pub train: Vec<usize>,
    /// The samples kept back.
    pub test: Vec<usize>,
}

/// Shuffles the samples and keeps one in five back for testing, the same share of every class.
///
/// There are n / 5 test samples, rounded up. Each class gives its fifth rounded down; those whose
/// fifth was cut the most give one more, until the number is reached. Fewer than five samples are an
/// error.
pub fn split_stratified(labels: &[u32], random: &mut Rng) -> Result<Split, String> {
    if labels.len() < 5 {
        return Err(format!("{} samples are too few: one in five is for the test", labels.len()));
    }
    let classes = labels.iter().max().map_or(0, |&largest| largest as usize + 1);
    let mut members = vec![Vec::new(); classes];
    for (sample, &label) in labels.iter().enumerate() {
        members[label as usize].push(sample);
    }

    let mut kept: Vec<usize> = members.iter().map(|samples| samples.len() / 5).collect();
    let missing = labels.len().div_ceil(5) - kept.iter().sum::<usize>();
    let mut most_cut_first: Vec<usize> = (0..classes).collect();
    most_cut_first.sort_by_key(|&class| std::cmp::Reverse(members[class].len() % 5));
    for &class in most_cut_first.iter().take(missing) {
        kept[class] += 1;
    }

    let mut split = Split { train: Vec::new(), test: Vec::new() };
    for (mut samples, kept) in members.into_iter().zip(kept) {
        random.shuffle(&mut samples);
        split.train.extend_from_slice(&samples[kept..]);
        split.test.extend_from_slice(&samples[..kept]);
    }
    random.shuffle(&mut split.train);
    Ok(split)
}

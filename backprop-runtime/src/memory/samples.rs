//! Samples of a batch, borrowed from the caller.

use crate::error::Error;

/// Up to `ROWS` borrowed samples, at least one.
#[derive(Clone, Copy, Debug)]
pub struct Samples<'a, X, const ROWS: usize> {
    rows: [&'a X; ROWS],
    length: usize,
}

impl<'a, X> Samples<'a, X, 1> {
    /// A single sample.
    #[inline(always)]
    pub const fn one(sample: &'a X) -> Self {
        Self { rows: [sample], length: 1 }
    }
}

impl<'a, X, const ROWS: usize> Samples<'a, X, ROWS> {
    /// The first `ROWS` of an iterator; `None` if it is empty.
    #[inline(always)]
    pub fn collect(mut samples: impl Iterator<Item = &'a X>) -> Option<Self> {
        let first = samples.next()?;
        let mut rows = [first; ROWS];
        let mut length = usize::from(ROWS > 0);
        for (row, sample) in rows.iter_mut().skip(1).zip(samples) {
            *row = sample;
            length += 1;
        }
        Some(Self { rows, length })
    }

    /// How many there are.
    #[inline(always)]
    #[allow(clippy::len_without_is_empty, reason = "there is at least one")]
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Each of them.
    #[inline(always)]
    pub fn rows(&self) -> &[&'a X] {
        self.rows.get(..self.length).unwrap_or(&self.rows)
    }

    /// A part of each.
    #[inline(always)]
    pub fn map<Y>(&self, project: impl Fn(&'a X) -> &'a Y) -> Samples<'a, Y, ROWS> {
        Samples { rows: self.rows.map(project), length: self.length }
    }
}

/// The samples and targets of one call, in order or by index.
#[derive(Clone, Copy, Debug)]
pub struct Minibatch<'a, X, Y> {
    inputs: &'a [X],
    targets: &'a [Y],
    indices: Option<&'a [usize]>,
}

impl<'a, X, Y> Minibatch<'a, X, Y> {
    /// All samples, in order.
    ///
    /// # Errors
    ///
    /// [`Error::LengthMismatch`], [`Error::EmptyBatch`].
    #[inline(always)]
    pub fn all(inputs: &'a [X], targets: &'a [Y]) -> Result<Self, Error> {
        crate::error::check_lengths(inputs.len(), targets.len())?;
        if inputs.is_empty() {
            return Err(Error::EmptyBatch);
        }
        Ok(Self { inputs, targets, indices: None })
    }

    /// The samples of these indices.
    ///
    /// # Errors
    ///
    /// [`Error::LengthMismatch`], [`Error::EmptyBatch`], [`Error::IndexOutOfRange`].
    #[inline(always)]
    pub fn indexed(inputs: &'a [X], targets: &'a [Y], indices: &'a [usize]) -> Result<Self, Error> {
        let length = inputs.len();
        crate::error::check_lengths(length, targets.len())?;
        if indices.is_empty() {
            return Err(Error::EmptyBatch);
        }
        match indices.iter().find(|index| **index >= length) {
            Some(index) => Err(Error::IndexOutOfRange { index: *index, length }),
            None => Ok(Self { inputs, targets, indices: Some(indices) }),
        }
    }

    /// How many samples there are.
    #[inline(always)]
    #[allow(clippy::len_without_is_empty, reason = "there is at least one")]
    pub const fn len(&self) -> usize {
        match self.indices {
            Some(indices) => indices.len(),
            None => self.inputs.len(),
        }
    }

    /// Nothing, if the check passes for every target.
    ///
    /// # Errors
    ///
    /// The first that the check returns.
    #[inline(always)]
    pub fn check_targets(&self, check: impl Fn(&Y) -> Result<(), Error>) -> Result<(), Error> {
        (0..self.len())
            .filter_map(|position| pick(self.targets, self.indices, position))
            .try_for_each(check)
    }

    /// The place of a tile, which holds the sample at `start` alone; `None` if there is none.
    #[inline(always)]
    pub fn start_tile<const ROWS: usize>(&self, start: usize) -> Option<Tile<'a, X, Y, ROWS>> {
        let (input, target) = (self.input(start)?, self.target(start)?);
        Some(Tile {
            start,
            inputs: Samples { rows: [input; ROWS], length: 1 },
            targets: Samples { rows: [target; ROWS], length: 1 },
        })
    }

    #[inline(always)]
    fn input(&self, position: usize) -> Option<&'a X> {
        pick(self.inputs, self.indices, position)
    }

    #[inline(always)]
    fn target(&self, position: usize) -> Option<&'a Y> {
        pick(self.targets, self.indices, position)
    }
}

/// Up to `ROWS` samples of a batch. It is filled where it stands: a function that returned a full one would
/// copy it.
#[derive(Debug)]
pub struct Tile<'a, X, Y, const ROWS: usize> {
    /// The position of its first sample.
    start: usize,
    /// What the network reads.
    pub inputs: Samples<'a, X, ROWS>,
    /// What its loss compares with.
    pub targets: Samples<'a, Y, ROWS>,
}

impl<'a, X, Y, const ROWS: usize> Tile<'a, X, Y, ROWS> {
    /// Takes in the samples of the batch, as many as there are and fit.
    #[inline(always)]
    pub fn fill(&mut self, batch: &Minibatch<'a, X, Y>) {
        let length = match batch.indices {
            None => {
                let inputs = batch.inputs.get(self.start..).unwrap_or_default().iter();
                let targets = batch.targets.get(self.start..).unwrap_or_default().iter();
                fill_rows(&mut self.inputs.rows, inputs)
                    .min(fill_rows(&mut self.targets.rows, targets))
            }
            Some(indices) => {
                let indices = indices.get(self.start..).unwrap_or_default().iter();
                let inputs = indices.clone().filter_map(|index| batch.inputs.get(*index));
                let targets = indices.filter_map(|index| batch.targets.get(*index));
                fill_rows(&mut self.inputs.rows, inputs)
                    .min(fill_rows(&mut self.targets.rows, targets))
            }
        };
        self.inputs.length = length;
        self.targets.length = length;
    }
}

/// As many as there are places; returns how many that were.
#[inline(always)]
fn fill_rows<'a, X, const ROWS: usize>(
    rows: &mut [&'a X; ROWS],
    samples: impl Iterator<Item = &'a X>,
) -> usize {
    let mut length = 0;
    for (row, sample) in rows.iter_mut().zip(samples) {
        *row = sample;
        length += 1;
    }
    length
}

#[inline(always)]
fn pick<'a, X>(samples: &'a [X], indices: Option<&[usize]>, position: usize) -> Option<&'a X> {
    match indices {
        Some(indices) => samples.get(*indices.get(position)?),
        None => samples.get(position),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_follow_the_indices() {
        let (inputs, targets) = ([10, 11, 12, 13], [0, 1, 2, 3]);
        let batch = Minibatch::indexed(&inputs, &targets, &[3, 0, 0, 2, 1]).unwrap();
        let mut seen = std::vec::Vec::new();
        for start in [0, 2, 4] {
            let mut tile = batch.start_tile::<2>(start).unwrap();
            tile.fill(&batch);
            let Tile { inputs, targets, .. } = tile;
            assert_eq!(inputs.len(), targets.len());
            seen.extend(inputs.rows().iter().zip(targets.rows()).map(|(x, y)| (**x, **y)));
        }
        assert_eq!(seen, [(13, 3), (10, 0), (10, 0), (12, 2), (11, 1)]);
        assert!(batch.start_tile::<2>(5).is_none());
    }

    #[test]
    fn bad_batches_are_refused() {
        let length = Minibatch::all(&[1, 2], &[1]).unwrap_err();
        assert_eq!(length, Error::LengthMismatch { inputs: 2, targets: 1 });
        assert_eq!(Minibatch::<i32, i32>::all(&[], &[]).unwrap_err(), Error::EmptyBatch);
        assert_eq!(Minibatch::indexed(&[1], &[1], &[]).unwrap_err(), Error::EmptyBatch);
        let index = Minibatch::indexed(&[1], &[1], &[0, 1]).unwrap_err();
        assert_eq!(index, Error::IndexOutOfRange { index: 1, length: 1 });
    }
}

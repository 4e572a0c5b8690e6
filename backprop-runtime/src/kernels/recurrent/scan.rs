//! How a layer goes through a sequence.

/// One direction of a layer of `H` units, which reads `I` scalars at each step.
#[derive(Clone, Copy, Debug)]
pub struct Scan<const I: usize, const H: usize> {
    /// Steps of the sequence.
    pub steps: usize,
    /// Whether it begins with the last step.
    pub reversed: bool,
    /// Which of the directions this is: whose part of the output, and of what is saved.
    pub direction: usize,
    /// How many there are.
    pub directions: usize,
    /// Whether the state after its last step is all of the output.
    pub only_last: bool,
    /// Steps after which no gradient is handed back; 0 for never.
    pub truncation: usize,
}

impl<const I: usize, const H: usize> Scan<I, H> {
    /// The step of the sequence that is the walk's of this number.
    #[inline(always)]
    pub fn step(&self, number: usize) -> usize {
        if self.reversed { self.steps.wrapping_sub(number + 1) } else { number }
    }

    /// Where the state before that step stands in the tape, which has one state more than steps.
    #[inline(always)]
    pub fn before(&self, step: usize) -> usize {
        if self.reversed { step + 1 } else { step }
    }

    /// Where the state after it stands.
    #[inline(always)]
    pub fn after(&self, step: usize) -> usize {
        if self.reversed { step } else { step + 1 }
    }

    /// The first scalar of a row of the output that is the state after the walk's step of this number, if it is one.
    #[inline(always)]
    pub fn place(&self, number: usize) -> Option<usize> {
        if !self.only_last {
            return Some((self.step(number) * self.directions + self.direction) * H);
        }
        (number + 1 == self.steps).then_some(self.direction * H)
    }

    /// Whether no gradient is handed back from the walk's step of this number.
    #[inline(always)]
    pub fn cuts_before(&self, number: usize) -> bool {
        number > 0 && number.is_multiple_of(self.truncation)
    }
}

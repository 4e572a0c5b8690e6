//! The sizes of a convolution, and how a copy of its input stands in memory.

/// The sizes of a convolution over planes of rows and columns. One over a single axis has planes of one row.
///
/// Each filter sums over all channels of its group, and over a window of `kernel` elements of them that are
/// `dilation` apart; from one output to the next it moves by `stride`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geometry {
    /// Planes of the input, and rows and columns of each.
    pub input: [usize; 3],
    /// Planes of the output, and rows and columns of each.
    pub output: [usize; 3],
    /// Rows and columns of a window.
    pub kernel: [usize; 2],
    /// By how many rows and columns the window moves.
    pub stride: [usize; 2],
    /// Rows and columns of zeros before the first. How many there are behind the last follows from the output.
    pub padding: [usize; 2],
    /// From one row, and column, of the window to the next.
    pub dilation: [usize; 2],
    /// Parts of the channels and the filters that have nothing to do with one another.
    pub groups: usize,
}

/// How planes stand in memory: each row in as many phases as the stride has columns, so that what a row of outputs
/// multiplies by one weight is contiguous.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Rows of a plane.
    pub rows: usize,
    /// Phases of a row: column c is in phase c mod phases.
    pub phases: usize,
    /// Scalars of a phase.
    pub length: usize,
}

impl Layout {
    /// From one row to the next.
    #[inline(always)]
    pub const fn pitch(&self) -> usize {
        self.phases * self.length
    }

    /// From one plane to the next.
    #[inline(always)]
    pub const fn plane(&self) -> usize {
        self.rows * self.pitch()
    }
}

impl Geometry {
    /// Windows that move by one element, over all channels, without padding.
    #[must_use]
    #[inline(always)]
    pub const fn new(input: [usize; 3], output: [usize; 3], kernel: [usize; 2]) -> Self {
        let (stride, padding, dilation) = ([1; 2], [0; 2], [1; 2]);
        Self { input, output, kernel, stride, padding, dilation, groups: 1 }
    }

    /// With this stride.
    #[must_use]
    #[inline(always)]
    pub const fn stride(self, stride: [usize; 2]) -> Self {
        Self { stride, ..self }
    }

    /// With so many zeros before the first row and column.
    #[must_use]
    #[inline(always)]
    pub const fn padding(self, padding: [usize; 2]) -> Self {
        Self { padding, ..self }
    }

    /// With this dilation.
    #[must_use]
    #[inline(always)]
    pub const fn dilation(self, dilation: [usize; 2]) -> Self {
        Self { dilation, ..self }
    }

    /// In so many groups.
    #[must_use]
    #[inline(always)]
    pub const fn groups(self, groups: usize) -> Self {
        Self { groups, ..self }
    }

    /// Scalars of one sample of the input.
    #[inline(always)]
    pub(super) const fn inputs(&self) -> usize {
        self.input[0] * self.input[1] * self.input[2]
    }

    /// Scalars of one sample of the output.
    #[inline(always)]
    pub(super) const fn outputs(&self) -> usize {
        self.output[0] * self.output[1] * self.output[2]
    }

    /// Channels of a group.
    #[inline(always)]
    pub(super) const fn channels(&self) -> usize {
        self.input[0] / at_least_one(self.groups)
    }

    /// Filters of a group.
    #[inline(always)]
    pub(super) const fn filters(&self) -> usize {
        self.output[0] / at_least_one(self.groups)
    }

    /// Elements of a window in a plane.
    #[inline(always)]
    pub const fn window(&self) -> usize {
        self.kernel[0] * self.kernel[1]
    }

    /// Products of each output: rows of the weight.
    #[inline(always)]
    pub(super) const fn taps(&self) -> usize {
        self.channels() * self.window()
    }

    /// By how many elements a window moves along an axis: what can be divided by without a check.
    #[inline(always)]
    pub const fn step(&self, axis: usize) -> usize {
        at_least_one(self.stride[axis])
    }

    /// From the first element of a window to the last.
    #[inline(always)]
    const fn reach(&self, axis: usize) -> usize {
        (self.kernel[axis] - 1) * self.dilation[axis]
    }

    /// The planes of a group as windows read them: with padding, and in phases.
    #[inline(always)]
    pub(super) const fn padded_input(&self) -> Layout {
        let [_, rows, columns] = self.output;
        let needed = (columns - 1) * self.stride[1] + self.reach(1) + 1;
        Layout {
            rows: (rows - 1) * self.stride[0] + self.reach(0) + 1,
            phases: self.step(1),
            length: needed.div_ceil(self.step(1)),
        }
    }

    /// Whether windows can read the planes where they are.
    #[inline(always)]
    pub(super) const fn reads_input(&self) -> bool {
        let [_, rows, columns] = self.input;
        let layout = self.padded_input();
        self.padding[0] == 0
            && self.padding[1] == 0
            && self.stride[1] == 1
            && layout.rows <= rows
            && layout.length <= columns
    }

    /// The layout of the planes where they are.
    #[inline(always)]
    pub(super) const fn plain_input(&self) -> Layout {
        Layout { rows: self.input[1], phases: 1, length: self.input[2] }
    }

    /// How far dJ/dy of a group reaches when dJ/dx is computed from it: rows and columns of zeros before the first,
    /// and rows and columns in all.
    #[inline(always)]
    pub(super) const fn padded_delta(&self) -> ([usize; 2], Layout) {
        let before = [self.reach(0) / self.step(0), self.reach(1) / self.step(1)];
        let last = [
            (self.input[1] - 1 + self.padding[0]) / self.step(0),
            (self.input[2] - 1 + self.padding[1]) / self.step(1),
        ];
        let layout =
            Layout { rows: before[0] + last[0] + 1, phases: 1, length: before[1] + last[1] + 1 };
        (before, layout)
    }

    /// Whether dJ/dy can be read where it is.
    #[inline(always)]
    pub(super) const fn reads_delta(&self) -> bool {
        let (before, layout) = self.padded_delta();
        before[0] == 0
            && before[1] == 0
            && layout.rows <= self.output[1]
            && layout.length <= self.output[2]
    }

    /// Columns of an output row, filled up to whole lanes.
    #[inline(always)]
    pub(super) const fn filled_columns(&self, lanes: usize) -> usize {
        self.output[2].div_ceil(at_least_one(lanes)) * lanes
    }

    /// Scalars that the forward pass works in for each sample.
    #[must_use]
    pub const fn forward_scratch(&self) -> usize {
        if self.reads_input() { 0 } else { self.channels() * self.padded_input().plane() }
    }

    /// Scalars that dJ/dx works in for each sample.
    #[must_use]
    pub const fn input_gradient_scratch(&self) -> usize {
        if self.reads_delta() { 0 } else { self.filters() * self.padded_delta().1.plane() }
    }

    /// Scalars that dJ/dW works in for each sample, where a vector of 32 bytes has so many lanes.
    #[must_use]
    pub const fn weight_gradient_scratch(&self, lanes: usize) -> usize {
        let filled = self.filled_columns(lanes);
        let is_whole = filled == self.output[2];
        let delta = if is_whole { 0 } else { self.filters() * self.output[1] * filled };
        if is_whole && self.reads_input() {
            return 0;
        }
        // What is read behind the last row belongs to no output.
        self.channels() * self.padded_input().plane() + filled - self.output[2] + delta
    }
}

/// A number that the compiler knows not to be zero.
const fn at_least_one(number: usize) -> usize {
    if number == 0 { 1 } else { number }
}

//! How much the kernels work in: the same sums as `kernels::conv::Geometry` of the runtime, which looks at the memory
//! that it is given.

/// A group of a convolution, rows before columns.
pub struct Sizes {
    pub channels: usize,
    pub filters: usize,
    pub input: [usize; 2],
    pub output: [usize; 2],
    pub kernel: [usize; 2],
    pub stride: [usize; 2],
    pub padding: [usize; 2],
    pub dilation: [usize; 2],
}

impl Sizes {
    /// From the first element of a window to the last.
    fn reach(&self, axis: usize) -> usize {
        (self.kernel[axis] - 1) * self.dilation[axis]
    }

    /// Rows, and columns rounded up to whole strides, that the windows read of each plane.
    fn padded_input(&self) -> [usize; 2] {
        let needed =
            |axis: usize| (self.output[axis] - 1) * self.stride[axis] + self.reach(axis) + 1;
        [needed(0), needed(1).next_multiple_of(self.stride[1])]
    }

    /// Whether they can read the planes where they are.
    fn reads_input(&self) -> bool {
        let [rows, columns] = self.padded_input();
        self.padding == [0; 2]
            && self.stride[1] == 1
            && rows <= self.input[0]
            && columns <= self.input[1]
    }

    /// A copy of the planes, with padding.
    pub fn count_forward(&self) -> usize {
        let [rows, columns] = self.padded_input();
        if self.reads_input() { 0 } else { self.channels * rows * columns }
    }

    /// A copy of dJ/dy, with as many zeros as the windows reach back.
    pub fn count_input_gradient(&self) -> usize {
        let before = |axis: usize| self.reach(axis) / self.stride[axis];
        let all = |axis: usize| {
            let last = (self.input[axis] - 1 + self.padding[axis]) / self.stride[axis];
            before(axis) + last + 1
        };
        let reads_delta = (0..2).all(|axis| before(axis) == 0 && all(axis) <= self.output[axis]);
        if reads_delta { 0 } else { self.filters * all(0) * all(1) }
    }

    /// A copy of the planes, and one of dJ/dy in rows of whole vectors.
    pub fn count_weight_gradient(&self, lanes: usize) -> usize {
        let filled = self.output[1].next_multiple_of(lanes);
        if filled == self.output[1] {
            return self.count_forward();
        }
        let [rows, columns] = self.padded_input();
        self.channels * rows * columns + filled - self.output[1]
            + self.filters * self.output[0] * filled
    }
}

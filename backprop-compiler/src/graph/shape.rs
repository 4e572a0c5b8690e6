//! Shapes: what a value's flat scalars mean.

use core::fmt;

/// The lengths of a value's axes, outermost first; the scalars stand in row-major order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape(Vec<usize>);

impl Shape {
    /// A shape of one axis or more, each at least 1; `None` where the scalars cannot be counted in
    /// 32 bits, which no target could hold.
    #[must_use]
    pub fn new(axes: Vec<usize>) -> Option<Self> {
        let count = axes.iter().try_fold(1_usize, |count, axis| count.checked_mul(*axis))?;
        (!axes.is_empty() && count > 0 && u32::try_from(count).is_ok()).then_some(Self(axes))
    }

    /// One axis of `length` scalars.
    #[must_use]
    pub fn flat(length: usize) -> Self {
        Self(vec![length])
    }

    /// How many scalars there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.iter().product()
    }

    /// The axes.
    #[must_use]
    pub fn axes(&self) -> &[usize] {
        &self.0
    }

    /// A step of it, if time runs along that axis.
    #[must_use]
    pub fn at_one_step(&self, axis: usize) -> Self {
        let mut axes = self.0.clone();
        axes[axis] = 1;
        Self(axes)
    }

    /// The number of axes.
    #[must_use]
    pub fn rank(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let axes: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        write!(formatter, "[{}]", axes.join(", "))
    }
}

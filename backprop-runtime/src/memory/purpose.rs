//! What a workspace is for decides how large it is.

use crate::scalar::Scalar;
use crate::zero::Zero;

use super::place::narrow;

/// A workspace for inference only: the smallest.
#[derive(Clone, Copy, Debug)]
pub enum Inference {}

/// A workspace for inference and for training steps on one sample.
#[derive(Clone, Copy, Debug)]
pub enum Step {}

/// A workspace for everything: a tile of a batch, and the gradient.
#[derive(Clone, Copy, Debug)]
pub enum Batch {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Inference {}
    impl Sealed for super::Step {}
    impl Sealed for super::Batch {}
}

/// [`Inference`], [`Step`] or [`Batch`].
pub trait Purpose: sealed::Sealed {
    /// The memory that a network needs for it.
    #[doc(hidden)]
    type Of<N: Plans>: Scratch<N::Scalar>;
}

impl Purpose for Inference {
    type Of<N: Plans> = N::Inference;
}

impl Purpose for Step {
    type Of<N: Plans> = N::Step;
}

impl Purpose for Batch {
    type Of<N: Plans> = N::Batch;
}

/// [`Step`] or [`Batch`]: enough for training steps.
pub trait HoldsStep: Purpose {}

impl HoldsStep for Step {}
impl HoldsStep for Batch {}

/// The memory plans of a network.
pub trait Plans {
    /// `f32` or `f64`.
    type Scalar: Scalar;
    /// For [`Inference`](enum@Inference).
    type Inference: Scratch<Self::Scalar>;
    /// For [`Step`](enum@Step).
    type Step: Scratch<Self::Scalar>;
    /// For [`Batch`](enum@Batch).
    type Batch: Scratch<Self::Scalar>;
}

/// Memory that can be seen as rows of any width that fits; what does not fit does not compile.
pub trait Scratch<T>: Zero {
    /// The first `ROWS * WIDTH` scalars.
    fn scratch<const WIDTH: usize, const ROWS: usize>(&mut self) -> &mut [[T; WIDTH]; ROWS];
}

impl<T: Scalar, const W: usize, const R: usize> Scratch<T> for [[T; W]; R] {
    #[inline(always)]
    fn scratch<const WIDTH: usize, const ROWS: usize>(&mut self) -> &mut [[T; WIDTH]; ROWS] {
        narrow(self)
    }
}

/// One tile's memory, the gradient of a batch, and that of a tile where layers are shared.
#[repr(C)]
#[derive(Debug)]
pub struct BatchMemory<M, G, S> {
    /// Values and deltas of a tile.
    pub memory: M,
    /// The gradient of the batch.
    pub gradient: G,
    /// The gradient of the tile, or `()`.
    pub tile_gradient: S,
}

impl<M: Zero, G: Zero, S: Zero> Zero for BatchMemory<M, G, S> {
    const ZERO: Self = Self { memory: M::ZERO, gradient: G::ZERO, tile_gradient: S::ZERO };
}

impl<T, M: Scratch<T>, G: Zero, S: Zero> Scratch<T> for BatchMemory<M, G, S> {
    #[inline(always)]
    fn scratch<const WIDTH: usize, const ROWS: usize>(&mut self) -> &mut [[T; WIDTH]; ROWS] {
        self.memory.scratch()
    }
}

//! What becomes of an op in a network that runs step by step, as time passes.

use std::rc::Rc;

use super::Op;

/// What stands in an op's place when its operands are those of a single step: their axis of time has a length of 1.
#[derive(Debug)]
pub struct Streamed {
    /// The op of a step; `None` for the same one.
    pub op: Option<Rc<dyn Op>>,
    /// Along which axis of the output time runs; `None` where the output is what is known by now.
    pub axis: Option<usize>,
}

/// Why an op cannot: what follows its name.
pub type Obstacle = &'static str;

/// What most layers say.
pub const WHOLE: Obstacle = "needs the whole sequence at once";

/// What those say that leave steps apart along another axis.
pub const ACROSS: Obstacle = "puts steps together";

impl Streamed {
    /// An op that computes each step by itself.
    pub fn itself(axis: usize) -> Result<Self, Obstacle> {
        Ok(Self { op: None, axis: Some(axis) })
    }

    /// The same, if it leaves steps apart.
    ///
    /// # Errors
    ///
    /// If not.
    pub fn itself_if(steps_stay_apart: bool, axis: usize) -> Result<Self, Obstacle> {
        if steps_stay_apart { Self::itself(axis) } else { Err(ACROSS) }
    }

    /// Another op, along the same axis.
    pub fn replace(op: impl Op + 'static, axis: Option<usize>) -> Result<Self, Obstacle> {
        Ok(Self { op: Some(Rc::new(op)), axis })
    }
}

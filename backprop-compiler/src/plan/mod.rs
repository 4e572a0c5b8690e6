//! Gives every buffer of a program its place in a row of the workspace; buffers whose lives do not
//! overlap share memory.

mod budget;
mod memory;
mod pack;

pub use self::budget::check_budget;
pub use self::memory::{Memory, Planned, Stream, Training};
use self::pack::{Life, pack};
use crate::graph::Graph;
use crate::program::{Buffer, Program, count_scalars};

/// Where everything stands.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Scalars of one row.
    pub width: usize,
    /// Each buffer's first scalar, in the order of the buffers.
    offsets: Vec<(Buffer, usize)>,
}

impl Plan {
    /// Plans the memory of a program.
    #[must_use]
    pub fn build(graph: &Graph, program: &Program) -> Self {
        let lives = find_lives(graph, program);
        let (width, offsets) = pack(&lives);
        let offsets =
            program.classes.iter().map(|(buffer, class)| (*buffer, offsets[*class])).collect();
        Self { width, offsets }
    }

    /// The first scalar of a buffer in a row; `None` for the caller's memory.
    #[must_use]
    pub fn offset(&self, buffer: Buffer) -> Option<usize> {
        let index = self.offsets.binary_search_by_key(&buffer, |(other, _)| *other).ok()?;
        Some(self.offsets[index].1)
    }
}

/// By class: how large it is, and from which step to which it is in use.
fn find_lives(graph: &Graph, program: &Program) -> Vec<Life> {
    let count = program.classes.iter().map(|(_, class)| class + 1).max().unwrap_or(0);
    let mut lives = vec![Life { size: 0, first: usize::MAX, last: 0 }; count];
    for (index, planned) in program.steps.iter().enumerate() {
        let access = planned.step.access(graph, program.goal);
        for buffer in access.buffers() {
            let Some(class) = program.class(buffer) else { continue };
            let life = &mut lives[class];
            life.size = life.size.max(count_scalars(graph, buffer));
            life.first = life.first.min(index);
            life.last = life.last.max(index);
        }
    }
    lives
}

/// Samples per tile of a batch, where the declaration does not say: as many rows as keep the tile's
/// values within 64 KiB, between 1 and 32; 64 where they still take less memory than the gradient, which
/// each tile passes over once. A macro does not know its target, so this depends on the declaration only.
#[must_use]
pub fn choose_tile(graph: &Graph, width: usize) -> usize {
    const TILE_BYTES: usize = 64 * 1024;
    graph.declared_tile.unwrap_or_else(|| {
        if graph.count_parameters(|one| one.trainable) > width.saturating_mul(64) {
            return 64;
        }
        let rows = TILE_BYTES / (width.max(1) * graph.dtype.bytes());
        if rows >= 32 { 32 } else { (rows + 1).next_power_of_two() / 2 }.max(1)
    })
}

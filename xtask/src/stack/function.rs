//! One function: every path through it, with the depth of the stack at each instruction.

use std::collections::{BTreeMap, BTreeSet};

use super::disassembly::{Architecture, Image};
use super::graph::Graph;
use super::operation::Flow;
use super::pointers::find_pointees;
use super::registers::{Registers, Value};

/// A stack that is deeper each time that a loop comes round never settles.
const MAX_VISITS: u32 = 1_000;

/// A call, or a jump for good, to another function.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    pub target: u32,
    /// How deep the stack is already.
    pub depth: i32,
    pub is_call: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Function {
    /// How deep the stack gets in the function itself.
    pub deepest: i32,
    pub edges: Vec<Edge>,
    /// How much deeper the stack is on return: 0 but in what saves registers for its caller. `None` if the
    /// function does not return.
    pub left_behind: Option<i32>,
    /// Calls through a register of which nothing is known: addresses of the instructions.
    pub indirect: Vec<u32>,
}

impl Function {
    /// What is taken for granted of a function that is being followed already.
    pub fn assume() -> Self {
        Self { left_behind: Some(0), ..Self::default() }
    }
}

/// What one instruction does to the state that it is reached with.
#[derive(Default)]
struct Step {
    successors: Vec<(usize, Registers)>,
    edges: Vec<Edge>,
    left_behind: Option<i32>,
    deepest: i32,
    is_indirect: bool,
    /// The state that the cases of a `match` begin with.
    table: Option<Registers>,
}

pub struct Walk<'a, 'image> {
    graph: &'a mut Graph<'image>,
    image: &'image Image,
    range: (u32, u32),
    states: BTreeMap<usize, Registers>,
    visits: BTreeMap<usize, u32>,
    work: Vec<usize>,
    /// Jumps through a register that lead to the cases of a `match`.
    tables: BTreeSet<usize>,
}

impl<'a, 'image> Walk<'a, 'image> {
    pub fn new(graph: &'a mut Graph<'image>, entry: u32) -> Self {
        let image = graph.image;
        Self {
            graph,
            image,
            range: image.find_range(entry),
            states: BTreeMap::new(),
            visits: BTreeMap::new(),
            work: Vec::new(),
            tables: BTreeSet::new(),
        }
    }

    pub fn run(mut self, entry: u32) -> Result<Function, String> {
        let first = self
            .image
            .find_line(entry)
            .ok_or_else(|| format!("`{}` is not in the disassembly", self.image.describe(entry)))?;
        self.reach(first, Registers::at_entry(self.image.architecture.stack_pointer()))?;
        loop {
            while let Some(index) = self.work.pop() {
                let before = self.states[&index];
                for (successor, registers) in self.step(index, before)?.successors {
                    self.reach(successor, registers)?;
                }
            }
            if !self.reach_cases()? {
                return self.summarise();
            }
        }
    }

    fn reach(&mut self, index: usize, registers: Registers) -> Result<(), String> {
        let joined = match self.states.get(&index) {
            Some(known) => known.join(&registers),
            None => registers,
        };
        if self.states.insert(index, joined) != Some(joined) {
            let visits = self.visits.entry(index).or_default();
            *visits += 1;
            if *visits > MAX_VISITS {
                return Err(format!("the stack grows in a loop, {}", self.locate(index)));
            }
            self.work.push(index);
        }
        Ok(())
    }

    /// The targets of a jump through a table are in data, and are not read: code that nothing else leads
    /// to, behind an instruction that does not fall through, is a case of the `match`.
    fn reach_cases(&mut self) -> Result<bool, String> {
        let mut cases: Option<Registers> = None;
        for (index, before) in self.states.clone() {
            if let Some(registers) = self.step(index, before)?.table {
                cases = Some(cases.map_or(registers, |known| known.join(&registers)));
                self.tables.insert(index);
            }
        }
        let starts = self.find_unreached();
        let Some(registers) = cases.filter(|_| !starts.is_empty()) else {
            // Jumps found since the last cases lead to none of their own.
            return Ok(false);
        };
        for index in starts {
            self.reach(index, registers)?;
        }
        Ok(true)
    }

    fn find_unreached(&self) -> Vec<usize> {
        let (start, end) = self.range;
        let Some(first) = self.image.find_line(start) else { return Vec::new() };
        let within = (first..self.image.lines.len())
            .take_while(|index| self.image.lines[*index].address < end);
        let is_start = |index: &usize| {
            let is_behind = *index == first
                || self.states.contains_key(&(index - 1))
                || !self.image.operations[index - 1].falls_through();
            !self.states.contains_key(index)
                && !self.image.operations[*index].is_padding
                && is_behind
        };
        within.filter(is_start).collect()
    }

    fn summarise(mut self) -> Result<Function, String> {
        let mut function = Function::default();
        for (index, before) in self.states.clone() {
            let step = self.step(index, before)?;
            function.deepest = function.deepest.max(step.deepest);
            function.edges.extend(step.edges);
            function.left_behind = function.left_behind.max(step.left_behind);
            if step.is_indirect {
                function.indirect.push(self.image.lines[index].address);
            }
        }
        Ok(function)
    }

    fn step(&mut self, index: usize, before: Registers) -> Result<Step, String> {
        let operation = &self.image.operations[index];
        let mut after = before;
        let mut step = Step { deepest: before.depth(), ..Step::default() };
        for effect in &operation.effects {
            after.apply(*effect).map_err(|()| {
                format!("how the stack pointer changes is not understood, {}", self.locate(index))
            })?;
            step.deepest = step.deepest.max(after.depth());
        }
        match operation.flow {
            Flow::Next => self.go_on(&mut step, index, after)?,
            Flow::Branch(target) => {
                self.jump(&mut step, target, after)?;
                self.go_on(&mut step, index, after)?;
            }
            Flow::Jump(target) => self.jump(&mut step, target, after)?,
            Flow::Call(target) => self.call(&mut step, index, target, after)?,
            Flow::CallRegister { register, offset } => match before.get(register) {
                Value::Constant(base) => {
                    self.call(&mut step, index, to_address(base, offset), after)?;
                }
                _ => {
                    self.follow_pointers(&mut step, after.depth(), true)?;
                    after.keep(|register| self.image.architecture.is_preserved(register));
                    self.go_on(&mut step, index, after)?;
                }
            },
            Flow::JumpRegister { register, offset, may_be_table } => match before.get(register) {
                Value::Constant(base) => self.jump(&mut step, to_address(base, offset), after)?,
                _ if self.image.architecture.is_link(register) => {
                    step.left_behind = Some(after.depth());
                }
                _ if may_be_table && self.is_table(index, &after) => step.table = Some(after),
                _ => {
                    self.follow_pointers(&mut step, after.depth(), false)?;
                    step.left_behind = Some(after.depth());
                }
            },
            Flow::Table => step.table = Some(after),
            Flow::Return => step.left_behind = Some(after.depth()),
            Flow::Stop => {}
            Flow::Undecoded => return Err(format!("no instruction, {}", self.locate(index))),
        }
        if operation.is_conditional {
            let skipped = if operation.flow == Flow::Next { before.join(&after) } else { before };
            self.go_on(&mut step, index, skipped)?;
        }
        Ok(step)
    }

    /// Whoever leaves through a register for another function has given its frame back, and left no code
    /// that nothing leads to.
    fn is_table(&self, index: usize, registers: &Registers) -> bool {
        registers.depth() != 0 || self.tables.contains(&index) || !self.find_unreached().is_empty()
    }

    fn go_on(&mut self, step: &mut Step, index: usize, registers: Registers) -> Result<(), String> {
        match self.image.find_next(index) {
            Some(next) => self.jump(step, self.image.lines[next].address, registers),
            None => Ok(()),
        }
    }

    fn jump(&mut self, step: &mut Step, target: u32, registers: Registers) -> Result<(), String> {
        if let Some(next) = self.image.find_line(target).filter(|_| self.is_within(target)) {
            step.successors.push((next, registers));
            return Ok(());
        }
        let left_behind = self.graph.follow(target)?.left_behind;
        step.left_behind = left_behind.map(|bytes| bytes + registers.depth());
        step.edges.push(Edge { target, depth: registers.depth(), is_call: false });
        Ok(())
    }

    fn call(
        &mut self,
        step: &mut Step,
        index: usize,
        target: u32,
        registers: Registers,
    ) -> Result<(), String> {
        // A Cortex-M0 jumps far within a function by `bl`, for want of another instruction that reaches.
        let architecture = self.image.architecture;
        let is_far_jump = architecture == Architecture::Thumb && target != self.range.0;
        if is_far_jump && self.is_within(target) {
            return self.jump(step, target, registers);
        }
        step.edges.push(Edge { target, depth: registers.depth(), is_call: true });
        let Some(left_behind) = self.graph.follow(target)?.left_behind else { return Ok(()) };
        let mut after = registers;
        // What the compiler cut out of functions keeps to no convention.
        let is_outlined = self.image.describe(target).starts_with("OUTLINED_FUNCTION");
        after.keep(|register| !is_outlined && architecture.is_preserved(register));
        after.move_stack_pointer(left_behind);
        step.deepest = step.deepest.max(after.depth());
        self.go_on(step, index, after)
    }

    /// All that a call through a register may lead to; they leave the stack as it is.
    fn follow_pointers(
        &mut self,
        step: &mut Step,
        depth: i32,
        is_call: bool,
    ) -> Result<(), String> {
        let targets = find_pointees(self.image, &self.image.describe(self.range.0));
        step.is_indirect = targets.is_empty();
        for target in targets {
            self.graph.follow(target)?;
            step.edges.push(Edge { target, depth, is_call });
        }
        Ok(())
    }

    fn is_within(&self, address: u32) -> bool {
        (self.range.0..self.range.1).contains(&address)
    }

    fn locate(&self, index: usize) -> String {
        let line = &self.image.lines[index];
        let name = self.image.describe(self.range.0);
        format!("in `{name}` at {:#x}: {} {}", line.address, line.mnemonic, line.operands)
    }
}

fn to_address(base: i32, offset: i32) -> u32 {
    base.wrapping_add(offset).cast_unsigned() & !1
}

//! The functions of an image and the calls between them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::disassembly::Image;
use super::function::{Edge, Function, Walk};

pub struct Graph<'image> {
    pub image: &'image Image,
    functions: BTreeMap<u32, Rc<Function>>,
    in_progress: BTreeSet<u32>,
}

/// The deepest that the stack gets from a function on, and the call or jump that it gets there by.
#[derive(Clone, Copy)]
struct Depth {
    bytes: i32,
    through: Option<(i32, u32)>,
}

impl<'image> Graph<'image> {
    pub fn new(image: &'image Image) -> Self {
        Self { image, functions: BTreeMap::new(), in_progress: BTreeSet::new() }
    }

    /// What the function at an address does, and, once, every function that it leads to.
    pub fn follow(&mut self, address: u32) -> Result<Rc<Function>, String> {
        if let Some(function) = self.functions.get(&address) {
            return Ok(Rc::clone(function));
        }
        if !self.in_progress.insert(address) {
            return Ok(Rc::new(Function::assume()));
        }
        let function = Rc::new(Walk::new(self, address).run(address)?);
        self.in_progress.remove(&address);
        self.functions.insert(address, Rc::clone(&function));
        Ok(function)
    }

    /// The names and frames along the deepest path from an address on. They add up to its depth.
    pub fn find_deepest(&mut self, entry: u32) -> Result<Vec<(String, u32)>, String> {
        self.follow(entry)?;
        let reached = self.find_reached(entry);
        if let Some(cycle) = self.find_cycles(&reached).first() {
            return Err(format!("recursion has no deepest stack: {}", cycle.join(", ")));
        }
        let indirect = self.list_indirect(&reached);
        if let Some((name, instruction)) = indirect.first() {
            return Err(format!("where `{name}` goes is not known: {instruction}"));
        }
        let depths = self.settle_depths(&reached);
        let mut path = Vec::new();
        let mut next = Some(entry);
        while let Some(address) = next {
            let depth = depths[&address];
            let frame = depth.through.map_or(depth.bytes, |(frame, _)| frame);
            path.push((self.image.describe(address), frame.max(0).cast_unsigned()));
            next = depth.through.map(|(_, target)| target);
        }
        Ok(path)
    }

    /// Rounds over all functions until none gets deeper, since loops through several functions by jumps
    /// alone, which are no recursion, leave no order to visit them in.
    fn settle_depths(&self, reached: &BTreeSet<u32>) -> BTreeMap<u32, Depth> {
        let own = |address| Depth { bytes: self.functions[address].deepest, through: None };
        let mut depths: BTreeMap<u32, Depth> =
            reached.iter().map(|address| (*address, own(address))).collect();
        let mut is_settled = false;
        while !is_settled {
            is_settled = true;
            for address in reached {
                for edge in &self.functions[address].edges {
                    let frame = edge.depth.max(0);
                    let bytes = frame + depths[&edge.target].bytes;
                    if bytes > depths[address].bytes {
                        depths
                            .insert(*address, Depth { bytes, through: Some((frame, edge.target)) });
                        is_settled = false;
                    }
                }
            }
        }
        depths
    }

    /// The functions that call themselves, by way of others or not: one list for each set of functions that
    /// lead to each other.
    pub fn find_cycles(&self, among: &BTreeSet<u32>) -> Vec<Vec<String>> {
        let mut cycles = Vec::new();
        let mut seen = BTreeSet::new();
        let reached: BTreeMap<u32, BTreeSet<u32>> =
            among.iter().map(|address| (*address, self.find_reached_by_edges(*address))).collect();
        for address in among {
            if !reached[address].contains(address) || !seen.insert(*address) {
                continue;
            }
            let returns = |target: &u32| *target == *address || reached[target].contains(address);
            let members: Vec<u32> =
                reached[address].iter().copied().filter(|member| returns(member)).collect();
            seen.extend(&members);
            // A jump that leaves nothing on the stack makes a loop at most.
            let is_deepening =
                |edge: &Edge| members.contains(&edge.target) && (edge.is_call || edge.depth > 0);
            if members.iter().any(|member| self.functions[member].edges.iter().any(is_deepening)) {
                cycles.push(members.iter().map(|member| self.image.describe(*member)).collect());
            }
        }
        cycles
    }

    pub fn list_indirect(&self, among: &BTreeSet<u32>) -> Vec<(String, String)> {
        let describe = |address: &u32| {
            let line = self.image.find_line(*address).map(|index| &self.image.lines[index])?;
            let name = self.image.describe(self.image.find_range(*address).0);
            Some((name, format!("{:#x}: {} {}", line.address, line.mnemonic, line.operands)))
        };
        // Functions that are entered at two addresses share instructions.
        let instructions: BTreeSet<u32> =
            among.iter().flat_map(|address| self.functions[address].indirect.clone()).collect();
        instructions.iter().filter_map(describe).collect()
    }

    /// A function and all that it leads to.
    pub fn find_reached(&self, entry: u32) -> BTreeSet<u32> {
        let mut reached = self.find_reached_by_edges(entry);
        reached.insert(entry);
        reached
    }

    fn find_reached_by_edges(&self, entry: u32) -> BTreeSet<u32> {
        let mut reached = BTreeSet::new();
        let mut work = vec![entry];
        while let Some(address) = work.pop() {
            for edge in &self.functions[&address].edges {
                if reached.insert(edge.target) {
                    work.push(edge.target);
                }
            }
        }
        reached
    }
}

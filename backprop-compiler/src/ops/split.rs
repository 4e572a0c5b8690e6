//! `split`: an axis in several parts, each with a name of its own.

use std::rc::Rc;

use super::slice::walk_range;
use super::strided::{Rearrange, Strided, Walk, find_axis};
use super::{Layer, Misfit, Op};
use crate::diagnostics::Rule;
use crate::graph::Shape;
use crate::resolve::{Arguments, PerAxis};

pub const LAYER: Layer = Layer {
    keyword: "split",
    docs: "`split(sizes, axis = 0)`: an axis in as many parts as there are names, `let (a, b) = x -> split([2, 3]);`: of the given sizes, of one size, or, without sizes, equal ones.",
    // It has a place in a `let` of several names only.
    examples: &[],
    example_shape: &[4],
    configure,
};

#[derive(Clone, Debug)]
struct Split {
    sizes: Option<PerAxis>,
    axis: usize,
    /// Which of how many parts, once they have names.
    part: Option<(usize, usize)>,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let sizes = arguments.take_per_axis("sizes", true);
    let axis = arguments.take_integer("axis", 0);
    Some(Rc::new(Strided(Split { sizes: sizes?, axis, part: None })))
}

/// What is wrong with the parts.
fn misfit(headline: String, help: &str) -> Misfit {
    Misfit { rule: Rule::SplitParts, headline, help: help.to_owned() }
}

impl Split {
    /// The sizes of the parts of an axis of this length.
    fn list_sizes(&self, length: usize, parts: usize) -> Result<Vec<usize>, Misfit> {
        let Some(sizes) = &self.sizes else {
            if !length.is_multiple_of(parts) {
                let headline = format!("an axis of length {length} has no {parts} equal parts");
                return Err(misfit(headline, "give their sizes: `split([2, 3])`"));
            }
            return Ok(vec![length / parts; parts]);
        };
        let Some(list) = sizes.for_axes(parts) else {
            let given = sizes.as_slice().len();
            let headline = format!("{given} sizes for {parts} names");
            return Err(misfit(headline, "give each part a size and a name"));
        };
        let sum = list.iter().fold(0_usize, |sum, size| sum.saturating_add(*size));
        if sum != length || list.contains(&0) {
            let headline = format!("parts of {list:?} do not make an axis of length {length}");
            return Err(misfit(headline, "give sizes from 1 whose sum is the length"));
        }
        Ok(list)
    }
}

impl Rearrange for Split {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        let sizes = self.sizes.as_ref().map(|sizes| format!("{sizes}, ")).unwrap_or_default();
        let (part, parts) = self.part.unwrap_or_default();
        format!("{sizes}axis = {}, part {part} of {parts}", self.axis)
    }

    fn take_part(&self, part: usize, parts: usize) -> Option<Self> {
        Some(Self { part: Some((part, parts)), ..self.clone() })
    }

    fn arrange(&self, input: &Shape) -> Result<Walk, Misfit> {
        let Some((part, parts)) = self.part else {
            let headline = "`split` gives several values".to_owned();
            return Err(misfit(headline, "name each: `let (a, b) = value -> split;`"));
        };
        let axis = find_axis(LAYER.keyword, self.axis, input)?;
        let sizes = self.list_sizes(input.axes()[axis], parts)?;
        let start = sizes[..part].iter().sum();
        walk_range(input, axis, start..start + sizes[part], 1)
    }

    fn describe(&self) -> (&'static str, &'static str) {
        ("a part of", "zeros around")
    }
}

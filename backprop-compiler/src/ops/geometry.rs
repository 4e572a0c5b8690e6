//! The sizes of a layer whose window moves over planes: convolutions and pools share this. What the kernels work in
//! are the sums of `kernels::conv::Geometry` of the runtime, which looks at the memory that it is given.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Call, Misfit};
use crate::diagnostics::Rule;
use crate::emit::names::size;
use crate::graph::Shape;

/// Rows before columns; a single axis is a row.
#[derive(Clone, Copy, Debug)]
pub struct Geometry {
    pub channels: usize,
    pub filters: usize,
    pub input: [usize; 2],
    pub output: [usize; 2],
    pub kernel: [usize; 2],
    pub stride: [usize; 2],
    pub padding: [usize; 2],
    pub dilation: [usize; 2],
    pub groups: usize,
}

/// What has a geometry, once it knows what it reads.
pub trait Windowed {
    /// The sizes for a value of this shape, and the output's axes.
    ///
    /// # Errors
    ///
    /// If the window does not fit the value.
    fn fit(&self, shape: &Shape) -> Result<(Geometry, Vec<usize>), Misfit>;

    /// The sizes for a value whose shape has been inferred.
    fn fitted(&self, shape: &Shape) -> Option<Geometry> {
        self.fit(shape).ok().map(|(geometry, _)| geometry)
    }

    /// The same in the generated code.
    fn emit_geometry(&self, call: &Call<'_>) -> TokenStream {
        self.fitted(call.input_shapes[0]).map_or_else(TokenStream::new, |sizes| sizes.emit())
    }
}

impl Geometry {
    /// A window of one element that visits all sees no rows and columns: they are one axis then.
    pub fn flatten(self) -> Self {
        let Self { input, output, kernel, stride, padding, .. } = self;
        if kernel != [1; 2] || stride != [1; 2] || padding != [0; 2] || input != output {
            return self;
        }
        let flat = [1, input[0] * input[1]];
        Self { input: flat, output: flat, ..self }
    }

    /// The geometry in the generated code.
    fn emit(&self) -> TokenStream {
        let triple = |count: usize, [rows, columns]: [usize; 2]| {
            let [count, rows, columns] = [count, rows, columns].map(size);
            quote!([#count, #rows, #columns])
        };
        let pair = |axes: [usize; 2]| {
            let [rows, columns] = axes.map(size);
            quote!([#rows, #columns])
        };
        let (input, output) =
            (triple(self.channels, self.input), triple(self.filters, self.output));
        let kernel = pair(self.kernel);
        let mut tokens = quote!(rt::conv::Geometry::new(#input, #output, #kernel));
        let settings = [
            ("stride", self.stride, 1),
            ("padding", self.padding, 0),
            ("dilation", self.dilation, 1),
        ];
        for (name, axes, default) in settings {
            if axes != [default; 2] {
                let (name, axes) = (format_ident!("{name}"), pair(axes));
                tokens.extend(quote!(.#name(#axes)));
            }
        }
        if self.groups != 1 {
            let groups = size(self.groups);
            tokens.extend(quote!(.groups(#groups)));
        }
        tokens
    }

    /// The element of a plane that an element of a window reads, both by row and column; `None` in the padding.
    pub fn find_input(&self, place: [usize; 2], element: [usize; 2]) -> Option<usize> {
        let find = |axis: usize| {
            let index = place[axis] * self.stride[axis] + element[axis] * self.dilation[axis];
            index.checked_sub(self.padding[axis]).filter(|index| *index < self.input[axis])
        };
        Some(find(0)? * self.input[1] + find(1)?)
    }

    /// From the first element of a window to the last.
    fn reach(&self, axis: usize) -> usize {
        (self.kernel[axis] - 1).saturating_mul(self.dilation[axis])
    }

    /// Rows, and columns rounded up to whole strides, that the windows read of each plane.
    fn padded_input(&self) -> [usize; 2] {
        let needed = |axis: usize| {
            let moves = (self.output[axis] - 1).saturating_mul(self.stride[axis]);
            moves.saturating_add(self.reach(axis)).saturating_add(1)
        };
        let columns = needed(1).checked_next_multiple_of(self.stride[1]);
        [needed(0), columns.unwrap_or(usize::MAX)]
    }

    /// Whether they can read the planes where they are.
    fn reads_input(&self) -> bool {
        let [rows, columns] = self.padded_input();
        self.padding == [0; 2]
            && self.stride[1] == 1
            && rows <= self.input[0]
            && columns <= self.input[1]
    }

    /// Scalars of a copy of a group's planes, with padding.
    fn count_planes(&self) -> usize {
        let [rows, columns] = self.padded_input();
        multiply([self.channels / self.groups, rows, columns])
    }

    /// What the forward pass works in.
    pub fn count_forward_scratch(&self) -> usize {
        if self.reads_input() { 0 } else { self.count_planes() }
    }

    /// What dJ/dx works in: a copy of dJ/dy, with as many zeros as the windows reach back.
    pub fn count_input_gradient_scratch(&self) -> usize {
        let before = |axis: usize| self.reach(axis) / self.stride[axis];
        let all = |axis: usize| {
            let last = (self.input[axis] - 1 + self.padding[axis]) / self.stride[axis];
            before(axis) + last + 1
        };
        let reads_delta = (0..2).all(|axis| before(axis) == 0 && all(axis) <= self.output[axis]);
        if reads_delta { 0 } else { multiply([self.filters / self.groups, all(0), all(1)]) }
    }

    /// What dJ/dW works in: a copy of the planes, and one of dJ/dy in rows of whole vectors.
    pub fn count_weight_gradient_scratch(&self, lanes: usize) -> usize {
        let filled = self.output[1].next_multiple_of(lanes);
        if filled == self.output[1] {
            return self.count_forward_scratch();
        }
        let delta = multiply([self.filters / self.groups, self.output[0], filled]);
        self.count_planes().saturating_add(filled - self.output[1]).saturating_add(delta)
    }

    /// The same, if what the kernels work in can be addressed.
    ///
    /// # Errors
    ///
    /// If not.
    pub fn check(self, keyword: &str) -> Result<Self, Misfit> {
        let counts = [
            self.count_forward_scratch(),
            self.count_input_gradient_scratch(),
            self.count_weight_gradient_scratch(LANES),
        ];
        if counts.iter().all(|count| u32::try_from(*count).is_ok()) {
            return Ok(self);
        }
        Err(Misfit {
            rule: Rule::SizeTooLarge,
            headline: format!(
                "the planes of this `{keyword}`, padding included, have more scalars than any target can address"
            ),
            help: "give a smaller `padding` or `dilation`".to_owned(),
        })
    }
}

/// The largest number of scalars in a vector.
const LANES: usize = 8;

/// The product, or the largest number there is.
fn multiply(factors: [usize; 3]) -> usize {
    factors.iter().fold(1_usize, |product, factor| product.saturating_mul(*factor))
}

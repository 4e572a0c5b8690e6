//! `concat(a, b, .., axis = 0)`: values side by side along one axis.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Call, Misfit, Obstacle, Op, Streamed, Wrt, build_shape};
use crate::diagnostics::Rule;
use crate::graph::Shape;

/// Values side by side; all other axes are equal.
#[derive(Debug)]
pub struct Concat {
    /// The axis along which they are joined, 0 the outermost.
    pub axis: usize,
}

/// In how many blocks the scalars come, and where in each block an operand's part begins.
struct Blocks {
    outer: usize,
    offset: usize,
    length: usize,
}

impl Concat {
    /// What an editor shows, and the catalogue says.
    pub const DOCS: &str = "`concat(a, b, .., axis = 0)`: values side by side along one axis.";

    fn blocks(&self, inputs: &[&Shape], operand: usize) -> Blocks {
        let inner = |shape: &Shape| shape.axes()[self.axis..].iter().product::<usize>();
        Blocks {
            outer: inputs[0].axes()[..self.axis].iter().product(),
            offset: inputs[..operand].iter().map(|shape| inner(shape)).sum(),
            length: inner(inputs[operand]),
        }
    }
}

impl Concat {
    fn emit_blocks(&self, inputs: &[&Shape], operand: usize) -> (Literal, Literal) {
        let Blocks { outer, offset, .. } = self.blocks(inputs, operand);
        (Literal::usize_unsuffixed(outer), Literal::usize_unsuffixed(offset))
    }
}

impl Op for Concat {
    fn keyword(&self) -> &'static str {
        "concat"
    }

    fn settings(&self) -> String {
        format!("axis = {}", self.axis)
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        let first = inputs[0];
        if self.axis >= first.rank() {
            return Err(Misfit {
                rule: Rule::ConcatShapes,
                headline: format!("there is no axis {} in a value of shape {first}", self.axis),
                help: match first.rank() {
                    1 => "leave `axis` out: values of one axis have no other".to_owned(),
                    rank => format!("give an `axis` from 0 to {}", rank - 1),
                },
            });
        }
        if let Some(other) = inputs.iter().find(|shape| shape.rank() != first.rank()) {
            return Err(Misfit {
                rule: Rule::ConcatShapes,
                headline: format!(
                    "`concat` needs values with the same number of axes, but the shapes are {first} \
                     and {other}"
                ),
                help: "put `flatten` or `reshape` before the join".to_owned(),
            });
        }
        let mut axes = first.axes().to_vec();
        axes[self.axis] = 0;
        for shape in inputs {
            let mut rest = shape.axes().to_vec();
            let length = std::mem::replace(&mut rest[self.axis], axes[self.axis]);
            if rest != axes {
                return Err(Misfit {
                    rule: Rule::ConcatShapes,
                    headline: format!(
                        "`concat` along axis {} needs all other axes equal, but the shapes are \
                         {first} and {shape}",
                        self.axis
                    ),
                    help: "reshape one of them, or join along another `axis`".to_owned(),
                });
            }
            axes[self.axis] += length;
        }
        build_shape(axes, "the joined value", "join fewer or smaller values")
    }

    fn stream(&self, _inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        Streamed::itself_if(self.axis != axis, axis)
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let y = &call.output;
        let parts = call.inputs.iter().enumerate().map(|(operand, x)| {
            let (outer, offset) = self.emit_blocks(&call.input_shapes, operand);
            quote!(rt::join::concat(#x, #y, #outer, #offset);)
        });
        quote!(#(#parts)*)
    }

    fn emit_input_gradient(&self, operand: usize, call: &Call<'_>) -> TokenStream {
        let (store, delta, dx) = (&call.store, &call.delta, &call.gradient);
        let (outer, offset) = self.emit_blocks(&call.input_shapes, operand);
        quote!(rt::join::concat_gradient(#store, #delta, #dx, #outer, #offset);)
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        shapes: &[&Shape],
        output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        let outer = self.blocks(shapes, 0).outer;
        let mut joined = Vec::with_capacity(output.count());
        for block in 0..outer {
            for (operand, values) in inputs.iter().enumerate() {
                let length = self.blocks(shapes, operand).length;
                joined.extend_from_slice(&values[block * length..(block + 1) * length]);
            }
        }
        joined
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = concat({})", inputs.join(", "))
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        let Wrt::Input(operand) = wrt else { return String::new() };
        format!("dJ/d{} = its part of dJ/d{output}", inputs[operand])
    }
}

//! `glu`: the first half of an axis, each element let through by the sigmoid of its partner in the second.

use std::rc::Rc;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Call, Layer, Misfit, Obstacle, Op, Reads, Streamed, Wrt};
use crate::diagnostics::Rule;
use crate::graph::Shape;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "glu",
    docs: "`glu(axis = last)`: a σ(b), a and b the halves of an axis (Dauphin et al. 2017). The axis \
           must be of even length; without one it is the last, as in PyTorch.",
    examples: &["glu", "glu(axis = 0)"],
    example_shape: &[4],
    configure,
};

#[derive(Debug)]
struct Glu {
    /// The last one without it.
    axis: Option<usize>,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let axis = arguments.take_integer("axis", usize::MAX);
    Some(Rc::new(Glu { axis: (axis != usize::MAX).then_some(axis) }))
}

impl Glu {
    /// The axis, and how many scalars each half of it has, with what stands within.
    fn split(&self, shape: &Shape) -> (usize, usize) {
        let axis = self.axis.unwrap_or(shape.rank() - 1);
        (axis, shape.axes()[axis..].iter().product::<usize>() / 2)
    }
}

impl Op for Glu {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        self.axis.map_or_else(String::new, |axis| format!("axis = {axis}"))
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        let shape = inputs[0];
        let axis = self.axis.unwrap_or(shape.rank() - 1);
        let Some(length) = shape.axes().get(axis) else {
            return Err(Misfit {
                rule: Rule::LayerShape,
                headline: format!("`glu` halves the axis {axis}, but this value is {shape}"),
                help: format!("give an axis from 0 to {}", shape.rank() - 1),
            });
        };
        if length % 2 == 1 {
            return Err(Misfit {
                rule: Rule::LayerShape,
                headline: format!("`glu` halves an axis of odd length, {length}"),
                help: "give it twice as many elements as it shall let through".to_owned(),
            });
        }
        let mut axes = shape.axes().to_vec();
        axes[axis] /= 2;
        Shape::new(axes).ok_or_else(|| Misfit {
            rule: Rule::LayerShape,
            headline: "`glu` would leave nothing".to_owned(),
            help: "give it two elements at least".to_owned(),
        })
    }

    fn stream(&self, inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        Streamed::itself_if(self.split(inputs[0]).0 != axis, axis)
    }

    fn reads(&self, _wrt: Wrt) -> Reads {
        Reads::INPUT
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (x, y) = (&call.inputs[0], &call.output);
        let half = Literal::usize_unsuffixed(self.split(call.input_shapes[0]).1);
        quote!(rt::glu::forward::<_, _, #half, _, _>(#x, #y);)
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let Call { inputs, store, delta, gradient, .. } = call;
        let (x, half) = (&inputs[0], Literal::usize_unsuffixed(self.split(call.input_shapes[0]).1));
        quote!(rt::glu::backward::<_, _, _, #half, _, _>(#store, #x, #delta, #gradient);)
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        shapes: &[&Shape],
        _output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        let (_, half) = self.split(shapes[0]);
        let gate = |(a, b): (&f64, &f64)| a / (1.0 + (-b).exp());
        let blocks = inputs[0].chunks(2 * half);
        blocks.flat_map(|block| block[..half].iter().zip(&block[half..]).map(gate)).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = a ⊙ σ(b), [a, b] = {}", inputs[0])
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("dJ/d{} = [dJ/d{output} ⊙ σ(b), dJ/d{output} ⊙ a ⊙ σ(b) (1 - σ(b))]", inputs[0])
    }
}

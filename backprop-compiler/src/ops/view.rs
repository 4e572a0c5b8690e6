//! What all views share: the first operand's scalars under another shape. No code, and no memory.

use core::fmt::Debug;

use proc_macro2::TokenStream;

use super::reshape::Reshape;
use super::stream::WHOLE;
use super::{Call, Misfit, Obstacle, Op, Streamed, Wrt};
use crate::graph::Shape;

/// What makes one view differ from another.
pub trait View: Debug {
    /// The keyword.
    fn keyword(&self) -> &'static str;

    /// The arguments that the topology depends on, as they would be written.
    fn settings(&self) -> String {
        String::new()
    }

    /// The output's shape: as many scalars as the operand's.
    ///
    /// # Errors
    ///
    /// If there are not as many.
    fn infer_shape(&self, input: &Shape) -> Result<Shape, Misfit>;

    /// The output's shape where the operand's is unknown or wrong.
    fn recover_shape(&self) -> Option<Shape> {
        None
    }

    /// What the formulas say behind the operand's name, and behind its gradient.
    fn describe(&self) -> (String, &'static str);
}

impl<V: View> Op for V {
    fn keyword(&self) -> &'static str {
        View::keyword(self)
    }

    fn settings(&self) -> String {
        View::settings(self)
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        View::infer_shape(self, inputs[0])
    }

    fn recover_shape(&self, _inputs: &[Option<&Shape>]) -> Option<Shape> {
        View::recover_shape(self)
    }

    fn is_view(&self) -> bool {
        true
    }

    fn stream(&self, inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        let output = View::infer_shape(self, inputs[0]).map_err(|_| WHOLE)?;
        let axes = inputs[0].axes();
        let (steps, outer) = (axes[axis], axes[..axis].iter().product::<usize>());
        let is_time = |axis: &usize| {
            let before: usize = output.axes()[..*axis].iter().product();
            output.axes()[*axis] == steps && before == outer
        };
        let axis = (0..output.rank()).find(is_time).ok_or("puts steps and features in one axis")?;
        Streamed::replace(Reshape { shape: output.at_one_step(axis) }, Some(axis))
    }

    fn emit_forward(&self, _call: &Call<'_>) -> TokenStream {
        TokenStream::new()
    }

    fn emit_input_gradient(&self, _operand: usize, _call: &Call<'_>) -> TokenStream {
        TokenStream::new()
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        _output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        inputs[0].to_vec()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = {}{}", inputs[0], self.describe().0)
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("dJ/d{} = dJ/d{output}{}", inputs[0], self.describe().1)
    }
}

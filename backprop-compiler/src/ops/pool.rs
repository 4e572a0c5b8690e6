//! Pools: `max_pool1d`, `avg_pool2d` and the like are this op with different arguments, and the global ones this op
//! with a window as large as the planes.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::elementwise::REALS;
use super::geometry::{Geometry, Windowed};
use super::window::{Window, split_planes};
use super::{Call, Misfit, Obstacle, Op, Reads, Streamed, Wrt, build_shape};
use crate::diagnostics::Rule;
use crate::graph::Shape;
use crate::resolve::Arguments;

/// What becomes of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pool {
    /// Its largest element.
    Max,
    /// The mean, in which the padding counts or not.
    Mean { counts_padding: bool },
}

#[derive(Debug)]
struct PoolOp {
    keyword: &'static str,
    rank: usize,
    pool: Pool,
    /// `None` for a window as large as the planes.
    window: Option<Window>,
}

/// `max_pool(kernel, ..)`
pub fn configure_max(
    arguments: &mut Arguments<'_>,
    keyword: &'static str,
    rank: usize,
) -> Option<Rc<dyn Op>> {
    let window = Window::take_pool(arguments, rank, true)?;
    Some(Rc::new(PoolOp { keyword, rank, pool: Pool::Max, window: Some(window) }))
}

/// `avg_pool(kernel, ..)`
pub fn configure_mean(
    arguments: &mut Arguments<'_>,
    keyword: &'static str,
    rank: usize,
) -> Option<Rc<dyn Op>> {
    let window = Window::take_pool(arguments, rank, false);
    let counts_padding = arguments.take_flag("count_include_pad", true);
    let pool = Pool::Mean { counts_padding };
    Some(Rc::new(PoolOp { keyword, rank, pool, window: Some(window?) }))
}

/// `global_max_pool`, `global_avg_pool`
pub fn build_global(keyword: &'static str, rank: usize, pool: Pool) -> Option<Rc<dyn Op>> {
    Some(Rc::new(PoolOp { keyword, rank, pool, window: None }))
}

impl Windowed for PoolOp {
    fn fit(&self, shape: &Shape) -> Result<(Geometry, Vec<usize>), Misfit> {
        let (channels, planes) = split_planes(self.keyword, self.rank, shape)?;
        let of_channels = |geometry| Geometry { channels, filters: channels, ..geometry };
        let Some(window) = &self.window else {
            let (whole, _) = Window::whole(planes).place(self.keyword, planes)?;
            return Ok((of_channels(whole), vec![channels]));
        };
        let (geometry, axes) = window.place(self.keyword, planes)?;
        if window.sees_padding_alone(&geometry) {
            return Err(Misfit {
                rule: Rule::WindowSize,
                headline: format!(
                    "windows of this `{}` would see nothing but padding",
                    self.keyword
                ),
                help: "give a `padding` smaller than the `kernel`".to_owned(),
            });
        }
        Ok((of_channels(geometry), [vec![channels], axes].concat()))
    }
}

impl Op for PoolOp {
    fn keyword(&self) -> &'static str {
        self.keyword
    }

    fn settings(&self) -> String {
        let Some(window) = &self.window else { return String::new() };
        // A window moves by its own size unless it is told otherwise.
        let side_by_side = window.stride == window.kernel;
        let stride = if side_by_side { vec![1; self.rank] } else { window.stride.clone() };
        let moves_by_one = !side_by_side && window.stride.iter().all(|stride| *stride == 1);
        let mut text = Window { stride, ..window.clone() }.settings();
        if moves_by_one {
            text.push_str(", stride = 1");
        }
        if self.pool == (Pool::Mean { counts_padding: false }) {
            text.push_str(", count_include_pad = false");
        }
        text
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        let (_, axes) = self.fit(inputs[0])?;
        build_shape(axes, "the result", "use a larger `stride`")
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(REALS)
    }

    fn stream(&self, _inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        // Channels stay apart.
        let stays = |window: &Window| axis == 0 || window.stays_apart(axis - 1);
        match &self.window {
            Some(window) => Streamed::itself_if(stays(window), axis),
            None => Streamed::itself_if(axis == 0, axis),
        }
    }

    fn reads(&self, _wrt: Wrt) -> Reads {
        match self.pool {
            Pool::Max => Reads::BOTH,
            Pool::Mean { .. } => Reads::NOTHING,
        }
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (geometry, x, y) = (self.emit_geometry(call), &call.inputs[0], &call.output);
        match self.pool {
            Pool::Max => quote!(rt::pool::max_forward(#geometry, #x, #y);),
            Pool::Mean { .. } if self.window.is_none() => {
                quote!(rt::pool::global_mean_forward(simd, #x, #y);)
            }
            Pool::Mean { counts_padding } => {
                quote!(rt::pool::mean_forward(#geometry, #counts_padding, #x, #y);)
            }
        }
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (geometry, store) = (self.emit_geometry(call), &call.store);
        let (delta, dx) = (&call.delta, &call.gradient);
        match self.pool {
            Pool::Max => {
                let (x, y) = (&call.inputs[0], &call.output);
                quote!(rt::pool::max_backward(#geometry, #store, (#x, #y), #delta, #dx);)
            }
            Pool::Mean { counts_padding } => {
                quote!(rt::pool::mean_backward(#geometry, #counts_padding, #store, #delta, #dx);)
            }
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        shapes: &[&Shape],
        output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        let Some(sizes) = self.fitted(shapes[0]) else { return vec![0.0; output.count()] };
        let Geometry { channels, input, output: places, kernel, .. } = sizes;
        let mut result = Vec::with_capacity(output.count());
        for place in 0..channels * places[0] * places[1] {
            let (plane, place) = (place / (places[0] * places[1]), place % (places[0] * places[1]));
            let place = [place / places[1], place % places[1]];
            let window = (0..kernel[0] * kernel[1]).filter_map(|element| {
                let index = sizes.find_input(place, [element / kernel[1], element % kernel[1]])?;
                Some(inputs[0][plane * input[0] * input[1] + index])
            });
            let seen = window.clone().count();
            result.push(match self.pool {
                Pool::Max => window.fold(f64::NEG_INFINITY, f64::max),
                Pool::Mean { counts_padding: false } => window.sum::<f64>() / seen as f64,
                Pool::Mean { counts_padding: true } => {
                    window.sum::<f64>() / (kernel[0] * kernel[1]) as f64
                }
            });
        }
        result
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        let what = if self.pool == Pool::Max { "the largest" } else { "the mean" };
        format!("{output} = {what} of each window of {}", inputs[0])
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        match self.pool {
            Pool::Max => format!(
                "dJ/d{} = dJ/d{output} where an element is the largest of a window",
                inputs[0]
            ),
            Pool::Mean { .. } => format!(
                "dJ/d{} = Σ dJ/d{output} / n over the windows that an element is in",
                inputs[0]
            ),
        }
    }
}

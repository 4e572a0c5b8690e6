//! Pools: `max_pool1d`, `avg_pool2d` and the like are this op with different arguments, and the global ones this op
//! with a window as large as the planes.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::elementwise::REALS;
use super::window::{Placed, Window, emit_pair, pair, split_planes};
use super::{Call, Misfit, Op, Reads, Wrt};
use crate::diagnostics::Rule;
use crate::emit::names::size;
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

/// A pool of a value whose shape is known: rows before columns.
struct Fitted {
    channels: usize,
    planes: [usize; 2],
    kernel: [usize; 2],
    stride: [usize; 2],
    dilation: [usize; 2],
    before: [usize; 2],
    output: [usize; 2],
}

impl PoolOp {
    fn fit(&self, shape: &Shape) -> Result<(Fitted, Vec<usize>), Misfit> {
        let (channels, planes) = split_planes(self.keyword, self.rank, shape)?;
        let Some(window) = &self.window else {
            let planes = pair(planes, 1);
            let fitted = Fitted {
                channels,
                planes,
                kernel: planes,
                stride: [1; 2],
                dilation: [1; 2],
                before: [0; 2],
                output: [1; 2],
            };
            return Ok((fitted, vec![channels]));
        };
        let Placed { output, before } = window.place(self.keyword, planes)?;
        let is_beside = |axis: usize| before[axis] >= window.reach(axis);
        if (0..self.rank).any(is_beside) {
            return Err(Misfit {
                rule: Rule::WindowSize,
                headline: format!(
                    "windows of this `{}` would see nothing but padding",
                    self.keyword
                ),
                help: "give a `padding` smaller than the `kernel`".to_owned(),
            });
        }
        let mut axes = vec![channels];
        axes.extend(&output);
        let fitted = Fitted {
            channels,
            planes: pair(planes, 1),
            kernel: pair(&window.kernel, 1),
            stride: pair(&window.stride, 1),
            dilation: pair(&window.dilation, 1),
            before: pair(&before, 0),
            output: pair(&output, 1),
        };
        Ok((fitted, axes))
    }

    fn fitted(&self, shape: &Shape) -> Option<Fitted> {
        self.fit(shape).ok().map(|(fitted, _)| fitted)
    }

    fn emit_geometry(&self, call: &Call<'_>) -> TokenStream {
        let Some(fitted) = self.fitted(call.input_shapes[0]) else { return TokenStream::new() };
        let triple = |[rows, columns]: [usize; 2]| {
            let [count, rows, columns] = [fitted.channels, rows, columns].map(size);
            quote!([#count, #rows, #columns])
        };
        let (input, output) = (triple(fitted.planes), triple(fitted.output));
        let kernel = emit_pair(&fitted.kernel, 1);
        let mut geometry = quote!(rt::conv::Geometry::new(#input, #output, #kernel));
        let settings = [
            ("stride", fitted.stride, 1),
            ("padding", fitted.before, 0),
            ("dilation", fitted.dilation, 1),
        ];
        for (name, values, default) in settings {
            if values != [default; 2] {
                let (name, values) = (quote::format_ident!("{name}"), emit_pair(&values, default));
                geometry.extend(quote!(.#name(#values)));
            }
        }
        geometry
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
        Shape::new(axes).ok_or_else(|| Misfit {
            rule: Rule::SizeTooLarge,
            headline: "the result has more scalars than any target can address".to_owned(),
            help: "use a larger `stride`".to_owned(),
        })
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(REALS)
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
        let Some(fitted) = self.fitted(shapes[0]) else { return vec![0.0; output.count()] };
        let ([rows, columns], [down, across]) = (fitted.planes, fitted.output);
        let mut result = Vec::with_capacity(output.count());
        for place in 0..fitted.channels * down * across {
            let (plane, place) = (place / (down * across), place % (down * across));
            let window = (0..fitted.kernel[0] * fitted.kernel[1]).filter_map(|element| {
                let (a, b) = (element / fitted.kernel[1], element % fitted.kernel[1]);
                let row = place / across * fitted.stride[0] + a * fitted.dilation[0];
                let column = place % across * fitted.stride[1] + b * fitted.dilation[1];
                let row = row.checked_sub(fitted.before[0]).filter(|row| *row < rows)?;
                let column = column.checked_sub(fitted.before[1]).filter(|it| *it < columns)?;
                Some(inputs[0][(plane * rows + row) * columns + column])
            });
            let seen = window.clone().count();
            result.push(match self.pool {
                Pool::Max => window.fold(f64::NEG_INFINITY, f64::max),
                Pool::Mean { counts_padding: false } => window.sum::<f64>() / seen as f64,
                Pool::Mean { counts_padding: true } => {
                    window.sum::<f64>() / (fitted.kernel[0] * fitted.kernel[1]) as f64
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

//! Transposed convolutions: `conv_transpose1d` and `conv_transpose2d` are this op with different arguments.
//!
//! Each is the dJ/dx of a convolution that goes the other way, from the planes that it writes to those that it
//! reads, and is computed by that one's kernels. The sizes here are that convolution's: its channels are our filters,
//! its filters our channels; and so is the weight, `[filters of a group * kernel][channels]`.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::conv::check_groups;
use super::elementwise::REALS;
use super::geometry::{Geometry, Windowed};
use super::weights::{Fans, Weights};
use super::window::{Padding, Window, split_planes, write_axes};
use super::{Call, Misfit, Op, Parameter, Reads, Work, Wrt, build_shape};
use crate::diagnostics::Rule;
use crate::graph::{Dtype, Shape};
use crate::resolve::Arguments;

#[derive(Debug)]
struct ConvTranspose {
    keyword: &'static str,
    rank: usize,
    filters: usize,
    groups: usize,
    window: Window,
    cut: Cut,
    weights: Weights,
}

/// What is taken from the planes that the windows make, and added to them, on each axis.
#[derive(Debug)]
struct Cut {
    /// Taken from both sides.
    padding: Vec<usize>,
    /// Added behind the last. It tells apart the sizes that a convolution with a stride makes the same.
    output_padding: Vec<usize>,
}

/// `conv_transpose(filters, kernel, .., output_padding, groups)`
pub fn configure(
    arguments: &mut Arguments<'_>,
    keyword: &'static str,
    rank: usize,
) -> Option<Rc<dyn Op>> {
    let filters = arguments.take_size("filters");
    let window = Window::take(arguments, rank, &["valid", "same"]);
    let output_padding = arguments.take_integers("output_padding", rank);
    let groups = arguments.take_axes("groups", 1, Some(1)).map(|groups| groups[0]);
    let weights = Weights::take(arguments)?;
    let (filters, groups, window) = (filters?, groups?, window?);
    let cut = Cut::find(arguments, &window, output_padding?)?;
    Some(Rc::new(ConvTranspose { keyword, rank, filters, groups, window, cut, weights }))
}

impl Cut {
    fn find(
        arguments: &mut Arguments<'_>,
        window: &Window,
        output_padding: Vec<usize>,
    ) -> Option<Self> {
        if let Padding::Sizes(padding) = &window.padding {
            let cut = Self { padding: padding.clone(), output_padding };
            arguments.check(
                cut.is_less_than_a_move(window),
                "`output_padding` must be less than `stride` or `dilation`",
                "it adds to the result what a `stride` leaves open: make `output_padding` smaller",
            )?;
            return Some(cut);
        }
        arguments.check(
            output_padding.iter().all(|axis| *axis == 0),
            "`output_padding` beside `padding = same`",
            "`same` says how large the result is: leave `output_padding` out, or give `padding` as a number",
        )?;
        let cut = Self::keep_multiples(window);
        let is_even =
            cut.padding.iter().zip(&cut.output_padding).all(|(cut, add)| *cut.min(add) == 0);
        let help = if cut.is_less_than_a_move(window) {
            let [padding, output_padding] =
                [&cut.padding, &cut.output_padding].map(|axes| write_axes(axes));
            format!(
                "write `padding = {padding}, output_padding = {output_padding}`, which cuts one more off before than behind"
            )
        } else {
            "make `kernel` one longer or shorter".to_owned()
        };
        arguments.check(
            is_even,
            "`padding = same` would have to cut an odd number off, which is not the same on both sides",
            &help,
        )?;
        Some(cut)
    }

    /// What leaves planes of `stride` times the size.
    fn keep_multiples(window: &Window) -> Self {
        let axes = window.stride.iter().enumerate().map(|(axis, stride)| {
            let reach = window.reach(axis);
            let padding = reach.saturating_sub(*stride).div_ceil(2);
            (padding, padding.saturating_mul(2).saturating_add(*stride).saturating_sub(reach))
        });
        let (padding, output_padding) = axes.unzip();
        Self { padding, output_padding }
    }

    /// Whether no more is added than a window moves by, or its elements are apart.
    fn is_less_than_a_move(&self, window: &Window) -> bool {
        let moves = window.stride.iter().zip(&window.dilation);
        self.output_padding
            .iter()
            .zip(moves)
            .all(|(added, (stride, dilation))| added < stride.max(dilation))
    }
}

impl Windowed for ConvTranspose {
    fn fit(&self, shape: &Shape) -> Result<(Geometry, Vec<usize>), Misfit> {
        let (channels, planes) = split_planes(self.keyword, self.rank, shape)?;
        check_groups(self.groups, channels, self.filters)?;
        let Cut { padding, output_padding } = &self.cut;
        let mut axes = Vec::new();
        for (axis, length) in planes.iter().enumerate() {
            let whole = (length - 1)
                .saturating_mul(self.window.stride[axis])
                .saturating_add(self.window.reach(axis))
                .saturating_add(output_padding[axis]);
            let cut = padding[axis].saturating_mul(2);
            if cut >= whole {
                return Err(Misfit {
                    rule: Rule::LayerShape,
                    headline: format!(
                        "nothing is left of the result of this `{}`: `padding` cuts off {cut} of {whole}",
                        self.keyword
                    ),
                    help: "make `padding` smaller, which is cut off both sides of the result"
                        .to_owned(),
                });
            }
            axes.push(whole - cut);
        }
        let window = self.window.measure(&axes, planes, padding);
        let (channels, filters) = (self.filters, channels);
        Ok((
            Geometry { channels, filters, groups: self.groups, ..window }
                .flatten()
                .check(self.keyword)?,
            [vec![channels], axes].concat(),
        ))
    }
}

impl Op for ConvTranspose {
    fn keyword(&self) -> &'static str {
        self.keyword
    }

    fn settings(&self) -> String {
        let Cut { padding, output_padding } = &self.cut;
        let window = Window { padding: Padding::Sizes(padding.clone()), ..self.window.clone() };
        let mut text = format!("{}, {}", self.filters, window.settings());
        if output_padding.iter().any(|axis| *axis > 0) {
            text.push_str(&format!(", output_padding = {}", write_axes(output_padding)));
        }
        if self.groups > 1 {
            text.push_str(&format!(", groups = {}", self.groups));
        }
        text.push_str(self.weights.settings());
        text
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        let (_, axes) = self.fit(inputs[0])?;
        build_shape(axes, "the result", "use fewer filters, or a smaller `stride`")
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(REALS)
    }

    fn parameters(&self, inputs: &[&Shape]) -> Vec<Parameter> {
        let Some(sizes) = self.fitted(inputs[0]) else { return Vec::new() };
        let Geometry { channels: filters, filters: channels, groups, stride, .. } = sizes;
        let window = self.window.count();
        let taps = (filters / groups).saturating_mul(window);
        // Of the windows that an element of the result could be in, it is in one of as many as they move by.
        let moves = stride[0].saturating_mul(stride[1]);
        let fan_in = (channels / groups).saturating_mul(window).div_ceil(moves);
        let torch = [&[channels, filters / groups], &self.window.kernel[..]].concat();
        self.weights.list([taps, channels], &torch, filters, Fans { fan_in, fan_out: taps })
    }

    fn reads(&self, wrt: Wrt) -> Reads {
        match wrt {
            Wrt::Parameter(0) => Reads::INPUT,
            _ => Reads::NOTHING,
        }
    }

    fn count_scratch(&self, work: Work, inputs: &[&Shape], dtype: Dtype) -> usize {
        let Some(sizes) = self.fitted(inputs[0]) else { return 0 };
        match work {
            Work::Forward => sizes.count_input_gradient_scratch(),
            Work::Gradient(Wrt::Input(_)) => sizes.count_forward_scratch(),
            Work::Gradient(Wrt::Parameter(0)) => {
                sizes.count_weight_gradient_scratch(32 / dtype.bytes())
            }
            Work::Gradient(Wrt::Parameter(_)) | Work::Delta => 0,
        }
    }

    fn count_macs(&self, inputs: &[&Shape], _output: &Shape) -> u64 {
        let taps = (self.filters / self.groups).saturating_mul(self.window.count());
        (inputs[0].count() as u64).saturating_mul(taps as u64)
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (geometry, scratch) = (self.emit_geometry(call), &call.scratch);
        let (x, y, weight) = (&call.inputs[0], &call.output, &call.parameters[0]);
        let bias = call.emit_bias();
        quote!(rt::conv::transposed::forward(simd, #geometry, #x, #weight, #bias, #scratch, #y);)
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (geometry, scratch) = (self.emit_geometry(call), &call.scratch);
        let (store, delta, dx) = (&call.store, &call.delta, &call.gradient);
        let weight = &call.parameters[0];
        quote! {
            rt::conv::transposed::input_gradient(
                simd, #geometry, #store, #delta, #weight, #scratch, #dx
            );
        }
    }

    fn emit_parameter_gradient(&self, parameter: usize, call: &Call<'_>) -> TokenStream {
        let (geometry, scratch) = (self.emit_geometry(call), &call.scratch);
        let (x, delta, sink) = (&call.inputs[0], &call.delta, &call.sink);
        match parameter {
            0 => quote! {
                rt::conv::transposed::weight_gradient(simd, #geometry, #x, #delta, #scratch, #sink);
            },
            _ => quote!(rt::conv::bias_gradient(simd, #delta, #sink);),
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        shapes: &[&Shape],
        output: &Shape,
        parameters: &[&[f64]],
    ) -> Vec<f64> {
        let mut result = vec![0.0; output.count()];
        let Some(sizes) = self.fitted(shapes[0]) else { return result };
        let Geometry { channels: filters, filters: channels, groups, kernel, .. } = sizes;
        let ([places, elements], [rows, columns]) = ([sizes.output, kernel], sizes.input);
        let area = rows * columns;
        if let Some(bias) = parameters.get(1) {
            for (plane, bias) in result.chunks_mut(area).zip(*bias) {
                plane.fill(*bias);
            }
        }
        let per_group = filters / groups;
        for (index, x) in inputs[0].iter().enumerate() {
            let (channel, place) =
                (index / (places[0] * places[1]), index % (places[0] * places[1]));
            let place = [place / places[1], place % places[1]];
            let first = channel / (channels / groups) * per_group;
            for tap in 0..per_group * elements[0] * elements[1] {
                let (filter, element) =
                    (tap / (elements[0] * elements[1]), tap % (elements[0] * elements[1]));
                let element = [element / elements[1], element % elements[1]];
                if let Some(reached) = sizes.find_input(place, element) {
                    result[(first + filter) * area + reached] +=
                        x * parameters[0][tap * channels + channel];
                }
            }
        }
        result
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, layer: &str) -> String {
        let bias = self.weights.derive_bias(layer);
        format!(
            "{output} = {} * {layer}.weight{bias}, over the windows that an element is in",
            inputs[0]
        )
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, layer: &str) -> String {
        match wrt {
            Wrt::Input(_) => {
                format!("dJ/d{} = {layer}.weight * dJ/d{output}, a sum over windows", inputs[0])
            }
            Wrt::Parameter(0) => format!(
                "dJ/d{layer}.weight = Σ {} times the window of dJ/d{output} that it reaches",
                inputs[0]
            ),
            Wrt::Parameter(_) => format!("dJ/d{layer}.bias = Σ dJ/d{output} over its places"),
        }
    }
}

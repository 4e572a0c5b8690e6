//! Convolutions: `conv1d`, `conv2d` and the depthwise ones are this op with different arguments.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::elementwise::REALS;
use super::geometry::{Geometry, Windowed};
use super::weights::{Fans, Weights};
use super::window::{PADDINGS, Padding, Window, split_planes};
use super::{
    ACROSS, Call, Misfit, Obstacle, Op, Parameter, Reads, Streamed, Work, Wrt, build_shape,
};
use crate::diagnostics::Rule;
use crate::emit::names::size;
use crate::graph::{Dtype, Shape};
use crate::resolve::Arguments;

/// Which channels a filter sees.
#[derive(Clone, Copy, Debug)]
enum Filters {
    /// Those of its group.
    Grouped { filters: usize, groups: usize },
    /// A single one: so many filters for each.
    Depthwise { multiplier: usize },
}

#[derive(Clone, Debug)]
struct Conv {
    keyword: &'static str,
    rank: usize,
    filters: Filters,
    window: Window,
    weights: Weights,
    /// Whether it sees a step at a time, and remembers as many as its window reaches back.
    sees_steps: bool,
}

/// `conv(filters, kernel, .., groups)`
pub fn configure(
    arguments: &mut Arguments<'_>,
    keyword: &'static str,
    rank: usize,
) -> Option<Rc<dyn Op>> {
    let filters = arguments.take_size("filters");
    let window = Window::take(arguments, rank, PADDINGS);
    let groups = arguments.take_axes("groups", 1, Some(1)).map(|groups| groups[0]);
    let filters = filters.zip(groups).map(|(filters, groups)| Filters::Grouped { filters, groups });
    finish(arguments, keyword, rank, filters, window)
}

/// `depthwise_conv(kernel, .., multiplier)`
pub fn configure_depthwise(
    arguments: &mut Arguments<'_>,
    keyword: &'static str,
    rank: usize,
) -> Option<Rc<dyn Op>> {
    let window = Window::take(arguments, rank, PADDINGS);
    let multiplier = arguments.take_axes("multiplier", 1, Some(1)).map(|axes| axes[0]);
    let filters = multiplier.map(|multiplier| Filters::Depthwise { multiplier });
    finish(arguments, keyword, rank, filters, window)
}

fn finish(
    arguments: &mut Arguments<'_>,
    keyword: &'static str,
    rank: usize,
    filters: Option<Filters>,
    window: Option<Window>,
) -> Option<Rc<dyn Op>> {
    let weights = Weights::take(arguments)?;
    let (filters, window) = (filters?, window?);
    Some(Rc::new(Conv { keyword, rank, filters, window, weights, sees_steps: false }))
}

/// Whether each group has as many channels and filters as any other.
///
/// # Errors
///
/// If not.
pub fn check_groups(groups: usize, channels: usize, filters: usize) -> Result<(), Misfit> {
    for (what, count) in [("channels", channels), ("filters", filters)] {
        if !count.is_multiple_of(groups) {
            return Err(Misfit {
                rule: Rule::GroupCount,
                headline: format!("{groups} groups do not divide {count} {what}"),
                help: "give a number of `groups` that divides both the channels and the filters"
                    .to_owned(),
            });
        }
    }
    Ok(())
}

impl Windowed for Conv {
    fn fit(&self, shape: &Shape) -> Result<(Geometry, Vec<usize>), Misfit> {
        let (channels, planes) = split_planes(self.keyword, self.rank, shape)?;
        let (filters, groups) = match self.filters {
            Filters::Grouped { filters, groups } => (filters, groups),
            Filters::Depthwise { multiplier } => (channels.saturating_mul(multiplier), channels),
        };
        check_groups(groups, channels, filters)?;
        let (window, axes) = self.window.place(self.keyword, planes)?;
        Ok((
            Geometry { channels, filters, groups, ..window }.flatten().check(self.keyword)?,
            [vec![filters], axes].concat(),
        ))
    }
}

impl Conv {
    /// What a step sees of those before.
    fn emit_past(&self, call: &Call<'_>) -> TokenStream {
        let groups = self.fitted(call.input_shapes[0]).map_or(1, |sizes| sizes.groups);
        let [kernel, dilation, groups] =
            [self.window.kernel[0], self.window.dilation[0], groups].map(size);
        quote!(rt::conv::Past { kernel: #kernel, dilation: #dilation, groups: #groups })
    }

    /// What it remembers, or a memory of nothing.
    fn emit_history(&self, call: &Call<'_>) -> TokenStream {
        let channels = size(call.input_shapes[0].axes()[0]);
        match self.window.reach(0) {
            1 => quote!(&mut <rt::conv::History<_, #channels, 0> as rt::Zero>::ZERO),
            _ => call.state.clone(),
        }
    }

    /// The same layer for a step.
    fn see_steps(&self, axis: usize) -> Result<Streamed, Obstacle> {
        Streamed::replace(Self { sees_steps: true, ..self.clone() }, Some(axis))
    }
}

impl Op for Conv {
    fn keyword(&self) -> &'static str {
        self.keyword
    }

    fn settings(&self) -> String {
        let window = self.window.settings();
        let mut text = match self.filters {
            Filters::Grouped { filters, groups: 1 } => format!("{filters}, {window}"),
            Filters::Grouped { filters, groups } => {
                format!("{filters}, {window}, groups = {groups}")
            }
            Filters::Depthwise { multiplier: 1 } => window,
            Filters::Depthwise { multiplier } => format!("{window}, multiplier = {multiplier}"),
        };
        text.push_str(self.weights.settings());
        text
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        let (_, axes) = self.fit(inputs[0])?;
        build_shape(axes, "the result", "use fewer filters, or a larger `stride`")
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(REALS)
    }

    fn parameters(&self, inputs: &[&Shape]) -> Vec<Parameter> {
        let Some(Geometry { channels, filters, groups, .. }) = self.fitted(inputs[0]) else {
            return Vec::new();
        };
        let window = self.window.count();
        let fan_in = (channels / groups).saturating_mul(window);
        let fan_out = (filters / groups).saturating_mul(window);
        let torch = [&[filters, channels / groups], &self.window.kernel[..]].concat();
        self.weights.list([fan_in, filters], &torch, filters, Fans { fan_in, fan_out })
    }

    fn stream(&self, _inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        let Some(axis_of_planes) = axis.checked_sub(1) else {
            return Err(ACROSS);
        };
        let Window { stride, padding, .. } = &self.window;
        match (stride[axis_of_planes], padding) {
            _ if self.rank > 1 && self.window.stays_apart(axis_of_planes) => Streamed::itself(axis),
            _ if self.window.stays_apart(axis_of_planes) => self.see_steps(axis),
            (1, Padding::Causal) => self.see_steps(axis),
            (1, _) => Err("looks ahead, unless it has `padding = causal`"),
            _ => Err("does not compute an output for each step: its `stride` is not 1"),
        }
    }

    fn emit_state(&self, inputs: &[&Shape], scalar: &TokenStream) -> Option<TokenStream> {
        let past = self.window.reach(0) - 1;
        let (channels, steps) = (size(inputs[0].axes()[0]), size(past));
        (self.sees_steps && past > 0).then(|| quote!(conv::History<#scalar, #channels, #steps>))
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
            Work::Forward if self.sees_steps => {
                (sizes.channels / sizes.groups).saturating_mul(self.window.count())
            }
            Work::Forward => sizes.count_forward_scratch(),
            Work::Gradient(Wrt::Input(_)) => sizes.count_input_gradient_scratch(),
            Work::Gradient(Wrt::Parameter(0)) => {
                sizes.count_weight_gradient_scratch(32 / dtype.bytes())
            }
            Work::Gradient(Wrt::Parameter(_)) | Work::Delta => 0,
        }
    }

    fn count_macs(&self, inputs: &[&Shape], output: &Shape) -> u64 {
        let Some(sizes) = self.fitted(inputs[0]) else { return 0 };
        let taps = (sizes.channels / sizes.groups).saturating_mul(self.window.count());
        (output.count() as u64).saturating_mul(taps as u64)
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (geometry, scratch) = (self.emit_geometry(call), &call.scratch);
        let (x, y, weight) = (&call.inputs[0], &call.output, &call.parameters[0]);
        let bias = call.emit_bias();
        if self.sees_steps {
            let (past, state) = (self.emit_past(call), self.emit_history(call));
            return quote!(rt::conv::step(simd, #past, #state, #x, #weight, #bias, #scratch, #y););
        }
        quote!(rt::conv::forward(simd, #geometry, #x, #weight, #bias, #scratch, #y);)
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (geometry, scratch) = (self.emit_geometry(call), &call.scratch);
        let (store, delta, dx) = (&call.store, &call.delta, &call.gradient);
        let weight = &call.parameters[0];
        quote! {
            rt::conv::input_gradient(simd, #geometry, #store, #delta, #weight, #scratch, #dx);
        }
    }

    fn emit_parameter_gradient(&self, parameter: usize, call: &Call<'_>) -> TokenStream {
        let (geometry, scratch) = (self.emit_geometry(call), &call.scratch);
        let (x, delta, sink) = (&call.inputs[0], &call.delta, &call.sink);
        match parameter {
            0 => quote!(rt::conv::weight_gradient(simd, #geometry, #x, #delta, #scratch, #sink);),
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
        let Some(sizes) = self.fitted(shapes[0]) else { return vec![0.0; output.count()] };
        let Geometry { channels, filters, groups, input, output: places, kernel, .. } = sizes;
        let per_group = channels / groups;
        let mut result = Vec::with_capacity(output.count());
        for filter in 0..filters {
            let first = filter / (filters / groups) * per_group;
            for place in 0..places[0] * places[1] {
                let place = [place / places[1], place % places[1]];
                let mut sum = parameters.get(1).map_or(0.0, |bias| bias[filter]);
                for tap in 0..per_group * kernel[0] * kernel[1] {
                    let (channel, element) =
                        (tap / (kernel[0] * kernel[1]), tap % (kernel[0] * kernel[1]));
                    let element = [element / kernel[1], element % kernel[1]];
                    if let Some(index) = sizes.find_input(place, element) {
                        let x = inputs[0][(first + channel) * input[0] * input[1] + index];
                        sum += x * parameters[0][tap * filters + filter];
                    }
                }
                result.push(sum);
            }
        }
        result
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, layer: &str) -> String {
        let bias = self.weights.derive_bias(layer);
        format!("{output} = {layer}.weight * {}{bias}, a sum over windows", inputs[0])
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, layer: &str) -> String {
        match wrt {
            Wrt::Input(_) => format!(
                "dJ/d{} = dJ/d{output} * {layer}.weight, over the windows that an element is in",
                inputs[0]
            ),
            Wrt::Parameter(0) => format!(
                "dJ/d{layer}.weight = Σ dJ/d{output} times the window of {} before it",
                inputs[0]
            ),
            Wrt::Parameter(_) => {
                format!("dJ/d{layer}.bias = Σ dJ/d{output} over the places of the window")
            }
        }
    }
}

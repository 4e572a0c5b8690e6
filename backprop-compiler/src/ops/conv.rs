//! Convolutions: `conv1d`, `conv2d` and the depthwise ones are this op with different arguments.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::elementwise::REALS;
use super::window::{Placed, Window, emit_pair, pair, split_planes};
use super::{Call, Misfit, Op, Parameter, Reads, Work, Wrt};
use crate::diagnostics::Rule;
use crate::emit::names::size;
use crate::graph::{Dtype, Shape};
use crate::init::Init;
use crate::resolve::{Arguments, Training};

mod scratch;

/// Which channels a filter sees.
#[derive(Clone, Copy, Debug)]
enum Filters {
    /// Those of its group.
    Grouped { filters: usize, groups: usize },
    /// A single one: so many filters for each.
    Depthwise { multiplier: usize },
}

#[derive(Debug)]
struct Conv {
    keyword: &'static str,
    rank: usize,
    filters: Filters,
    window: Window,
    bias: bool,
    init: Option<Init>,
    bias_init: Init,
    training: Training,
}

/// `conv(filters, kernel, .., groups)`
pub fn configure(
    arguments: &mut Arguments<'_>,
    keyword: &'static str,
    rank: usize,
) -> Option<Rc<dyn Op>> {
    let filters = arguments.take_size("filters");
    let window = Window::take(arguments, rank);
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
    let window = Window::take(arguments, rank);
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
    let bias = arguments.take_flag("bias", true);
    let init = arguments.take_init("init");
    let bias_init = arguments.take_bias_init(bias)?;
    let training = arguments.take_training(if bias { &["weight", "bias"] } else { &["weight"] });
    let (filters, window) = (filters?, window?);
    Some(Rc::new(Conv { keyword, rank, filters, window, bias, init, bias_init, training }))
}

/// A convolution of a value whose shape is known.
struct Fitted<'a> {
    channels: usize,
    planes: &'a [usize],
    filters: usize,
    groups: usize,
    placed: Placed,
}

impl Conv {
    fn fit<'a>(&self, shape: &'a Shape) -> Result<Fitted<'a>, Misfit> {
        let (channels, planes) = split_planes(self.keyword, self.rank, shape)?;
        let (filters, groups) = match self.filters {
            Filters::Grouped { filters, groups } => (filters, groups),
            Filters::Depthwise { multiplier } => (channels.saturating_mul(multiplier), channels),
        };
        for (what, count) in [("channels", channels), ("filters", filters)] {
            if !count.is_multiple_of(groups) {
                return Err(Misfit {
                    rule: Rule::GroupCount,
                    headline: format!("{groups} groups do not divide {count} {what}"),
                    help:
                        "give a number of `groups` that divides both the channels and the filters"
                            .to_owned(),
                });
            }
        }
        let placed = self.window.place(self.keyword, planes)?;
        Ok(Fitted { channels, planes, filters, groups, placed })
    }

    /// The sizes, of a value whose shape has been inferred.
    fn fitted<'a>(&self, shape: &'a Shape) -> Option<Fitted<'a>> {
        self.fit(shape).ok()
    }

    /// Whether the window is one element that visits all: rows and columns are then one axis.
    fn is_pointwise(&self, fitted: &Fitted<'_>) -> bool {
        self.window.count() == 1
            && self.window.stride.iter().all(|stride| *stride == 1)
            && fitted.placed.before.iter().all(|padding| *padding == 0)
            && fitted.placed.output == fitted.planes
    }

    fn emit_geometry(&self, call: &Call<'_>) -> TokenStream {
        let Some(fitted) = self.fitted(call.input_shapes[0]) else { return TokenStream::new() };
        let Fitted { channels, planes, filters, groups, placed } = &fitted;
        let triple = |count: usize, axes: &[usize]| {
            let [rows, columns] = pair(axes, 1).map(size);
            let count = size(count);
            quote!([#count, #rows, #columns])
        };
        let flat = [planes.iter().product()];
        let (planes, output) = match self.is_pointwise(&fitted) {
            true => (&flat[..], &flat[..]),
            false => (*planes, &placed.output[..]),
        };
        let (input, output) = (triple(*channels, planes), triple(*filters, output));
        let kernel = emit_pair(&self.window.kernel, 1);
        let mut geometry = quote!(rt::conv::Geometry::new(#input, #output, #kernel));
        if self.window.stride.iter().any(|stride| *stride != 1) {
            let stride = emit_pair(&self.window.stride, 1);
            geometry.extend(quote!(.stride(#stride)));
        }
        if placed.before.iter().any(|padding| *padding != 0) {
            let padding = emit_pair(&placed.before, 0);
            geometry.extend(quote!(.padding(#padding)));
        }
        if self.window.dilation.iter().any(|dilation| *dilation != 1) {
            let dilation = emit_pair(&self.window.dilation, 1);
            geometry.extend(quote!(.dilation(#dilation)));
        }
        if *groups != 1 {
            let groups = size(*groups);
            geometry.extend(quote!(.groups(#groups)));
        }
        geometry
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
        if !self.bias {
            text.push_str(", bias = false");
        }
        text
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        let Fitted { filters, placed, .. } = self.fit(inputs[0])?;
        let mut axes = vec![filters];
        axes.extend(placed.output);
        Shape::new(axes).ok_or_else(|| Misfit {
            rule: Rule::SizeTooLarge,
            headline: "the result has more scalars than any target can address".to_owned(),
            help: "use fewer filters, or a larger `stride`".to_owned(),
        })
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(REALS)
    }

    fn parameters(&self, inputs: &[&Shape]) -> Vec<Parameter> {
        let Some(Fitted { channels, filters, groups, .. }) = self.fitted(inputs[0]) else {
            return Vec::new();
        };
        let window = self.window.count();
        let fan_in = (channels / groups).saturating_mul(window);
        let fan_out = (filters / groups).saturating_mul(window);
        let parameter = |name: &'static str, shape: Vec<usize>, init: Option<Init>| Parameter {
            name,
            shape,
            trainable: self.training.trains(name),
            init,
            fan_in,
            fan_out,
        };
        let mut parameters = vec![parameter("weight", vec![fan_in, filters], self.init)];
        if self.bias {
            parameters.push(parameter("bias", vec![filters], Some(self.bias_init)));
        }
        parameters
    }

    fn reads(&self, wrt: Wrt) -> Reads {
        match wrt {
            Wrt::Parameter(0) => Reads::INPUT,
            _ => Reads::NOTHING,
        }
    }

    fn count_scratch(&self, work: Work, inputs: &[&Shape], dtype: Dtype) -> usize {
        let Some(fitted) = self.fitted(inputs[0]) else { return 0 };
        if self.is_pointwise(&fitted) && work != Work::Gradient(Wrt::Parameter(0)) {
            return 0;
        }
        let flat = self.is_pointwise(&fitted);
        let whole = [fitted.planes.iter().product()];
        let (planes, output) = if flat {
            (&whole[..], &whole[..])
        } else {
            (fitted.planes, &fitted.placed.output[..])
        };
        let sizes = scratch::Sizes {
            channels: fitted.channels / fitted.groups,
            filters: fitted.filters / fitted.groups,
            input: pair(planes, 1),
            output: pair(output, 1),
            kernel: pair(&self.window.kernel, 1),
            stride: pair(&self.window.stride, 1),
            padding: pair(&fitted.placed.before, 0),
            dilation: pair(&self.window.dilation, 1),
        };
        match work {
            Work::Forward => sizes.count_forward(),
            Work::Gradient(Wrt::Input(_)) => sizes.count_input_gradient(),
            Work::Gradient(Wrt::Parameter(0)) => sizes.count_weight_gradient(32 / dtype.bytes()),
            Work::Gradient(Wrt::Parameter(_)) => 0,
        }
    }

    fn count_macs(&self, inputs: &[&Shape], output: &Shape) -> u64 {
        let Some(fitted) = self.fitted(inputs[0]) else { return 0 };
        let taps = (fitted.channels / fitted.groups).saturating_mul(self.window.count());
        (output.count() as u64).saturating_mul(taps as u64)
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (geometry, scratch) = (self.emit_geometry(call), &call.scratch);
        let (x, y, weight) = (&call.inputs[0], &call.output, &call.parameters[0]);
        let bias = match call.parameters.get(1) {
            Some(bias) => quote!(::core::option::Option::Some(#bias)),
            None => quote!(::core::option::Option::None),
        };
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
        let Some(Fitted { channels, planes, filters, groups, placed }) = self.fitted(shapes[0])
        else {
            return vec![0.0; output.count()];
        };
        let ([rows, columns], [places_down, places_across]) =
            (pair(planes, 1), pair(&placed.output, 1));
        let (kernel, stride) = (pair(&self.window.kernel, 1), pair(&self.window.stride, 1));
        let (before, dilation) = (pair(&placed.before, 0), pair(&self.window.dilation, 1));
        let per_group = channels / groups;
        let mut result = Vec::with_capacity(output.count());
        for filter in 0..filters {
            let first = filter / (filters / groups) * per_group;
            for place in 0..places_down * places_across {
                let (down, across) = (place / places_across, place % places_across);
                let mut sum = parameters.get(1).map_or(0.0, |bias| bias[filter]);
                for tap in 0..per_group * kernel[0] * kernel[1] {
                    let (channel, element) =
                        (tap / (kernel[0] * kernel[1]), tap % (kernel[0] * kernel[1]));
                    let row = down * stride[0] + element / kernel[1] * dilation[0];
                    let column = across * stride[1] + element % kernel[1] * dilation[1];
                    let (row, column) =
                        (row.wrapping_sub(before[0]), column.wrapping_sub(before[1]));
                    if row < rows && column < columns {
                        let x = inputs[0][((first + channel) * rows + row) * columns + column];
                        sum += x * parameters[0][tap * filters + filter];
                    }
                }
                result.push(sum);
            }
        }
        result
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, layer: &str) -> String {
        let bias = if self.bias { format!(" + {layer}.bias") } else { String::new() };
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

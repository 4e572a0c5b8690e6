//! How parameters start: the words of `init`, their arguments, and the runtime's functions behind them.

use core::ops::RangeInclusive;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::functions::{fit_numbers, number};
use crate::graph::Dtype;
use crate::ops::Parameter;
use crate::resolve::Arguments;

/// What the parameters of an array are drawn from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// Uniform, up to a bound that depends on the layer.
    ScaledUniform(Scale),
    /// Normal around 0, of a standard deviation that depends on the layer.
    ScaledNormal(Scale),
    /// Normal around 0, of this standard deviation.
    Normal(f64),
    /// Uniform between these.
    Uniform(f64, f64),
    /// All the same.
    Constant(f64),
    /// Orthonormal rows or columns, whichever are fewer, times this.
    Orthogonal(f64),
}

/// √(a number / how many weights an output, or an input, has).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Divided by the fan in.
    In(u16),
    /// Divided by the fan in and the fan out.
    Both(u16),
}

impl Scale {
    /// For the weights of a layer: to the last bit what the network's type makes of it, so that a device need not
    /// divide, nor take roots.
    fn compute(self, parameter: &Parameter, dtype: Dtype) -> f64 {
        let (numerator, fan) = match self {
            Self::In(numerator) => (numerator, parameter.fan_in),
            Self::Both(numerator) => {
                (numerator, parameter.fan_in.saturating_add(parameter.fan_out))
            }
        };
        match dtype {
            Dtype::F32 => (f32::from(numerator) / fan as f32).sqrt().into(),
            Dtype::F64 => (f64::from(numerator) / fan as f64).sqrt(),
        }
    }
}

impl Init {
    /// Uniform, variance 2 / (fan in + fan out).
    pub const GLOROT_UNIFORM: Self = Self::ScaledUniform(Scale::Both(6));
    /// Uniform, variance 2 / fan in: for layers that a ReLU follows.
    pub const HE_UNIFORM: Self = Self::ScaledUniform(Scale::In(6));
    /// Normal, variance 1 / fan in: for layers that a SELU follows.
    pub const LECUN_NORMAL: Self = Self::ScaledNormal(Scale::In(1));
    /// All zero.
    pub const ZEROS: Self = Self::Constant(0.0);
}

/// A word of `init`, and how its arguments become what it stands for.
pub struct Initialiser {
    /// The word.
    pub keyword: &'static str,
    /// How it is written, with the defaults of its arguments.
    pub usage: &'static str,
    /// What the weights are drawn from.
    pub distribution: &'static str,
    /// Where it comes from; nothing where there is nothing to say.
    pub source: &'static str,
    /// Ways to write it: the first is the shortest.
    pub examples: &'static [&'static str],
    /// Reads the arguments; `None` after an error that it reported.
    pub configure: fn(&mut Arguments<'_>) -> Option<Init>,
}

/// What a weight, or a bound of one, can be.
const WEIGHTS: RangeInclusive<f64> = -1e6..=1e6;

/// What a width can be.
const WIDTHS: RangeInclusive<f64> = 0.0..=1e6;

/// Adding an initialiser adds an entry here, and a function to the runtime.
pub const INITIALISERS: &[Initialiser] = &[
    Initialiser {
        keyword: "constant",
        usage: "`constant(value)`",
        distribution: "all the same",
        source: "",
        examples: &["constant(0.5)", "constant(-3)", "constant(value = 3.14159)"],
        configure: |arguments| {
            Some(Init::Constant(arguments.take_main_number("value", None, WEIGHTS)?))
        },
    },
    Initialiser {
        keyword: "glorot_normal",
        usage: "`glorot_normal`",
        distribution: "normal, variance 2 / (fan in + fan out)",
        source: "Glorot and Bengio 2010",
        examples: &["glorot_normal"],
        configure: |_| Some(Init::ScaledNormal(Scale::Both(2))),
    },
    Initialiser {
        keyword: "glorot_uniform",
        usage: "`glorot_uniform`",
        distribution: "uniform within ±√(6 / (fan in + fan out))",
        source: "Glorot and Bengio 2010",
        examples: &["glorot_uniform"],
        configure: |_| Some(Init::GLOROT_UNIFORM),
    },
    Initialiser {
        keyword: "he_normal",
        usage: "`he_normal`",
        distribution: "normal, variance 2 / fan in",
        source: "He et al. 2015",
        examples: &["he_normal"],
        configure: |_| Some(Init::ScaledNormal(Scale::In(2))),
    },
    Initialiser {
        keyword: "he_uniform",
        usage: "`he_uniform`",
        distribution: "uniform within ±√(6 / fan in)",
        source: "He et al. 2015",
        examples: &["he_uniform"],
        configure: |_| Some(Init::HE_UNIFORM),
    },
    Initialiser {
        keyword: "lecun_normal",
        usage: "`lecun_normal`",
        distribution: "normal, variance 1 / fan in",
        source: "Klambauer et al. 2017",
        examples: &["lecun_normal"],
        configure: |_| Some(Init::LECUN_NORMAL),
    },
    Initialiser {
        keyword: "lecun_uniform",
        usage: "`lecun_uniform`",
        distribution: "uniform within ±√(3 / fan in)",
        source: "LeCun et al. 1998",
        examples: &["lecun_uniform"],
        configure: |_| Some(Init::ScaledUniform(Scale::In(3))),
    },
    Initialiser {
        keyword: "normal",
        usage: "`normal(std = 0.05)`",
        distribution: "normal around 0, of this standard deviation",
        source: "",
        examples: &["normal", "normal(0.02)", "normal(std = 0.01234567)"],
        configure: |arguments| {
            Some(Init::Normal(arguments.take_main_number("std", Some(0.05), WIDTHS)?))
        },
    },
    Initialiser {
        keyword: "orthogonal",
        usage: "`orthogonal(gain = 1.0)`",
        distribution: "orthonormal rows or columns, whichever are fewer, times the gain",
        source: "Saxe et al. 2014",
        examples: &["orthogonal", "orthogonal(gain = 1.4142135)"],
        configure: |arguments| {
            Some(Init::Orthogonal(arguments.take_main_number("gain", Some(1.0), WEIGHTS)?))
        },
    },
    Initialiser {
        keyword: "uniform",
        usage: "`uniform(bound = 0.05)`, `uniform(low, high)`",
        distribution: "uniform within ±bound, or from low to high",
        source: "",
        examples: &["uniform", "uniform(bound = 0.1)", "uniform(low = -0.1, high = 0.3)"],
        configure: configure_uniform,
    },
    Initialiser {
        keyword: "zeros",
        usage: "`zeros`",
        distribution: "all zero",
        source: "",
        examples: &["zeros"],
        configure: |_| Some(Init::ZEROS),
    },
];

/// `bound`, or `low` and `high`.
fn configure_uniform(arguments: &mut Arguments<'_>) -> Option<Init> {
    let [has_bound, has_low, has_high] =
        ["bound", "low", "high"].map(|name| arguments.has(name, name == "bound"));
    let bound = arguments.take_main_number("bound", Some(0.05), WIDTHS);
    let [low, high] = ["low", "high"].map(|name| arguments.take_number(name, f64::NAN, WEIGHTS));
    arguments.check(
        has_low == has_high && !(has_low && has_bound),
        "`uniform` takes either `bound`, or both `low` and `high`",
        "write `uniform(bound = 0.1)` or `uniform(low = -0.1, high = 0.3)`",
    )?;
    if !has_low {
        return bound.map(|bound| Init::Uniform(-bound, bound));
    }
    // One of which an error was reported is NaN, and there is nothing more to say.
    arguments.check(
        low.is_nan() || high.is_nan() || low < high,
        "`low` must be less than `high`",
        "give the smaller number as `low`",
    )?;
    Some(Init::Uniform(low, high))
}

/// The call that fills the scalars of a parameter.
#[must_use]
pub fn emit_fill(
    parameter: &Parameter,
    values: &TokenStream,
    dtype: Dtype,
    rt: &TokenStream,
) -> TokenStream {
    let size = |count: usize| Literal::usize_unsuffixed(count);
    let number = |value: f64| fit_numbers(&number(value), dtype);
    match parameter.init.unwrap_or(Init::GLOROT_UNIFORM) {
        Init::ScaledUniform(scale) => {
            let bound = number(scale.compute(parameter, dtype));
            quote!(#rt::initialisers::fill_within(random, #bound, #values);)
        }
        Init::ScaledNormal(scale) => {
            let deviation = number(scale.compute(parameter, dtype));
            quote!(#rt::initialisers::fill_normal(random, #deviation, #values);)
        }
        Init::Normal(deviation) => {
            let deviation = number(deviation);
            quote!(#rt::initialisers::fill_normal(random, #deviation, #values);)
        }
        Init::Uniform(low, high) => {
            let (low, high) = (number(low), number(high));
            quote!(#rt::initialisers::fill_uniform(random, #low, #high, #values);)
        }
        Init::Constant(value) => {
            let value = number(value);
            quote!(#rt::initialisers::fill_constant(random, #value, #values);)
        }
        Init::Orthogonal(gain) => {
            let (gain, columns) =
                (number(gain), size(parameter.shape.last().copied().unwrap_or(1)));
            quote!(#rt::initialisers::fill_orthogonal(random, #gain, #columns, #values);)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn emit(init: Init, dtype: Dtype) -> String {
        let (shape, init) = (vec![2, 8], Some(init));
        let parameter = Parameter {
            name: "weight",
            shape,
            trainable: true,
            statistic: false,
            init,
            fan_in: 2,
            fan_out: 8,
            torch: crate::ops::Torch::transposed("weight", &[8, 2]),
        };
        emit_fill(&parameter, &quote!(values), dtype, &quote!(rt)).to_string().replace(' ', "")
    }

    #[test]
    fn widths_are_those_of_the_layer_and_the_type() {
        let expected = "rt::initialisers::fill_within(random,0.7745967,values);";
        assert_eq!(emit(Init::GLOROT_UNIFORM, Dtype::F32), expected);
        assert_eq!(0.774_596_7_f32, (6.0_f32 / 10.0).sqrt());
        let expected = "rt::initialisers::fill_within(random,0.7745966692414834,values);";
        assert_eq!(emit(Init::GLOROT_UNIFORM, Dtype::F64), expected);
        let expected = "rt::initialisers::fill_normal(random,1.0,values);";
        assert_eq!(emit(Init::ScaledNormal(Scale::In(2)), Dtype::F32), expected);
    }
}

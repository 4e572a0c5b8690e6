//! How parameters start: the words of `init`, their arguments, and the runtime's functions behind them.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::functions::{fit_numbers, number};
use crate::graph::Dtype;
use crate::ops::Parameter;
use crate::resolve::Arguments;

/// What the parameters of an array are drawn from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// A distribution that depends on the fan-in and the fan-out: the word behind `fill_`.
    Scaled(&'static str),
    /// Normal around 0, of this standard deviation.
    Normal(f64),
    /// Uniform between these.
    Uniform(f64, f64),
    /// All the same.
    Constant(f64),
    /// Orthonormal rows or columns, whichever are fewer, times this.
    Orthogonal(f64),
}

impl Init {
    /// Uniform, variance 2 / (fan in + fan out).
    pub const GLOROT_UNIFORM: Self = Self::Scaled("glorot_uniform");
    /// Uniform, variance 2 / fan in: for layers that a ReLU follows.
    pub const HE_UNIFORM: Self = Self::Scaled("he_uniform");
    /// Normal, variance 1 / fan in: for layers that a SELU follows.
    pub const LECUN_NORMAL: Self = Self::Scaled("lecun_normal");
    /// All zero.
    pub const ZEROS: Self = Self::Constant(0.0);
}

/// A word of `init`, and how its arguments become what it stands for.
pub struct Initialiser {
    /// The word.
    pub keyword: &'static str,
    /// What the catalogue says: distribution and source.
    pub docs: &'static str,
    /// Reads the arguments; `None` after an error that it reported.
    pub configure: fn(&mut Arguments<'_>) -> Option<Init>,
}

/// Adding an initialiser adds an entry here, and a function to the runtime.
pub const INITIALISERS: &[Initialiser] = &[
    Initialiser {
        keyword: "constant",
        docs: "`constant(value)`: all the same.",
        configure: |arguments| {
            Some(Init::Constant(arguments.take_main_number("value", None, -1e6..=1e6)?))
        },
    },
    Initialiser {
        keyword: "glorot_normal",
        docs: "`glorot_normal`: normal, variance 2 / (fan in + fan out) (Glorot and Bengio 2010).",
        configure: |_| Some(Init::Scaled("glorot_normal")),
    },
    Initialiser {
        keyword: "glorot_uniform",
        docs: "`glorot_uniform`: uniform, variance 2 / (fan in + fan out) (Glorot and Bengio 2010).",
        configure: |_| Some(Init::GLOROT_UNIFORM),
    },
    Initialiser {
        keyword: "he_normal",
        docs: "`he_normal`: normal, variance 2 / fan in (He et al. 2015).",
        configure: |_| Some(Init::Scaled("he_normal")),
    },
    Initialiser {
        keyword: "he_uniform",
        docs: "`he_uniform`: uniform, variance 2 / fan in (He et al. 2015).",
        configure: |_| Some(Init::HE_UNIFORM),
    },
    Initialiser {
        keyword: "lecun_normal",
        docs: "`lecun_normal`: normal, variance 1 / fan in (Klambauer et al. 2017).",
        configure: |_| Some(Init::LECUN_NORMAL),
    },
    Initialiser {
        keyword: "lecun_uniform",
        docs: "`lecun_uniform`: uniform, variance 1 / fan in (LeCun et al. 1998).",
        configure: |_| Some(Init::Scaled("lecun_uniform")),
    },
    Initialiser {
        keyword: "normal",
        docs: "`normal(std = 0.05)`: normal around 0, of this standard deviation.",
        configure: |arguments| {
            Some(Init::Normal(arguments.take_main_number("std", Some(0.05), 0.0..=1e6)?))
        },
    },
    Initialiser {
        keyword: "orthogonal",
        docs: "`orthogonal(gain = 1.0)`: orthonormal rows or columns, whichever are fewer, times gain (Saxe et \
               al. 2014).",
        configure: |arguments| {
            Some(Init::Orthogonal(arguments.take_main_number("gain", Some(1.0), -1e6..=1e6)?))
        },
    },
    Initialiser {
        keyword: "uniform",
        docs: "`uniform(low = -0.05, high = 0.05)`: uniform between the two.",
        configure: |arguments| {
            let low = arguments.take_number("low", -0.05, -1e6..=1e6);
            let high = arguments.take_number("high", 0.05, -1e6..=1e6);
            arguments.check(low < high, "`low` must be less than `high`", "swap them")?;
            Some(Init::Uniform(low, high))
        },
    },
    Initialiser { keyword: "zeros", docs: "`zeros`: all zero.", configure: |_| Some(Init::ZEROS) },
];

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
        Init::Scaled(keyword) => {
            let fill = Ident::new(&format!("fill_{keyword}"), Span::call_site());
            let (fan_in, fan_out) = (size(parameter.fan_in), size(parameter.fan_out));
            quote!(#rt::initialisers::#fill(random, #fan_in, #fan_out, #values);)
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

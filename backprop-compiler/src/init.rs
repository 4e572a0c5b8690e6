//! How parameters start. The compiler computes the bounds; the runtime only draws.

use crate::ops::Parameter;

/// A distribution that depends on the fan-in and the fan-out of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Init {
    /// Uniform, variance 2 / (fan in + fan out) (Glorot and Bengio 2010).
    GlorotUniform,
    /// Normal, variance 2 / (fan in + fan out).
    GlorotNormal,
    /// Uniform, variance 2 / fan in: for layers that a ReLU follows (He et al. 2015).
    HeUniform,
    /// Normal, variance 2 / fan in.
    HeNormal,
    /// All zero.
    Zeros,
}

/// What the runtime is asked to draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Draw {
    /// From -bound to bound.
    Uniform(f64),
    /// With this standard deviation around 0.
    Normal(f64),
    /// The same everywhere.
    Constant(f64),
}

impl Init {
    /// The words of the language.
    pub const NAMES: &[(&str, Self)] = &[
        ("glorot_uniform", Self::GlorotUniform),
        ("glorot_normal", Self::GlorotNormal),
        ("he_uniform", Self::HeUniform),
        ("he_normal", Self::HeNormal),
        ("zeros", Self::Zeros),
    ];

    /// What to draw for a parameter.
    #[must_use]
    pub fn draw(self, parameter: &Parameter) -> Draw {
        let (fan_in, fan_out) = (parameter.fan_in as f64, parameter.fan_out as f64);
        match self {
            Self::GlorotUniform => Draw::Uniform((6.0 / (fan_in + fan_out)).sqrt()),
            Self::GlorotNormal => Draw::Normal((2.0 / (fan_in + fan_out)).sqrt()),
            Self::HeUniform => Draw::Uniform((6.0 / fan_in).sqrt()),
            Self::HeNormal => Draw::Normal((2.0 / fan_in).sqrt()),
            Self::Zeros => Draw::Constant(0.0),
        }
    }
}

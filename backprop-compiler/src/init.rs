//! How parameters start: the names of the runtime's initialisers.

/// A distribution that depends on the fan-in and the fan-out of a layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// Uniform, variance 2 / (fan in + fan out).
    GlorotUniform,
    /// Normal, variance 2 / (fan in + fan out).
    GlorotNormal,
    /// Uniform, variance 2 / fan in: for layers that a ReLU follows.
    HeUniform,
    /// Normal, variance 2 / fan in.
    HeNormal,
    /// Normal, variance 1 / fan in: for layers that a SELU follows.
    LecunNormal,
    /// All zero.
    Zeros,
    /// All the same.
    Constant(f64),
}

impl Init {
    /// Every initialiser.
    pub const ALL: &[Self] =
        &[Self::GlorotUniform, Self::GlorotNormal, Self::HeUniform, Self::HeNormal, Self::Zeros];

    /// The word of the language; behind `fill_`, the runtime's function.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GlorotUniform => "glorot_uniform",
            Self::GlorotNormal => "glorot_normal",
            Self::HeUniform => "he_uniform",
            Self::HeNormal => "he_normal",
            Self::LecunNormal => "lecun_normal",
            Self::Zeros => "zeros",
            Self::Constant(_) => "constant",
        }
    }
}

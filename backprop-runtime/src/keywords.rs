//! The documented items behind the words of the language: what an editor's hover shows.
#![allow(non_camel_case_types, reason = "they are spelled as in a declaration")]

/// Layers.
pub mod layers {
    /// `dense(units)`: `[n]` to `[units]`, y = x W + b.
    ///
    /// Arguments: `bias = true | false`, `init = glorot_uniform | glorot_normal | he_uniform |
    /// he_normal | zeros`, `trainable = true | false | weight | bias`.
    pub struct dense;
    /// `flatten`: all axes become one.
    pub struct flatten;
    /// `reshape([a, b])`: the same scalars under other axes.
    pub struct reshape;
    /// `identity`: the value as it is.
    pub struct identity;
    /// `relu`: max(0, x).
    pub struct relu;
    /// `sigmoid`: 1 / (1 + e^-x).
    pub struct sigmoid;
    /// `tanh`: the hyperbolic tangent.
    pub struct tanh;
    /// `softmax`: e^x over the sum of them all.
    pub struct softmax;
    /// `concat(a, b, axis = 0)`: values side by side.
    pub struct concat;
}

/// Losses.
pub mod losses {
    /// `mse(y)`: the mean over the elements of (y - target)².
    pub struct mse;
    /// `cross_entropy(y)`: -ln softmax(y) at the target; takes logits.
    ///
    /// Arguments: `target = index | probabilities`, `smoothing = 0.1`.
    pub struct cross_entropy;
}

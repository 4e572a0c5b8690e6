//! What the arrays of parameters are called.

/// One array of parameters: what a rule that tells them apart goes by ([`Groups`](crate::Groups)), and how
/// [`Parameters::as_slice`](crate::Parameters::as_slice) is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParameterInfo {
    /// The layer's label, or its automatic name, as `dense1`.
    pub layer: &'static str,
    /// The field of the layer, as `weight` or `bias`.
    pub name: &'static str,
    /// The axes, as a network's `visit_parameters` shows them.
    pub shape: &'static [usize],
    /// How many scalars there are: the product of the axes.
    pub count: usize,
}

impl ParameterInfo {
    /// A description.
    #[must_use]
    pub const fn new(layer: &'static str, name: &'static str, shape: &'static [usize]) -> Self {
        let mut count: usize = 1;
        let mut axes = shape;
        while let [axis, rest @ ..] = axes {
            count = count.wrapping_mul(*axis);
            axes = rest;
        }
        Self { layer, name, shape, count }
    }

    /// Whether it is a bias: of any kind, where a layer has several.
    ///
    /// ```
    /// use backprop_runtime::ParameterInfo;
    ///
    /// assert!(ParameterInfo::new("dense1", "bias", &[8]).is_bias());
    /// assert!(!ParameterInfo::new("dense1", "weight", &[2, 8]).is_bias());
    /// ```
    #[must_use]
    pub fn is_bias(&self) -> bool {
        self.name.starts_with("bias")
    }
}

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
    /// Whether it is a statistic of the data.
    statistic: bool,
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
        Self { layer, name, shape, count, statistic: false }
    }

    /// The same of a statistic.
    #[must_use]
    pub const fn statistic(self) -> Self {
        Self { statistic: true, ..self }
    }

    /// Whether it is a statistic of the data, as the `running_mean` of a `batch_norm`: training changes it, but not by an
    /// optimiser's rule. What stands for its gradient is what is to be subtracted from it.
    ///
    /// ```
    /// use backprop_runtime::ParameterInfo;
    ///
    /// let info = ParameterInfo::new("batch_norm1", "running_mean", &[8]);
    /// assert!(!info.is_statistic() && info.statistic().is_statistic());
    /// ```
    #[must_use]
    pub const fn is_statistic(&self) -> bool {
        self.statistic
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

/// Whether any of the arrays is a statistic.
pub const fn has_statistics(mut layout: &[ParameterInfo]) -> bool {
    while let [first, rest @ ..] = layout {
        if first.statistic {
            return true;
        }
        layout = rest;
    }
    false
}

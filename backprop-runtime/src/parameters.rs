//! Containers of one layer's parameters: plain arrays in declared order.

use crate::zero::Zero;

macro_rules! declare_container {
    ($(#[$docs:meta])* $name:ident { $($field:ident: $kind:ident),* }) => {
        $(#[$docs])*
        #[repr(C)]
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name<$($kind),*> {
            $(
                #[doc = concat!("The layer's ", stringify!($field), ".")]
                pub $field: $kind,
            )*
        }

        impl<$($kind: Zero),*> Zero for $name<$($kind),*> {
            const ZERO: Self = Self { $($field: $kind::ZERO),* };
        }
    };
}

declare_container! {
    /// A weight alone.
    Weight { weight: W }
}
declare_container! {
    /// A bias alone: that of a layer whose weight stands in the other block.
    Bias { bias: B }
}
declare_container! {
    /// A weight and a bias.
    WeightBias { weight: W, bias: B }
}
declare_container! {
    /// Running statistics alone.
    RunningMeanRunningVar { running_mean: M, running_var: V }
}
declare_container! {
    /// A weight and running statistics.
    WeightRunningMeanRunningVar { weight: W, running_mean: M, running_var: V }
}
declare_container! {
    /// A bias and running statistics.
    BiasRunningMeanRunningVar { bias: B, running_mean: M, running_var: V }
}
declare_container! {
    /// A weight, a bias and running statistics.
    WeightBiasRunningMeanRunningVar { weight: W, bias: B, running_mean: M, running_var: V }
}
declare_container! {
    /// The weights of a recurrent layer: of its input and of its state.
    WeightIhWeightHh { weight_ih: I, weight_hh: H }
}
declare_container! {
    /// The weights and biases of a recurrent layer.
    WeightIhWeightHhBiasIhBiasHh { weight_ih: I, weight_hh: H, bias_ih: B, bias_hh: C }
}
declare_container! {
    /// The weights of a recurrent layer of two directions.
    WeightIhWeightHhWeightIhReverseWeightHhReverse {
        weight_ih: I,
        weight_hh: H,
        weight_ih_reverse: J,
        weight_hh_reverse: K
    }
}
declare_container! {
    /// The weights and biases of a recurrent layer of two directions.
    WeightIhWeightHhBiasIhBiasHhWeightIhReverseWeightHhReverseBiasIhReverseBiasHhReverse {
        weight_ih: I,
        weight_hh: H,
        bias_ih: B,
        bias_hh: C,
        weight_ih_reverse: J,
        weight_hh_reverse: K,
        bias_ih_reverse: D,
        bias_hh_reverse: E
    }
}
declare_container! {
    /// The weights of attention: to its queries, keys and values, and from its heads.
    InProjWeightOutProjWeight { in_proj_weight: I, out_proj_weight: O }
}
declare_container! {
    /// The weights and biases of attention.
    InProjWeightInProjBiasOutProjWeightOutProjBias {
        in_proj_weight: I,
        in_proj_bias: B,
        out_proj_weight: O,
        out_proj_bias: C
    }
}

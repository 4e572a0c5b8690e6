//! The weight and the bias of a layer that sums: their arguments, and what parameters they are.

use super::{Parameter, Torch};
use crate::init::Init;
use crate::resolve::{Arguments, Training};

#[derive(Clone, Debug)]
pub struct Weights {
    pub bias: bool,
    init: Option<Init>,
    bias_init: Init,
    training: Training,
}

/// Rows of a weight gradient that are summed before an optimiser takes them, where a sample has several steps.
pub const SUMMED_ROWS: usize = 4;

/// How many scalars each sum is over, and in how many sums each scalar is.
#[derive(Clone, Copy, Debug)]
pub struct Fans {
    pub fan_in: usize,
    pub fan_out: usize,
}

/// x W + b by its definition, of a weight `[in][out]`.
pub fn multiply_row(x: &[f64], weight: &[f64], bias: Option<&[f64]>) -> Vec<f64> {
    let columns = weight.len() / x.len();
    let sum = |column: usize| -> f64 {
        let weights = weight.iter().skip(column).step_by(columns);
        let products = x.iter().zip(weights).map(|(x, weight)| x * weight);
        products.sum::<f64>() + bias.map_or(0.0, |bias| bias[column])
    };
    (0..columns).map(sum).collect()
}

impl Weights {
    /// `bias`, `init`, `bias_init` and `trainable`; `None` only after an error.
    pub fn take(arguments: &mut Arguments<'_>) -> Option<Self> {
        let bias = arguments.take_flag("bias", true);
        let init = arguments.take_init("init");
        let bias_init = arguments.take_bias_init(bias)?;
        let training =
            arguments.take_training(if bias { &["weight", "bias"] } else { &["weight"] });
        Some(Self { bias, init, bias_init, training })
    }

    /// A weight of this shape, which PyTorch has in those axes, and a bias of this length if there is one.
    pub fn list(
        &self,
        weight: [usize; 2],
        torch_weight: &[usize],
        bias: usize,
        fans: Fans,
    ) -> Vec<Parameter> {
        let Fans { fan_in, fan_out } = fans;
        let parameter = |name, shape: &[usize], init: Option<Init>, torch: Torch| Parameter {
            name,
            shape: shape.to_vec(),
            trainable: self.training.trains(name),
            statistic: false,
            init,
            fan_in,
            fan_out,
            torch,
        };
        let torch = Torch::transposed("weight", torch_weight);
        let mut parameters = vec![parameter("weight", &weight, self.init, torch)];
        if self.bias {
            let torch = Torch::in_order("bias", &[bias]);
            parameters.push(parameter("bias", &[bias], Some(self.bias_init), torch));
        }
        parameters
    }

    /// What the settings of a layer end with.
    pub fn settings(&self) -> &'static str {
        if self.bias { "" } else { ", bias = false" }
    }

    /// What the formula of a layer ends with.
    pub fn derive_bias(&self, layer: &str) -> String {
        if self.bias { format!(" + {layer}.bias") } else { String::new() }
    }
}

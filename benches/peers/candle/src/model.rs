//! A chain of dense layers, as candle's examples write it.

use candle_core::{Device, Result, Tensor, Var};
use candle_nn::{Linear, Module, ops};
use contest::data;
use contest::networks::{Head, Hidden, Shape};

pub struct Model {
    layers: Vec<Linear>,
    shape: &'static Shape,
    /// What an optimiser changes.
    pub variables: Vec<Var>,
}

impl Model {
    /// One that can be trained; without variables there is no graph to keep.
    pub fn new(shape: &'static Shape, trains: bool) -> Result<Self> {
        let mut model = Self { layers: Vec::new(), shape, variables: Vec::new() };
        for (inputs, outputs) in shape.layers() {
            let weights: Vec<f32> = data::list_weights(inputs, outputs).collect();
            // Its weights are [out][in].
            let weight = Tensor::from_vec(weights, (inputs, outputs), &Device::Cpu)?.t()?;
            let mut weight = weight.contiguous()?;
            let mut bias = Tensor::new(vec![0_f32; outputs], &Device::Cpu)?;
            if trains {
                for parameter in [&mut weight, &mut bias] {
                    let variable = Var::from_tensor(parameter)?;
                    *parameter = variable.as_tensor().clone();
                    model.variables.push(variable);
                }
            }
            model.layers.push(Linear::new(weight, Some(bias)));
        }
        Ok(model)
    }

    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let mut x = x.clone();
        for (index, layer) in self.layers.iter().enumerate() {
            x = layer.forward(&x)?;
            if index + 1 < self.layers.len() {
                x = match self.shape.hidden {
                    Hidden::Relu => x.relu()?,
                    Hidden::Tanh => x.tanh()?,
                };
            }
        }
        if self.shape.head == Head::Sigmoid { ops::sigmoid(&x) } else { Ok(x) }
    }
}

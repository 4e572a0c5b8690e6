//! A chain of dense layers, as burn's book writes it.

use burn::module::Param;
use burn::nn::{Linear, LinearConfig};
use burn::prelude::*;
use burn::tensor::activation::{relu, sigmoid};
use contest::data;
use contest::networks::{Head, Hidden, Shape};

#[derive(Module, Debug)]
pub struct Model {
    layers: Vec<Linear>,
}

impl Model {
    pub fn new(shape: &Shape, device: &Device) -> Self {
        let layers = shape.layers().map(|(inputs, outputs)| {
            let weights: Vec<f32> = data::list_weights(inputs, outputs).collect();
            let weights = TensorData::new(weights, [inputs, outputs]);
            let mut layer = LinearConfig::new(inputs, outputs).init(device);
            layer.weight = Param::from_tensor(Tensor::from_data(weights, device));
            layer.bias = Some(Param::from_tensor(Tensor::zeros([outputs], device)));
            layer
        });
        Self { layers: layers.collect() }
    }

    pub fn forward(&self, shape: &Shape, mut x: Tensor<2>) -> Tensor<2> {
        for (index, layer) in self.layers.iter().enumerate() {
            x = layer.forward(x);
            if index + 1 < self.layers.len() {
                x = match shape.hidden {
                    Hidden::Relu => relu(x),
                    Hidden::Tanh => x.tanh(),
                };
            }
        }
        if shape.head == Head::Sigmoid { sigmoid(x) } else { x }
    }
}

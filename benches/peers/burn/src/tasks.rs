//! The tasks that are timed.

use burn::nn::loss::{CrossEntropyLossConfig, MseLoss, Reduction};
use burn::optim::{AdamConfig, GradientsParams, ModuleOptimizer, SgdConfig};
use burn::prelude::*;
use contest::data;
use contest::inference::{self, Inference};
use contest::networks::{Head, Shape};
use contest::protocol::Run;
use contest::tasks::{Call, Rates, Task};

use crate::model::Model;

pub fn create(task: Task, rates: Rates) -> Option<Box<dyn Run>> {
    if task.shape.double || task.shape.has_front() {
        return None;
    }
    Some(if task.trains() {
        Box::new(Training::new(task, rates))
    } else {
        let model = Model::new(task.shape, &Device::flex());
        Box::new(Inference::new(task, Inferring { model, shape: task.shape })?)
    })
}

struct Training {
    task: Task,
    rate: f64,
    model: Option<Model>,
    optimizer: ModuleOptimizer,
    inputs: Tensor<2>,
    classes: Tensor<1, Int>,
    values: Tensor<2>,
}

impl Training {
    fn new(task: Task, rates: Rates) -> Self {
        let device = Device::flex().autodiff();
        let shape = [task.samples, task.shape.inputs()];
        let classes: Vec<i32> =
            data::list_classes(&task).iter().map(|class| *class as i32).collect();
        let values = TensorData::new(data::list_values(&task), [task.samples, 1]);
        Self {
            task,
            rate: f64::from(task.rate(rates)),
            model: Some(Model::new(task.shape, &device)),
            optimizer: match task.call {
                Call::Adam => AdamConfig::new().with_epsilon(1e-8).init(),
                _ => SgdConfig::new().init(),
            },
            inputs: Tensor::from_data(TensorData::new(data::list_inputs(&task), shape), &device),
            classes: Tensor::from_data(TensorData::new(classes, [task.samples]), &device),
            values: Tensor::from_data(values, &device),
        }
    }

    /// One step; the loss before it.
    fn step(&mut self) -> Option<f32> {
        let model = self.model.take()?;
        let output = model.forward(self.task.shape, self.inputs.clone());
        let loss = match self.task.shape.head {
            Head::Classes => CrossEntropyLossConfig::new()
                .init(&output.device())
                .forward(output, self.classes.clone()),
            Head::Values | Head::Sigmoid => {
                MseLoss::new().forward(output, self.values.clone(), Reduction::Mean)
            }
        };
        let gradients = GradientsParams::from_grads(loss.backward(), &model);
        self.model = Some(self.optimizer.step(self.rate, model, gradients));
        Some(loss.into_scalar())
    }
}

impl Run for Training {
    fn run(&mut self, calls: usize) -> f64 {
        (0..calls).map(|_| self.step().map_or(f64::NAN, f64::from)).sum()
    }
}

struct Inferring {
    model: Model,
    shape: &'static Shape,
}

impl inference::Model for Inferring {
    type Tensor = Tensor<2>;

    fn create_tensor(&self, task: Task, samples: &[f32]) -> Option<Tensor<2>> {
        let data = TensorData::new(samples.to_vec(), [task.samples, task.shape.inputs()]);
        Some(Tensor::from_data(data, &Device::flex()))
    }

    fn infer(&self, input: &Tensor<2>) -> Option<f32> {
        let output = self.model.forward(self.shape, input.clone()).into_data();
        output.as_slice::<f32>().ok()?.first().copied()
    }
}

//! The tasks that are timed.

use burn::nn::loss::{CrossEntropyLossConfig, MseLoss, Reduction};
use burn::optim::{AdamConfig, GradientsParams, ModuleOptimizer, SgdConfig};
use burn::prelude::*;
use contest::data;
use contest::networks::Head;
use contest::protocol::Run;
use contest::tasks::{Call, DEPENDENCE, Rates, Task};

use crate::model::Model;

pub fn create(task: Task, rates: Rates) -> Option<Box<dyn Run>> {
    if task.shape.double {
        return None;
    }
    Some(if task.trains() {
        Box::new(Training::new(task, rates))
    } else {
        Box::new(Inference::new(task))
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

struct Inference {
    task: Task,
    model: Model,
    /// Of each call in turn.
    inputs: Vec<Vec<f32>>,
    tensors: Vec<Tensor<2>>,
}

impl Inference {
    fn new(task: Task) -> Self {
        let all = data::list_inputs(&task);
        let inputs: Vec<Vec<f32>> =
            all.chunks(task.samples * task.shape.inputs()).map(<[f32]>::to_vec).collect();
        let tensors = inputs.iter().map(|input| create_tensor(task, input)).collect();
        Self { task, model: Model::new(task.shape, &Device::flex()), inputs, tensors }
    }
}

impl Run for Inference {
    fn run(&mut self, calls: usize) -> f64 {
        let (mut last, mut sum) = (0.0, 0.0);
        for call in 0..calls {
            let place = call % self.inputs.len();
            let input = if self.task.call == Call::Dependent {
                self.inputs[place][0] += DEPENDENCE * last;
                create_tensor(self.task, &self.inputs[place])
            } else {
                self.tensors[place].clone()
            };
            let output = self.model.forward(self.task.shape, input).into_data();
            last = output.as_slice::<f32>().map_or(f32::NAN, |values| values[0]);
            sum += f64::from(last);
        }
        sum
    }
}

fn create_tensor(task: Task, input: &[f32]) -> Tensor<2> {
    let data = TensorData::new(input.to_vec(), [task.samples, task.shape.inputs()]);
    Tensor::from_data(data, &Device::flex())
}

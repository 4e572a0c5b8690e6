//! The tasks that are timed.

use candle_core::{Device, Result, Tensor};
use candle_nn::{AdamW, Optimizer, ParamsAdamW, SGD, loss};
use contest::data;
use contest::inference::{self, Inference};
use contest::networks::Head;
use contest::protocol::Run;
use contest::tasks::{Call, Rates, Task};

use crate::model::Model;

pub fn create(task: Task, rates: Rates) -> Option<Box<dyn Run>> {
    if task.shape.double || task.shape.has_front() {
        return None;
    }
    let rate = f64::from(task.rate(rates));
    // Its Adam is AdamW without decay.
    let settings = ParamsAdamW { lr: rate, weight_decay: 0.0, ..ParamsAdamW::default() };
    match task.call {
        Call::Sgd => Training::<SGD>::prepare(task, rate).ok(),
        Call::Adam => Training::<AdamW>::prepare(task, settings).ok(),
        Call::Dependent | Call::Independent | Call::Together => {
            let model = Model::new(task.shape, false).ok()?;
            Some(Box::new(Inference::new(task, model)?))
        }
    }
}

struct Training<O> {
    task: Task,
    model: Model,
    optimizer: O,
    inputs: Tensor,
    targets: Tensor,
}

impl<O: Optimizer + 'static> Training<O> {
    fn prepare(task: Task, config: O::Config) -> Result<Box<dyn Run>> {
        let model = Model::new(task.shape, true)?;
        let shape = (task.samples, task.shape.inputs());
        let targets = match task.shape.head {
            Head::Classes => Tensor::new(data::list_classes(&task), &Device::Cpu)?,
            Head::Values | Head::Sigmoid => {
                Tensor::from_vec(data::list_values(&task), (task.samples, 1), &Device::Cpu)?
            }
        };
        let optimizer = O::new(model.variables.clone(), config)?;
        let inputs = Tensor::from_vec(data::list_inputs(&task), shape, &Device::Cpu)?;
        Ok(Box::new(Self { task, model, optimizer, inputs, targets }))
    }

    /// One step; the loss before it.
    fn step(&mut self) -> Result<f32> {
        let output = self.model.forward(&self.inputs)?;
        let loss = match self.task.shape.head {
            Head::Classes => loss::cross_entropy(&output, &self.targets)?,
            Head::Values | Head::Sigmoid => loss::mse(&output, &self.targets)?,
        };
        self.optimizer.backward_step(&loss)?;
        loss.to_scalar()
    }
}

impl<O: Optimizer + 'static> Run for Training<O> {
    fn run(&mut self, calls: usize) -> f64 {
        (0..calls).map(|_| self.step().map_or(f64::NAN, f64::from)).sum()
    }
}

impl inference::Model for Model {
    type Tensor = Tensor;

    fn create_tensor(&self, task: Task, samples: &[f32]) -> Option<Tensor> {
        Tensor::from_slice(samples, (task.samples, task.shape.inputs()), &Device::Cpu).ok()
    }

    fn infer(&self, input: &Tensor) -> Option<f32> {
        let outputs: Vec<f32> = self.forward(input).ok()?.flatten_all().ok()?.to_vec1().ok()?;
        outputs.first().copied()
    }
}

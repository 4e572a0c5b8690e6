//! The tasks that are timed.

use candle_core::{Device, Result, Tensor};
use candle_nn::{AdamW, Optimizer, ParamsAdamW, SGD, loss};
use contest::data;
use contest::networks::Head;
use contest::protocol::Run;
use contest::tasks::{Call, DEPENDENCE, Rates, Task};

use crate::model::Model;

pub fn create(task: Task, rates: Rates) -> Option<Box<dyn Run>> {
    if task.shape.double {
        return None;
    }
    let rate = f64::from(task.rate(rates));
    // Its Adam is AdamW without decay.
    let settings = ParamsAdamW { lr: rate, weight_decay: 0.0, ..ParamsAdamW::default() };
    let prepared: Result<Box<dyn Run>> = match task.call {
        Call::Sgd => Training::<SGD>::prepare(task, rate),
        Call::Adam => Training::<AdamW>::prepare(task, settings),
        Call::Dependent | Call::Independent | Call::Together => Inference::prepare(task),
    };
    prepared.ok()
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

struct Inference {
    task: Task,
    model: Model,
    /// Of each call in turn.
    inputs: Vec<Vec<f32>>,
    tensors: Vec<Tensor>,
}

impl Inference {
    fn prepare(task: Task) -> Result<Box<dyn Run>> {
        let all = data::list_inputs(&task);
        let inputs: Vec<Vec<f32>> =
            all.chunks(task.samples * task.shape.inputs()).map(<[f32]>::to_vec).collect();
        let tensors = inputs.iter().map(|input| create_tensor(task, input));
        let tensors = tensors.collect::<Result<_>>()?;
        let model = Model::new(task.shape, false)?;
        Ok(Box::new(Self { task, model, inputs, tensors }))
    }

    /// The first output.
    fn call(&mut self, place: usize, last: f32) -> Result<f32> {
        let output = if self.task.call == Call::Dependent {
            self.inputs[place][0] += DEPENDENCE * last;
            self.model.forward(&create_tensor(self.task, &self.inputs[place])?)?
        } else {
            self.model.forward(&self.tensors[place])?
        };
        Ok(output.flatten_all()?.to_vec1()?[0])
    }
}

impl Run for Inference {
    fn run(&mut self, calls: usize) -> f64 {
        let (mut last, mut sum) = (0.0, 0.0);
        for call in 0..calls {
            last = self.call(call % self.inputs.len(), last).unwrap_or(f32::NAN);
            sum += f64::from(last);
        }
        sum
    }
}

fn create_tensor(task: Task, input: &[f32]) -> Result<Tensor> {
    Tensor::from_slice(input, (task.samples, task.shape.inputs()), &Device::Cpu)
}

//! Outputs of one batch of samples after another, as every framework of tensors computes them.

use crate::data;
use crate::protocol::Run;
use crate::tasks::{Call, DEPENDENCE, Task};

/// A model of a framework.
pub trait Model {
    /// What it reads.
    type Tensor;

    /// The samples of a call; `None` where the framework fails.
    fn create_tensor(&self, task: Task, samples: &[f32]) -> Option<Self::Tensor>;

    /// The first of the outputs; `None` where the framework fails.
    fn infer(&self, input: &Self::Tensor) -> Option<f32>;
}

pub struct Inference<M: Model> {
    task: Task,
    model: M,
    /// Of each call in turn.
    inputs: Vec<Vec<f32>>,
    tensors: Vec<M::Tensor>,
}

impl<M: Model> Inference<M> {
    pub fn new(task: Task, model: M) -> Option<Self> {
        let all = data::list_inputs(&task);
        let inputs: Vec<Vec<f32>> =
            all.chunks(task.samples * task.shape.inputs()).map(<[f32]>::to_vec).collect();
        let tensors = inputs.iter().map(|input| model.create_tensor(task, input));
        let tensors = tensors.collect::<Option<_>>()?;
        Some(Self { task, model, inputs, tensors })
    }

    fn call(&mut self, place: usize, last: f32) -> Option<f32> {
        if self.task.call != Call::Dependent {
            return self.model.infer(&self.tensors[place]);
        }
        self.inputs[place][0] += DEPENDENCE * last;
        self.model.infer(&self.model.create_tensor(self.task, &self.inputs[place])?)
    }
}

impl<M: Model> Run for Inference<M> {
    fn run(&mut self, calls: usize) -> f64 {
        let (mut last, mut sum) = (0.0, 0.0);
        for call in 0..calls {
            last = self.call(call % self.inputs.len(), last).unwrap_or(f32::NAN);
            sum += f64::from(last);
        }
        sum
    }
}

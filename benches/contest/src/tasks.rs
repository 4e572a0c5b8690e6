//! What is asked for by name: `NETWORK/CALL/SAMPLES`.

use crate::networks::Shape;

/// How much of the last output a dependent call adds to its input: too little to change it, which no compiler
/// can know, and yet no denormal.
pub const DEPENDENCE: f32 = 1e-30;

/// What one call does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Call {
    /// Forward, loss, backward and update, with plain gradient descent.
    Sgd,
    /// The same with Adam.
    Adam,
    /// The outputs of one sample, whose first element takes [`DEPENDENCE`] times the first of the last outputs.
    Dependent,
    /// The outputs of one sample, and then of the next.
    Independent,
    /// The outputs of many samples at once.
    Together,
    /// The output of the next step of a sequence: each call takes up the state that the last one left.
    Stream,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Task {
    pub shape: &'static Shape,
    pub call: Call,
    /// Samples in one call.
    pub samples: usize,
}

/// Learning rates.
#[derive(Clone, Copy)]
pub struct Rates {
    pub sgd: f32,
    pub adam: f32,
}

/// So fast that a wrong gradient shows in the next losses.
pub const CHECKED: Rates = Rates { sgd: 0.1, adam: 1e-3 };
/// So slow that millions of steps on one batch leave the gradients what they are: learnt by heart, they would
/// become denormal numbers, which take a processor many times as long.
pub const TIMED: Rates = Rates { sgd: 1e-6, adam: 1e-9 };

impl Task {
    pub fn parse(name: &str) -> Option<Self> {
        let mut words = name.split('/');
        let shape = Shape::find(words.next()?)?;
        let call = match words.next()? {
            "sgd" => Call::Sgd,
            "adam" => Call::Adam,
            "dependent" => Call::Dependent,
            "independent" => Call::Independent,
            "together" => Call::Together,
            "stream" => Call::Stream,
            _ => return None,
        };
        let samples = words.next()?.parse().ok()?;
        words.next().is_none().then_some(Self { shape, call, samples })
    }

    pub fn trains(&self) -> bool {
        matches!(self.call, Call::Sgd | Call::Adam)
    }

    pub fn rate(&self, rates: Rates) -> f32 {
        if self.call == Call::Adam { rates.adam } else { rates.sgd }
    }

    /// How many calls are added up to be held against others': enough steps that updates show, and every
    /// single sample once.
    pub fn checked_calls(&self) -> usize {
        if self.trains() { 4 } else { crate::data::SAMPLES }
    }

    /// How many different samples the calls meet.
    pub fn different_samples(&self) -> usize {
        match self.call {
            Call::Dependent | Call::Independent | Call::Stream => crate::data::SAMPLES,
            Call::Sgd | Call::Adam | Call::Together => self.samples,
        }
    }
}

//! Training by every rule that steps in place, one network after the other.

use core::ffi::CStr;

use backprop::schedules::StepDecay;
use backprop::{
    Adadelta, Adagrad, Adam, AdamW, Error, Lion, Nadam, Optimizer, Parameters, Random, RmsProp,
    Rng, Rule, Sgd, Step, network,
};

use crate::{SEED, draw, hash_bits};

network! {
    /// Small enough that its gradient and two states fit beside it on any machine.
    pub struct Small {
        input readings: [16];
        output pattern = readings -> dense(12) -> relu -> dense(4);
        loss cross_entropy(pattern);
    }
}

/// The optimiser of a rule.
pub type SmallOptimizer<R> = Optimizer<R, SmallGradient>;

/// How many steps each rule takes.
const STEPS: u32 = 50;

/// What is done with each rule.
pub trait VisitRule {
    /// `hash` is the name of the parameters' hash, and `step` of a step.
    ///
    /// # Errors
    ///
    /// A loss that is not finite.
    fn visit(
        &mut self,
        hash: &'static CStr,
        step: &'static CStr,
        rule: impl Rule<f32>,
    ) -> Result<(), Error>;
}

/// A name with its zero, found by the compiler.
const fn name(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(name) => name,
        Err(_) => panic!("a name ends with its only zero"),
    }
}

macro_rules! visit {
    ($visitor:ident, $($name:literal: $rule:expr;)*) => {{
        $(
            let hash = const { name(concat!($name, ".hash\0")) };
            let step = const { name(concat!($name, ".step\0")) };
            $visitor.visit(hash, step, $rule)?;
        )*
        Ok(())
    }};
}

/// Shows a visitor every rule.
///
/// # Errors
///
/// The visitor's first.
pub fn visit_rules(visitor: &mut impl VisitRule) -> Result<(), Error> {
    visit! {
        visitor,
        "sgd": Sgd::new(0.05);
        "sgd_decay": Sgd::new(0.05).weight_decay(0.01);
        "momentum": Sgd::new(0.05).momentum(0.9);
        "nesterov": Sgd::new(0.05).momentum(0.9).nesterov();
        "rms_prop": RmsProp::new(0.01);
        "rms_prop_centered": RmsProp::new(0.01).centered().momentum(0.5);
        "adagrad": Adagrad::new(0.05);
        "adadelta": Adadelta::new(1.0);
        "adam": Adam::new(0.01);
        "adam_w": AdamW::new(0.01);
        "nadam": Nadam::new(0.01);
        "lion": Lion::new(0.005);
        "clipped": Sgd::new(0.05).l1(0.001).clip_value(0.1);
        "scheduled": Sgd::new(0.05).schedule(StepDecay::new(10));
    }
}

/// Trains the network from the seed on. `take_step` is around each step.
///
/// # Errors
///
/// A loss that is not finite.
pub fn train_small<R: Rule<f32>>(
    rule: R,
    workspace: &mut SmallWorkspace<Step>,
    mut take_step: impl FnMut(
        &mut Small,
        &([f32; 16], u32),
        &mut SmallOptimizer<R>,
        &mut SmallWorkspace<Step>,
    ) -> Result<f32, Error>,
) -> Result<u32, Error> {
    let mut network = Small::ZERO;
    network.init(&mut Rng::new(SEED));
    let mut optimizer = Optimizer::new(rule);
    let mut random = Rng::new(SEED);
    for _ in 0..STEPS {
        take_step(&mut network, &draw_sample(&mut random), &mut optimizer, workspace)?;
    }
    Ok(hash_bits(network.as_slice()))
}

/// Noise, with a bump where the class says.
fn draw_sample(random: &mut Rng) -> ([f32; 16], u32) {
    let class = random.below(4);
    let mut readings = [0.0; 16];
    for (position, reading) in (0..).zip(&mut readings) {
        let bump = if position / 4 == class { 1.0 } else { 0.0 };
        *reading = 0.5 * draw(random) + bump;
    }
    (readings, class)
}

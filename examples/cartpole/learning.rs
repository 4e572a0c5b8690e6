//! Proximal policy optimisation (Schulman et al. 2017): a policy gradient with a baseline, whose steps end
//! where the new policy would leave the neighbourhood of the one that played.

use std::collections::VecDeque;
use std::fmt;

use backprop::training::shuffle_batches;
use backprop::{Adam, Optimizer, Parameters, Rng, network};

use crate::environment::{Action, CartPole, Outcome, draw_share};

network! {
    /// What to do in a state, and how good the state is.
    pub struct Agent {
        input state: [4];
        // The log-odds of a push to the right: the policy.
        output right = state -> dense(64) -> tanh -> dense(1, init = zeros);
        // How long the pole will stand, from 0 to 1: the baseline.
        output value = state -> dense(64) -> tanh -> dense(1);
    }
}

/// Carts that are played side by side, so that the samples of one update are not all alike.
const CARTS: usize = 8;
/// Steps of each cart between two updates.
const HORIZON: usize = 64;
const UPDATES: usize = 400;
/// How often an update goes through its samples.
const EPOCHS: usize = 10;
const BATCH: usize = 64;
const RATE: f32 = 0.003;
/// How much a reward counts that is a step away.
const DISCOUNT: f32 = 0.99;
/// How far the advantage looks ahead before it trusts the value: lambda of Schulman et al. (2016).
const TRUST: f32 = 0.95;
/// How far the odds of an action may move in one update.
const CLIP: f32 = 0.2;

/// The mean return over this many episodes in a row that counts as solved.
const SOLVED: f32 = 475.0;
const CONSECUTIVE: usize = 100;

/// One step that was played.
struct Moment {
    state: [f32; 4],
    action: Action,
    /// The probability that the action had when it was played.
    probability: f32,
    /// How much better it went than the value had promised.
    advantage: f32,
    /// What the value should have been.
    target: f32,
}

/// How far training has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub update: usize,
    pub steps: usize,
    pub episodes: usize,
    /// Of the last episodes, exploration included.
    pub mean_return: f32,
}

/// What training ended with.
pub struct Training {
    pub agent: Agent,
    pub solved: bool,
    pub progress: Progress,
}

/// Plays and learns until the task is solved, or until `UPDATES` have passed.
pub fn train(seed: u64, mut report: impl FnMut(Progress)) -> Training {
    let mut random = Rng::new(seed);
    let mut agent = Agent::new(seed);
    let mut optimizer = Optimizer::new(Adam::new(RATE));
    let mut carts: [CartPole; CARTS] = std::array::from_fn(|_| CartPole::start(&mut random));
    let mut returns = VecDeque::from([]);
    let mut progress = Progress { update: 0, steps: 0, episodes: 0, mean_return: 0.0 };
    let mut solved = false;
    while progress.update < UPDATES && !solved {
        // Smaller and smaller steps, so that a good policy is not lost again.
        optimizer.set_rate(RATE * (1.0 - progress.update as f32 / UPDATES as f32));
        let mut moments = Vec::with_capacity(CARTS * HORIZON);
        for cart in &mut carts {
            play(&agent, cart, &mut random, &mut moments, |steps| {
                progress.episodes += 1;
                returns.push_front(steps);
                returns.truncate(CONSECUTIVE);
            });
        }
        learn(&mut agent, &mut moments, &mut optimizer, &mut random);
        progress.update += 1;
        progress.steps += moments.len();
        progress.mean_return = returns.iter().sum::<u32>() as f32 / returns.len().max(1) as f32;
        solved = returns.len() == CONSECUTIVE && progress.mean_return >= SOLVED;
        report(progress);
    }
    Training { agent, solved, progress }
}

/// Plays one cart for `HORIZON` steps, and judges them.
fn play(
    agent: &Agent,
    cart: &mut CartPole,
    random: &mut Rng,
    moments: &mut Vec<Moment>,
    mut finish: impl FnMut(u32),
) {
    let first = moments.len();
    let mut outcomes = Vec::with_capacity(HORIZON);
    for _ in 0..HORIZON {
        let state = cart.observe();
        let output = agent.forward(&state);
        let right = sigmoid(output.right[0]);
        let (action, probability) = if draw_share(random) < right {
            (Action::Right, right)
        } else {
            (Action::Left, 1.0 - right)
        };
        moments.push(Moment {
            state,
            action,
            probability,
            advantage: 0.0,
            target: output.value[0],
        });
        let outcome = cart.push(action);
        let next_value = agent.forward(&cart.observe()).value[0];
        outcomes.push((outcome, next_value));
        if outcome != Outcome::Balanced {
            finish(cart.steps);
            *cart = CartPole::start(random);
        }
    }
    // Backwards: the advantage of a step is its own surprise and, discounted, those after it.
    let mut advantage = 0.0;
    for (moment, (outcome, next_value)) in moments[first..].iter_mut().zip(outcomes).rev() {
        let value = moment.target;
        // A reward of 1 - discount for each step keeps values between 0 and 1; after a fall there is none.
        let (reward, next_value) = match outcome {
            Outcome::Fallen => (0.0, 0.0),
            _ => (1.0 - DISCOUNT, next_value),
        };
        if outcome != Outcome::Balanced {
            advantage = 0.0;
        }
        advantage = reward + DISCOUNT * next_value - value + DISCOUNT * TRUST * advantage;
        moment.advantage = advantage;
        moment.target = value + advantage;
    }
}

/// Goes through the samples in mini-batches, each of which is one step of the optimiser.
fn learn(
    agent: &mut Agent,
    moments: &mut [Moment],
    optimizer: &mut Optimizer<Adam, AgentGradient>,
    random: &mut Rng,
) {
    normalise(moments);
    let mut order: Vec<usize> = (0..moments.len()).collect();
    for _ in 0..EPOCHS {
        for batch in shuffle_batches(&mut order, BATCH, random) {
            let mut gradient = AgentGradient::default();
            for &index in batch {
                let moment = &moments[index];
                let output = agent.forward(&moment.state);
                let output_gradient = differentiate(&output, moment);
                agent.backward_from(&moment.state, &output_gradient, &mut gradient);
            }
            gradient.scale(1.0 / batch.len() as f32);
            optimizer.step(agent, &gradient);
        }
    }
}

/// dJ/dy of one sample: J = -min(r A, clip(r) A) + (value - target)^2 / 2, where r is by how much the
/// action's probability has changed since it was played.
fn differentiate(output: &AgentOutput, moment: &Moment) -> AgentOutput {
    let right = sigmoid(output.right[0]);
    // d ln(probability) / d log-odds
    let (probability, slope) = match moment.action {
        Action::Right => (right, 1.0 - right),
        Action::Left => (1.0 - right, -right),
    };
    let ratio = probability / moment.probability;
    let advantage = moment.advantage;
    let is_clipped = if advantage > 0.0 { ratio > 1.0 + CLIP } else { ratio < 1.0 - CLIP };
    let policy = if is_clipped { 0.0 } else { -advantage * ratio * slope };
    AgentOutput { right: [policy], value: [output.value[0] - moment.target] }
}

/// Gives the advantages a mean of 0 and a deviation of 1.
fn normalise(moments: &mut [Moment]) {
    let count = moments.len() as f32;
    let mean = moments.iter().map(|moment| moment.advantage).sum::<f32>() / count;
    let squares = moments.iter().map(|moment| (moment.advantage - mean).powi(2));
    let deviation = (squares.sum::<f32>() / count).sqrt();
    for moment in moments {
        moment.advantage = (moment.advantage - mean) / (deviation + 1e-8);
    }
}

/// The likelier action.
pub fn choose(agent: &Agent, cart: &CartPole) -> Action {
    if agent.forward(&cart.observe()).right[0] > 0.0 { Action::Right } else { Action::Left }
}

/// The mean return of fresh episodes in which the likelier action is always taken.
pub fn evaluate(agent: &Agent, random: &mut Rng) -> f32 {
    let mut sum = 0;
    for _ in 0..CONSECUTIVE {
        let mut cart = CartPole::start(random);
        while cart.push(choose(agent, &cart)) == Outcome::Balanced {}
        sum += cart.steps;
    }
    sum as f32 / CONSECUTIVE as f32
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { steps, episodes, mean_return, .. } = self;
        write!(f, "{steps:>6} steps, {episodes:>4} episodes, mean return {mean_return:>5.1}")
    }
}

impl fmt::Display for Training {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Progress { steps, episodes, .. } = self.progress;
        let verdict = if self.solved { "solved" } else { "not solved" };
        write!(f, "{verdict} after {steps} steps ({episodes} episodes)")
    }
}

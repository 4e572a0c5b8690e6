//! Optimisers: a rule says what happens to one weight, and [`Optimizer`] keeps its state.
//!
//! | rule | what it does | state per weight | default rate | other defaults |
//! |---|---|---|---|---|
//! | [`Sgd`] | plain descent; momentum, Nesterov | 0; 1 with momentum | 1e-3 | none |
//! | [`RmsProp`] | gradients over their root mean square | 1; 1 more each for momentum and centring | 1e-2 | alpha 0.99, epsilon 1e-8 |
//! | [`Adagrad`] | gradients over the root of all their squares | 1 | 1e-2 | epsilon 1e-10, accumulator 0, rate decay 0 |
//! | [`Adadelta`] | steps in the weights' own units | 2 | 1 | rho 0.9, epsilon 1e-6 |
//! | [`Adam`] | momentum over the root mean square | 2 | 1e-3 | betas 0.9, 0.999, epsilon 1e-8 |
//! | [`AdamW`] | Adam with a decay apart from the gradient | 2 | 1e-3 | the same, decay 1e-2 |
//! | [`Nadam`] | Adam with Nesterov's momentum | 2 | 2e-3 | the same without decay, momentum decay 4e-3 |
//! | [`Lion`] | the sign of a momentum | 1 | 1e-4 | betas 0.9, 0.99 |
//!
//! Definitions and defaults are PyTorch's, Lion's its authors'. `new` takes the rate; `Default` has the one of
//! this table, and all rules but AdamW start without weight decay. What is switched off is off by type: it
//! costs neither time nor memory.
//!
//! | around a rule | what it does | in place |
//! |---|---|---|
//! | [`Rule::l1`], [`Rule::l2`] | add a decay to the gradient, for rules that have none of the kind | yes |
//! | [`Rule::clip_value`] | keeps each gradient within bounds | yes |
//! | [`Rule::schedule`] | sets the rate before each step: see [`schedules`] | yes |
//! | [`Groups`] | has several rules of one type for different parameters | yes |
//! | [`Optimizer::clip_norm`] | scales whole gradients down to a norm | no |
//!
//! The last one written acts first: [`Rule`] has more on the order, and how to write a rule of one's own.

mod adadelta;
mod adagrad;
mod adam;
mod adam_w;
mod apply;
mod clip_norm;
mod clip_value;
mod decay;
mod defaults;
mod groups;
mod in_place;
mod lines;
mod lion;
mod nadam;
mod numbers;
mod optimizer;
mod rms_prop;
mod rule;
mod scheduled;
pub mod schedules;
mod sgd;
mod slots;
#[cfg(test)]
mod tests;
mod with_decay;

pub use self::adadelta::Adadelta;
pub use self::adagrad::{Adagrad, Start, StartAt, StartAtZero};
pub use self::adam::Adam;
pub use self::adam_w::AdamW;
pub use self::clip_norm::ClipNorm;
pub use self::clip_value::ClipValue;
pub use self::decay::{Decay, Decoupled, L1, L2, NoDecay};
pub use self::groups::{Biases, Choose, Groups};
pub use self::in_place::InPlace;
pub use self::lion::Lion;
pub use self::nadam::Nadam;
pub use self::optimizer::{Optimize, Optimizer};
pub use self::rms_prop::RmsProp;
pub use self::rule::Rule;
pub use self::scheduled::Scheduled;
pub use self::sgd::Sgd;
pub use self::slots::{SlotCount, Slots};
pub use self::with_decay::WithDecay;

//! The optimisers of optimisers.py. One more is one more line.

use std::collections::BTreeSet;

use backprop::{Adam, Rule, Sgd};

use crate::precision::Precision;
use crate::training::Student;
use crate::vectors::Vectors;

/// What is done with each rule.
pub trait VisitRule<T: Precision> {
    /// The rule of this name.
    fn visit<R: Rule<T> + Clone + 'static>(&mut self, name: &'static str, rule: R);
}

/// The rules in a precision.
pub trait Rules: Precision {
    /// Those that every network meets.
    fn visit_base(visitor: &mut impl VisitRule<Self>);

    /// All of them.
    fn visit_every(visitor: &mut impl VisitRule<Self>);
}

macro_rules! list_rules {
    (base { $($base:literal: $base_rule:expr;)* } others { $($name:literal: $rule:expr;)* }) => {
        list_rules! { @implement f32 [$($base: $base_rule;)*] [$($name: $rule;)*] }
        list_rules! { @implement f64 [$($base: $base_rule;)*] [$($name: $rule;)*] }
    };
    (@implement $scalar:ident [$($base:literal: $base_rule:expr;)*] [$($name:literal: $rule:expr;)*]) => {
        impl Rules for $scalar {
            fn visit_base(visitor: &mut impl VisitRule<Self>) {
                $(visitor.visit($base, $base_rule);)*
            }

            fn visit_every(visitor: &mut impl VisitRule<Self>) {
                Self::visit_base(visitor);
                $(visitor.visit($name, $rule);)*
            }
        }
    };
}

list_rules! {
    base {
        "sgd_momentum": Sgd::new(0.05).momentum(0.9);
        "adam": Adam::new(0.05);
    }
    others {
        "sgd": Sgd::new(0.05);
        "sgd_nesterov": Sgd::new(0.05).momentum(0.9).nesterov();
        "sgd_decay": Sgd::new(0.05).momentum(0.9).weight_decay(0.1);
        "adam_decay": Adam::new(0.05).weight_decay(0.1);
    }
}

/// Those that the vectors have, and the crate not yet.
const PENDING: &[&str] = &[
    "rmsprop",
    "rmsprop_momentum",
    "rmsprop_centered",
    "adagrad",
    "adadelta",
    "adamw",
    "nadam",
    "lion",
    "adamw_without_decay_of_biases",
    "sgd_rate_of_the_head",
    "clip_value",
    "clip_norm",
    "step_rate",
    "exponential_rate",
    "cosine_rate",
    "one_cycle",
    "one_cycle_momentum",
    "warm_up_and_cosine",
    "plateau",
];

/// Optimisers that are more than a rule.
const OTHERS: &[&str] = &[];

/// Steps of these.
pub fn check_others<T: Rules, N: Student<T>>(_vectors: &Vectors) {}

/// The names of all, pending ones included.
pub fn list_names() -> BTreeSet<&'static str> {
    struct Names(BTreeSet<&'static str>);

    impl VisitRule<f64> for Names {
        fn visit<R: Rule<f64> + Clone + 'static>(&mut self, name: &'static str, _: R) {
            self.0.insert(name);
        }
    }

    let mut names = Names(PENDING.iter().chain(OTHERS).copied().collect());
    f64::visit_every(&mut names);
    names.0
}

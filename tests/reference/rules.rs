//! The optimisers of optimisers.py. One more is one more line.

use std::collections::BTreeSet;

use backprop::schedules::{Cosine, Exponential, OneCycle, Plateau, StepDecay, Warmup};
use backprop::{
    Adadelta, Adagrad, Adam, AdamW, Groups, Lion, Nadam, Optimizer, ParameterInfo, RmsProp, Rule,
    Sgd, Zero,
};

use crate::precision::Precision;
use crate::training::{Samples, Student, check_batch, follow};
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

    /// What looks at losses.
    const PLATEAU: Plateau<Self>;
}

macro_rules! list_rules {
    (
        base { $($base:literal: $base_rule:expr;)* }
        others { $($name:literal: $rule:expr;)* }
        plateau: $plateau:expr
    ) => {
        list_rules! { @implement f32 [$($base: $base_rule;)*] [$($name: $rule;)*] $plateau }
        list_rules! { @implement f64 [$($base: $base_rule;)*] [$($name: $rule;)*] $plateau }
    };
    (
        @implement $scalar:ident
        [$($base:literal: $base_rule:expr;)*] [$($name:literal: $rule:expr;)*] $plateau:expr
    ) => {
        impl Rules for $scalar {
            const PLATEAU: Plateau<Self> = $plateau;

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
        "rmsprop": RmsProp::new(0.02);
        "rmsprop_momentum": RmsProp::new(0.02).momentum(0.9);
        "rmsprop_centered": RmsProp::new(0.02).centered();
        "adagrad": Adagrad::new(0.1);
        "adadelta": Adadelta::new(1.0);
        "adam_decay": Adam::new(0.05).weight_decay(0.1);
        "adamw": AdamW::new(0.05).weight_decay(0.1);
        "nadam": Nadam::new(0.05);
        "lion": Lion::new(0.02).weight_decay(0.1);
        "adamw_without_decay_of_biases": Groups::biases(
            AdamW::new(0.05).weight_decay(0.1),
            AdamW::new(0.05).weight_decay(0.0),
        );
        "sgd_rate_of_the_head": Groups::new(
            [Sgd::new(0.05).momentum(0.9), Sgd::new(0.02).momentum(0.9)],
            |parameter: &ParameterInfo| usize::from(parameter.layer == "head"),
        );
        "clip_value": Sgd::new(0.05).momentum(0.9).clip_value(0.05);
        "step_rate": Sgd::new(0.05).momentum(0.9).schedule(StepDecay::new(3).gamma(0.5));
        "exponential_rate": Sgd::new(0.05).momentum(0.9).schedule(Exponential::new(0.8));
        "cosine_rate": Sgd::new(0.05).momentum(0.9).schedule(Cosine::new(8).minimum(0.001));
        "one_cycle": Sgd::new(0.05).momentum(0.9).schedule(OneCycle::new(0.1, 10).keep_momentum());
        "one_cycle_momentum": Sgd::new(0.05).momentum(0.9).schedule(OneCycle::new(0.1, 10));
        "warm_up_and_cosine": Sgd::new(0.05)
            .momentum(0.9)
            .schedule(Warmup::new(4, Cosine::new(6).minimum(0.001)).start(0.1));
    }
    plateau: Plateau::new(0.05).factor(0.5).patience(1).threshold(0.5).cooldown(1)
}

/// Optimisers that are more than a rule.
const OTHERS: [&str; 2] = ["clip_norm", "plateau"];

/// Steps of these.
pub fn check_others<T: Rules, N: Student<T>>(vectors: &Vectors) {
    let number = T::from_f64;
    let momentum = || Optimizer::new(Sgd::new(number(0.05)).momentum(number(0.9)));
    check_batch::<T, N>(vectors, "clip_norm", Box::new(momentum().clip_norm(number(0.1))));

    let Samples { inputs, targets } = Samples::<N>::read(vectors);
    let mut workspace = N::Workspace::ZERO;
    let (mut plateau, mut optimizer) = (T::PLATEAU, momentum());
    follow::<T, N>(vectors, "plateau batch", |network| {
        let loss = network.train_batch(&inputs, &targets, &mut optimizer, &mut workspace);
        optimizer.set_rate(plateau.observe(loss.unwrap()));
        loss.unwrap().to_f64()
    });
    let (mut plateau, mut optimizer) = (T::PLATEAU, momentum());
    follow::<T, N>(vectors, "plateau sample", |network| {
        let loss = network.train_step(&inputs[0], &targets[0], &mut optimizer, &mut workspace);
        optimizer.set_rate(plateau.observe(loss.unwrap()));
        loss.unwrap().to_f64()
    });
}

/// The names of all.
pub fn list_names() -> BTreeSet<&'static str> {
    struct Names(BTreeSet<&'static str>);

    impl VisitRule<f64> for Names {
        fn visit<R: Rule<f64> + Clone + 'static>(&mut self, name: &'static str, _: R) {
            self.0.insert(name);
        }
    }

    let mut names = Names(BTreeSet::from(OTHERS));
    f64::visit_every(&mut names);
    names.0
}

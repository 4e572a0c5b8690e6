//! A training that is written and read goes on to the same bits, whatever its optimiser; and nothing is read into what it
//! does not belong to.

use backprop::checkpoint::{self, Load, Record, Restore, Save, State};
use backprop::optimizers::ClipNorm;
use backprop::schedules::{Cosine, Exponential, OneCycle, Plateau, Warmup};
use backprop::training::{EarlyStopping, Verdict};
use backprop::{
    Adadelta, Adagrad, Adam, AdamW, CheckpointError, Groups, Lion, Nadam, Optimize, Optimizer,
    ParameterInfo, Random, RmsProp, Rng, Rule, Scalar, Sgd, SlotCount, network,
};

use super::{WHOLE, deployed, f64s};

network! {
    /// With dropout, whose masks are drawn by the optimiser's steps.
    pub struct Small {
        input x: [3];
        output y = x -> dense(4) as hidden -> tanh -> dropout(0.3) -> dense(2);
        loss mse(y);
        tile = 2;
    }
}

fn to_bytes<S: Save>(contents: S) -> Vec<u8> {
    let mut bytes = vec![0xaa; checkpoint::size::<S>()];
    assert_eq!(checkpoint::write(&mut bytes, contents), Ok(checkpoint::size::<S>()));
    bytes
}

/// Steps on random samples, of random numbers of them.
fn train(
    network: &mut Small,
    optimizer: &mut impl Optimize<Small, SmallGradient>,
    random: &mut Rng,
) {
    for _ in 0..7 {
        let count = 1 + random.below(4) as usize;
        let mut draw = || random.below(1000) as f32 / 1000.0;
        let inputs: Vec<_> = (0..count).map(|_| [draw(), draw(), draw()]).collect();
        let targets: Vec<_> = (0..count).map(|_| [draw(), draw()]).collect();
        network.train_batch(&inputs, &targets, optimizer).unwrap();
    }
}

/// Trains, writes, trains on; reads into fresh values, and trains these on.
fn check_resuming<O>(name: &str, make: impl Fn() -> O)
where
    O: Optimize<Small, SmallGradient> + Restore,
{
    let (mut network, mut optimizer, mut random) = (Small::new(1), make(), Rng::new(2));
    train(&mut network, &mut optimizer, &mut random);
    let middle = to_bytes((&network, &optimizer, &random));
    train(&mut network, &mut optimizer, &mut random);
    let end = to_bytes((&network, &optimizer, &random));
    assert_ne!(middle, end);

    let (mut network, mut optimizer, mut random) = (Small::ZERO, make(), Rng::new(3));
    let contents = (&mut network, &mut optimizer, &mut random);
    assert_eq!(checkpoint::read(&middle, contents), Ok(()), "{name}");
    assert_eq!(to_bytes((&network, &optimizer, &random)), middle, "{name}");
    train(&mut network, &mut optimizer, &mut random);
    assert_eq!(to_bytes((&network, &optimizer, &random)), end, "{name}");
}

fn choose(parameter: &ParameterInfo) -> usize {
    usize::from(parameter.layer == "hidden")
}

/// All rules, and what stands around them; each gets a macro's arguments.
macro_rules! for_each_rule {
    ($call:ident) => {
        $call! {
            sgd: Sgd::new(0.1);
            momentum: Sgd::new(0.1).momentum(0.9).nesterov();
            rms_prop: RmsProp::new(0.01);
            rms_prop_momentum: RmsProp::new(0.01).momentum(0.5);
            rms_prop_centered: RmsProp::new(0.01).centered();
            rms_prop_both: RmsProp::new(0.01).momentum(0.5).centered();
            adagrad: Adagrad::new(0.1).rate_decay(0.1);
            adadelta: Adadelta::new(1.0);
            adam: Adam::new(0.01);
            adam_w: AdamW::new(0.01);
            nadam: Nadam::new(0.01);
            lion: Lion::new(0.01);
            scheduled: Adam::new(0.01).schedule(Cosine::new(10).minimum(1e-3));
            scheduled_sgd: Sgd::new(0.1).momentum(0.5).schedule(Exponential::new(0.9));
            groups: Groups::biases(Adam::new(0.01), Adam::new(0.02));
            three_groups: Groups::new([Adam::new(0.01), Adam::new(0.02), Adam::new(0.0)], choose);
            scheduled_groups: Groups::new([Nadam::new(0.01), Nadam::new(0.02)], choose)
                .schedule(OneCycle::new(0.1, 20));
            grouped_schedules: Groups::biases(
                Sgd::new(0.1).schedule(Warmup::new(3, Exponential::new(0.9))),
                Sgd::new(0.3).schedule(Warmup::new(5, Exponential::new(0.9))),
            );
        }
    };
}

#[test]
fn every_rule_goes_on_to_the_same_bits() {
    macro_rules! check {
        ($($name:ident: $rule:expr;)*) => {
            $(check_resuming(stringify!($name), || Optimizer::new($rule));)*
        };
    }
    for_each_rule!(check);
    check_resuming("clipped", || Optimizer::new(Adam::new(0.01)).clip_norm(0.1));
    check_resuming("around", || Optimizer::new(Lion::new(0.01).l1(1e-3).clip_value(0.1)));
}

/// What `set_rate` and `set_momentum` changed is state; what only a constructor gives is the program's.
#[test]
fn a_rate_that_was_set_is_kept() {
    let mut optimizer: Optimizer<_, SmallGradient> = Optimizer::new(Sgd::new(0.1).momentum(0.5));
    optimizer.set_rate(0.025);
    optimizer.rule_mut().set_momentum(0.75);
    let bytes = to_bytes(&optimizer);
    let mut read = Optimizer::new(Sgd::new(0.1).momentum(0.5));
    assert_eq!(checkpoint::read(&bytes, &mut read), Ok(()));
    assert_eq!(read, optimizer);

    let mut decays: Optimizer<_, SmallGradient> =
        Optimizer::new(Sgd::new(0.1).momentum(0.5).nesterov().weight_decay(0.1));
    assert_eq!(checkpoint::read(&bytes, &mut decays), Ok(()));
    assert!(*decays.rule() == Sgd::new(0.025).momentum(0.75).nesterov().weight_decay(0.1));
}

#[test]
fn an_optimizer_is_read_by_its_own_kind_alone() {
    let mut accepted = Vec::new();
    let mut written: Vec<(&str, Vec<u8>)> = Vec::new();
    macro_rules! write {
        ($($name:ident: $rule:expr;)*) => { $({
            let mut optimizer: Optimizer<_, SmallGradient> = Optimizer::new($rule);
            train(&mut Small::new(1), &mut optimizer, &mut Rng::new(2));
            written.push((stringify!($name), to_bytes(&optimizer)));
        })* };
    }
    for_each_rule!(write);
    macro_rules! read {
        ($($name:ident: $rule:expr;)*) => { $(
            for (name, bytes) in &written {
                let mut optimizer: Optimizer<_, SmallGradient> = Optimizer::new($rule);
                let fresh = to_bytes(&optimizer);
                match checkpoint::read(bytes, &mut optimizer) {
                    Ok(()) => accepted.push((*name, stringify!($name))),
                    Err(error) => {
                        assert_eq!(error, CheckpointError::OtherOptimizer);
                        assert_eq!(to_bytes(&optimizer), fresh);
                    }
                }
            }
        )* };
    }
    for_each_rule!(read);
    let expected: Vec<_> = written.iter().map(|(name, _)| (*name, *name)).collect();
    assert_eq!(accepted, expected);
}

#[test]
fn what_is_missing_is_named_and_nothing_is_read() {
    let network = Small::new(1);
    let optimizer: Optimizer<_, SmallGradient> = Optimizer::new(Sgd::new(0.1));
    let random = Rng::new(5);
    let (mut read, mut read_optimizer, mut read_random) =
        (Small::new(6), Optimizer::<_, SmallGradient>::new(Sgd::new(0.3)), Rng::new(7));
    let before = to_bytes((&read, &read_optimizer, &read_random));
    let mut try_all =
        |bytes: &[u8]| checkpoint::read(bytes, (&mut read, &mut read_optimizer, &mut read_random));
    let generator = CheckpointError::NoState("generator (xoshiro128++)");
    assert_eq!(try_all(&to_bytes(&network)), Err(CheckpointError::NoOptimizer));
    assert_eq!(try_all(&to_bytes((&network, &optimizer))), Err(generator));
    assert_eq!(try_all(&to_bytes((&random, &optimizer))), Err(CheckpointError::NoParameters));
    let other = to_bytes((&WHOLE, &optimizer, &random));
    assert_eq!(try_all(&other), Err(CheckpointError::OtherTopology));
    assert_eq!(generator.to_string(), "the checkpoint holds no generator (xoshiro128++)");
    let other: Optimizer<_, super::XorGradient> = Optimizer::new(Sgd::new(0.1));
    let other = to_bytes((&network, &other, &random));
    assert_eq!(try_all(&other), Err(CheckpointError::OtherTrainable));
    assert_eq!(to_bytes((&read, &read_optimizer, &read_random)), before);
}

#[test]
fn order_and_what_else_is_there_do_not_matter() {
    let (network, random) = (Small::new(1), Rng::new(5));
    let optimizer: Optimizer<_, SmallGradient> = Optimizer::new(Adam::new(0.1));
    let bytes = to_bytes((&random, &optimizer, &network));
    let mut read = Small::ZERO;
    assert_eq!(read.load(&bytes), Ok(()));
    assert_eq!(read, network);
    let (mut read, mut read_random) = (Small::ZERO, Rng::new(6));
    assert_eq!(checkpoint::read(&bytes, (&mut read, &mut read_random)), Ok(()));
    assert_eq!((read, read_random), (network.clone(), random));

    let mut whole = [0; Small::CHECKPOINT_BYTES];
    network.write_checkpoint(&mut whole);
    assert_eq!(to_bytes(&network), whole);
}

#[test]
fn memory_of_any_size_is_written_to_its_front_or_not_at_all() {
    let network = Small::new(1);
    let size = checkpoint::size::<&Small>();
    let mut bytes = vec![0xaa; size + 3];
    let error = Err(CheckpointError::BufferTooSmall);
    assert_eq!(checkpoint::write(&mut bytes[..size - 1], &network), error);
    assert!(bytes.iter().all(|byte| *byte == 0xaa));
    assert_eq!(checkpoint::write(&mut bytes, &network), Ok(size));
    assert_eq!(bytes[size..], [0xaa; 3]);
    assert_eq!(Small::new(2).load(&bytes[..size]), Ok(()));
}

#[test]
fn slots_are_of_the_scalar_that_they_were_written_as() {
    let mut network = f64s::Xor::new(1);
    let mut optimizer = Optimizer::new(Adam::new(0.1));
    network.train_batch(&[[0.25, 0.5]], &[[1.0]], &mut optimizer).unwrap();
    let bytes = to_bytes((&network, &optimizer));
    let (mut read, mut read_optimizer) = (f64s::Xor::ZERO, Optimizer::new(Adam::new(0.3)));
    assert_eq!(checkpoint::read(&bytes, (&mut read, &mut read_optimizer)), Ok(()));
    assert!(read == network && read_optimizer == optimizer);
    let mut narrow: Optimizer<_, super::XorGradient> = Optimizer::new(Adam::new(0.3));
    assert_eq!(checkpoint::read(&bytes, &mut narrow), Err(CheckpointError::OtherScalar));
}

/// The same topology, with other parameters frozen.
#[test]
fn frozen_parameters_are_not_mixed_up() {
    static OTHER: deployed::XorFrozen = deployed::Xor::ZERO.frozen;
    let mut network = deployed::Xor::with_frozen(&super::FROZEN);
    network.load_trainable(&super::write()).unwrap();
    let mut optimizer = Optimizer::new(Sgd::new(0.1).momentum(0.9));
    network.train_batch(&[[0.0, 1.0]], &[[0.5]], &mut optimizer).unwrap();
    let bytes = to_bytes((&network, &optimizer));

    let mut read = deployed::Xor::with_frozen(&super::FROZEN);
    let mut read_optimizer = Optimizer::new(Sgd::new(0.1).momentum(0.9));
    assert_eq!(checkpoint::read(&bytes, (&mut read, &mut read_optimizer)), Ok(()));
    assert!(read == network && read_optimizer == optimizer);

    let mut other = deployed::Xor::with_frozen(&OTHER);
    assert_eq!(checkpoint::read(&bytes, &mut other), Err(CheckpointError::OtherFrozen));
    assert_eq!(other, deployed::Xor::with_frozen(&OTHER));
    // One that owns its frozen parameters reads them, too.
    let mut owner = deployed::Xor::ZERO;
    assert_eq!(checkpoint::read(&bytes, &mut owner), Ok(()));
    assert_eq!((owner.frozen, owner.dense2), (super::FROZEN.clone(), network.dense2));
    // And the state of what is trained here is not that of what is trained there.
    let mut whole: Optimizer<_, super::XorGradient> = Optimizer::new(Sgd::new(0.1).momentum(0.9));
    assert_eq!(checkpoint::read(&bytes, &mut whole), Err(CheckpointError::OtherTrainable));
}

/// As many parameters, of another layer.
#[test]
fn slots_are_of_the_layers_that_they_were_written_for() {
    mod first {
        backprop::network! {
            /// Learns below.
            pub struct Half {
                input x: [3];
                output y = x -> dense(3) -> tanh -> dense(3, trainable = false);
                loss mse(y);
            }
        }
    }
    mod second {
        backprop::network! {
            /// Learns above.
            pub struct Half {
                input x: [3];
                output y = x -> dense(3, trainable = false) -> tanh -> dense(3);
                loss mse(y);
            }
        }
    }
    let network = first::Half::new(1);
    let optimizer: Optimizer<_, first::HalfGradient> = Optimizer::new(Adam::new(0.1));
    let bytes = to_bytes((&network, &optimizer));
    let mut read = second::Half::new(2);
    let mut read_optimizer: Optimizer<_, second::HalfGradient> = Optimizer::new(Adam::new(0.1));
    let result = checkpoint::read(&bytes, (&mut read, &mut read_optimizer));
    assert_eq!(result, Err(CheckpointError::OtherTrainable));
    assert_eq!(read, second::Half::new(2));
    assert_eq!(checkpoint::read(&bytes, &mut read), Ok(()));
}

#[test]
fn what_watches_a_loss_goes_on_too() {
    let (mut plateau, mut stopping) =
        (Plateau::new(1.0).patience(1).cooldown(2), EarlyStopping::minimise(3));
    let losses = [3.0, 2.0, 2.5, 2.5, 2.5, 1.9, 2.0, 2.0, 2.0, 2.0];
    for split in 0..losses.len() {
        let (mut early, mut early_stopping) = (plateau.clone(), stopping.clone());
        let (before, after) = losses.split_at(split);
        for loss in before {
            early.observe(*loss);
            let _: Verdict = early_stopping.observe(*loss);
        }
        let bytes = to_bytes((&early, &early_stopping));
        let mut read = Plateau::new(0.3).patience(1).cooldown(2);
        let mut read_stopping = EarlyStopping::minimise(3);
        assert_eq!(checkpoint::read(&bytes, (&mut read_stopping, &mut read)), Ok(()));
        for loss in after {
            assert_eq!(read.observe(*loss), early.observe(*loss));
            assert_eq!(read_stopping.observe(*loss), early_stopping.observe(*loss));
        }
        assert_eq!((&read, &read_stopping), (&early, &early_stopping));
    }
    plateau.observe(1.0);
    let _: Verdict = stopping.observe(1.0);
}

/// A rule of a user's own, with state of its own.
struct Alternating<T> {
    rate: T,
    odd: bool,
}

impl<T: Scalar> Rule<T> for Alternating<T> {
    type Slots = SlotCount<3>;

    fn begin(&mut self) {
        self.odd = !self.odd;
    }

    fn update(&self, weight: &mut T, gradient: T, [a, b, c]: [&mut T; 3]) {
        *if self.odd { a } else { b } += gradient;
        *c += *weight;
        *weight -= self.rate * gradient;
    }

    fn rate(&self) -> T {
        self.rate
    }

    fn set_rate(&mut self, rate: T) {
        self.rate = rate;
    }
}

impl<T: Scalar> State for Alternating<T> {
    const NAME: &'static str = "Alternating";

    type Fields = (T, bool);

    fn fields(&self) -> (T, bool) {
        (self.rate, self.odd)
    }

    fn set_fields(&mut self, (rate, odd): (T, bool)) {
        *self = Self { rate, odd };
    }
}

#[test]
fn a_rule_of_ones_own_is_written_like_the_others() {
    check_resuming("own", || Optimizer::new(Alternating { rate: 0.1, odd: false }));
    check_resuming("own, scheduled", || {
        Optimizer::new(Alternating { rate: 0.1, odd: false }.schedule(Cosine::new(9)))
    });
}

/// Generic code needs no macro.
#[test]
fn generic_code_writes_and_reads() {
    fn copy<N: Record + Restore>(from: &N, to: &mut N) -> Result<(), CheckpointError> {
        checkpoint::read(&to_bytes(from), to)
    }
    fn restore(bytes: &[u8], contents: impl Load) -> Result<(), CheckpointError> {
        checkpoint::read(bytes, contents)
    }
    let (network, mut read) = (Small::new(1), Small::ZERO);
    assert_eq!(copy(&network, &mut read), Ok(()));
    assert_eq!(read, network);
    let optimizer: ClipNorm<_, SmallGradient> = Optimizer::new(Adam::new(0.1)).clip_norm(1.0);
    let mut plain = Optimizer::new(Adam::new(0.2));
    assert_eq!(restore(&to_bytes(&optimizer), &mut plain), Ok(()));
    assert!(plain == *optimizer.optimizer());
}

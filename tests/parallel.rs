//! Threads change how long a batch takes, and not a bit of what comes out.
#![allow(deprecated, reason = "a network has a layer that no loss reaches, and is warned of it")]

use std::fmt::Debug;
use std::sync::LazyLock;

use backprop::{
    Adam, Aligned, Error, Network, Optimize, Optimizer, ParallelForward, ParallelTrain, Random,
    Rng, Sgd, Trainable, Weighted, Zero, network,
};
use rayon::{ThreadPool, ThreadPoolBuilder};

network! {
    /// Layers of every kind of parameter, on tiles that no batch below is a multiple of.
    pub struct Plain {
        tile = 3;
        input x: [5];
        output y = x -> dense(40) -> prelu -> dense(33) -> tanh -> dense(2);
        loss mse(y);
    }
}

network! {
    /// A gradient of several summands, added up for each tile apart.
    pub struct Shared {
        tile = 4;
        input x: [5];
        output y = x -> dense(5) as twice -> tanh -> twice -> sigmoid -> dense(2);
        loss mse(y);
    }
}

network! {
    /// Only some parameters are trained, and the loss does not reach all of those.
    pub struct Partly {
        dtype f64;
        tile = 2;
        input x: [5];
        let h = x -> dense(6, trainable = false) -> tanh;
        output y = h -> dense(2);
        output unused = h -> dense(3);
        loss mse(y);
    }
}

network! {
    /// Two losses, one of them with weights.
    pub struct Two {
        tile = 3;
        input x: [5];
        let h = x -> dense(8) -> tanh;
        output class = h -> dense(4);
        output y = h -> dense(2);
        loss cross_entropy(class, sample_weight = true) + 0.3 * mse(y);
    }
}

network! {
    /// Statistics of tiles, of one layer in two places too.
    pub struct Normed {
        tile = 4;
        input x: [5];
        output y = x -> batch_norm -> dense(6) -> batch_norm as twice -> tanh -> dense(6) -> twice -> dense(2);
        loss mse(y);
    }
}

const COUNTS: [usize; 4] = [1, 4, 7, 23];
const WORKSPACES: [usize; 5] = [1, 2, 3, 4, 7];

/// A target at random.
trait Draw {
    fn draw(random: &mut Rng) -> Self;
}

impl Draw for f32 {
    fn draw(random: &mut Rng) -> Self {
        random.below(2001) as f32 / 1000.0 - 1.0
    }
}

impl Draw for f64 {
    fn draw(random: &mut Rng) -> Self {
        f64::from(f32::draw(random))
    }
}

impl<T: Draw, const N: usize> Draw for [T; N] {
    fn draw(random: &mut Rng) -> Self {
        std::array::from_fn(|_| T::draw(random))
    }
}

impl Draw for TwoTarget {
    fn draw(random: &mut Rng) -> Self {
        let class = Weighted { target: random.below(4), weight: f32::draw(random) + 2.0 };
        Self { class, y: Draw::draw(random) }
    }
}

fn draw_many<T: Draw>(seed: u64, count: usize) -> Vec<T> {
    let random = &mut Rng::new(seed);
    (0..count).map(|_| T::draw(random)).collect()
}

fn make_workspaces<N: Network>(count: usize) -> Vec<Aligned<N::Workspace>> {
    (0..count).map(|_| Aligned::ZERO).collect()
}

/// The pools of threads that checks run in.
static POOLS: LazyLock<[ThreadPool; 4]> = LazyLock::new(|| {
    [1, 2, 3, 8].map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().unwrap())
});

/// Runs a check with every number of workspaces in every pool.
fn in_pools(check: impl Fn(usize) + Sync) {
    for pool in &*POOLS {
        pool.install(|| WORKSPACES.into_iter().for_each(&check));
    }
}

/// The exact text of a value: two floats with one text have the same bits, but for NaN.
fn text(value: &(impl Debug + ?Sized)) -> String {
    format!("{value:?}")
}

/// The same of batches of any length.
fn check<N, O>(network: &N, make: impl Fn() -> O + Sync)
where
    N: ParallelTrain + ParallelForward + Clone + Sync,
    N: Network<Input: Draw + Sync, Output: Clone + Debug + Send + Sync>
        + Trainable<Target: Draw + Sync>,
    <N as Network>::Scalar: Debug,
    O: Optimize<N, N::Gradient>,
{
    check_counts(COUNTS, network, make);
}

/// Losses, weights and outputs of four steps on batches of these lengths, in order and by index.
fn check_counts<N, O>(counts: [usize; 4], network: &N, make: impl Fn() -> O + Sync)
where
    N: ParallelTrain + ParallelForward + Clone + Sync,
    N: Network<Input: Draw + Sync, Output: Clone + Debug + Send + Sync>
        + Trainable<Target: Draw + Sync>,
    <N as Network>::Scalar: Debug,
    O: Optimize<N, N::Gradient>,
{
    for count in counts {
        let (inputs, targets) = (draw_many(1, count), draw_many::<N::Target>(2, count));
        let indices: Vec<usize> = (0..count).map(|index| (index * 5 + 1) % count).collect();
        let outputs = vec![network.forward(&inputs[0], &mut make_workspaces::<N>(1)[0]); count];
        let expected = {
            let (mut network, mut optimizer, mut outputs) =
                (network.clone(), make(), outputs.clone());
            let workspace = &mut *make_workspaces::<N>(1)[0];
            let mut losses = Vec::new();
            for _ in 0..2 {
                losses.push(network.train_batch(&inputs, &targets, &mut optimizer, workspace));
                losses.push(network.train_batch_indexed(
                    &inputs,
                    &targets,
                    &indices,
                    &mut optimizer,
                    workspace,
                ));
            }
            losses.push(network.evaluate(&inputs, &targets, workspace));
            network.forward_batch(&inputs, &mut outputs, workspace).unwrap();
            assert!(losses.iter().all(Result::is_ok));
            (text(&losses), text(network.as_slice()), text(&outputs))
        };
        in_pools(|workspaces| {
            let (mut network, mut optimizer, mut outputs) =
                (network.clone(), make(), outputs.clone());
            let workspaces = &mut make_workspaces::<N>(workspaces)[..];
            let mut losses = Vec::new();
            for _ in 0..2 {
                losses.push(network.train_batch_parallel(
                    &inputs,
                    &targets,
                    &mut optimizer,
                    workspaces,
                ));
                losses.push(network.train_batch_indexed_parallel(
                    &inputs,
                    &targets,
                    &indices,
                    &mut optimizer,
                    workspaces,
                ));
            }
            losses.push(network.evaluate_parallel(&inputs, &targets, workspaces));
            network.forward_batch_parallel(&inputs, &mut outputs, workspaces).unwrap();
            let found = (text(&losses), text(network.as_slice()), text(&outputs));
            assert!(found == expected, "{count} samples, {} workspaces", workspaces.len());
        });
    }
}

#[test]
fn threads_change_no_bit_of_a_network() {
    check(&Plain::new(1), || Optimizer::new(Adam::new(0.01)));
    check(&Plain::new(2), || Optimizer::new(Sgd::new(0.1).momentum(0.9)).clip_norm(0.1));
}

#[test]
fn threads_change_no_bit_where_layers_are_shared() {
    check(&Shared::new(1), || Optimizer::new(Adam::new(0.01)));
}

#[test]
fn threads_change_no_bit_where_parameters_are_frozen() {
    check(&Partly::new(1), || Optimizer::new(Sgd::new(0.1)));
    let frozen = Partly::new(2).frozen;
    let mut borrowing = Partly::with_frozen(&frozen);
    borrowing.init_trainable(&mut Rng::new(3));
    check(&borrowing, || Optimizer::new(Adam::new(0.01)));
}

#[test]
fn threads_change_no_bit_of_statistics() {
    let counts = [4, 8, 28, 36];
    check_counts(counts, &Normed::new(1), || Optimizer::new(Adam::new(0.01)));
    check_counts(counts, &Normed::new(2), || Optimizer::new(Sgd::new(0.1)).clip_norm(0.1));
    let refused = Normed::new(1).train_batch_parallel(
        &[[0.0; 5]; 6],
        &[[0.0; 2]; 6],
        &mut Optimizer::new(Sgd::new(0.1)),
        &mut make_workspaces::<Normed>(2),
    );
    assert_eq!(refused, Err(Error::PartialTile { samples: 6, tile: 4 }));
}

#[test]
fn threads_change_no_bit_of_several_losses() {
    check(&Two::new(1), || Optimizer::new(Adam::new(0.01)));
}

#[test]
fn what_is_wrong_is_refused_and_changes_nothing() {
    let mut network = Two::new(1);
    let before = network.clone();
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    let (inputs, mut targets) = (draw_many(1, 10), draw_many::<TwoTarget>(2, 10));
    let workspaces = &mut make_workspaces::<Two>(2)[..];
    let refused = network.train_batch_parallel(&inputs, &targets[1..], &mut optimizer, workspaces);
    assert_eq!(refused, Err(Error::LengthMismatch { inputs: 10, targets: 9 }));
    let refused = network.train_batch_parallel(&[], &[], &mut optimizer, workspaces);
    assert_eq!(refused, Err(Error::EmptyBatch));
    let refused = network.train_batch_indexed_parallel(
        &inputs,
        &targets,
        &[1, 10],
        &mut optimizer,
        workspaces,
    );
    assert_eq!(refused, Err(Error::IndexOutOfRange { index: 10, length: 10 }));
    let refused = network.train_batch_parallel(&inputs, &targets, &mut optimizer, &mut []);
    assert_eq!(refused, Err(Error::NoWorkspace));
    assert_eq!(network.evaluate_parallel(&inputs, &targets, &mut []), Err(Error::NoWorkspace));
    let outputs = &mut vec![network.forward(&inputs[0]); 10][..];
    let refused = network.forward_batch_parallel(&inputs, outputs, &mut []);
    assert_eq!(refused, Err(Error::NoWorkspace));
    let refused = network.forward_batch_parallel(&inputs, &mut outputs[1..], workspaces);
    assert_eq!(refused, Err(Error::LengthMismatch { inputs: 10, targets: 9 }));
    targets[8].class.target = 4;
    let wrong = Err(Error::ClassOutOfRange { class: 4, classes: 4 });
    assert_eq!(network.train_batch_parallel(&inputs, &targets, &mut optimizer, workspaces), wrong);
    assert_eq!(network.evaluate_parallel(&inputs, &targets, workspaces), wrong);
    targets[8].class.target = 3;
    targets[8].y[0] = f32::INFINITY;
    let refused = network.train_batch_parallel(&inputs, &targets, &mut optimizer, workspaces);
    assert_eq!(refused, Err(Error::NonFiniteLoss));
    assert_eq!((&network, optimizer.steps()), (&before, 0));
}

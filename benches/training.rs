//! How long the calls take that a training loop is made of.

use std::hint::black_box;

use backprop::{Adam, Optimizer, Random, Rng, Sgd, network};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

network! {
    /// Exclusive or.
    struct Xor {
        input x: [2];
        output y = x -> dense(8) -> tanh -> dense(1) -> sigmoid;
        loss mse(y);
    }
}

network! {
    /// The size of the classifier of 8x8 digits.
    struct Digits {
        input image: [64];
        output digit = image -> dense(32) -> relu -> dense(10);
        loss cross_entropy(digit);
    }
}

const BATCH: usize = 64;

fn bench_xor(criterion: &mut Criterion) {
    let inputs = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
    let targets = [[0.0], [1.0], [1.0], [0.0]];
    let mut network = Xor::new(1);
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    let mut workspace = XorWorkspace::new();
    criterion.bench_function("xor/train_batch/4", |bencher| {
        bencher.iter(|| {
            network.train_batch_with(
                black_box(&inputs),
                black_box(&targets),
                &mut optimizer,
                &mut workspace,
            )
        });
    });
}

fn bench_digits(criterion: &mut Criterion) {
    let random = &mut Rng::new(7);
    // Random images and labels of the data set's range: the work does not depend on their values.
    let images: [DigitsInput; BATCH] =
        std::array::from_fn(|_| std::array::from_fn(|_| random.below(17) as f32 / 16.0));
    let digits: [DigitsTarget; BATCH] = std::array::from_fn(|_| random.below(10));
    let mut workspace = DigitsWorkspace::new();

    let mut group = criterion.benchmark_group("digits");
    let network = Digits::new(1);
    group.bench_function("forward", |bencher| {
        bencher.iter(|| network.forward_with(black_box(&images[0]), &mut workspace));
    });
    let mut network = Digits::new(1);
    let mut optimizer = Optimizer::new(Sgd::new(0.01));
    group.bench_function("train_step", |bencher| {
        bencher.iter(|| {
            network.train_step_with(
                black_box(&images[0]),
                black_box(&digits[0]),
                &mut optimizer,
                &mut workspace,
            )
        });
    });
    group.throughput(Throughput::Elements(BATCH as u64));
    let mut network = Digits::new(1);
    let mut optimizer = Optimizer::new(Adam::new(1e-3));
    group.bench_function("train_batch/64", |bencher| {
        bencher.iter(|| {
            network.train_batch_with(
                black_box(&images),
                black_box(&digits),
                &mut optimizer,
                &mut workspace,
            )
        });
    });
    group.finish();
}

criterion_group!(benches, bench_xor, bench_digits);
criterion_main!(benches);

//! What threads make of a batch, by the number of them.

use std::hint::black_box;

use backprop::{
    Adam, BoxedNetwork, BoxedZero, Optimizer, ParallelTrain, Random, Rng, Sgd, network,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

network! {
    /// A classifier of images of 28x28.
    struct Images {
        input image: [784];
        output digit = image -> dense(512) -> relu -> dense(512) -> relu -> dense(10);
        loss cross_entropy(digit);
    }
}

const BATCH: usize = 1024;

fn bench_threads(criterion: &mut Criterion) {
    let random = &mut Rng::new(7);
    let images: Vec<ImagesInput> =
        (0..BATCH).map(|_| std::array::from_fn(|_| random.below(256) as f32 / 255.0)).collect();
    let digits: Vec<ImagesTarget> = (0..BATCH).map(|_| random.below(10)).collect();
    let mut group = criterion.benchmark_group("784-512-512-10/1024");
    group.throughput(Throughput::Elements(BATCH as u64)).sample_size(20);

    let mut network = Images::boxed(1);
    let mut sgd = Optimizer::new(Sgd::new(1e-3));
    let mut workspace = ImagesWorkspace::boxed_zero();
    group.bench_function("train_batch", |bencher| {
        bencher.iter(|| {
            network.train_batch_with(black_box(&images), &digits, &mut sgd, &mut workspace)
        });
    });
    group.bench_function("evaluate", |bencher| {
        bencher.iter(|| network.evaluate_with(black_box(&images), &digits, &mut workspace));
    });
    let mut adam = Box::new(Optimizer::new(Adam::new(1e-3)));
    group.bench_function("train_batch, Adam", |bencher| {
        bencher.iter(|| {
            network.train_batch_with(black_box(&images), &digits, &mut *adam, &mut workspace)
        });
    });
    for count in [2, 4] {
        let mut workspaces = ImagesWorkspace::boxed_zeros(count);
        group.bench_function(format!("train_batch_parallel, {count} workspaces"), |bencher| {
            bencher.iter(|| {
                network.train_batch_parallel(black_box(&images), &digits, &mut sgd, &mut workspaces)
            });
        });
    }
    let mut workspaces = ImagesWorkspace::boxed_zeros(2);
    group.bench_function("evaluate_parallel, 2 workspaces", |bencher| {
        bencher.iter(|| network.evaluate_parallel(black_box(&images), &digits, &mut workspaces));
    });
    group.bench_function("train_batch_parallel, 2 workspaces, Adam", |bencher| {
        bencher.iter(|| {
            network.train_batch_parallel(black_box(&images), &digits, &mut *adam, &mut workspaces)
        });
    });
    group.finish();
}

criterion_group!(benches, bench_threads);
criterion_main!(benches);

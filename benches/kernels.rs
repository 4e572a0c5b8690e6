//! The kernels by themselves: products in FLOPs a second, all others in bytes.

use std::hint::black_box;

use backprop::__private::losses::{CrossEntropy, MeanOf};
use backprop::__private::{Collect, Set, dense, dispatch, elementwise, losses, softmax};
use backprop::{
    Adam, AdamW, Lion, Optimizer, Parameters, RmsProp, Rule, Scalar, Sgd, Zero, network,
};
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};

type Group<'a> = BenchmarkGroup<'a, criterion::measurement::WallTime>;

/// Rows and their width, of what is no product: 128 KiB, more than the first cache and less than the second.
const ROWS: usize = 64;
const WIDTH: usize = 512;

network! {
    /// A million parameters for the update rules.
    struct Wide {
        input x: [1024];
        output y = x -> dense(1024);
        loss mse(y);
    }
}

/// Numbers of both signs, none of them zero.
fn fill<const R: usize, const C: usize>() -> Box<[[f32; C]; R]> {
    let mut rows: Box<[[f32; C]; R]> =
        vec![[0.0; C]; R].try_into().unwrap_or_else(|_| unreachable!("as many rows"));
    for (index, value) in rows.as_flattened_mut().iter_mut().enumerate() {
        *value = ((index * 7919 + 13) % 1009) as f32 / 504.0 - 1.001;
    }
    rows
}

fn bench_products(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("dense");
    bench_product::<1, 784, 128>(&mut group);
    bench_product::<64, 784, 128>(&mut group);
    bench_product::<1, 128, 128>(&mut group);
    bench_product::<64, 128, 128>(&mut group);
    bench_product::<1, 128, 10>(&mut group);
    bench_product::<64, 128, 10>(&mut group);
    bench_product::<1, 64, 32>(&mut group);
    bench_product::<64, 64, 32>(&mut group);
    bench_product::<1, 16, 16>(&mut group);
    bench_product::<64, 16, 16>(&mut group);
    group.finish();
}

/// The three products of a layer of `I` inputs and `O` outputs, of `B` samples.
fn bench_product<const B: usize, const I: usize, const O: usize>(group: &mut Group<'_>) {
    let (mut x, mut y) = (fill::<B, I>(), fill::<B, O>());
    let (mut weight, bias) = (fill::<I, O>(), [0.5_f32; O]);
    // FLOPs, which criterion calls elements.
    group.throughput(Throughput::Elements((2 * B * I * O) as u64));
    let size = format!("{I}x{O}/{B}");
    group.bench_function(format!("forward/{size}"), |bencher| {
        bencher.iter(|| {
            let (x, weight) = (black_box(&x[..]), black_box(&*weight));
            dispatch!(simd => dense::forward(simd, x, weight, Some(&bias), &mut y[..]));
        });
    });
    group.bench_function(format!("input_gradient/{size}"), |bencher| {
        bencher.iter(|| {
            let (delta, weight) = (black_box(&y[..]), black_box(&*weight));
            dispatch!(simd => dense::input_gradient(simd, Set, delta, weight, &mut x[..]));
        });
    });
    group.bench_function(format!("weight_gradient/{size}"), |bencher| {
        bencher.iter(|| {
            let (x, delta) = (black_box(&x[..]), black_box(&y[..]));
            let sink = Collect(Set, &mut weight[..]);
            dispatch!(simd => dense::weight_gradient(simd, x, delta, sink));
        });
    });
}

fn bench_activations(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("activations");
    bench_activation(&mut group, "relu", |x| if x > 0.0 { x } else { 0.0 });
    bench_activation(&mut group, "tanh", Scalar::tanh);
    bench_activation(&mut group, "sigmoid", Scalar::sigmoid);
    bench_activation(&mut group, "exp", Scalar::exp);
    bench_activation(&mut group, "erf", Scalar::erf);
    let (x, mut y) = (fill::<ROWS, WIDTH>(), fill::<ROWS, WIDTH>());
    group.bench_function("softmax", |bencher| {
        bencher.iter(|| dispatch!(simd => softmax::forward(black_box(&x[..]), &mut y[..])));
    });
    group.bench_function("relu derivative", |bencher| {
        let derivative = |y| if y > 0.0 { 1.0 } else { 0.0 };
        bencher.iter(|| {
            let saved = black_box(&x[..]);
            dispatch!(simd => elementwise::backward_in_place(derivative, saved, &mut y[..]));
        });
    });
    group.finish();
}

fn bench_activation(group: &mut Group<'_>, name: &str, function: impl Fn(f32) -> f32 + Copy) {
    let (x, mut y) = (fill::<ROWS, WIDTH>(), fill::<ROWS, WIDTH>());
    group.throughput(Throughput::Bytes((2 * size_of_val(&*x)) as u64));
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            let x = black_box(&x[..]);
            dispatch!(simd => elementwise::forward(function, x, &mut y[..]));
        });
    });
}

fn bench_losses(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("losses");
    let (y, target, mut dy) = (fill::<ROWS, WIDTH>(), fill::<ROWS, WIDTH>(), fill::<ROWS, WIDTH>());
    let targets: Vec<&[f32; WIDTH]> = target.iter().collect();
    group.throughput(Throughput::Bytes((3 * size_of_val(&*y)) as u64));
    group.bench_function("mse", |bencher| {
        let square = |y: f32, target: f32| (y - target) * (y - target);
        let slope = |y: f32, target: f32| 2.0 * (y - target) / WIDTH as f32;
        bencher.iter(|| {
            let (y, targets) = (black_box(&y[..]), black_box(&targets[..]));
            dispatch!(simd => losses::gradient(
                Set,
                1.0,
                MeanOf(square, slope),
                y,
                targets,
                &mut dy[..],
            ))
        });
    });
    let classes: Vec<u32> = (0..ROWS as u32).map(|row| row * 7 % WIDTH as u32).collect();
    let classes: Vec<&u32> = classes.iter().collect();
    group.throughput(Throughput::Bytes((2 * size_of_val(&*y)) as u64));
    group.bench_function("cross_entropy", |bencher| {
        bencher.iter(|| {
            let loss = CrossEntropy { smoothing: 0.0, class_weights: () };
            let (y, classes) = (black_box(&y[..]), black_box(&classes[..]));
            dispatch!(simd => losses::gradient(Set, 1.0, loss, y, classes, &mut dy[..]))
        });
    });
    group.finish();
}

fn bench_rules(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rules");
    bench_rule(&mut group, "sgd", Sgd::new(1e-6), 0);
    bench_rule(&mut group, "sgd with momentum", Sgd::new(1e-6).momentum(0.9), 1);
    bench_rule(&mut group, "rms_prop", RmsProp::new(1e-9), 1);
    bench_rule(&mut group, "adam", Adam::new(1e-9), 2);
    bench_rule(&mut group, "adam_w", AdamW::new(1e-9), 2);
    bench_rule(&mut group, "lion", Lion::new(1e-9), 1);
    group.finish();
}

/// An update of all weights; each reads and writes its weight and `slots` numbers more, and reads its gradient.
fn bench_rule<R: Rule<f32>>(group: &mut Group<'_>, name: &str, rule: R, slots: usize) {
    let mut network = Box::new(Wide::ZERO);
    let mut gradient = Box::new(WideGradient::ZERO);
    for (index, value) in gradient.as_mut_slice().iter_mut().enumerate() {
        *value = (index % 1009) as f32 / 504.0 - 1.001;
    }
    let mut optimizer = Box::new(Optimizer::new(rule));
    let bytes = size_of_val(network.as_slice()) * (3 + 2 * slots);
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function(name, |bencher| {
        bencher.iter(|| optimizer.step(&mut *network, black_box(&*gradient)));
    });
}

criterion_group!(benches, bench_products, bench_activations, bench_losses, bench_rules);
criterion_main!(benches);

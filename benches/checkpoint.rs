//! How long a checkpoint of a megabyte takes: beside a copy of its parameters and a checksum by `crc32fast`, the fastest one
//! there is for a processor with a carry-less product.

use std::hint::black_box;

use backprop::{Adam, BoxedNetwork, Optimizer, Parameters, Rng, checkpoint, network};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

network! {
    /// 1,050,624 bytes of parameters.
    pub struct Large {
        input x: [512];
        output y = x -> dense(512);
        loss mse(y);
    }
}

fn bench_checkpoint(criterion: &mut Criterion) {
    let mut network = Large::boxed(1);
    let optimizer: Box<Optimizer<Adam, LargeGradient>> = Box::new(Optimizer::new(Adam::new(0.1)));
    let mut bytes = vec![0; checkpoint::size::<&Large>()];
    checkpoint::write(&mut bytes, &**network).expect("there is room");

    let mut group = criterion.benchmark_group("1 MB");
    group.throughput(Throughput::Bytes(Large::PARAMETER_BYTES as u64));
    let (source, mut copy) = (network.clone(), network.clone());
    group.bench_function("copy", |bencher| {
        bencher.iter(|| {
            black_box(&mut copy).as_mut_slice().copy_from_slice(black_box(&source).as_slice())
        });
    });
    group.bench_function("checksum by crc32fast", |bencher| {
        bencher.iter(|| {
            let mut crc = flate2::Crc::new();
            crc.update(black_box(&bytes));
            crc.sum()
        });
    });
    group.bench_function("checksum of ours", |bencher| {
        bencher.iter(|| backprop::__private::checkpoint::sum(black_box(&bytes)));
    });
    group.bench_function("load", |bencher| bencher.iter(|| network.load(black_box(&bytes))));
    group.bench_function("read", |bencher| {
        bencher.iter(|| checkpoint::read(black_box(&bytes), &mut **network));
    });
    group.bench_function("write", |bencher| {
        bencher.iter(|| checkpoint::write(black_box(&mut bytes), &**network));
    });

    // With the state of Adam three megabytes.
    let mut optimizer = optimizer;
    let mut random = Rng::new(1);
    let mut bytes = vec![0; checkpoint::size::<(&Large, &Optimizer<Adam, LargeGradient>, &Rng)>()];
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("write a training", |bencher| {
        bencher.iter(|| checkpoint::write(&mut bytes, (&**network, &*optimizer, &random)));
    });
    group.bench_function("read a training", |bencher| {
        bencher.iter(|| checkpoint::read(&bytes, (&mut **network, &mut *optimizer, &mut random)));
    });
    group.finish();
}

criterion_group!(benches, bench_checkpoint);
criterion_main!(benches);

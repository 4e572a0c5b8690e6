//! One trunk with a residual join and two heads: which of three rings a point lies in, and the
//! product of its coordinates. The data is generated.
//!
//!     cargo run --release --example two_outputs [-- --seed N]

mod support;

use std::process::ExitCode;

use backprop::training::shuffle_batches;
use backprop::{Adam, Optimizer, Random, Rng, network};
use support::{Arguments, Progress};

network! {
    /// A point of the square from -1 to 1: its ring, and the product of its coordinates.
    pub struct Point {
        input point: [2];
        let trunk = point -> dense(32) -> tanh;
        let change = trunk -> dense(32) as refine -> tanh;
        let shared = trunk + change;
        output ring = shared -> dense(3) as ring_head;
        output product = shared -> dense(1) as product_head;
        loss cross_entropy(ring) + 0.5 * mse(product);
    }
}

const EPOCHS: u64 = 60;
const BATCH: usize = 20;

fn main() -> ExitCode {
    support::run(|| {
        let mut random = Rng::new(Arguments::read(&["seed"])?.seed);
        let (inputs, targets) = generate_points(2000, &mut random);
        let (test_inputs, test_targets) = generate_points(500, &mut random);

        let mut net = Point::ZERO;
        net.init(&mut random);
        let mut optimizer = Optimizer::new(Adam::new(0.003));
        let mut order: Vec<usize> = (0..inputs.len()).collect();
        let progress = Progress::start(EPOCHS);
        for _ in 0..EPOCHS {
            let mut sum = 0.0;
            for batch in shuffle_batches(&mut order, BATCH, &mut random) {
                let loss = net.train_batch_indexed(&inputs, &targets, batch, &mut optimizer)?;
                sum += loss * batch.len() as f32;
            }
            progress.show_epoch(sum / order.len() as f32);
        }
        progress.finish();

        let mut squares = 0.0;
        for (input, target) in test_inputs.iter().zip(&test_targets) {
            let output = net.forward(input);
            squares += (output.product[0] - target.product[0]).powi(2);
        }
        let confusion = net.confusion(&test_inputs, &test_targets)?;
        let deviation = (squares / test_targets.len() as f32).sqrt();
        let (correct, total) = (confusion.correct(), confusion.total());
        let accuracy = 100.0 * confusion.accuracy();
        println!("\nconfusion matrix (rows: true ring, columns: predicted ring)\n{confusion}");
        println!("\nproduct: root mean square error {deviation:.4}");
        println!("ring: test accuracy {accuracy:.1}% ({correct}/{total})");
        Ok(())
    })
}

fn generate_points(count: usize, random: &mut Rng) -> (Vec<[f32; 2]>, Vec<PointTarget>) {
    let mut coordinate = || 2.0 * (random.next_u32() as f32 / u32::MAX as f32) - 1.0;
    let inputs: Vec<[f32; 2]> = (0..count).map(|_| [coordinate(), coordinate()]).collect();
    let describe = |[x, y]: &[f32; 2]| PointTarget {
        ring: match x.hypot(*y) {
            ..0.5 => 0,
            ..0.9 => 1,
            _ => 2,
        },
        product: [x * y],
    };
    let targets = inputs.iter().map(describe).collect();
    (inputs, targets)
}

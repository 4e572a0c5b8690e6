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

/// Times `round`, which makes `calls` calls each time.
pub fn measure(calls: usize, mut round: impl FnMut() -> f32) -> Timing {
    let mut sample = |rounds: usize| {
        let start = Instant::now();
        for _ in 0..rounds {
            black_box(round());
        }
        start.elapsed()
    };
    // Finding the number of rounds also warms up caches, branch predictors and the core's clock.
    let mut rounds = 1;
    while sample(rounds) < SAMPLE {
        rounds *= 2;
    }
    let start = Instant::now();
    let mut samples = Vec::new();
    while samples.len() < FEWEST_SAMPLES || start.elapsed() < MEASUREMENT {
        samples.push(sample(rounds).as_nanos() as f64 / (rounds * calls) as f64);
    }
    samples.sort_by(f64::total_cmp);
    Timing { minimum: samples[0], median: samples[samples.len() / 2] }
}

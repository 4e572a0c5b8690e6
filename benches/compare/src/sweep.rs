//! The program of `cargo xtask sweep`: prints, for each width, `width ns` of a training step on 64 samples.

mod contestant;
mod training;

use backprop::{Network, Sgd, Zero, network};
use contest::clock::measure;
use contest::data;
use contest::protocol::Run;
use contest::tasks::TIMED;

use contestant::{Contestant, create_network};
use training::Training;

const SAMPLES: usize = 64;

/// Declares a network for each width, and times it.
macro_rules! sweep {
    ($($width:literal)*) => {
        $({
            network! {
                struct Square {
                    input x: [$width];
                    output y = x -> dense($width) -> relu -> dense($width);
                    loss mse(y);
                }
            }
            println!("{} {:.3}", $width, time::<Square>());
        })*
    };
}

fn main() {
    sweep! {
        1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32
        33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64
        65 66 71 72 79 80 88 95 96 97 100 104 112 120 127 128 129 136 144 160 176 192 200 224 250
        255 256 257 264
    }
}

fn time<N>() -> f64
where
    N: Contestant + Network<Scalar = f32>,
    N::Input: AsMut<[f32]>,
    N::Target: Zero + AsMut<[f32]>,
{
    let inputs = (0..SAMPLES).map(|index| fill(|place| data::input(index, place, 0.25))).collect();
    let targets = (0..SAMPLES).map(|index| fill(|place| data::value(index + place))).collect();
    let rule = Sgd::new(TIMED.sgd);
    let mut training = Training::<N, _>::new(create_network(), rule, inputs, targets);
    let timing = measure(|calls| training.run(calls));
    assert!(training.run(1).is_finite(), "a network has diverged");
    timing.minimum
}

fn fill<A: Zero + AsMut<[f32]>>(element: impl Fn(usize) -> f32) -> A {
    let mut array = A::ZERO;
    for (place, value) in array.as_mut().iter_mut().enumerate() {
        *value = element(place);
    }
    array
}

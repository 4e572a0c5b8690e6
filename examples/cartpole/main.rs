//! Reinforcement learning: balances a pole on a cart (Barto, Sutton and Anderson 1983; the constants and
//! limits of Gym's CartPole-v1) after nothing but trial and error.
//!
//!     cargo run --release --example cartpole [-- --seed N | --seeds N | --watch]
//!
//! There is no loss to declare: what an action was worth shows steps later. The network hands out a policy
//! and a value, and `backward_from` takes dJ/dy of both. A seed counts as solved when 100 training episodes in a
//! row, exploration included, reach a mean return of 475 of 500. `--seeds N` trains for the seeds 0 to N - 1;
//! `--watch` ends with an episode on the terminal.

mod environment;
mod learning;
mod picture;
#[path = "../support/mod.rs"]
mod support;

use std::process::ExitCode;
use std::time::Instant;

use backprop::Rng;
use environment::{CartPole, MOST_STEPS, Outcome};
use learning::{Agent, choose, evaluate, train};
use support::Arguments;

fn main() -> ExitCode {
    support::run(|| {
        let arguments = Arguments::read(&["seed", "seeds", "watch"])?;
        if let Some(seeds) = arguments.seeds {
            compare_seeds(seeds);
            return Ok(());
        }
        let seed = arguments.seed;
        let start = Instant::now();
        let training = train(seed, |progress| {
            if progress.update % 20 == 0 {
                println!("{progress}");
            }
        });
        let seconds = start.elapsed().as_secs_f64();
        println!("{training} in {seconds:.1} s\n");

        // Episodes that training has not seen.
        let mut random = Rng::new(!seed);
        show_episode(&training.agent, &mut random, arguments.watch);
        let mean = evaluate(&training.agent, &mut random);
        println!("\nwithout exploration: mean return {mean:.1} over 100 fresh episodes");
        Ok(())
    })
}

/// Trains for each seed, and counts the successes.
fn compare_seeds(seeds: u64) {
    let start = Instant::now();
    let mut solved = 0;
    for seed in 0..seeds {
        let training = train(seed, |_| {});
        let mean = evaluate(&training.agent, &mut Rng::new(!seed));
        println!("seed {seed:>2}: {training}; without exploration {mean:.1}");
        solved += u32::from(training.solved);
    }
    println!("\n{solved} of {seeds} seeds solved in {:.1} s", start.elapsed().as_secs_f64());
}

/// Plays one episode and shows it: all of it, or the scene halfway.
fn show_episode(agent: &Agent, random: &mut Rng, watch: bool) {
    let mut cart = CartPole::start(random);
    if watch {
        picture::animate(cart, |cart| choose(agent, cart));
        return;
    }
    while cart.steps < MOST_STEPS / 2 && cart.push(choose(agent, &cart)) == Outcome::Balanced {}
    println!("{}step {} of an episode without exploration", picture::draw(&cart), cart.steps);
}

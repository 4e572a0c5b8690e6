//! Adapts as `adapt` does, in a task of an async executor, beside a task that keeps its deadline.
//!
//! The one task learns a step at a time, and gives the processor away after each. The other is woken by a timer's
//! interrupt and must have run before the next comes: it is late by two turns of the learner at most.
#![no_std]
#![no_main]

#[path = "../../adapt/src/digits.rs"]
mod digits;

use core::cell::Cell;
use core::convert::Infallible;
use core::mem::MaybeUninit;
use core::slice;
use core::sync::atomic::{AtomicU32, Ordering};

use backprop::{Error, Optimizer, Sgd};
use digits::{
    DigitsGradient, LEAST_GAIN, Learner, RATE, ROUNDS, Sample, read_shifted, split_samples,
};
use embassy_executor::Executor;
use embassy_futures::yield_now;
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embassy_sync::signal::Signal;
use support::console::write_number;
use support::counter::Counter;
use support::start::end_run;
use support::ticker::Ticker;
use support::{on_tick, program};

/// The period of the task with a deadline, in steps of the network, which are most of a learner's turn. Two turns may
/// come first: the one under way, and, since the executor begins with whoever was woken last, the next.
const PERIOD: u32 = 4;

/// The number of the last tick, for the task that waits for it.
static TICK: Signal<CriticalSectionRawMutex, u32> = Signal::new();
static TICKS: AtomicU32 = AtomicU32::new(0);

on_tick!(count_tick);

fn count_tick() {
    // A Cortex-M0 has no instruction that adds in memory; nothing else writes here.
    let number = TICKS.load(Ordering::Relaxed).wrapping_add(1);
    TICKS.store(number, Ordering::Relaxed);
    TICK.signal(number);
}

/// How the task with a deadline fares.
struct Pace {
    /// Ticks that it ran for in time.
    kept: Cell<u32>,
    /// Ticks that the next one overtook.
    missed: Cell<u32>,
    /// The most instructions from a tick until it ran.
    latest: Cell<u32>,
}

/// All static memory of the image but the tasks' own, which the executor's macro declares.
struct Memory {
    executor: MaybeUninit<Executor>,
    learner: Learner,
    pace: Pace,
}

program!(
    run,
    Memory = Memory {
        executor: MaybeUninit::uninit(),
        learner: Learner::DEPLOYED,
        pace: Pace { kept: Cell::new(0), missed: Cell::new(0), latest: Cell::new(0) },
    }
);

fn run(memory: &'static mut Memory) -> Result<(), Infallible> {
    let Memory { executor, learner, pace } = memory;
    let instructions = count_step(learner);
    write_number(c"digits.step", instructions);
    let ticker = Ticker::start(PERIOD * instructions);
    executor.write(Executor::new()).run(|spawner| {
        match (keep_pace(pace, ticker), learn(learner, pace)) {
            (Ok(first), Ok(second)) => {
                spawner.spawn(first);
                spawner.spawn(second);
            }
            _ => end_run(Err(())),
        }
    })
}

/// The instructions of one step, at the rate zero: it changes nothing.
fn count_step(learner: &mut Learner) -> u32 {
    let Learner { network, workspace } = learner;
    let mut optimizer = Optimizer::new(Sgd::new(0.0));
    let mut image = [0.0; 64];
    let class = split_samples().0.first().map_or(0, |sample| read_shifted(sample, &mut image));
    Counter::start().count(|| {
        let _ = network.train_step_with(&image, &class, &mut optimizer, workspace);
    })
}

#[embassy_executor::task]
async fn keep_pace(pace: &'static Pace, ticker: Ticker) -> ! {
    let mut last = 0;
    loop {
        let number = TICK.wait().await;
        pace.latest.set(pace.latest.get().max(ticker.read_lateness()));
        pace.kept.set(pace.kept.get() + 1);
        pace.missed.set(pace.missed.get() + (number - last - 1));
        last = number;
    }
}

#[embassy_executor::task]
async fn learn(learner: &'static mut Learner, pace: &'static Pace) -> ! {
    let (stream, kept) = split_samples();
    let mut exam = Exam::new(kept);
    while exam.ask(learner) {
        yield_now().await;
    }
    let before = exam.count_percent();

    let mut optimizer = Optimizer::new(RATE);
    for _ in 0..ROUNDS {
        for sample in stream {
            if take_step(learner, sample, &mut optimizer).is_err() {
                end_run(Err(()));
            }
            yield_now().await;
        }
    }

    let mut exam = Exam::new(kept);
    while exam.ask(learner) {
        yield_now().await;
    }
    let after = exam.count_percent();
    write_number(c"digits.before", before);
    write_number(c"digits.after", after);
    write_number(c"pace.kept", pace.kept.get());
    write_number(c"pace.missed", pace.missed.get());
    write_number(c"pace.latest", pace.latest.get());
    let has_adapted = after >= before + LEAST_GAIN;
    end_run(if has_adapted && pace.missed.get() == 0 { Ok(()) } else { Err(()) })
}

/// One turn of the learner: a whole step. Where that is too long for another task, `train_step_part_with` takes a layer's
/// part of it.
fn take_step(
    Learner { network, workspace }: &mut Learner,
    sample: &Sample,
    optimizer: &mut Optimizer<Sgd, DigitsGradient>,
) -> Result<f32, Error> {
    let mut image = [0.0; 64];
    let class = read_shifted(sample, &mut image);
    network.train_step_with(&image, &class, optimizer, workspace)
}

/// Samples that judge a learner, a sample at a time.
///
/// No `async fn` of its own: one that returns could be polled once more, which panics.
struct Exam {
    left: slice::Iter<'static, Sample>,
    asked: u32,
    right: u32,
}

impl Exam {
    fn new(samples: &'static [Sample]) -> Self {
        Self { left: samples.iter(), asked: 0, right: 0 }
    }

    /// Asks for the next sample's class; `false` if there is no more.
    fn ask(&mut self, learner: &mut Learner) -> bool {
        let Some(sample) = self.left.next() else { return false };
        self.asked += 1;
        self.right += u32::from(learner.recognises(sample, read_shifted));
        true
    }

    /// How many percent of the samples were recognised.
    fn count_percent(&self) -> u32 {
        (100 * self.right).checked_div(self.asked).unwrap_or(0)
    }
}

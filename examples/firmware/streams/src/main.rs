//! Hears a wave sample by sample, by a GRU of 16 units, and learns another one: the output layer of an LSTM of 16 units adapts
//! on the device.
#![no_std]
#![no_main]

use core::hint::black_box;

use backprop::{Error, Inference, Optimizer, Sgd, Step};
use support::console::{write_number, write_thousandths};
use support::counter::Counter;
use support::program;
use workload::streams::{
    Gru, GruState, GruWorkspace, Lstm, LstmWorkspace, Wave, hear_wave, learn_wave,
};

/// What went wrong, if anything: QEMU's exit status tells.
enum Failure {
    /// A step was refused.
    Refused,
    /// Less than half of the loss is gone.
    NotAdapted,
}

impl From<Error> for Failure {
    fn from(_: Error) -> Self {
        Self::Refused
    }
}

/// All static memory of the image.
struct Memory {
    gru: Gru,
    state: GruState,
    heard: GruWorkspace<Inference>,
    lstm: Lstm,
    learnt: LstmWorkspace<Step>,
}

program!(
    run,
    Memory = Memory {
        gru: Gru::ZERO,
        state: GruState::new(),
        heard: GruWorkspace::new(),
        lstm: Lstm::ZERO,
        learnt: LstmWorkspace::new(),
    }
);

fn run(memory: &mut Memory) -> Result<(), Failure> {
    let Memory { gru, state, heard, lstm, learnt } = memory;
    let mut counter = Counter::start();
    write_number(c"gru.outputs", hear_wave(gru, heard));
    let mut wave = Wave::start(1.8);
    let mut instructions = 0;
    for _ in 0..4 {
        let sample = black_box([wave.next_sample()]);
        let mut next = [0.0];
        instructions = counter.count(|| next = gru.step_with(state, &sample, heard));
        black_box(next);
    }
    write_number(c"gru.forward", instructions);
    let bits = learn_wave(lstm, learnt)?;
    write_thousandths(c"lstm.before", bits.before);
    write_thousandths(c"lstm.after", bits.after);
    write_number(c"lstm.parameters", bits.parameters);
    let (sound, target) = black_box(([0.25; 8], [0.5; 8]));
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    let mut step = Ok(0.0);
    let instructions =
        counter.count(|| step = lstm.train_step_with(&sound, &target, &mut optimizer, learnt));
    step?;
    write_number(c"lstm.step", instructions);
    if bits.after < bits.before / 2.0 { Ok(()) } else { Err(Failure::NotAdapted) }
}

//! Recurrent networks: one that runs sample by sample, and one whose output layer learns.

use backprop::{Error, Inference, Optimizer, Parameters, Rng, Sgd, Step, network};

use crate::{SEED, hash_bits};

network! {
    /// What comes next, from each sample and what is remembered of those before: of more than a sequence has.
    pub struct Gru {
        input sound: [8, 1];
        output next = sound -> gru(16) -> dense(1, axis = last);
    }
}

network! {
    /// The same from a memory that stays as it is: its output layer alone learns.
    pub struct Lstm {
        input sound: [8, 1];
        output next = sound -> lstm(16, trainable = false) -> dense(1, axis = last);
        loss mse(next);
    }
}

/// Samples that the first network hears: more than a sequence has.
const HEARD: usize = 48;
/// Windows that the second learns from.
const WINDOWS: u32 = 48;
/// Of so many windows the mean loss is taken, at the start and at the end.
const JUDGED: u32 = 8;

/// A wave, sample by sample: no library need know a sine.
pub struct Wave {
    turn: f32,
    last: [f32; 2],
}

impl Wave {
    /// Each sample is the last one times `turn`, less the one before it.
    #[must_use]
    pub fn start(turn: f32) -> Self {
        Self { turn, last: [0.5, 0.0] }
    }

    /// The next sample.
    pub fn next_sample(&mut self) -> f32 {
        let [last, before] = self.last;
        self.last = [self.turn * last - before, last];
        last
    }
}

/// The hash of what the network says of a wave.
pub fn hear_wave(network: &mut Gru, workspace: &mut GruWorkspace<Inference>) -> u32 {
    network.init(&mut Rng::new(SEED));
    let (mut state, mut wave) = (GruState::new(), Wave::start(1.8));
    let mut heard = [0.0; HEARD];
    for next in &mut heard {
        [*next] = network.step_with(&mut state, &[wave.next_sample()], workspace);
    }
    hash_bits(&heard)
}

/// What a run of [`learn_wave`] leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LstmBits {
    /// The mean loss of the first windows.
    pub before: f32,
    /// That of the last ones.
    pub after: f32,
    /// The hash of the parameters that learn.
    pub parameters: u32,
}

/// Learns to say what comes next in a wave.
///
/// # Errors
///
/// A loss that is not finite.
pub fn learn_wave(
    network: &mut Lstm,
    workspace: &mut LstmWorkspace<Step>,
) -> Result<LstmBits, Error> {
    network.init(&mut Rng::new(SEED));
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    let mut wave = Wave::start(1.9);
    let (mut before, mut after) = (0.0, 0.0);
    let mut next = wave.next_sample();
    for window in 0..WINDOWS {
        let (mut sound, mut target) = ([0.0; 8], [0.0; 8]);
        for (sound, target) in sound.iter_mut().zip(&mut target) {
            *sound = next;
            next = wave.next_sample();
            *target = next;
        }
        let loss = network.train_step_with(&sound, &target, &mut optimizer, workspace)?;
        if window < JUDGED {
            before += loss / JUDGED as f32;
        } else if window >= WINDOWS - JUDGED {
            after += loss / JUDGED as f32;
        }
    }
    Ok(LstmBits { before, after, parameters: hash_bits(network.as_slice()) })
}

//! Words of a synthetic speaker, as the cepstra that a keyword spotter hears: generated here, recorded nowhere.
//!
//! A word is a row of sounds, each with three formants, a voice and a hiss (formants as Peterson and Barney measured
//! them, 1952, rounded). Speakers differ by the length of their throat, speed, loudness and the time at which they begin.
//! Of each of 49 frames the energies of mel-spaced bands are added up, and the cosine transform of their logarithms is
//! taken, as a front end does with a spectrum.

use core::f32::consts::PI;

use backprop::{Random, Rng};

/// Frames of a second.
pub const FRAMES: usize = 49;
/// Cepstra of a frame.
pub const CEPSTRA: usize = 10;
/// Ten words, silence, and any other word.
pub const CLASSES: u32 = 12;

/// All cepstra of a second, in 1/16, frame by frame.
pub type Second = [i8; FRAMES * CEPSTRA];

/// Bands of the spectrum.
const BANDS: usize = 20;

/// A sound: formants in Hz, how loud they are, the middle of a hiss in Hz and how loud it is, and how many frames it
/// lasts.
#[derive(Clone, Copy)]
struct Sound {
    formants: [f32; 3],
    voice: f32,
    hiss: [f32; 2],
    frames: f32,
}

const fn voiced(formants: [f32; 3], voice: f32, frames: f32) -> Sound {
    Sound { formants, voice, hiss: [4000.0, 0.0], frames }
}

const fn hissed(middle: f32, level: f32, frames: f32) -> Sound {
    Sound { formants: [500.0, 1500.0, 2500.0], voice: 0.0, hiss: [middle, level], frames }
}

const EE: Sound = voiced([270.0, 2290.0, 3010.0], 1.0, 6.0);
const EH: Sound = voiced([530.0, 1840.0, 2480.0], 1.0, 7.0);
const AH: Sound = voiced([640.0, 1190.0, 2390.0], 1.0, 7.0);
const AA: Sound = voiced([730.0, 1090.0, 2440.0], 1.0, 8.0);
const AW: Sound = voiced([570.0, 840.0, 2410.0], 1.0, 8.0);
const OO: Sound = voiced([300.0, 870.0, 2240.0], 0.9, 6.0);
const Y: Sound = voiced([280.0, 2250.0, 2950.0], 0.7, 4.0);
const L: Sound = voiced([360.0, 1100.0, 2600.0], 0.6, 5.0);
const R: Sound = voiced([330.0, 1060.0, 1380.0], 0.6, 5.0);
const N: Sound = voiced([250.0, 1400.0, 2300.0], 0.4, 6.0);
const D: Sound = voiced([250.0, 1700.0, 2600.0], 0.15, 3.0);
const G: Sound = voiced([250.0, 1900.0, 2100.0], 0.15, 3.0);
const S: Sound = hissed(6000.0, 0.7, 8.0);
const F: Sound = hissed(4500.0, 0.25, 7.0);
const T: Sound = hissed(4200.0, 0.4, 3.0);
const P: Sound = hissed(1200.0, 0.2, 3.0);
const PAUSE: Sound = hissed(4000.0, 0.0, 3.0);

/// Everything that any other word is made of.
const SOUNDS: [Sound; 16] = [EE, EH, AH, AA, AW, OO, Y, L, R, N, D, G, S, F, T, P];

/// Yes, no, up, down, left, right, on, off, stop and go.
const WORDS: [&[Sound]; 10] = [
    &[Y, EH, S],
    &[N, AW, OO],
    &[AH, PAUSE, P],
    &[D, AA, OO, N],
    &[L, EH, F, T],
    &[R, AA, EE, PAUSE, T],
    &[AW, AW, N],
    &[AW, AW, F],
    &[S, T, AA, PAUSE, P],
    &[G, AW, OO],
];

/// Somebody says the word of a class; the last two are silence and another word.
pub fn say(class: u32, random: &mut Rng) -> Second {
    let other: Vec<Sound>;
    let word = match class {
        0..10 => WORDS[class as usize],
        10 => &[],
        _ => {
            let count = 3 + random.below(2);
            other = (0..count).map(|_| SOUNDS[random.below(16) as usize]).collect();
            &other
        }
    };
    let speaker = Speaker::draw(random);
    let length: f32 = word.iter().map(|sound| sound.frames * speaker.slowness).sum();
    let start = between(random, 1.0, (FRAMES as f32 - length - 1.0).max(2.0));
    let mut second = [0; FRAMES * CEPSTRA];
    for (frame, cepstra) in second.chunks_exact_mut(CEPSTRA).enumerate() {
        let sounds = mix(word, (frame as f32 - start) / speaker.slowness);
        let energies = speaker.fill_bands(&sounds, random);
        for (order, cepstrum) in cepstra.iter_mut().enumerate() {
            let value = transform(&energies, order);
            *cepstrum = (16.0 * value).round().clamp(-128.0, 127.0) as i8;
        }
    }
    second
}

/// Who speaks, and where.
struct Speaker {
    /// By how much the formants are higher.
    pitch: f32,
    slowness: f32,
    loudness: f32,
    /// The energy of the room in each band.
    noise: f32,
}

impl Speaker {
    fn draw(random: &mut Rng) -> Self {
        Self {
            pitch: between(random, 0.88, 1.16),
            slowness: between(random, 0.8, 1.25),
            loudness: between(random, 0.5, 1.5),
            noise: between(random, 0.002, 0.03),
        }
    }

    /// The logarithm of each band's energy.
    fn fill_bands(&self, sounds: &[(Sound, f32)], random: &mut Rng) -> [f32; BANDS] {
        core::array::from_fn(|band| {
            let place = (band as f32 + 0.5) / BANDS as f32 * to_mel(8000.0);
            let mut energy = self.noise * between(random, 0.5, 1.5);
            for (sound, share) in sounds {
                let mut heard = sound.hiss[1] * bump(place - to_mel(sound.hiss[0]), 350.0);
                for (formant, falling) in sound.formants.iter().zip([1.0, 0.5, 0.25]) {
                    let distance = place - to_mel(formant * self.pitch);
                    heard += sound.voice * falling * bump(distance, 110.0);
                }
                energy += share * self.loudness * heard * between(random, 0.7, 1.3);
            }
            energy.ln()
        })
    }
}

/// The sounds at a time, in frames of a slow speaker, and their shares: one passes into the next within three frames.
fn mix(word: &[Sound], time: f32) -> Vec<(Sound, f32)> {
    let mut start = 0.0;
    let mut sounds = Vec::new();
    for sound in word {
        let end = start + sound.frames;
        let share = (0.5 + (time - start).min(end - time) / 3.0).clamp(0.0, 1.0);
        if share > 0.0 {
            sounds.push((*sound, share));
        }
        start = end;
    }
    sounds
}

/// A cepstrum: how much of a cosine is in the logarithms.
fn transform(energies: &[f32; BANDS], order: usize) -> f32 {
    let cosine = |band: usize| (PI * order as f32 * (band as f32 + 0.5) / BANDS as f32).cos();
    let sum: f32 = energies.iter().enumerate().map(|(band, energy)| energy * cosine(band)).sum();
    // The first is the mean, near that of a quiet room.
    if order == 0 { sum / BANDS as f32 + 3.0 } else { 2.0 * sum / BANDS as f32 }
}

fn to_mel(frequency: f32) -> f32 {
    1127.0 * (frequency / 700.0).ln_1p()
}

fn bump(distance: f32, width: f32) -> f32 {
    (-(distance / width) * (distance / width)).exp()
}

fn between(random: &mut Rng, low: f32, high: f32) -> f32 {
    low + (high - low) * (random.next_u32() >> 8) as f32 / 16_777_216.0
}

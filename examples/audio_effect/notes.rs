//! Sounds to learn from, and a melody.

use std::f32::consts::TAU;

use backprop::{Random, Rng};

/// From 0 to 1.
fn draw(random: &mut Rng) -> f32 {
    random.next_u32() as f32 / u32::MAX as f32
}

/// A chord of up to three notes with a few overtones each, or a burst of noise, of any loudness.
pub fn draw_note<const N: usize>(random: &mut Rng, sample_rate: u32) -> [f32; N] {
    let loudness = draw(random).powi(2);
    if random.below(8) == 0 {
        return core::array::from_fn(|_| loudness * (2.0 * draw(random) - 1.0));
    }
    let mut note = [0.0; N];
    let voices = 1 + random.below(3);
    for _ in 0..voices {
        let pitch = 60.0 * 2_f32.powf(5.0 * draw(random));
        for overtone in 1..=5 {
            let strength = draw(random) / overtone as f32;
            let (turn, phase) =
                (TAU * pitch * overtone as f32 / sample_rate as f32, TAU * draw(random));
            for (index, sample) in note.iter_mut().enumerate() {
                *sample += strength * (turn * index as f32 + phase).sin();
            }
        }
    }
    let largest = note.iter().fold(1e-3_f32, |largest, sample| largest.max(sample.abs()));
    note.map(|sample| loudness * sample / largest)
}

/// Plucked strings, a note every quarter of a second.
pub fn play_melody(seconds: usize, sample_rate: u32) -> Vec<f32> {
    const NOTES: [f32; 8] = [0.0, 3.0, 7.0, 10.0, 12.0, 10.0, 7.0, 3.0];
    let length = sample_rate as usize / 4;
    let note = |index: usize| {
        let pitch = 110.0 * 2_f32.powf(NOTES[index % NOTES.len()] / 12.0);
        (0..length).map(move |sample| {
            let time = sample as f32 / sample_rate as f32;
            let string = |overtone: f32| {
                (TAU * pitch * overtone * time).sin() * (-4.0 * overtone * time).exp() / overtone
            };
            0.5 * (string(1.0) + string(2.0) + string(3.0)) * (time * 400.0).min(1.0)
        })
    };
    (0..4 * seconds).flat_map(note).collect()
}

//! Networks that run sample by sample: every layer that can, in the numbers of the whole sequence; several streams at once,
//! and states that are copied and begun anew.

use backprop::{Random, Rng, Streaming, Zero, network};

/// Steps of every sequence.
const STEPS: usize = 12;

/// A network of one sequence: its shape, and its layers.
macro_rules! declare {
    ($($name:ident: $shape:tt { $($layers:tt)+ })*) => {
        $(network! {
            /// One layer, or a few.
            struct $name {
                input x: $shape;
                output y = x -> $($layers)+;
            }
        })*
    };
}

/// In the order of time, whichever axis that is.
fn at_step<const N: usize>(values: &[f32], features_first: bool, step: usize) -> [f32; N] {
    core::array::from_fn(|feature| match features_first {
        true => values[feature * STEPS + step],
        false => values[step * N + feature],
    })
}

/// A step's output is what the whole sequence has there: to the bit, where sums are rounded alike.
fn check_step<const N: usize>(
    y: &[f32; N],
    (whole, features_first): (&[f32], bool),
    step: usize,
    name: &str,
) {
    assert_eq!(N * STEPS, whole.len());
    let expected: [f32; N] = at_step(whole, features_first, step);
    for (one, other) in y.iter().zip(&expected) {
        let same = match cfg!(feature = "reproducible") {
            true => one.to_bits() == other.to_bits(),
            false => (one - other).abs() <= 1e-6 * other.abs().max(1.0),
        };
        assert!(same, "{name} at step {step}: {one} is not {other}");
    }
}

fn draw<const N: usize>(seed: u64) -> [f32; N] {
    let mut random = Rng::new(seed);
    core::array::from_fn(|_| random.next_u32() as f32 / (1_u32 << 31) as f32 - 1.0)
}

macro_rules! check {
    ($features_first:literal: $($name:ident)*) => {
        $({
            let (net, x) = ($name::new(3), draw(4));
            let whole = net.forward(&x);
            let mut workspace = Zero::ZERO;
            let mut state = Zero::ZERO;
            for step in 0..STEPS {
                let sample = at_step(&x, $features_first, step);
                let y = Streaming::step(&net, &mut state, &sample, &mut workspace);
                check_step(&y, (&whole, $features_first), step, stringify!($name));
            }
        })*
    };
}

declare! {
    Rnn: [12, 4] { rnn(5) }
    RnnRelu: [12, 4] { rnn(5, activation = relu, bias = false) }
    Gru: [12, 4] { gru(5) }
    GruBefore: [12, 4] { gru(6, reset = before) }
    GruWide: [12, 4] { gru(37) }
    Truncated: [12, 4] { gru(6, truncation = 5) }
    Lstm: [12, 4] { lstm(5) }
    LstmPlain: [12, 4] { lstm(19, bias = false) }
    Stacked: [12, 4] { gru(3) -> lstm(5) -> rnn(2) -> dense(3, axis = last) }
    Dense: [12, 4] { dense(9, axis = last) -> relu -> dense(2, axis = last, bias = false) }
    Norms: [12, 4] { layer_norm -> rms_norm -> glu -> prelu }
    Moved: [12, 4] { slice(start = 1, end = 4, axis = 1) -> pad(before = 1) -> upsample(2) }
    Reduced: [12, 4] { reshape(12, 2, 2) -> max(2) -> reshape(12, 1, 2) -> sum(1) }
    Turned: [12, 4] { transpose -> transpose -> identity -> dropout(0.5) }
    OneConv: [12, 4] { transpose -> conv1d(3, kernel = 3, padding = causal) -> transpose }
}

declare! {
    Pointwise: [4, 12] { conv1d(5, kernel = 1) }
    Conv: [4, 12] { conv1d(6, kernel = 3, padding = causal) }
    ConvOne: [4, 12] { conv1d(1, kernel = 2, padding = causal, bias = false) }
    ConvWide: [4, 12] { conv1d(75, kernel = 4, padding = causal) }
    Dilated: [4, 12] { conv1d(3, kernel = 3, padding = causal, dilation = 3) }
    // The window reaches further back than there are steps.
    Far: [4, 12] { conv1d(2, kernel = 3, padding = causal, dilation = 20) }
    Grouped: [4, 12] { conv1d(6, kernel = 3, padding = causal, groups = 2) }
    Depthwise: [4, 12] { depthwise_conv1d(kernel = 5, padding = causal, multiplier = 3) }
    Channels: [4, 12] { batch_norm(trainable = false) -> prelu(4) -> glu(axis = 0) -> max_pool1d(kernel = 1) }
    Deep: [4, 12] { conv1d(8, kernel = 2, padding = causal) -> tanh
        -> conv1d(8, kernel = 2, padding = causal, dilation = 2) -> tanh
        -> conv1d(4, kernel = 2, padding = causal, dilation = 4) }
    Recurrent: [4, 12] { conv1d(3, kernel = 3, padding = causal) -> transpose -> gru(5) -> transpose }
}

#[test]
fn steps_are_the_sequence() {
    check!(false: Rnn RnnRelu Gru GruBefore GruWide Truncated Lstm LstmPlain Stacked Dense Norms Moved Reduced Turned OneConv);
    check!(true: Pointwise Conv ConvOne ConvWide Dilated Far Grouped Depthwise Channels Deep Recurrent);
}

network! {
    /// Two inputs, a residual, weights that are used twice, and what is known at the end.
    struct Joined {
        dtype f64;
        input left: [6, 2];
        input right: [6, 1];
        let both = concat(left, right, axis = 1) -> gru(3, trainable = false) as first;
        let again = both -> gru(3) as second;
        output sequence = both + again - (both -> second);
        output word = again -> lstm(4, output = last) -> dense(2) -> softmax;
    }
}

#[test]
fn inputs_and_outputs_have_names() {
    let net = Joined::new(5);
    let input = JoinedInput {
        left: core::array::from_fn(|index| (index as f64).sin()),
        right: core::array::from_fn(|index| (index as f64).cos()),
    };
    let whole = net.forward(&input);
    let mut state = JoinedState::new();
    for step in 0..6 {
        let sample = JoinedSample {
            left: [input.left[2 * step], input.left[2 * step + 1]],
            right: [input.right[step]],
        };
        let output = net.step(&mut state, &sample);
        for (unit, y) in output.sequence.iter().enumerate() {
            assert!((y - whole.sequence[3 * step + unit]).abs() < 1e-12);
        }
        let difference: f64 =
            output.word.iter().zip(&whole.word).map(|(one, other)| (one - other).abs()).sum();
        // It is the whole sequence's when that has been seen, and not before.
        assert_eq!(difference < 1e-12, step == 5, "step {step}: {difference}");
    }
}

#[test]
fn streams_are_apart_and_begin_anew() {
    let net = Deep::new(1);
    let samples: [[f32; 4]; STEPS] = core::array::from_fn(|step| draw(step as u64));
    let run = |state: &mut DeepState| samples.map(|sample| net.step(state, &sample));
    let mut state = DeepState::new();
    let first = run(&mut state);
    // What was seen is remembered, by a copy as well.
    let mut copy = state.clone();
    let second = run(&mut state);
    assert_ne!(first, second);
    assert_eq!(run(&mut copy), second);
    assert_eq!(run(&mut DeepState::default()), first);
    static ZERO: DeepState = DeepState::new();
    assert_eq!(run(&mut ZERO.clone()), first);
    let mut workspace = DeepWorkspace::<backprop::Inference>::new();
    let mut state = DeepState::new();
    for (sample, expected) in samples.iter().zip(&first) {
        assert_eq!(net.step_with(&mut state, sample, &mut workspace), *expected);
    }
}

#[test]
fn a_state_is_as_large_as_what_it_remembers() {
    assert_eq!(Gru::STATE_BYTES, 5 * 4);
    assert_eq!(Lstm::STATE_BYTES, 2 * 5 * 4);
    // And which place is the oldest.
    assert_eq!(Dilated::STATE_BYTES, 6 * 4 * 4 + 4);
    assert_eq!(Dense::STATE_BYTES, 0);
    assert_eq!(size_of::<JoinedState>(), Joined::STATE_BYTES);
    assert_eq!(Joined::STATE_BYTES, (3 + 3 + 3 + 4 + 4) * 8);
}

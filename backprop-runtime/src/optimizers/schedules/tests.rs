//! Schedules next to PyTorch 2.15: `param_groups[0]["lr"]`, and the momentum, of ten steps of `SGD(lr=0.1)`
//! in `float64`, `scheduler.step()` after each; for the plateau the rates after each loss.

use super::*;

#[track_caller]
fn check(schedule: impl Schedule<f64>, expected: [f64; 10]) {
    check_rates(|step| schedule.rate(0.1, step), expected);
}

#[track_caller]
fn check_rates(rate: impl Fn(u64) -> f64, expected: [f64; 10]) {
    for (step, expected) in (0..).zip(expected) {
        let rate = rate(step);
        assert!((rate / expected - 1.0).abs() < 1e-12, "step {step}: {rate}, not {expected}");
    }
}

#[test]
fn constant_and_step_decay_and_exponential() {
    check(Constant, [0.1; 10]);
    // StepLR(3, gamma=0.5)
    check(
        StepDecay::new(3).gamma(0.5),
        [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.025, 0.025, 0.0125],
    );
    assert_eq!(StepDecay::new(0).rate(0.1, 100), 0.1);
    assert!((StepDecay::new(1).rate(1.0_f64, 3) - 1e-3).abs() < 1e-15);
    // ExponentialLR(0.9)
    let expected = [
        0.1,
        0.09000000000000001,
        0.08100000000000002,
        0.07290000000000002,
        0.06561000000000002,
        0.05904900000000002,
        0.05314410000000002,
        0.04782969000000002,
        0.043046721000000024,
        0.03874204890000002,
    ];
    check(Exponential::new(0.9), expected);
}

#[test]
fn cosine() {
    // CosineAnnealingLR(7, eta_min=0.01)
    let expected = [
        0.1,
        0.09554359905560886,
        0.08305704108364301,
        0.06501344202803415,
        0.04498655797196586,
        0.026942958916356993,
        0.014456400944391143,
        0.01,
        0.01445640094439114,
        0.026942958916356986,
    ];
    check(Cosine::new(7).minimum(0.01), expected);
    // Two waves later, in either precision.
    for step in 0..14 {
        let rate = Cosine::new(7).rate(0.1_f32, step);
        assert_eq!(Cosine::new(7).rate(0.1, step + 14_000_000), rate);
        assert!((f64::from(rate) - Cosine::new(7).rate(0.1_f64, step)).abs() < 1e-7);
    }
    assert_eq!(Cosine::new(0).minimum(0.3).rate(0.1, 5), 0.3);
}

#[test]
fn one_cycle() {
    // OneCycleLR(0.1, total_steps=10)
    let cycle = OneCycle::new(0.1, 10);
    let rates = [
        0.0040000000000000036,
        0.052000000000000005,
        0.1,
        0.09504846320134738,
        0.0811745653949763,
        0.06112620219362893,
        0.03887419780637107,
        0.0188258346050237,
        0.004951936798652629,
        4e-07,
    ];
    let momenta = [
        0.95,
        0.8999999999999999,
        0.85,
        0.854951556604879,
        0.8688255099070633,
        0.8888739533021842,
        0.9111260466978157,
        0.9311744900929366,
        0.945048443395121,
        0.95,
    ];
    check(cycle, rates);
    check_rates(|step| cycle.momentum(step).unwrap(), momenta);
    assert_eq!(cycle.keep_momentum().momentum(3), None);
    // Nothing comes after the end.
    assert_eq!(cycle.rate(9.0, u64::MAX), cycle.rate(1.0, 9));
    // OneCycleLR(0.4, total_steps=10, pct_start=0.45, anneal_strategy='linear', base_momentum=0.6,
    //     max_momentum=0.8, div_factor=10, final_div_factor=100)
    let cycle = OneCycle::new(0.4, 10).share(0.45).linear().momenta(0.6, 0.8).divisor(10.0);
    let cycle = cycle.final_divisor(100.0);
    let rates = [
        0.04,
        0.14285714285714288,
        0.24571428571428575,
        0.3485714285714286,
        0.3636727272727273,
        0.29101818181818184,
        0.2183636363636364,
        0.14570909090909095,
        0.07305454545454543,
        0.00040000000000001146,
    ];
    let momenta = [
        0.8,
        0.7428571428571429,
        0.6857142857142857,
        0.6285714285714286,
        0.6181818181818182,
        0.6545454545454545,
        0.6909090909090909,
        0.7272727272727273,
        0.7636363636363637,
        0.8,
    ];
    check(cycle, rates);
    check_rates(|step| cycle.momentum(step).unwrap(), momenta);
}

#[test]
fn a_cycle_of_hardly_any_steps_has_finite_rates() {
    for steps in 0..4 {
        for share in [0.0, 0.3, 0.5, 1.0] {
            for step in 0..6 {
                let rate: f32 = OneCycle::new(0.1, steps).share(share).rate(0.0, step);
                assert!((0.0..=0.100_001).contains(&rate), "{steps} {share} {step}: {rate}");
            }
        }
    }
}

#[test]
fn warmup() {
    // SequentialLR([LinearLR(total_iters=4), CosineAnnealingLR(6)], milestones=[4])
    let expected = [
        0.03333333333333333,
        0.05,
        0.06666666666666668,
        0.08333333333333334,
        0.1,
        0.09330127018922195,
        0.07500000000000001,
        0.05,
        0.025000000000000012,
        0.006698729810778065,
    ];
    check(Warmup::new(4, Cosine::new(6)), expected);
    assert_eq!(Warmup::new(0, Constant).rate(0.1, 0), 0.1);
    // The momentum is that of what follows.
    let schedule = Warmup::new(4, OneCycle::new(0.1_f64, 10));
    assert_eq!(schedule.momentum(3), None);
    assert_eq!(schedule.momentum(4), OneCycle::new(0.1, 10).momentum(0));
}

const LOSSES: [f64; 22] = [
    3.0,
    2.0,
    2.0,
    1.9999,
    2.5,
    1.5,
    1.499,
    1.4,
    f64::NAN,
    f64::NAN,
    1.39,
    1.38,
    1.37,
    1.36,
    1.35,
    1.34,
    1.33,
    1.32,
    1.0,
    1.0,
    1.0,
    1.0,
];

/// The rates from 1 on, each with how many losses it follows.
fn check_plateau<const N: usize>(mut plateau: Plateau<f64>, expected: [(f64, usize); N]) {
    let rates = expected.into_iter().flat_map(|(rate, times)| core::iter::repeat_n(rate, times));
    for (index, (loss, rate)) in LOSSES.into_iter().zip(rates).enumerate() {
        assert_eq!(plateau.observe(loss), rate, "loss {index}");
        assert_eq!(plateau.rate(), rate);
    }
    assert_eq!(expected.map(|(_, times)| times).iter().sum::<usize>(), LOSSES.len());
}

#[test]
fn plateau() {
    // ReduceLROnPlateau(factor=0.5, patience=1)
    check_plateau(
        Plateau::new(1.0).factor(0.5).patience(1),
        [(1.0, 3), (0.5, 6), (0.25, 11), (0.125, 2)],
    );
    // ReduceLROnPlateau(factor=0.5, patience=1, threshold=0.05, threshold_mode='abs', cooldown=2, min_lr=0.2)
    check_plateau(
        Plateau::new(1.0).factor(0.5).patience(1).absolute_threshold(0.05).cooldown(2).minimum(0.2),
        [(1.0, 3), (0.5, 6), (0.25, 4), (0.2, 9)],
    );
    // ReduceLROnPlateau(factor=0.5, patience=0, threshold=0.1, cooldown=1)
    let rates = [
        (1.0, 2),
        (0.5, 2),
        (0.25, 2),
        (0.125, 2),
        (0.0625, 2),
        (0.03125, 2),
        (0.015625, 2),
        (0.0078125, 2),
        (0.00390625, 3),
        (0.001953125, 2),
        (0.0009765625, 1),
    ];
    check_plateau(Plateau::new(1.0).factor(0.5).patience(0).threshold(0.1).cooldown(1), rates);
    // By default, ten in a row are borne.
    let mut plateau = Plateau::new(1.0_f64);
    let rates = [1.0; 12].map(|loss| plateau.observe(loss));
    assert_eq!((rates[10], rates[11]), (1.0, 0.1));
}

//! By hand, and against central differences.

use super::*;
use crate::sink::Collect;
use crate::store::{Add, Set};

/// Three rows of two channels, each of three elements or of one.
const ROWS: [[f64; 6]; 3] = [
    [1.0, 4.0, -2.0, 0.5, 0.25, 3.0],
    [0.0, 2.0, 7.0, -1.5, 1.0, 1.0],
    [5.0, -3.0, 1.0, 2.0, 0.0, -4.0],
];
const PAIRS: [[f64; 2]; 3] = [[1.0, -4.0], [2.5, 0.0], [4.0, 2.0]];
const DELTAS: [[f64; 6]; 3] = [
    [0.5, -1.0, 2.0, 0.25, 1.5, -0.5],
    [1.0, 0.75, -0.25, 2.0, -1.0, 0.5],
    [-2.0, 1.0, 1.0, -0.75, 3.0, 1.0],
];
const WEIGHT: [f64; 2] = [1.5, -0.5];
const BIAS: [f64; 2] = [0.25, 2.0];
const EPSILON: f64 = 0.01;

fn assert_close(actual: &[f64], expected: &[f64]) {
    assert_eq!(actual.len(), expected.len());
    for (actual, expected) in actual.iter().zip(expected) {
        assert!((actual - expected).abs() < 1e-9 * expected.abs().max(1.0), "{actual}, {expected}");
    }
}

fn normalise(rows: &[[f64; 6]; 3]) -> [[f64; 6]; 3] {
    let mut y = [[0.0; 6]; 3];
    let moments = Moments::<f64, 2>::measure(rows);
    forward(moments.statistics(EPSILON), rows, (&WEIGHT, &BIAS), &mut y);
    y
}

/// Σ y ⊙ dJ/dy
fn judge(y: &[[f64; 6]; 3]) -> f64 {
    y.as_flattened().iter().zip(DELTAS.as_flattened()).map(|(y, dy)| y * dy).sum()
}

#[test]
fn moments_are_those_of_each_channel_over_rows_and_planes() {
    let moments = Moments::<f64, 2>::measure(&PAIRS);
    assert_close(&moments.mean, &[2.5, -2.0 / 3.0]);
    assert_close(&moments.variance, &[1.5, (100.0 + 4.0 + 64.0) / 27.0]);
    let moments = Moments::<f64, 2>::measure(&ROWS);
    assert_close(&moments.mean, &[15.0 / 9.0, 2.25 / 9.0]);
    // A sum of squares less the square of the sum.
    let squares = [109.0 / 9.0 - (15.0 / 9.0_f64).powi(2), 33.5625 / 9.0 - 0.0625];
    assert_close(&moments.variance, &squares);
    // Rows of the caller's are references.
    let borrowed = Moments::<f64, 2>::measure(&ROWS.each_ref());
    assert_eq!(borrowed.mean, moments.mean);
}

#[test]
fn channels_have_the_mean_of_the_bias_and_the_deviation_of_the_weight() {
    let moments = Moments::<f64, 2>::measure(&normalise(&ROWS));
    assert_close(&moments.mean, &BIAS);
    let variance = Moments::<f64, 2>::measure(&ROWS).variance;
    let expected = [0, 1]
        .map(|channel| WEIGHT[channel].powi(2) * variance[channel] / (variance[channel] + EPSILON));
    assert_close(&moments.variance, &expected);
}

#[test]
fn the_map_in_place_has_the_bits_of_the_other() {
    let statistics = Statistics { mean: &[0.5, -1.0], variance: &[2.0, 0.25], epsilon: EPSILON };
    let (mut y, mut in_place) = ([[0.0; 6]; 3], ROWS);
    forward(statistics, &ROWS, (&WEIGHT, &BIAS), &mut y);
    forward_in_place(statistics, (&WEIGHT, &BIAS), &mut in_place);
    assert_eq!(y, in_place);
    let expected = (ROWS[1][3] + 1.0) / (0.25 + EPSILON).sqrt() * -0.5 + 2.0;
    assert_close(&[y[1][3]], &[expected]);
}

#[test]
fn gradients_are_central_differences() {
    let moments = Moments::<f64, 2>::measure(&ROWS);
    let statistics = moments.statistics(EPSILON);
    let mut dx = [[1.0; 6]; 3];
    input_gradient(statistics, Add, &ROWS, &WEIGHT, &DELTAS, &mut dx);
    for row in 0..3 {
        for index in 0..6 {
            let at = |shift: f64| {
                let mut rows = ROWS;
                rows[row][index] += shift;
                judge(&normalise(&rows))
            };
            let expected = (8.0 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3;
            assert_close(&[dx[row][index] - 1.0], &[expected]);
        }
    }
    let (mut dw, mut db) = ([[7.0; 2]], [[7.0; 2]]);
    weight_gradient(statistics, &ROWS, &DELTAS, Collect(Set, &mut dw));
    bias_gradient(&DELTAS, Collect(Set, &mut db));
    let at = |weight: [f64; 2], bias: [f64; 2]| {
        let mut y = [[0.0; 6]; 3];
        forward(statistics, &ROWS, (&weight, &bias), &mut y);
        judge(&y)
    };
    let zero = at([0.0; 2], [0.0; 2]);
    let units = [[1.0, 0.0], [0.0, 1.0]];
    assert_close(&dw[0], &units.map(|unit| at(unit, [0.0; 2]) - zero));
    assert_close(&db[0], &units.map(|unit| at([0.0; 2], unit) - zero));
}

#[test]
fn fixed_statistics_do_not_move_with_the_operand() {
    let statistics = Statistics { mean: &[0.5, -1.0], variance: &[2.0, 0.25], epsilon: EPSILON };
    let mut dx = [[0.0; 6]; 3];
    fixed_input_gradient(statistics, Set, &WEIGHT, &DELTAS, &mut dx);
    let scales = [1.5 / (2.0 + EPSILON).sqrt(), -0.5 / (0.25 + EPSILON).sqrt()];
    for (dx, dy) in dx.iter().zip(&DELTAS) {
        let expected: [f64; 6] = core::array::from_fn(|index| dy[index] * scales[index / 3]);
        assert_close(dx, &expected);
    }
}

#[test]
fn running_statistics_move_by_the_share_of_the_tile() {
    // Three rows of a batch of twelve.
    let approach = Move { momentum: 0.1, share: 1.0 / 12.0 };
    let (mut mean, mut variance) = ([[0.0; 2]], [[0.0; 2]]);
    approach.put_mean(&PAIRS, &[1.0, 2.0], Collect(Set, &mut mean));
    approach.put_variance(&PAIRS, &[1.0, 2.0], Collect(Set, &mut variance));
    assert_close(&mean[0], &[0.025 * (1.0 - 2.5), 0.025 * (2.0 + 2.0 / 3.0)]);
    // Without bias: over two, of three.
    let found = [2.25, (100.0 + 4.0 + 64.0) / 18.0];
    assert_close(&variance[0], &[0.025 * (1.0 - found[0]), 0.025 * (2.0 - found[1])]);
}

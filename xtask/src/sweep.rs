//! `cargo xtask sweep`: training steps of `n -> dense(n) relu -> dense(n)` at many n, to find widths that the
//! kernels are bad at.

use crate::launch::{describe_machine, find_core, pin};
use crate::process::{cargo, read};
use crate::program::build_program;

/// How often every width has its turn. The least time counts.
const ROUNDS: usize = 3;
/// Of the FLOPs of a step: the samples of a batch, and what `Row::flops` of `compare` counts a weight.
const FLOPS: usize = 64 * 2 * 5;
/// From this width on a rate is held against its neighbours'; below, a time against the next full vector's.
const WIDE: usize = 32;
/// What a rate may lose against a neighbour's, and what a time may be above a full vector's.
const LEAST_RATE: f64 = 0.6;
const MOST_TIME: f64 = 1.1;

#[derive(Clone, Copy)]
struct Point {
    width: usize,
    /// Of one step.
    ns: f64,
}

/// Builds the program, runs it, and prints one line a width.
pub fn sweep() -> Result<(), String> {
    let build = ["build", "--release", "--package", "backprop-compare"];
    let sweep = ["--bin", "backprop-sweep", "--features", "sweep"];
    let program = build_program(cargo().args(build).args(sweep), "backprop-sweep")?;
    let core = find_core();
    let mut points = Vec::new();
    for round in 1..=ROUNDS {
        eprintln!("round {round} of {ROUNDS}");
        let printed = read(&mut pin(std::slice::from_ref(&program), core))?;
        keep_least(&mut points, &parse(&printed)?);
    }
    let lanes = count_lanes();
    let machine = describe_machine(core);
    println!("{machine}; vectors of {lanes}; minimum of {ROUNDS} rounds\n");
    println!("    n   ns a step  GFLOP/s");
    let mut violations = 0;
    for (index, point) in points.iter().enumerate() {
        let violation = find_violation(&points, index, lanes);
        violations += usize::from(violation.is_some());
        let text = violation.unwrap_or_default();
        println!("{:>5} {:>11.1} {:>8.1}  {text}", point.width, point.ns, point.rate());
    }
    println!("\n{violations} of {} widths are slower than they should be", points.len());
    Ok(())
}

impl Point {
    /// In GFLOP/s.
    fn rate(self) -> f64 {
        (FLOPS * self.width * self.width) as f64 / self.ns
    }
}

/// Reads lines of `width ns`.
fn parse(printed: &str) -> Result<Vec<Point>, String> {
    let point = |line: &str| {
        let (width, ns) = line.split_once(' ')?;
        Some(Point { width: width.parse().ok()?, ns: ns.parse().ok()? })
    };
    let points =
        printed.lines().map(|line| point(line).ok_or_else(|| format!("`{line}` is no time")));
    points.collect()
}

fn keep_least(points: &mut Vec<Point>, round: &[Point]) {
    if points.is_empty() {
        points.extend_from_slice(round);
    }
    for (point, other) in points.iter_mut().zip(round) {
        point.ns = point.ns.min(other.ns);
    }
}

/// What is wrong with the point at this index.
fn find_violation(points: &[Point], index: usize, lanes: usize) -> Option<String> {
    let point = points.get(index)?;
    if point.width < WIDE {
        let full = points.iter().find(|full| full.width == point.width.next_multiple_of(lanes))?;
        let ratio = point.ns / full.ns;
        return (ratio > MOST_TIME)
            .then(|| format!("SLOW: {ratio:.2} times as long as {}", full.width));
    }
    let before = index.checked_sub(1).and_then(|before| points.get(before));
    let neighbours = before.into_iter().chain(points.get(index + 1));
    let best = neighbours.max_by(|one, other| one.rate().total_cmp(&other.rate()))?;
    let share = point.rate() / best.rate();
    (share < LEAST_RATE).then(|| format!("SLOW: {:.0} % of {}", share * 100.0, best.width))
}

/// How many f32 the vectors have that the runtime chooses.
fn count_lanes() -> usize {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512vbmi2") {
        return 16;
    } else if is_x86_feature_detected!("avx2") {
        return 8;
    }
    4
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points of these rates.
    fn points<const N: usize>(rates: [(usize, f64); N]) -> Vec<Point> {
        let point = |(width, rate)| Point { width, ns: (FLOPS * width * width) as f64 / rate };
        rates.map(point).to_vec()
    }

    #[test]
    fn wide_ones_are_held_against_both_neighbours() {
        let points = points([(63, 40.0), (64, 100.0), (65, 59.0), (66, 61.0), (71, 101.0)]);
        let find = |index| find_violation(&points, index, 8);
        assert_eq!(find(0).as_deref(), Some("SLOW: 40 % of 64"));
        assert_eq!(find(1), None);
        assert_eq!(find(2).as_deref(), Some("SLOW: 59 % of 64"));
        assert_eq!(find(3), None, "60.4 % of the next");
        assert_eq!(find(4), None);
    }

    #[test]
    fn narrow_ones_are_held_against_the_next_full_vector() {
        let points = [(7, 112.0), (8, 100.0), (9, 150.0), (16, 140.0), (31, 1.0)];
        let points = points.map(|(width, ns)| Point { width, ns });
        let find = |index, lanes| find_violation(&points, index, lanes);
        assert_eq!(find(0, 8).as_deref(), Some("SLOW: 1.12 times as long as 8"));
        assert_eq!(find(0, 16), None);
        assert_eq!(find(1, 8), None, "itself");
        assert_eq!(find(2, 8), None, "1.07");
        assert_eq!(find(4, 8), None, "nothing to hold it against");
    }

    #[test]
    fn the_least_time_of_all_rounds_counts() {
        let mut points = Vec::new();
        for round in ["1 5.0\n2 7.0", "1 6.0\n2 6.5\n"] {
            keep_least(&mut points, &parse(round).unwrap());
        }
        assert_eq!(points.iter().map(|point| point.ns).collect::<Vec<_>>(), [5.0, 6.5]);
        assert!(parse("1 x").is_err() && parse("none").is_err());
    }
}

//! `cargo xtask ulp`: the error of every function over every `f32`, and what one element of a loop costs.
//!
//! The reference is `std` in f64 (for erf, libm), whose own error is nothing beside an f32. A figure for f64 is
//! a distance to that reference, which errs by up to 1 ULP itself.

use std::hint::black_box;
use std::thread;
use std::time::Instant;

use backprop_runtime::Scalar;

use crate::process::{cargo, run};

/// Inputs at a time: they and their results stay in the nearest cache.
const PIECE: usize = 1 << 11;

/// Pieces in all of f32.
const PIECES: usize = (1 << 32) / PIECE;

type Loop<T> = fn(&[T], &mut [T]);

/// A function of one element, as a loop over slices.
struct Subject<T> {
    name: &'static str,
    /// The largest error in ULP that is let pass.
    limit: f64,
    reference: fn(f64) -> f64,
    /// Where the inputs lie when time is measured.
    range: (f64, f64),
    /// Baseline, AVX2, AVX-512: those that this machine has.
    levels: [Option<Loop<T>>; 3],
    libm: Loop<T>,
    /// None of erf, which is unstable there.
    std: Option<Loop<T>>,
}

macro_rules! define_loop {
    ($name:ident, $scalar:ty, $function:expr $(, $feature:literal)?) => {
        $(#[target_feature(enable = $feature)])?
        fn $name(x: &[$scalar], y: &mut [$scalar]) {
            for (x, y) in x.iter().zip(y) {
                *y = $function(*x);
            }
        }
    };
}

macro_rules! subject {
    ($scalar:ty, $name:ident, $limit:expr, $range:expr, $reference:expr, $libm:expr $(, $std:expr)?) => {{
        define_loop!(baseline, $scalar, Scalar::$name);
        define_loop!(libm, $scalar, $libm);
        let std: Option<Loop<$scalar>> = None $(.or({
            define_loop!(std, $scalar, $std);
            Some(std as Loop<$scalar>)
        }))?;
        #[cfg(not(target_arch = "x86_64"))]
        let levels = [Some(baseline as Loop<$scalar>), None, None];
        #[cfg(target_arch = "x86_64")]
        let levels = {
            define_loop!(avx2, $scalar, Scalar::$name, "avx2,fma");
            define_loop!(avx512, $scalar, Scalar::$name, "avx512f,avx512vl,avx512dq");
            [
                Some(baseline as Loop<$scalar>),
                (is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"))
                    // SAFETY: it exists only where the features were found.
                    .then_some(|x, y| unsafe { avx2(x, y) }),
                (is_x86_feature_detected!("avx512vl") && is_x86_feature_detected!("avx512dq"))
                    // SAFETY: it exists only where the features were found.
                    .then_some(|x, y| unsafe { avx512(x, y) }),
            ]
        };
        Subject {
            name: stringify!($name),
            limit: $limit,
            reference: $reference,
            range: $range,
            levels,
            libm,
            std,
        }
    }};
}

/// What a sweep over inputs found.
#[derive(Clone, Copy, Default)]
struct Findings {
    worst: f64,
    at: f64,
    /// How many results are not the nearest to the true ones.
    misrounded: u64,
    /// How many differ between levels.
    unequal: u64,
}

/// Measures, prints two tables, and fails if an error is beyond its limit or two levels differ.
pub fn measure() -> Result<(), String> {
    if cfg!(debug_assertions) {
        let arguments = ["run", "--quiet", "--release", "--package", "xtask", "--", "ulp"];
        return run(cargo().args(arguments));
    }
    println!("                largest              misrounded   ns an element");
    println!(
        "function          ULP  at                   %   baseline   avx2 avx512   libm    std"
    );
    let mut failures = Vec::new();
    for subject in list_f32() {
        report("f32", &subject, sweep(&subject), (1_u64 << 32) as f64, &mut failures);
    }
    for subject in list_f64() {
        report("f64", &subject, sample(&subject), (SAMPLES * PIECE) as f64, &mut failures);
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("; ")) }
}

fn list_f32() -> [Subject<f32>; 8] {
    [
        subject!(f32, exp, 1.1, (-10.0, 10.0), f64::exp, libm::expf, f32::exp),
        subject!(f32, exp_m1, 1.9, (-4.0, 4.0), f64::exp_m1, libm::expm1f, f32::exp_m1),
        subject!(f32, ln, 1.0, (0.01, 100.0), f64::ln, libm::logf, f32::ln),
        subject!(f32, ln_1p, 1.5, (0.0, 1.0), f64::ln_1p, libm::log1pf, f32::ln_1p),
        subject!(f32, tanh, 1.5, (-4.0, 4.0), f64::tanh, libm::tanhf, f32::tanh),
        subject!(f32, erf, 1.5, (-4.0, 4.0), libm::erf, libm::erff),
        subject!(
            f32,
            sigmoid,
            2.0,
            (-8.0, 8.0),
            logistic,
            |x: f32| 1.0 / (1.0 + libm::expf(-x)),
            |x: f32| 1.0 / (1.0 + (-x).exp())
        ),
        subject!(f32, sqrt, 0.5, (0.0, 100.0), f64::sqrt, libm::sqrtf, f32::sqrt),
    ]
}

fn list_f64() -> [Subject<f64>; 8] {
    [
        subject!(f64, exp, 2.0, (-10.0, 10.0), f64::exp, libm::exp, f64::exp),
        subject!(f64, exp_m1, 3.0, (-4.0, 4.0), f64::exp_m1, libm::expm1, f64::exp_m1),
        subject!(f64, ln, 2.0, (0.01, 100.0), f64::ln, libm::log, f64::ln),
        subject!(f64, ln_1p, 2.0, (0.0, 1.0), f64::ln_1p, libm::log1p, f64::ln_1p),
        subject!(f64, tanh, 3.0, (-4.0, 4.0), f64::tanh, libm::tanh, f64::tanh),
        subject!(f64, erf, 2.0, (-4.0, 4.0), libm::erf, libm::erf),
        subject!(
            f64,
            sigmoid,
            3.0,
            (-8.0, 8.0),
            logistic,
            |x: f64| 1.0 / (1.0 + libm::exp(-x)),
            |x: f64| 1.0 / (1.0 + (-x).exp())
        ),
        subject!(f64, sqrt, 0.0, (0.0, 100.0), f64::sqrt, libm::sqrt, f64::sqrt),
    ]
}

fn logistic(x: f64) -> f64 {
    if x < 0.0 {
        let power = x.exp();
        power / (1.0 + power)
    } else {
        1.0 / (1.0 + (-x).exp())
    }
}

fn report<T: Scalar>(
    dtype: &str,
    subject: &Subject<T>,
    findings: Findings,
    count: f64,
    failures: &mut Vec<String>,
) {
    let Findings { worst, at, misrounded, unequal } = findings;
    let share = 100.0 * misrounded as f64 / count;
    print!("{:<8} {dtype} {worst:>8.4}  {at:<16.8e} {share:>7.4}", subject.name);
    let loops = subject.levels.into_iter().chain([Some(subject.libm), subject.std]);
    for (run, width) in loops.zip([11, 7, 7, 7, 7]) {
        match run {
            Some(run) => print!("{:>width$.2}", time(run, subject.range)),
            None => print!("{:>width$}", "-"),
        }
    }
    println!();
    if worst > subject.limit {
        failures.push(format!("{} {dtype} errs by {worst} ULP at {at:e}", subject.name));
    }
    if unequal > 0 {
        failures.push(format!("{} {dtype}: {unequal} results differ by level", subject.name));
    }
}

/// Every f32, shared among the cores.
fn sweep(subject: &Subject<f32>) -> Findings {
    share_work(PIECES, |piece, findings| {
        let first = (piece * PIECE) as u32;
        let inputs: [f32; PIECE] = std::array::from_fn(|n| f32::from_bits(first + n as u32));
        let outputs = run_levels(subject, &inputs, findings);
        // All functions are monotone: equal at both ends of a piece is equal throughout.
        let [start, end] = [0, PIECE - 1].map(|n| (subject.reference)(f64::from(inputs[n])) as f32);
        if is_same(start, end) & !outputs.iter().fold(false, |any, y| any | !is_same(*y, start)) {
            return;
        }
        for (x, y) in inputs.iter().zip(&outputs) {
            let right = (subject.reference)(f64::from(*x));
            if !is_same(*y, right as f32) {
                findings.misrounded += 1;
                findings.note(f64::from(*x), measure_distance(*y, right));
            }
        }
    })
}

/// Pieces of f64 inputs: one half of any exponent, the other where no function is 0, 1 or infinite.
const SAMPLES: usize = 1 << 14;

fn sample(subject: &Subject<f64>) -> Findings {
    share_work(SAMPLES, |piece, findings| {
        let inputs: [f64; PIECE] = std::array::from_fn(|n| {
            // The golden ratio's multiples spread evenly (Knuth's multiplicative hash).
            let bits = ((piece * PIECE + n) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let unit = (bits >> 11) as f64 / (1_u64 << 53) as f64;
            if n % 2 == 0 { f64::from_bits(bits) } else { 40.0 * unit - 20.0 }
        });
        let outputs = run_levels(subject, &inputs, findings);
        for (x, y) in inputs.iter().zip(&outputs) {
            let right = (subject.reference)(*x);
            if y.to_bits() != right.to_bits() && !(y.is_nan() && right.is_nan()) {
                findings.misrounded += 1;
                findings.note(*x, y.to_bits().abs_diff(right.to_bits()) as f64);
            }
        }
    })
}

impl Findings {
    fn note(&mut self, at: f64, error: f64) {
        if error > self.worst {
            (self.worst, self.at) = (error, at);
        }
    }
}

fn is_same(one: f32, other: f32) -> bool {
    (one.to_bits() == other.to_bits()) | (one.is_nan() & other.is_nan())
}

/// In units of the last place that an f32 of the right result's size has.
fn measure_distance(value: f32, right: f64) -> f64 {
    if value.is_finite() && (right as f32).is_finite() {
        let exponent = (right.abs().to_bits() >> 52) as i32 - 1023;
        (f64::from(value) - right).abs() / 2.0_f64.powi(exponent.max(-126) - 23)
    } else {
        f64::INFINITY
    }
}

/// The results of the baseline; differences of other levels are counted.
fn run_levels<T: Scalar>(
    subject: &Subject<T>,
    inputs: &[T; PIECE],
    findings: &mut Findings,
) -> [T; PIECE] {
    let mut outputs = [T::ZERO; PIECE];
    let mut others = [T::ZERO; PIECE];
    let [first, rest @ ..] = subject.levels;
    if let Some(run) = first {
        run(inputs, &mut outputs);
    }
    for run in rest.into_iter().flatten() {
        run(inputs, &mut others);
        let unequal = |(one, other): (&T, &T)| {
            // In f64, where 0 and -0 differ by their bits too; without branches, to be vectorised.
            let (one, other) = (one.to_f64(), other.to_f64());
            (one.to_bits() != other.to_bits()) & !(one.is_nan() & other.is_nan())
        };
        findings.unequal +=
            outputs.iter().zip(&others).filter(|pair| unequal(*pair)).count() as u64;
    }
    outputs
}

/// Runs `work` on the numbers below `count`, each core a share of its own.
fn share_work(count: usize, work: impl Fn(usize, &mut Findings) + Sync) -> Findings {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let work = &work;
    let parts: Vec<Findings> = thread::scope(|scope| {
        let start = |core| {
            scope.spawn(move || {
                let mut findings = Findings::default();
                (core..count).step_by(cores).for_each(|piece| work(piece, &mut findings));
                findings
            })
        };
        let threads: Vec<_> = (0..cores).map(start).collect();
        threads.into_iter().map(|thread| thread.join().expect("no sweep panics")).collect()
    });
    parts.into_iter().fold(Findings::default(), |mut sum, part| {
        sum.note(part.at, part.worst);
        sum.misrounded += part.misrounded;
        sum.unequal += part.unequal;
        sum
    })
}

/// Nanoseconds an element; the quickest of many runs, since the others were disturbed.
fn time<T: Scalar>(run: Loop<T>, (low, high): (f64, f64)) -> f64 {
    let inputs: Vec<T> = (0..PIECE)
        .map(|n| {
            let unit = (n * 997 % PIECE) as f64 / PIECE as f64;
            T::from_f64(low + (high - low) * unit)
        })
        .collect();
    let mut outputs = vec![T::ZERO; PIECE];
    let mut quickest = f64::INFINITY;
    for _ in 0..1000 {
        let start = Instant::now();
        run(black_box(&inputs), black_box(&mut outputs));
        quickest = quickest.min(start.elapsed().as_secs_f64());
    }
    quickest * 1e9 / PIECE as f64
}

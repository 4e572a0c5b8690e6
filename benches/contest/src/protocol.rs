//! The language between `cargo xtask compare` and a contestant. It says `ready DESCRIPTION`, then answers each
//! line of its input with one line:
//!
//! | request | answer |
//! |---|---|
//! | `time NAME` | `NAME min_ns median_ns` of a call, or `NAME none` where the contestant or machine cannot |
//! | `check NAME` | `NAME value`: a sum over the first calls, the same for all that compute the same; or none |

use std::io::{self, BufRead, Write};

use crate::clock::{Timing, measure};
use crate::tasks::{CHECKED, Rates, TIMED, Task};

/// A task that has been set up.
pub trait Run {
    /// Makes this many calls, one after another: many at a time, since one may be shorter than reading the
    /// clock. Returns the sum of their losses, or of the first outputs.
    fn run(&mut self, calls: usize) -> f64;
}

/// Answers until the input ends.
pub fn serve(
    description: &str,
    create: impl Fn(Task, Rates) -> Option<Box<dyn Run>>,
    measure_ceiling: impl Fn(&str) -> Option<Timing>,
) -> io::Result<()> {
    let mut output = io::stdout();
    writeln!(output, "ready {description}")?;
    output.flush()?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (verb, name) = line.split_once(' ').unwrap_or_default();
        let answer = match (verb, Task::parse(name)) {
            ("time", Some(task)) => create(task, TIMED).map(|task| time(name, task)),
            ("time", None) => measure_ceiling(name).map(format_timing),
            ("check", Some(task)) => {
                create(task, CHECKED).map(|mut run| run.run(task.checked_calls()).to_string())
            }
            _ => None,
        };
        writeln!(output, "{name} {}", answer.as_deref().unwrap_or("none"))?;
        output.flush()?;
    }
    Ok(())
}

fn time(name: &str, mut task: Box<dyn Run>) -> String {
    let timing = measure(|calls| task.run(calls));
    // A network that has diverged, or refuses its samples, does other work.
    assert!(task.run(1).is_finite(), "{name} ended without a finite loss");
    format_timing(timing)
}

fn format_timing(timing: Timing) -> String {
    format!("{:.3} {:.3}", timing.minimum, timing.median)
}

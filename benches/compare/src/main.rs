//! Our side of `cargo xtask compare`, and the ceilings of the machine it runs on.
//!
//! It says `ready DESCRIPTION`, then answers each line of its input with one line:
//!
//! | request | answer |
//! |---|---|
//! | `time NAME` | `NAME min_ns median_ns`, or `NAME none` where the machine cannot |
//! | `check NAME` | `NAME value`: a sum over the first calls, the same for all that compute the same |
//!
//! `peers.py` speaks the same language.

mod ceilings;
mod clock;
mod data;
mod tasks;

use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut output = io::stdout();
    writeln!(output, "ready backprop {}", env!("CARGO_PKG_VERSION"))?;
    output.flush()?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let answer = match line.split_once(' ') {
            Some(("time", name)) => time(name),
            Some(("check", name)) => tasks::create(name).map(|mut task| task.round().to_string()),
            _ => None,
        };
        let name = line.rsplit(' ').next().unwrap_or_default();
        writeln!(output, "{name} {}", answer.as_deref().unwrap_or("none"))?;
        output.flush()?;
    }
    Ok(())
}

fn time(name: &str) -> Option<String> {
    let timing = match tasks::create(name) {
        Some(mut task) => {
            let timing = clock::measure(task.calls(), || task.round());
            // A network that has diverged, or refuses its samples, does other work.
            assert!(task.round().is_finite(), "{name} ended without a finite loss");
            timing
        }
        None => ceilings::measure(name)?,
    };
    Some(format!("{:.3} {:.3}", timing.minimum, timing.median))
}

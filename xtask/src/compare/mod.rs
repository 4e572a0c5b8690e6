//! `cargo xtask compare`: our times beside those of PyTorch and JAX, and beside what the machine can do.

mod contestant;
mod python;
mod table;
mod timing;
mod work;

use std::collections::HashMap;
use std::ffi::OsString;
use std::process::Command;

use crate::process::{cargo, read};
use contestant::Contestant;
use table::{Times, format_ceilings, format_table};
use timing::Timing;
use work::{TASKS, list_ceilings};

/// How often everyone gets a turn at each task.
const ROUNDS: usize = 9;
/// How far apart, relatively, two sums may be that were added up in different orders.
const TOLERANCE: f64 = 1e-3;

/// Builds our side, finds the peers, lets all take turns, and prints one table.
pub fn compare() -> Result<(), String> {
    let core = find_core();
    let ours = [build()?];
    let peers = python::find_peers();
    if let Some(missing) = &peers.missing {
        println!("{missing}");
    }
    let mut contestants = vec![Contestant::start("ours", pin(&ours, core))?];
    for label in &peers.labels {
        contestants.push(Contestant::start(label, pin(&peers.command(label), core))?);
    }
    check_agreement(&mut contestants)?;
    let times = take_turns(&mut contestants)?;

    let described: Vec<&str> =
        contestants.iter().map(|contestant| contestant.description.as_str()).collect();
    println!("{}; {}", describe_machine(core), described.join(", "));
    println!("minimum (median) of {ROUNDS} rounds; ratios, rates and shares are of the minima\n");
    let labels = contestants.iter().map(|contestant| contestant.label);
    let columns: Vec<(&str, Times)> = labels.zip(times).collect();
    let ((_, ours), peers) = columns.split_first().ok_or("nobody was timed")?;
    println!("{}", format_table(&TASKS, ours, peers));
    print!("{}", format_ceilings(ours));
    Ok(())
}

/// Builds our side as a user would build a program, and says where it is.
fn build() -> Result<OsString, String> {
    let messages = read(cargo().args([
        "build",
        "--release",
        "--package",
        "backprop-compare",
        "--message-format=json",
    ]))?;
    // The last of the artifacts is the program that was asked for, and only a program is executable.
    let path = messages.lines().rev().find_map(|line| {
        let (_, rest) = line.split_once("\"executable\":\"")?;
        rest.split_once('"').map(|(path, _)| path.replace("\\\\", "\\"))
    });
    path.map(OsString::from).ok_or_else(|| "cargo names no executable".to_owned())
}

/// The last core, which others leave alone longest; `None` where there is no way to stay on it.
fn find_core() -> Option<usize> {
    let pins = read(Command::new("taskset").arg("--version")).is_ok();
    let cores = std::thread::available_parallelism().ok()?;
    pins.then(|| cores.get() - 1)
}

fn pin(program: &[OsString], core: Option<usize>) -> Command {
    let mut words: Vec<OsString> = Vec::new();
    if let Some(core) = core {
        words.extend(["taskset".into(), "-c".into(), core.to_string().into()]);
    }
    words.extend_from_slice(program);
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]);
    // A machine's choice of BLAS kernels is not the peers' own.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("OPENBLAS_") {
            command.env_remove(name);
        }
    }
    command
}

/// Times mean something only if all compute the same: the first losses, or outputs, must agree.
fn check_agreement(contestants: &mut [Contestant]) -> Result<(), String> {
    for task in &TASKS {
        let mut expected = None;
        for contestant in &mut *contestants {
            let value = contestant.check(task.name)?;
            let expected = *expected.get_or_insert(value);
            if !agree(value, expected) {
                return Err(format!(
                    "{}: the sum over the first calls is {value} with {}, but {expected} with ours",
                    task.name, contestant.label
                ));
            }
        }
    }
    Ok(())
}

fn agree(value: f64, expected: f64) -> bool {
    // Not the other way round, so that NaN does not agree.
    (value - expected).abs() <= TOLERANCE * expected.abs()
}

/// Round by round and task by task everyone has a turn, so that a machine that slows down slows all alike;
/// the ceilings have theirs in each round as well.
fn take_turns(contestants: &mut [Contestant]) -> Result<Vec<Times>, String> {
    let mut rounds: Vec<HashMap<String, Vec<Timing>>> = vec![HashMap::new(); contestants.len()];
    let ceilings = list_ceilings();
    for round in 1..=ROUNDS {
        eprintln!("round {round} of {ROUNDS}");
        for name in TASKS.iter().map(|task| task.name) {
            for (contestant, times) in contestants.iter_mut().zip(&mut rounds) {
                times.entry(name.to_owned()).or_default().extend(contestant.time(name)?);
            }
        }
        if let (Some(ours), Some(times)) = (contestants.first_mut(), rounds.first_mut()) {
            for name in &ceilings {
                times.entry(name.clone()).or_default().extend(ours.time(name)?);
            }
        }
    }
    let merge = |times: HashMap<String, Vec<Timing>>| -> Times {
        let merged = times.into_iter();
        merged.filter_map(|(name, rounds)| Some((name, Timing::merge(&rounds)?))).collect()
    };
    Ok(rounds.into_iter().map(merge).collect())
}

fn describe_machine(core: Option<usize>) -> String {
    let information = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split_once(": ")).map(|(_, model)| model);
    let pinned = core.map_or("not pinned".to_owned(), |core| format!("pinned to core {core}"));
    format!("{}, {pinned}", model.unwrap_or(std::env::consts::ARCH))
}

#[cfg(test)]
mod tests {
    use super::agree;

    #[test]
    fn sums_agree_up_to_rounding() {
        assert!(agree(150.5293, 150.5292) && agree(-2.0, -2.001));
        assert!(!agree(1.0, 1.01) && !agree(f64::NAN, 1.0) && !agree(1.0, f64::NAN));
    }
}

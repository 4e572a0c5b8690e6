//! The image `embassy_adapt`: one task of an executor trains, beside one with a deadline.

use super::firmware::build::{LEVELS, run_cargo};
use super::firmware::machines::{MACHINES, Machine, has_emulator};
use super::needs::has_target;
use super::{describe, list_runs, root};

#[test]
fn a_task_keeps_its_deadline_while_a_network_learns() {
    for measurement in list_runs("embassy_adapt") {
        let name = describe(measurement);
        for run in [&measurement.run, &measurement.counted] {
            assert!(run.find("pace.kept").is_some_and(|kept| kept >= 100), "{name}: {run:?}");
            assert_eq!(run.find("pace.missed"), Some(0), "{name}");
            // Two turns of the learner at most, of which a step is the greater part; and a step at least, once in
            // a while.
            let (step, latest) = (run.find("digits.step"), run.find("pace.latest"));
            let within =
                step.zip(latest).is_some_and(|(step, latest)| (step..3 * step).contains(&latest));
            assert!(within, "{name}: {run:?}");
        }
    }
}

#[test]
fn a_task_learns_what_a_program_by_itself_learns() {
    for (task, program) in list_runs("embassy_adapt").zip(list_runs("adapt")) {
        assert_eq!((task.machine, task.level), (program.machine, program.level));
        for name in ["digits.before", "digits.after"] {
            let percent = task.run.find(name);
            assert!(percent.is_some() && percent == program.run.find(name), "{}", describe(task));
        }
    }
}

#[test]
fn what_is_logged_through_defmt_is_what_is_printed() -> Result<(), String> {
    for machine in MACHINES {
        if !has_target(machine.target) || !has_emulator(machine.emulator) {
            continue;
        }
        let logged = log_through_defmt(&machine)?;
        let find = |name: &str| {
            logged.iter().find(|(logged, _)| logged == name).map(|(_, number)| *number)
        };
        let mut printed = list_runs("embassy_adapt")
            .filter(|measurement| measurement.machine == machine && measurement.level == LEVELS[0]);
        let printed = printed.next().ok_or("the image did not run")?;
        for name in ["digits.before", "digits.after", "pace.missed"] {
            let number = printed.run.find(name);
            assert!(number.is_some() && find(name) == number, "{}: {logged:?}", machine.name);
        }
    }
    Ok(())
}

/// Builds the image with the feature `defmt`, beside the other images, and runs it; returns what it logs.
fn log_through_defmt(machine: &Machine) -> Result<Vec<(String, i64)>, String> {
    let shared = root().join("target/firmware");
    let folder = shared.join("defmt");
    let arguments = [
        "--package=embassy_adapt",
        "--features=defmt",
        &format!("--target-dir={}", folder.display()),
        // What is on the way to the image is what the others have built.
        &format!("--config=build.build-dir={:?}", shared.display().to_string()),
    ];
    let built = run_cargo(root(), machine.target, LEVELS[0], &arguments)?;
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let image = folder.join(machine.target).join("release/embassy_adapt");
    let ran = machine.start().arg("-kernel").arg(image).output();
    let ran = ran.map_err(|error| format!("{} cannot be run: {error}", machine.emulator))?;
    assert!(ran.status.success(), "{} ended with {}", machine.name, ran.status);
    let frames = ran.stdout.split(|byte| *byte == 0).filter(|frame| !frame.is_empty());
    frames
        .map(|frame| {
            let frame = rzcobs::decode(frame).map_err(|_| format!("no frame: {frame:?}"))?;
            read_frame(&frame).ok_or_else(|| format!("no name and number: {frame:?}"))
        })
        .collect()
}

/// A frame is which text it is, 2 bytes, and the values in it: the name with its length before it, and the number.
/// Zeros follow that its encoding does not tell from none.
fn read_frame(frame: &[u8]) -> Option<(String, i64)> {
    let (_, values) = frame.split_first_chunk::<2>()?;
    let (length, values) = values.split_first_chunk()?;
    let (name, number) = values.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let number = u32::from_le_bytes(*number.first_chunk()?);
    Some((String::from_utf8(name.to_vec()).ok()?, number.into()))
}

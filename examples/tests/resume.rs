//! The example `resume`, killed again and again: no checkpoint is lost, and the end is that of a run without a break.

#[allow(dead_code, reason = "the example's own")]
#[path = "../resume.rs"]
mod resume;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use backprop::{Random, Rng};
use resume::Training;

const KILLS: u32 = 200;
/// Few, since each ends with a file that is on the disk.
const EPOCHS: u64 = 120;

/// The example, compiled as this test is: cargo does so by itself only where it runs all tests.
fn build_example() -> PathBuf {
    let this = std::env::current_exe().unwrap();
    let profile = this.ancestors().nth(2).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--example", "resume"]);
    if profile.ends_with("release") {
        cargo.arg("--release");
    }
    let target = profile.parent().unwrap();
    let status = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).env("CARGO_TARGET_DIR", target);
    assert!(status.status().unwrap().success());
    profile.join("examples").join(format!("resume{}", std::env::consts::EXE_SUFFIX))
}

fn start(example: &Path, checkpoint: &Path) -> Child {
    Command::new(example)
        .args(["--seed", "3", "--epochs", &EPOCHS.to_string(), "--checkpoint"])
        .arg(checkpoint)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What it printed in all its life.
fn read_output(child: &mut Child) -> String {
    let mut printed = String::new();
    child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
    printed
}

/// The last epoch of which it said that it is saved. A line may have been cut off.
fn find_saved(printed: &str) -> Option<u64> {
    let whole = printed.rsplit_once('\n')?.0;
    whole.lines().rev().find_map(|line| line.strip_prefix("saved epoch ")?.parse().ok())
}

#[test]
fn two_hundred_kills_change_no_bit() {
    let example = build_example();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("resume");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let (straight, broken) = (folder.join("straight"), folder.join("broken"));

    let mut child = start(&example, &straight);
    let printed = read_output(&mut child);
    assert!(child.wait().unwrap().success(), "{printed}");
    assert_eq!(find_saved(&printed), Some(EPOCHS));
    let expected = fs::read(&straight).unwrap();

    let mut random = Rng::new(1);
    let (mut kills, mut rounds, mut saved) = (0, 0, 0);
    while kills < KILLS || rounds == 0 {
        let mut child = start(&example, &broken);
        let killed = kills < KILLS && {
            sleep(Duration::from_micros(u64::from(random.below(40_000))));
            // One that has ended is dead as well.
            child.kill().unwrap();
            !child.wait().unwrap().success()
        };
        let printed = read_output(&mut child);
        saved = find_saved(&printed).unwrap_or(saved);
        let mut training = Training::start(3, EPOCHS);
        if killed {
            kills += 1;
            // It may have been killed before it could say so.
            let found = if training.load(&broken).unwrap() { training.epoch() } else { 0 };
            assert!(found >= saved, "epoch {saved} was saved, and {found} is found:\n{printed}");
            saved = found;
        } else {
            assert!(child.wait().unwrap().success(), "{printed}");
            assert!(fs::read(&broken).unwrap() == expected, "other bits after {kills} kills");
            fs::remove_file(&broken).unwrap();
            (rounds, saved) = (rounds + 1, 0);
        }
    }
    println!("{kills} kills, {rounds} whole runs, {saved} epochs of another");
}

//! Holds what the examples print against what the README says of them.

use crate::process::{cargo, read};

/// The least accuracy of `digits` with seed 0, in percent: the README says 98.3.
const LEAST_ACCURACY: f64 = 97.0;

/// Runs the examples whose result can be wrong without an error, and those that check themselves.
pub fn check_examples() -> Result<(), String> {
    let printed = run_example("digits")?;
    let accuracy = find_accuracy(&printed)
        .ok_or_else(|| format!("`digits` ends without its test accuracy:\n{printed}"))?;
    if accuracy < LEAST_ACCURACY {
        return Err(format!("`digits` reaches {accuracy}%, not {LEAST_ACCURACY}%"));
    }
    println!("example digits: {accuracy}% (at least {LEAST_ACCURACY}%)");
    // These end with an error where a number is off.
    for name in ["sine", "step_by_step"] {
        run_example(name)?;
        println!("example {name}: ok");
    }
    Ok(())
}

/// What an example prints. The example and the kernels in it are optimised, the crates that it reads data
/// with are those of the tests: a release build of all of them would take minutes.
fn run_example(name: &str) -> Result<String, String> {
    let profile = "profile.dev.package.backprop.opt-level=3";
    read(cargo().args(["run", "--quiet", "--config", profile, "--example", name]))
}

/// The number in `test accuracy 98.3% (354 of 360)`, the last line.
fn find_accuracy(printed: &str) -> Option<f64> {
    let line = printed.lines().last()?.strip_prefix("test accuracy ")?;
    line.split_once('%')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::find_accuracy;

    #[test]
    fn the_last_line_holds_the_accuracy() {
        assert_eq!(
            find_accuracy("trained in 1.0 s\n\ntest accuracy 98.3% (354/360)\n"),
            Some(98.3)
        );
        assert_eq!(find_accuracy("test accuracy NaN"), None);
        assert_eq!(find_accuracy(""), None);
    }
}

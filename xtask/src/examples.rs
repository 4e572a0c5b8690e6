//! Holds what the examples print against what the README says of them.

use crate::process::{cargo, read};
use crate::test::OPTIMISED;

/// The least accuracy of `digits` with seed 0, in percent: the README says 98.3.
const LEAST_ACCURACY: f64 = 97.0;

/// The least mean return of `cartpole` with seed 0, of 500: what counts as solved.
const LEAST_RETURN: f64 = 475.0;

/// Runs the examples whose result can be wrong without an error, and those that check themselves.
pub fn check_examples() -> Result<(), String> {
    check_figure("digits", "test accuracy ", LEAST_ACCURACY)?;
    check_figure("cartpole", "without exploration: mean return ", LEAST_RETURN)?;
    // These end with an error where a number is off.
    for name in ["sine", "step_by_step", "pytorch_roundtrip"] {
        run_example(name)?;
        println!("example {name}: ok");
    }
    Ok(())
}

/// Holds the figure at the end of what an example prints.
fn check_figure(example: &str, label: &str, least: f64) -> Result<(), String> {
    let printed = run_example(example)?;
    let figure = find_figure(&printed, label)
        .ok_or_else(|| format!("`{example}` ends without its {label}:\n{printed}"))?;
    if figure < least {
        return Err(format!("`{example}` reaches {label}{figure}, not {least}"));
    }
    println!("example {example}: {label}{figure} (at least {least})");
    Ok(())
}

/// What an example prints.
fn run_example(name: &str) -> Result<String, String> {
    read(cargo().args(["run", "--quiet"]).args(OPTIMISED).args(["--example", name]))
}

/// The number behind a label in the last line, such as that of `test accuracy 98.3% (354/360)`.
fn find_figure(printed: &str, label: &str) -> Option<f64> {
    let rest = printed.lines().last()?.strip_prefix(label)?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::find_figure;

    #[test]
    fn the_last_line_holds_the_figure() {
        let find = |printed| find_figure(printed, "test accuracy ");
        assert_eq!(find("trained in 1.0 s\n\ntest accuracy 98.3% (354/360)\n"), Some(98.3));
        assert_eq!(find("test accuracy 97"), Some(97.0));
        assert_eq!(find("test accuracy NaN"), None);
        assert_eq!(find("test accuracy 98.3%\ndone"), None);
        assert_eq!(find(""), None);
    }
}

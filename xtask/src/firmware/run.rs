//! An image, from its start to its exit status.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// An image that still runs then hangs: it takes a second or two.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a run leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The lines that the image printed, each a name and a number.
    pub numbers: Vec<(String, i64)>,
    /// `0` for success, another number, or a word for why there is none.
    pub exit: String,
}

impl Run {
    /// The number after a name; the first, if there are several.
    pub fn find(&self, name: &str) -> Option<i64> {
        self.numbers.iter().find(|(found, _)| found == name).map(|(_, number)| *number)
    }

    /// Whether the image ended as it should.
    pub fn succeeded(&self) -> bool {
        self.exit == "0"
    }
}

/// Runs an image on an emulator to its end, or until patience does.
pub fn run(emulator: &mut Command, image: &Path) -> Result<Run, String> {
    let name = emulator.get_program().to_string_lossy().into_owned();
    let mut child = emulator
        .arg("-kernel")
        .arg(image)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{name} cannot be run: {error}"))?;
    let start = Instant::now();
    // The few lines of an image fit into the pipe, so that nothing need read it meanwhile.
    let exit = loop {
        match child.try_wait() {
            Ok(Some(status)) => {
                break status.code().map_or("killed".to_owned(), |code| code.to_string());
            }
            Ok(None) if start.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(10)),
            outcome => {
                let _ = child.kill();
                let _ = child.wait();
                if let Err(error) = outcome {
                    return Err(format!("{name} is lost: {error}"));
                }
                break "hangs".to_owned();
            }
        }
    };
    let mut text = String::new();
    if let Some(mut stdout) = child.stdout.take() {
        stdout.read_to_string(&mut text).map_err(|error| error.to_string())?;
    }
    let numbers = text.lines().map(parse_line).collect::<Result<_, _>>()?;
    Ok(Run { numbers, exit })
}

fn parse_line(line: &str) -> Result<(String, i64), String> {
    line.split_once(' ')
        .and_then(|(name, number)| Some((name.to_owned(), number.parse().ok()?)))
        .ok_or_else(|| format!("an image printed what is not a name and a number: `{line}`"))
}

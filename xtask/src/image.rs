//! Building the images of `examples/firmware`, and running them in QEMU. It needs nothing but `std`, since
//! `tests/firmware.rs` includes it too.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What the images are compiled for: a Cortex-M4 with its floating-point unit.
pub const TARGET: &str = "thumbv7em-none-eabihf";
/// The program that runs them.
pub const EMULATOR: &str = "qemu-system-arm";
/// A Cortex-M4F whose instructions take 2^6 ns each, with the console on standard output.
const ARGUMENTS: [&str; 14] = [
    "-M",
    "mps2-an386",
    "-icount",
    "shift=6",
    "-display",
    "none",
    "-serial",
    "none",
    "-monitor",
    "none",
    "-chardev",
    "stdio,id=console",
    "-semihosting-config",
    "enable=on,target=native,chardev=console",
];
/// An image that still runs then hangs: it takes a second.
const PATIENCE: Duration = Duration::from_secs(120);

/// Whether QEMU can be run.
pub fn has_emulator() -> bool {
    Command::new(EMULATOR).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Builds an image in release mode; returns its path.
pub fn build(root: &Path, name: &str) -> Result<PathBuf, String> {
    let folder = root.join("target/firmware");
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--release", "--bin", name])
        .current_dir(root.join("examples/firmware"))
        .env("CARGO_TARGET_DIR", &folder)
        // These would take the place of the linker script in `.cargo/config.toml`.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .output()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    if output.status.success() {
        Ok(folder.join(TARGET).join("release").join(name))
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("the image `{name}` does not build\n{said}"))
    }
}

/// Runs an image to its end; returns the lines that it prints, each a name and a number.
pub fn run(image: &Path) -> Result<Vec<(String, u32)>, String> {
    let mut emulator = Command::new(EMULATOR)
        .args(ARGUMENTS)
        .arg("-kernel")
        .arg(image)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{EMULATOR} cannot be run: {error}"))?;
    let start = Instant::now();
    // The few lines of an image fit into the pipe, so that nothing need read it meanwhile.
    let status = loop {
        match emulator.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if start.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(10)),
            outcome => {
                let _ = emulator.kill();
                let _ = emulator.wait();
                return Err(match outcome {
                    Err(error) => format!("{EMULATOR} is lost: {error}"),
                    Ok(_) => format!("{} hangs", image.display()),
                });
            }
        }
    };
    let mut text = String::new();
    if let Some(mut stdout) = emulator.stdout.take() {
        stdout.read_to_string(&mut text).map_err(|error| error.to_string())?;
    }
    if !status.success() {
        return Err(format!("{} ended with {status}\n{text}", image.display()));
    }
    text.lines().map(parse_line).collect()
}

fn parse_line(line: &str) -> Result<(String, u32), String> {
    line.split_once(' ')
        .and_then(|(name, number)| Some((name.to_owned(), number.parse().ok()?)))
        .ok_or_else(|| format!("not a name and a number: `{line}`"))
}

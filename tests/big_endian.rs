//! Training on a machine whose bytes stand the other way round, an s390x in QEMU, ends with the very bits that it
//! ends with here.

use std::process::Command;

#[path = "machines/needs.rs"]
mod needs;
#[path = "machines/program.rs"]
mod program;

use needs::{has_all, say_skipped};
use program::{Build, expect_lines, read_lines};

const TARGET: &str = "s390x-unknown-linux-gnu";
const LINKER: &str = "s390x-linux-gnu-gcc";
const EMULATOR: &str = "qemu-s390x";
const PROGRAMS: [(&str, &str); 3] = [
    (EMULATOR, "qemu-user"),
    (LINKER, "gcc-s390x-linux-gnu"),
    ("/usr/s390x-linux-gnu/lib/libc.a", "libc6-dev-s390x-cross"),
];

#[test]
fn a_big_endian_machine_trains_to_the_bits_of_the_host() {
    const WHAT: &str = "training on a big-endian machine";
    if !has_all(WHAT, TARGET, &PROGRAMS) {
        return;
    }
    let program = Build {
        label: "big_endian",
        target: TARGET,
        linker: Some(LINKER),
        // With nothing to load, the emulator need not be told where libraries are.
        flags: "-Ctarget-feature=+crt-static",
        features: "std,reproducible",
    }
    .run();
    match read_lines(Command::new(EMULATOR).arg(program)) {
        Ok(lines) => assert_eq!(lines, expect_lines("only")),
        Err(error) => say_skipped(WHAT, &format!("{EMULATOR} cannot be run: {error}")),
    }
}

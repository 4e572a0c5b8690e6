//! The repository's own chores: `cargo xtask COMMAND`. One file per command.

mod compare;
mod compile_time;
mod elf;
mod emulator;
mod examples;
mod firmware;
mod firmware_c;
mod firmware_table;
mod launch;
mod packages;
mod process;
mod program;
mod stack;
mod stack_report;
mod sweep;
mod targets;
mod test;
mod ulp;

use std::process::ExitCode;

const HELP: &str = "\
usage: cargo xtask COMMAND

commands:
  test [FILTER]   run every test, then the examples; with FILTER, the tests whose names contain it
  examples        hold the results of the examples against what the README says
  compare         time training and inference beside other libraries and the machine's ceilings; options:
                  [--only PART] [--peers LABEL,..] [--rounds N] [--variants]
  sweep           time training steps at many widths, and name those that are slower than their neighbours
  compile-time    measure what the crates and their expansions add to a build
  firmware        build the firmware images, run them in QEMU, and print what they need; with --bless, write
                  the table of docs/firmware.md
  firmware-c      the same training step in C, by arm-none-eabi-gcc: its instructions and bytes beside ours
  stack PATH      find the deepest stack of a firmware image, an ELF for Thumb or 32-bit RISC-V
  ulp             measure the errors of the runtime's functions over every f32, and their speed
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["test"] => test::run_tests(None),
        ["test", filter] => test::run_tests(Some(filter)),
        ["examples"] => examples::check_examples(),
        ["compare", options @ ..] => compare::compare(options),
        ["sweep"] => sweep::sweep(),
        ["compile-time"] => compile_time::measure(),
        ["firmware"] => firmware_table::report(false),
        ["firmware", "--bless"] => firmware_table::report(true),
        ["firmware-c"] => firmware_c::compare(),
        ["stack", path] => stack_report::report(path),
        ["ulp"] => ulp::measure(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("no such command: `{}`\n\n{HELP}", arguments.join(" "))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

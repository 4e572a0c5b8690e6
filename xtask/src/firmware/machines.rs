//! The machines, and how QEMU is told to be one.

use std::process::Command;

/// A machine that QEMU emulates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Its processor and board, as the table calls it.
    pub name: &'static str,
    /// What the images are compiled for.
    pub target: &'static str,
    /// The program that runs them.
    pub emulator: &'static str,
    /// What makes the program this machine.
    arguments: &'static [&'static str],
    /// Where its instructions are counted, if not on itself.
    counted_on: Option<&'static [&'static str]>,
}

/// Every machine.
pub const MACHINES: [Machine; 5] = [
    Machine {
        name: "M0, microbit",
        target: "thumbv6m-none-eabi",
        emulator: "qemu-system-arm",
        arguments: &["-M", "microbit", "-icount", "shift=6"],
        // Its timer runs at 16 MHz, not at the 25 MHz that the images count on.
        counted_on: Some(&["-M", "mps2-an385", "-icount", "shift=6"]),
    },
    Machine {
        name: "M3, mps2-an385",
        target: "thumbv7m-none-eabi",
        emulator: "qemu-system-arm",
        arguments: &["-M", "mps2-an385", "-icount", "shift=6"],
        counted_on: None,
    },
    Machine {
        name: "M4F, mps2-an386",
        target: "thumbv7em-none-eabihf",
        emulator: "qemu-system-arm",
        arguments: &["-M", "mps2-an386", "-icount", "shift=6"],
        counted_on: None,
    },
    Machine {
        name: "M7, mps2-an500",
        target: "thumbv7em-none-eabihf",
        emulator: "qemu-system-arm",
        arguments: &["-M", "mps2-an500", "-icount", "shift=6"],
        counted_on: None,
    },
    Machine {
        name: "RV32IMC, virt",
        target: "riscv32imc-unknown-none-elf",
        emulator: "qemu-system-riscv32",
        arguments: &[
            "-M",
            "virt",
            "-bios",
            "none",
            "-cpu",
            "rv32,f=false,d=false,a=false",
            "-icount",
            "shift=0",
        ],
        counted_on: None,
    },
];

/// The console on standard output, and nothing else.
const CONSOLE: [&str; 10] = [
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

impl Machine {
    /// The emulator as this machine.
    pub fn start(&self) -> Command {
        self.be(self.arguments)
    }

    /// The emulator as the machine that counts this one's instructions; `None` if it counts its own.
    pub fn start_counting(&self) -> Option<Command> {
        self.counted_on.map(|arguments| self.be(arguments))
    }

    fn be(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.emulator);
        command.args(arguments).args(CONSOLE);
        command
    }
}

/// The targets of all machines, each once.
pub fn list_targets() -> Vec<&'static str> {
    let mut targets: Vec<_> = MACHINES.iter().map(|machine| machine.target).collect();
    targets.dedup();
    targets
}

/// Whether an emulator can be run.
pub fn has_emulator(emulator: &str) -> bool {
    Command::new(emulator).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// The Debian package that an emulator is in.
pub fn find_package(emulator: &str) -> &str {
    if emulator == "qemu-system-arm" { emulator } else { "qemu-system-misc" }
}

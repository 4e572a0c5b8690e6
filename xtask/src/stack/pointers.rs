//! Where calls through a register go, which no disassembly tells: what is known of the crates whose tables they
//! read.

use super::disassembly::Image;

/// Functions that call through a register, and all functions that they can reach by it. Names are parts of symbols;
/// what an image does not have, it has inlined or does not need.
const POINTERS: [(&str, &[&str]); 5] = [
    // riscv-rt hands traps to handlers.
    ("_start_trap_rust", &["DefaultHandler", "ExceptionHandler", "MachineTimer"]),
    // embassy's executor polls tasks, and one that has ended once more.
    (
        "embassy_executor::platform::thread::Executor::run",
        &["TaskStorage$LT$F$GT$::poll", "poll_exited"],
    ),
    // Tasks and handlers of interrupts have wakers, whose table is the executor's.
    ("TaskStorage$LT$F$GT$::poll", &WAKER),
    ("SysTick", &WAKER),
    ("MachineTimer", &WAKER),
];

const WAKER: [&str; 3] = [
    "embassy_executor::raw::waker::clone",
    "embassy_executor::raw::waker::wake",
    "embassy_executor::raw::waker::drop",
];

/// The addresses that calls through a register in a function can lead to; none if nothing is known of it.
pub fn find_pointees(image: &Image, function: &str) -> Vec<u32> {
    let known = POINTERS.iter().filter(|(caller, _)| function.contains(caller));
    let callees: Vec<&str> = known.flat_map(|(_, callees)| *callees).copied().collect();
    let is_callee = |name: &str| callees.iter().any(|callee| name.contains(callee));
    let symbols = image.symbols.iter();
    symbols
        .filter(|(_, symbols)| symbols.iter().any(|symbol| is_callee(&symbol.name)))
        .map(|(address, _)| *address)
        .collect()
}

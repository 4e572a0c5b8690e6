//! From the start-up code to an image's program, and from there to QEMU's exit status.

use semihosting::process::exit;

use crate::console::write_number;
use crate::stack;

/// Makes a function the image's program: `program!(run, Memory = Memory::ZERO)` lets the start-up code call
/// `run(&mut memory)`, where `memory` is a static with this value. It is zero-filled RAM if the value is
/// zeros, and a copy from flash if not: with several, each is one or the other.
#[macro_export]
macro_rules! program {
    ($run:path, $($memory:ty = $value:expr),+) => {
        const _: () = {
            #[unsafe(export_name = "main")]
            extern "C" fn start() -> ! {
                $crate::start::run_program(|| {
                    $run($({
                        static mut MEMORY: $memory = $value;
                        // SAFETY: the start-up code calls this function once, and nothing else can name it or `MEMORY`.
                        unsafe { &mut *(&raw mut MEMORY) }
                    }),+)
                })
            }
        };
    };
}

/// Paints the stack, then runs an image's program.
#[inline(always)]
pub fn run_program<E>(program: impl FnOnce() -> Result<(), E>) -> ! {
    stack::paint();
    end_run(program())
}

/// Prints how deep the stack grew, and ends QEMU: an error becomes its exit status.
#[inline(always)]
pub fn end_run<E>(outcome: Result<(), E>) -> ! {
    write_number(c"stack.painted", stack::measure_depth());
    exit(i32::from(outcome.is_err()))
}

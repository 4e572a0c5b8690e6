//! The deepest stack of a firmware image, from its disassembly: Thumb, and RISC-V with 32 bits. It needs
//! nothing but `std`, since `tests/firmware.rs` includes it too.
//!
//! The depth is never less than the truth. Every path through a function is followed, with what is known
//! of its registers; where paths meet, the deeper one counts; a callee's depth is added to the caller's at
//! the call. What is not understood, recursion, and a call to an address that is not known are errors.
//!
//! Counted is what the code from reset on does, and, in an image that has a handler for its timer's interrupt, what
//! that needs on top. A fault at the deepest point is the worst otherwise: `compute_deepest_handler` is added then.
//!
//! One thing is assumed: tables of addresses are not read, and code that nothing else leads to is where
//! they lead. RISC-V's `jr` through a register that holds no known address is such a jump if there is code
//! of that kind, or a frame to give back yet; else it is a call that is not known.
//!
//! | module | what lives there |
//! |---|---|
//! | `objdump` | the tool, and its text |
//! | `disassembly` | lines and symbols in that text |
//! | `operation` | what an instruction does to registers and to control |
//! | `thumb`, `riscv` | which instruction does what |
//! | `registers` | what is known before an instruction |
//! | `function` | all paths through a function |
//! | `pointers` | where calls through a register go, of those crates of which it is known |
//! | `graph` | all functions |

mod disassembly;
mod function;
mod graph;
mod objdump;
mod operation;
mod pointers;
mod registers;
mod riscv;
#[cfg(test)]
mod tests;
mod thumb;

use std::collections::BTreeSet;
use std::path::Path;

use disassembly::{Architecture, Image};
use graph::Graph;
pub use objdump::ensure_objdump;

/// Where execution begins, beside the address that the ELF's header names.
const ENTRIES: [&str; 2] = ["Reset", "_start"];
/// What interrupts it: cortex-m-rt's exceptions and riscv-rt's one.
const HANDLERS: [&str; 11] = [
    "NonMaskableInt",
    "HardFault",
    "MemoryManagement",
    "BusFault",
    "UsageFault",
    "SecureFault",
    "SVCall",
    "DebugMonitor",
    "PendSV",
    "SysTick",
    "_start_trap",
];
/// Those of them that interrupt an image which goes on then: an image has one of its own, or the default.
const INTERRUPTS: [&str; 2] = ["SysTick", "MachineTimer"];
const DEFAULT_HANDLER: &str = "DefaultHandler";
/// The registers that a Cortex-M pushes by itself, and one word that aligns them.
const HARDWARE_FRAME: u32 = 32 + 4;
const HARDWARE_FRAME_WITH_FLOATS: u32 = 104 + 4;

const ALLOCATOR: [&str; 9] = [
    "__rust_alloc",
    "__rust_alloc_zeroed",
    "__rust_dealloc",
    "__rust_realloc",
    "malloc",
    "calloc",
    "realloc",
    "free",
    "_sbrk",
];

/// The deepest stack, and how it comes about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deepest {
    pub bytes: u32,
    /// Functions from the outermost on, and the bytes that each has on the stack at that point: they add
    /// up to `bytes`. A function that is left by a jump has its place in the path, mostly with 0.
    pub path: Vec<(String, u32)>,
}

/// The deepest stack from reset on, with the interrupts that the image handles.
pub fn compute_deepest(elf: &Path) -> Result<Deepest, String> {
    read_image(elf).and_then(|image| find_deepest_with_interrupts(&image))
}

/// The deepest stack that one exception needs on top of what it interrupts, with the registers that the
/// processor pushes; `None` if the image has no handlers.
pub fn compute_deepest_handler(elf: &Path) -> Result<Option<Deepest>, String> {
    read_image(elf).and_then(|image| find_deepest_handler(&image))
}

/// The sets of functions that call each other, or themselves.
pub fn find_recursion(elf: &Path) -> Result<Vec<Vec<String>>, String> {
    read_image(elf).and_then(|image| find_recursion_in(&image))
}

/// Functions, and their instructions that call what the disassembly does not tell.
pub fn find_indirect_calls(elf: &Path) -> Result<Vec<(String, String)>, String> {
    read_image(elf).and_then(|image| find_indirect_calls_in(&image))
}

/// The symbols of an allocator that the image has.
pub fn find_allocator_symbols(elf: &Path) -> Result<Vec<String>, String> {
    read_image(elf).map(|image| find_allocator_symbols_in(&image))
}

fn read_image(elf: &Path) -> Result<Image, String> {
    // The tool runs in another folder.
    let path = elf.canonicalize().map_err(|error| format!("{}: {error}", elf.display()))?;
    objdump::disassemble(&path).and_then(|text| Image::parse(&text))
}

fn find_entries(image: &Image) -> BTreeSet<u32> {
    let is_code = |address: &u32| image.find_line(*address).is_some();
    let named = ENTRIES.iter().filter_map(|name| image.find_symbol(name));
    named.chain(image.start).filter(is_code).collect()
}

fn find_handlers(image: &Image) -> BTreeSet<u32> {
    HANDLERS.iter().filter_map(|name| image.find_symbol(name)).collect()
}

fn find_deepest_with_interrupts(image: &Image) -> Result<Deepest, String> {
    let mut deepest = find_deepest_from(image, &find_entries(image))?;
    if has_interrupts(image)
        && let Some(handler) = find_deepest_handler(image)?
    {
        deepest.bytes += handler.bytes;
        deepest.path.extend(handler.path);
    }
    Ok(deepest)
}

/// Whether the image has a handler of its own for an interrupt that it can go on after.
fn has_interrupts(image: &Image) -> bool {
    let default = image.find_symbol(DEFAULT_HANDLER);
    let mut handlers = INTERRUPTS.iter().filter_map(|name| image.find_symbol(name));
    handlers.any(|handler| Some(handler) != default)
}

fn find_deepest_from(image: &Image, entries: &BTreeSet<u32>) -> Result<Deepest, String> {
    let mut graph = Graph::new(image);
    let mut deepest: Option<Deepest> = None;
    for entry in entries {
        let path = graph.find_deepest(*entry)?;
        let bytes = path.iter().map(|(_, frame)| frame).sum();
        if deepest.as_ref().is_none_or(|known| bytes > known.bytes) {
            deepest = Some(Deepest { bytes, path });
        }
    }
    deepest.ok_or_else(|| "there is no entry to begin at".into())
}

fn find_deepest_handler(image: &Image) -> Result<Option<Deepest>, String> {
    let handlers = find_handlers(image);
    if handlers.is_empty() {
        return Ok(None);
    }
    let mut deepest = find_deepest_from(image, &handlers)?;
    let has_floats = || image.lines.iter().any(|line| line.mnemonic.starts_with('v'));
    let frame = match image.architecture {
        Architecture::RiscV => return Ok(Some(deepest)),
        Architecture::Thumb if has_floats() => HARDWARE_FRAME_WITH_FLOATS,
        Architecture::Thumb => HARDWARE_FRAME,
    };
    deepest.bytes += frame;
    deepest.path.insert(0, ("(registers pushed by the processor)".into(), frame));
    Ok(Some(deepest))
}

/// All functions of the image, reached or not.
fn follow_all(image: &Image) -> Result<(Graph<'_>, BTreeSet<u32>), String> {
    let mut graph = Graph::new(image);
    let is_function =
        |address: &u32| image.symbols[address].iter().any(|symbol| symbol.is_function);
    let mut all: BTreeSet<u32> = image.symbols.keys().copied().filter(is_function).collect();
    all.extend(find_entries(image));
    all.extend(find_handlers(image));
    let mut reached = BTreeSet::new();
    for address in all {
        graph.follow(address)?;
        reached.extend(graph.find_reached(address));
    }
    Ok((graph, reached))
}

fn find_recursion_in(image: &Image) -> Result<Vec<Vec<String>>, String> {
    follow_all(image).map(|(graph, all)| graph.find_cycles(&all))
}

fn find_indirect_calls_in(image: &Image) -> Result<Vec<(String, String)>, String> {
    follow_all(image).map(|(graph, all)| graph.list_indirect(&all))
}

fn find_allocator_symbols_in(image: &Image) -> Vec<String> {
    // Newer compilers mangle the names: `__rustc::__rust_alloc`.
    let is_of_allocator =
        |name: &String| name.rsplit("::").next().is_some_and(|last| ALLOCATOR.contains(&last));
    let found: BTreeSet<&String> =
        image.names.iter().filter(|name| is_of_allocator(name)).collect();
    found.into_iter().cloned().collect()
}

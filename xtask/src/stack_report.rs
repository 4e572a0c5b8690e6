//! `cargo xtask stack`: the deepest stack of a firmware image, and what stands in the way of knowing it.

use std::path::Path;

use crate::stack::{
    Deepest, compute_deepest, compute_deepest_handler, ensure_objdump, find_allocator_symbols,
    find_indirect_calls, find_recursion,
};

/// Prints one list for each thing that hides a depth, then the paths.
pub fn report(path: &str) -> Result<(), String> {
    if ensure_objdump().is_none() {
        return Err("the image cannot be disassembled".into());
    }
    let elf = Path::new(path);
    print_list("symbols of an allocator", &find_allocator_symbols(elf)?);
    let cycles: Vec<String> = find_recursion(elf)?.iter().map(|cycle| cycle.join(", ")).collect();
    print_list("functions that call themselves", &cycles);
    let calls: Vec<String> = find_indirect_calls(elf)?
        .iter()
        .map(|(function, instruction)| format!("{function} at {instruction}"))
        .collect();
    print_list("calls through a register", &calls);
    match compute_deepest_handler(elf) {
        Ok(Some(handler)) => print_path("an exception on top of the rest", &handler),
        Ok(None) => {}
        Err(message) => println!("\nan exception on top of the rest: {message}"),
    }
    print_path("from reset on", &compute_deepest(elf)?);
    Ok(())
}

fn print_list(title: &str, entries: &[String]) {
    println!("{title}: {}", entries.len());
    for entry in entries {
        println!("  {entry}");
    }
}

fn print_path(title: &str, deepest: &Deepest) {
    println!("\n{title}: {} bytes", deepest.bytes);
    for (name, frame) in &deepest.path {
        println!("  {frame:>8}  {name}");
    }
}

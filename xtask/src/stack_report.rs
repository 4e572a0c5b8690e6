//! `cargo xtask stack`: the deepest stack of a firmware image, and what stands in the way of knowing it.

use std::path::Path;

use crate::stack::{
    Deepest, compute_deepest, compute_deepest_handler, find_allocator_symbols, find_indirect_calls,
    find_recursion,
};

pub fn report(path: &str) -> Result<(), String> {
    let elf = Path::new(path);
    print_list("allocator's symbols", &find_allocator_symbols(elf)?);
    let cycles = find_recursion(elf)?;
    print_list(
        "functions that call themselves",
        &cycles.iter().map(|cycle| cycle.join(" -> ")).collect::<Vec<_>>(),
    );
    let calls = find_indirect_calls(elf)?;
    print_list(
        "calls through a register",
        &calls
            .iter()
            .map(|(function, instruction)| format!("{function} {instruction}"))
            .collect::<Vec<_>>(),
    );
    match compute_deepest_handler(elf) {
        Ok(Some(handler)) => print_path("one exception on top of that", &handler),
        Ok(None) => {}
        Err(message) => println!("\nexceptions: {message}"),
    }
    let deepest = compute_deepest(elf)?;
    print_path("from reset on", &deepest);
    Ok(())
}

fn print_list(title: &str, entries: &[String]) {
    println!("{title}: {}", if entries.is_empty() { "none" } else { "" });
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

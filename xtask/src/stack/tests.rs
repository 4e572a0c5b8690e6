//! The analysis of small programs, whose depths are counted by hand.

mod riscv;
mod thumb;

use super::disassembly::Image;
use super::{
    Deepest, find_allocator_symbols_in, find_deepest_from, find_deepest_handler,
    find_deepest_with_interrupts, find_entries, find_indirect_calls_in, find_recursion_in,
};

fn parse(text: &str) -> Image {
    Image::parse(text).expect("it is an image")
}

fn find_deepest(text: &str) -> Result<Deepest, String> {
    let image = parse(text);
    find_deepest_from(&image, &find_entries(&image))
}

fn assert_path(text: &str, path: &[(&str, u32)]) {
    let deepest = find_deepest(text).expect("the depth is known");
    let found: Vec<(&str, u32)> =
        deepest.path.iter().map(|(name, frame)| (name.as_str(), *frame)).collect();
    assert_eq!(found, path);
    assert_eq!(deepest.bytes, path.iter().map(|(_, frame)| frame).sum::<u32>());
}

/// A program of Thumb or RISC-V whose functions stand one behind the other; `_start` is the first.
fn write_program(architecture: &str, functions: &[(&str, &[&str])]) -> String {
    let mut symbols = String::new();
    let mut code = String::new();
    let mut address = 0x1000;
    for (name, instructions) in functions {
        let size = 4 * instructions.len();
        symbols += &format!("{address:08x} g     F .text\t{size:08x} {name}\n");
        code += &format!("\n{address:08x} <{name}>:\n");
        for instruction in *instructions {
            let (mnemonic, operands) = instruction.split_once(' ').unwrap_or((instruction, ""));
            code += &format!("    {address:x}:\t{mnemonic}\t{operands}\n");
            address += 4;
        }
    }
    format!("image:\tfile format elf32-little{architecture}\n\nSYMBOL TABLE:\n{symbols}{code}")
}

#[test]
fn frames_of_nested_calls_add_up() {
    assert_path(thumb::NESTED, &[("_start", 24), ("middle", 8), ("leaf", 44)]);
    assert_path(riscv::NESTED, &[("_start", 16), ("middle", 16), ("leaf", 48)]);
}

#[test]
fn cases_of_a_match_are_followed() {
    let thumb = [("_start", 8), ("middle", 8), ("leaf", 44)];
    assert_path(thumb::CASES, &thumb);
    assert_path(thumb::CASES_M0, &thumb);
    assert_path(riscv::CASES, &[("_start", 16), ("middle", 16), ("leaf", 48)]);
    for text in [thumb::CASES, thumb::CASES_M0, riscv::CASES] {
        assert_eq!(find_indirect_calls_in(&parse(text)), Ok(Vec::new()));
    }
}

#[test]
fn recursion_is_found_and_has_no_depth() {
    for text in [thumb::RECURSION, riscv::RECURSION] {
        assert_eq!(find_recursion_in(&parse(text)), Ok(vec![vec!["_start".to_owned()]]));
        let message = find_deepest(text).expect_err("there is no deepest stack");
        assert!(message.contains("recursion"), "{message}");
    }
    assert_eq!(find_recursion_in(&parse(thumb::NESTED)), Ok(Vec::new()));
}

#[test]
fn calls_through_a_register_are_found_and_have_no_depth() {
    let texts = [
        (thumb::INDIRECT, "0x200ec: blx r1"),
        (thumb::INDIRECT_TAIL, "0x200f0: bx r1"),
        (riscv::INDIRECT, "0x110dc: jalr a1"),
        (riscv::INDIRECT_TAIL, "0x110d8: jr a5"),
    ];
    for (text, instruction) in texts {
        let expected = vec![("_start".to_owned(), instruction.to_owned())];
        assert_eq!(find_indirect_calls_in(&parse(text)), Ok(expected));
        assert!(find_deepest(text).is_err());
    }
}

#[test]
fn a_call_through_a_known_pointer_is_as_deep_as_the_deepest_that_it_can_reach() {
    const RUN: &str = "embassy_executor::platform::thread::Executor::run";
    const POLL: &str = "embassy_executor::raw::TaskStorage$LT$F$GT$::poll";
    let run = ["push {r4, lr}", "blx r1", "pop {r4, pc}"];
    let functions: [(&str, &[&str]); 4] = [
        ("_start", &["b.w 0x1004 <run>"]),
        (RUN, &run),
        (POLL, &["push {r4, lr}", "pop {r4, pc}"]),
        (POLL, &["push {r4, r5, r6, lr}", "pop {r4, r5, r6, pc}"]),
    ];
    let text = write_program("arm", &functions);
    assert_path(&text, &[("_start", 0), (RUN, 8), (POLL, 16)]);
    assert_eq!(find_indirect_calls_in(&parse(&text)), Ok(Vec::new()));
    // Without one that it can reach it is as unknown as any.
    assert!(find_deepest(&write_program("arm", &functions[..2])).is_err());
}

#[test]
fn an_interrupt_that_the_image_handles_comes_on_top() {
    let handler = ["push {r4, r5, r6, lr}", "pop {r4, r5, r6, pc}"];
    let compute = |functions: &[(&str, &[&str])]| {
        let text = write_program("arm", functions);
        find_deepest_with_interrupts(&parse(&text)).map(|deepest| deepest.bytes)
    };
    let start: (&str, &[&str]) = ("_start", &["push {r4, lr}", "b.n 0x1004"]);
    let default: (&str, &[&str]) = ("DefaultHandler", &["b.n 0x1008"]);
    assert_eq!(compute(&[start]), Ok(8));
    assert_eq!(compute(&[start, default]), Ok(8));
    // As the linker names it for an image without a handler.
    let table = "SYMBOL TABLE:\n";
    let alias = format!("{table}00001008 g     F .text\t00000004 SysTick\n");
    let unhandled = write_program("arm", &[start, default]).replace(table, &alias);
    let unhandled = find_deepest_with_interrupts(&parse(&unhandled));
    assert_eq!(unhandled.map(|deepest| deepest.bytes), Ok(8));
    // Its registers, an aligning word, and what the processor pushes.
    assert_eq!(compute(&[start, default, ("SysTick", &handler)]), Ok(8 + 16 + 36));
}

#[test]
fn registers_of_the_floating_point_unit_count() {
    assert_path(thumb::FLOATS, &[("_start", 32), ("opaque", 12)]);
}

#[test]
fn frames_whose_size_is_in_a_register_count() {
    assert_path(thumb::LARGE_M0, &[("_start", 16_020)]);
    assert_path(riscv::LARGE, &[("_start", 16_016)]);
}

#[test]
fn alignment_counts_as_what_it_costs_at_most() {
    assert_path(thumb::ALIGNED_M0, &[("_start", 16 + 48 + 28)]);
    assert_path(riscv::ALIGNED, &[("_start", 64 + 28)]);
}

#[test]
fn a_tail_call_keeps_what_has_not_been_given_back() {
    let leaf: (&str, &[&str]) = ("leaf", &["push {r4, lr}", "pop {r4, pc}"]);
    let restored = ["push {r4, r5, r7, lr}", "pop.w {r4, r5, r7, lr}", "b.w 0x100c <leaf>"];
    let text = write_program("arm", &[("_start", &restored), leaf]);
    assert_path(&text, &[("_start", 16)]);
    let kept = ["push {r4, r5, r7, lr}", "b.w 0x1008 <leaf>"];
    let text = write_program("arm", &[("_start", &kept), leaf]);
    assert_path(&text, &[("_start", 16), ("leaf", 8)]);
}

#[test]
fn functions_that_jump_to_each_other_are_no_recursion() {
    let one = ["cbz r0, 0x1008 <_start+0x8>", "b 0x100c <other>", "bx lr"];
    let other = ["push {r4, lr}", "pop.w {r4, lr}", "b 0x1000 <_start>"];
    let text = write_program("arm", &[("_start", &one), ("other", &other)]);
    assert_path(&text, &[("_start", 0), ("other", 8)]);
    assert_eq!(find_recursion_in(&parse(&text)), Ok(Vec::new()));
}

#[test]
fn what_a_function_saves_for_its_caller_stays() {
    let start =
        ["jal t0, 0x1010 <__riscv_save_0>", "addi sp, sp, -0x20", "addi sp, sp, 0x20", "j 0x101c"];
    let save = ["addi sp, sp, -0x10", "sw ra, 0xc(sp)", "jr t0"];
    let restore = ["lw ra, 0xc(sp)", "addi sp, sp, 0x10", "ret"];
    let text = write_program(
        "riscv",
        &[("_start", &start), ("__riscv_save_0", &save), ("__riscv_restore_0", &restore)],
    );
    assert_path(&text, &[("_start", 48)]);
}

#[test]
fn an_early_return_does_not_hide_what_follows_it() {
    let start = [
        "push {r4, lr}",
        "cbz r0, 0x100c <_start+0xc>",
        "sub sp, #0x40",
        "pop {r4, pc}",
        "udf #0x0",
    ];
    assert_path(&write_program("arm", &[("_start", &start)]), &[("_start", 72)]);
    let conditional = ["push {r4, lr}", "it ne", "popne {r4, pc}", "sub sp, #0x40", "bx lr"];
    assert_path(&write_program("arm", &[("_start", &conditional)]), &[("_start", 72)]);
}

#[test]
fn a_write_of_sp_to_memory_moves_it() {
    let start = ["stmdb sp!, {r4, r5, lr}", "str lr, [sp, #-8]!", "ldr pc, [sp], #8"];
    assert_path(&write_program("arm", &[("_start", &start)]), &[("_start", 20)]);
}

#[test]
fn what_is_loaded_from_the_stack_leaves_it_where_it_is() {
    let start = ["push {r4, r5, lr}", "ldm.w sp, {r4, r5}", "ldm sp!, {r4, r5, pc}"];
    assert_path(&write_program("arm", &[("_start", &start)]), &[("_start", 12)]);
}

#[test]
fn a_function_that_does_not_return_ends_the_path() {
    let start = ["bl 0x1008 <abort>", "bl 0x1010 <deep>"];
    let abort = ["push {r7, lr}", "b 0x100c <abort+0x4>"];
    let deep = ["sub sp, #0x100", "bx lr"];
    let text = write_program("arm", &[("_start", &start), ("abort", &abort), ("deep", &deep)]);
    assert_path(&text, &[("_start", 0), ("abort", 8)]);
}

#[test]
fn calls_through_a_register_with_a_known_address_are_direct() {
    let start = ["lui a0, 0x1", "jalr 0xc(a0)", "ret"];
    let leaf = ["addi sp, sp, -0x10", "addi sp, sp, 0x10", "ret"];
    let text = write_program("riscv", &[("_start", &start), ("leaf", &leaf)]);
    assert_path(&text, &[("_start", 0), ("leaf", 16)]);
}

#[test]
fn a_long_jump_within_a_function_is_no_call() {
    let start = ["push {r4, lr}", "bl 0x100c <_start+0xc>", "udf #0x0", "pop {r4, pc}"];
    assert_path(&write_program("arm", &[("_start", &start)]), &[("_start", 8)]);
}

#[test]
fn a_call_into_a_function_begins_there() {
    let start = ["bl 0x100c <leaf+0x4>", "bx lr"];
    let leaf = ["sub sp, #0x40", "push {r4, lr}", "pop {r4, pc}"];
    let text = write_program("arm", &[("_start", &start), ("leaf", &leaf)]);
    assert_path(&text, &[("_start", 0), ("leaf+0x4", 8)]);
}

#[test]
fn what_is_not_understood_is_an_error() {
    for instruction in ["sub.w sp, sp, r3", "mov sp, r4", "ldr sp, [r0]", "<unknown>"] {
        let text = write_program("arm", &[("_start", &["push {r4, lr}", instruction, "bx lr"])]);
        assert!(find_deepest(&text).is_err(), "{instruction}");
    }
    let growing = ["push {r4, lr}", "b 0x1000 <_start>"];
    let message = find_deepest(&write_program("arm", &[("_start", &growing)]));
    assert!(message.expect_err("it grows").contains("grows in a loop"));
}

#[test]
fn a_handler_comes_on_top_of_what_the_processor_pushes() {
    let start: (&str, &[&str]) = ("_start", &["bx lr"]);
    let handler: (&str, &[&str]) = ("HardFault", &["push {r7, lr}", "pop {r7, pc}"]);
    let without = parse(&write_program("arm", &[start, handler]));
    assert_eq!(find_deepest_handler(&without).unwrap().map(|deepest| deepest.bytes), Some(44));
    let float: (&str, &[&str]) = ("float", &["vadd.f32 s0, s0, s1", "bx lr"]);
    let with = parse(&write_program("arm", &[start, handler, float]));
    assert_eq!(find_deepest_handler(&with).unwrap().map(|deepest| deepest.bytes), Some(116));
    assert_eq!(find_deepest_handler(&parse(thumb::NESTED)), Ok(None));
}

#[test]
fn symbols_of_an_allocator_are_found_by_their_last_name() {
    let functions: [(&str, &[&str]); 4] = [
        ("_start", &["bx lr"]),
        ("__rustc::__rust_alloc", &["bx lr"]),
        ("malloc", &["bx lr"]),
        ("my_malloc_free", &["bx lr"]),
    ];
    let image = parse(&write_program("arm", &functions));
    assert_eq!(find_allocator_symbols_in(&image), ["__rustc::__rust_alloc", "malloc"]);
}

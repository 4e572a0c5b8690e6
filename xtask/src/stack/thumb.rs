//! Thumb instructions, as `llvm-objdump` writes them.

use std::collections::HashMap;

use super::disassembly::Line;
use super::operation::{
    Effect, Flow, Operation, Register, parse_address, parse_number, split_operands,
};

pub const SP: Register = 13;
pub const LR: Register = 14;
const PC: Register = 15;

/// What a function must leave as it was, by the procedure call standard.
pub fn is_preserved(register: Register) -> bool {
    (4..=11).contains(&register)
}

/// Decodes a whole image: an `it` says of the instructions behind it that they are conditional.
pub fn decode_all(lines: &[Line], words: &HashMap<u32, u32>) -> Vec<Operation> {
    let mut left = 0;
    let decode = |line: &Line| {
        let mnemonic = line.mnemonic.as_str();
        if left == 0 {
            if is_it(mnemonic) {
                left = mnemonic.len() - 1;
            }
            return decode(mnemonic, line, words);
        }
        left -= 1;
        // `popne`, `popne.w`: a condition is two letters before the width.
        let (stem, width) = match mnemonic.find('.') {
            Some(dot) => mnemonic.split_at(dot),
            None => (mnemonic, ""),
        };
        let stem = stem.get(..stem.len().saturating_sub(2)).unwrap_or(stem);
        let operation = decode(&format!("{stem}{width}"), line, words);
        Operation { is_conditional: true, ..operation }
    };
    lines.iter().map(decode).collect()
}

fn is_it(mnemonic: &str) -> bool {
    mnemonic.strip_prefix("it").is_some_and(|rest| rest.chars().all(|letter| "te".contains(letter)))
}

fn decode(mnemonic: &str, line: &Line, words: &HashMap<u32, u32>) -> Operation {
    let operands = split_operands(&line.operands);
    let stem = mnemonic.split('.').next().unwrap_or_default();
    let target = operands.last().and_then(|text| parse_address(text));
    let flow = match (stem, target, operands.as_slice()) {
        ("bl" | "blx", Some(target), _) => Flow::Call(target),
        ("b", Some(target), _) => Flow::Jump(target),
        ("cbz" | "cbnz", Some(target), _) => Flow::Branch(target),
        (_, Some(target), [_]) if stem.starts_with('b') => Flow::Branch(target),
        ("blx", None, [register]) => match parse_register(register) {
            Some(register) => Flow::CallRegister { register, offset: 0 },
            None => Flow::Undecoded,
        },
        ("bx", None, [register]) => match parse_register(register) {
            Some(LR) => Flow::Return,
            Some(register) => Flow::JumpRegister { register, offset: 0, may_be_table: false },
            None => Flow::Undecoded,
        },
        ("tbb" | "tbh", ..) => Flow::Table,
        ("udf", ..) => Flow::Stop,
        _ if mnemonic.starts_with('.') => Flow::Stop,
        _ if mnemonic.starts_with('<') => Flow::Undecoded,
        _ => Flow::Next,
    };
    let effects =
        if flow == Flow::Next { decode_effects(stem, &operands, line, words) } else { Vec::new() };
    let flow = match effects.iter().find(|effect| effect.target() == PC) {
        // `add pc, r0` and `mov pc, r0` are how a Cortex-M0 reaches the cases of a `match`.
        Some(_) if matches!(operands.as_slice(), ["pc", "lr"]) => Flow::Return,
        Some(_) if matches!(stem, "add" | "mov") => Flow::Table,
        Some(_) if operands.iter().any(|text| text.contains("sp")) || stem == "pop" => Flow::Return,
        Some(_) => Flow::Table,
        None => flow,
    };
    let mut operation = Operation::new(effects, flow);
    operation.is_padding = stem == "nop"
        || flow == Flow::Stop
        || matches!((stem, operands.as_slice()), ("movs", ["r0", "r0"]) | ("mov", ["r8", "r8"]));
    operation
}

fn decode_effects(
    stem: &str,
    operands: &[&str],
    line: &Line,
    words: &HashMap<u32, u32>,
) -> Vec<Effect> {
    let register = |index: usize| operands.get(index).and_then(|text| parse_register(text));
    let number = |index: usize| {
        operands.get(index).filter(|text| text.starts_with('#')).and_then(|text| parse_number(text))
    };
    let understood = match (stem, register(0), operands.len()) {
        ("push" | "vpush", ..) => {
            Some(Effect::Add { to: SP, from: SP, value: -measure(operands[0]) })
        }
        ("mov" | "movs" | "movw", Some(to), 2) => match (register(1), number(1)) {
            (Some(from), _) => Some(Effect::Add { to, from, value: 0 }),
            (None, Some(value)) => Some(Effect::Load { to, value }),
            (None, None) => None,
        },
        ("mvn" | "mvns", Some(to), 2) => number(1).map(|value| Effect::Load { to, value: !value }),
        // The upper half is zero before: this follows a `movw`.
        ("movt", Some(to), 2) => {
            number(1).map(|value| Effect::Add { to, from: to, value: value.wrapping_shl(16) })
        }
        ("add" | "adds" | "addw" | "sub" | "subs" | "subw", Some(to), count @ 2..=3) => {
            let is_sum = stem.starts_with("add");
            let from = if count == 2 { Some(to) } else { register(1) };
            match (from, number(count - 1), register(count - 1)) {
                (Some(PC), ..) | (_, _, Some(PC)) => None,
                (Some(from), Some(value), _) => {
                    let value = if is_sum { value } else { value.wrapping_neg() };
                    Some(Effect::Add { to, from, value })
                }
                (Some(from), None, Some(other)) if is_sum => {
                    Some(Effect::AddRegister { to, from, other })
                }
                (Some(from), None, Some(other)) => {
                    Some(Effect::SubtractRegister { to, from, other })
                }
                _ => None,
            }
        }
        ("lsl" | "lsls" | "lsr" | "lsrs", Some(to), 3) => match (register(1), number(2)) {
            (Some(from), Some(bits)) => {
                let bits = bits.cast_unsigned();
                Some(if stem.starts_with("lsl") {
                    Effect::ShiftLeft { to, from, bits }
                } else {
                    Effect::ShiftRight { to, from, bits }
                })
            }
            _ => None,
        },
        ("bfc", Some(to), 3) => match (number(1), number(2)) {
            (Some(0), Some(bits @ 0..=16)) => {
                Some(Effect::Align { to, from: to, multiple: 1 << bits })
            }
            _ => None,
        },
        ("bic", Some(to), 3) => match (register(1), number(2)) {
            (Some(from), Some(mask @ 0..=0xffff)) if (mask + 1).count_ones() == 1 => {
                Some(Effect::Align { to, from, multiple: mask + 1 })
            }
            _ => None,
        },
        ("ldr", Some(to), 2) if operands[1].starts_with("[pc") => line
            .comment_address
            .and_then(|address| words.get(&address))
            .map(|word| Effect::Load { to, value: word.cast_signed() }),
        _ => None,
    };
    match understood {
        Some(effect) => vec![effect],
        None => forget_operands(stem, operands),
    }
}

/// An instruction that is not understood may write whatever it names; a store writes its base at most.
fn forget_operands(stem: &str, operands: &[&str]) -> Vec<Effect> {
    let is_read_only = ["str", "cmp", "cmn", "tst", "teq", "stm", "vst", "vcmp"]
        .iter()
        .any(|start| stem.starts_with(start));
    // The base of several loads, which `!` alone moves.
    let has_base = stem.starts_with("ldm") || stem.starts_with("vldm");
    let mut effects = Vec::new();
    for (index, operand) in operands.iter().enumerate() {
        let is_address = operand.starts_with('[') || (has_base && index == 0);
        let is_written_back =
            operand.ends_with('!') || (operand.starts_with('[') && index + 1 < operands.len());
        if is_written_back {
            let base = operand.trim_start_matches('[').split([',', ']', '!']).next();
            if let Some(base) = base.and_then(parse_register) {
                effects.push(write_back(stem, base, index, operands));
            }
        } else if !is_address && !is_read_only {
            let names = operand.trim_matches(['{', '}']).split(',').filter_map(parse_register);
            // As a second operand the program counter is read: `add r0, pc`.
            let is_written = |to: &Register| *to != PC || index == 0 || operand.starts_with('{');
            effects.extend(names.filter(is_written).map(|to| Effect::Forget { to }));
        }
    }
    if matches!(stem, "pop" | "vpop") {
        effects.push(Effect::Add { to: SP, from: SP, value: measure(operands[0]) });
    }
    effects
}

/// `[sp, #-8]!`, `[sp], #8`, `stmdb sp!, {r4, lr}`.
fn write_back(stem: &str, base: Register, index: usize, operands: &[&str]) -> Effect {
    let operand = operands[index];
    let bytes = if operand.starts_with('[') {
        let immediate = match operand.split_once('#') {
            Some((_, inside)) => inside.split(']').next(),
            None => operands.get(index + 1).copied(),
        };
        immediate.and_then(parse_number)
    } else {
        operands.get(index + 1).map(|list| {
            let bytes = measure(list);
            if stem.ends_with("db") { -bytes } else { bytes }
        })
    };
    match bytes {
        Some(value) => Effect::Add { to: base, from: base, value },
        None => Effect::Forget { to: base },
    }
}

/// The bytes of a list of registers.
fn measure(list: &str) -> i32 {
    let names = list.trim_matches(['{', '}']).split(',').map(str::trim);
    names.map(|name| if name.starts_with('d') { 8 } else { 4 }).sum()
}

fn parse_register(name: &str) -> Option<Register> {
    match name.trim() {
        "sp" => Some(SP),
        "lr" => Some(LR),
        "pc" => Some(PC),
        name => name.strip_prefix('r')?.parse().ok().filter(|number| *number < 13),
    }
}

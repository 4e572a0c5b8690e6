//! Instructions of RV32IMC, as `llvm-objdump` writes them.

use super::disassembly::Line;
use super::operation::{
    Effect, Flow, Operation, Register, parse_address, parse_number, split_operands,
};

const ZERO: Register = 0;
pub const RA: Register = 1;
pub const SP: Register = 2;
/// Calls to outlined functions, and to those that save registers, leave their address here.
pub const T0: Register = 5;

/// What a function must leave as it was, by the calling convention.
pub fn is_preserved(register: Register) -> bool {
    matches!(register, 8 | 9 | 18..=27)
}

pub fn decode_all(lines: &[Line]) -> Vec<Operation> {
    let decode = |index: usize| {
        let before = index.checked_sub(1).map(|before| &lines[before]);
        decode(&lines[index], before)
    };
    (0..lines.len()).map(decode).collect()
}

fn decode(line: &Line, before: Option<&Line>) -> Operation {
    let mnemonic = line.mnemonic.as_str();
    let operands = split_operands(&line.operands);
    let target = operands.last().and_then(|text| parse_address(text));
    let flow = match (mnemonic, target) {
        ("jal", Some(target)) => Flow::Call(target),
        ("j", Some(target)) => Flow::Jump(target),
        ("jalr" | "jr", _) => decode_register_jump(mnemonic, &operands),
        ("ret" | "mret" | "sret", _) => Flow::Return,
        ("unimp", _) => Flow::Stop,
        (_, Some(target)) if mnemonic.starts_with('b') => Flow::Branch(target),
        _ if mnemonic.starts_with('.') => Flow::Stop,
        _ if mnemonic.starts_with('<') => Flow::Undecoded,
        _ => Flow::Next,
    };
    let effects = if flow == Flow::Next {
        decode_effects(mnemonic, &operands, line, before)
    } else {
        Vec::new()
    };
    let mut operation = Operation::new(effects, flow);
    operation.is_padding = mnemonic == "nop" || flow == Flow::Stop;
    operation
}

/// `jalr a2`, `jalr 0x8(ra)`, `jalr t0, 0x8(t0)`, `jr t0`, `jr 0x8(t1)`.
fn decode_register_jump(mnemonic: &str, operands: &[&str]) -> Flow {
    let parsed = operands.last().and_then(|operand| match operand.split_once('(') {
        Some((offset, base)) => {
            Some((parse_register(base.trim_end_matches(')'))?, parse_number(offset)?))
        }
        None => Some((parse_register(operand)?, 0)),
    });
    match parsed {
        None => Flow::Undecoded,
        Some((register, offset)) if mnemonic == "jalr" => Flow::CallRegister { register, offset },
        Some((register, offset)) => Flow::JumpRegister { register, offset, may_be_table: true },
    }
}

fn decode_effects(
    mnemonic: &str,
    operands: &[&str],
    line: &Line,
    before: Option<&Line>,
) -> Vec<Effect> {
    let Some(to) = operands.first().and_then(|text| parse_register(text)) else {
        return Vec::new();
    };
    if is_store(mnemonic) || to == ZERO {
        return Vec::new();
    }
    let register = |index: usize| operands.get(index).and_then(|text| parse_register(text));
    let number = |index: usize| operands.get(index).and_then(|text| parse_number(text));
    let effect = match (mnemonic, register(1), register(2), number(1), number(2)) {
        // The lower half of an address that the stack pointer is given: not a frame's end.
        ("addi", Some(SP), ..) if to == SP && before.is_some_and(begins_address_of_stack) => {
            return Vec::new();
        }
        ("mv", Some(from), ..) => Effect::Add { to, from, value: 0 },
        ("addi", Some(from), _, _, Some(value)) => Effect::Add { to, from, value },
        ("add", Some(ZERO), Some(from), ..) | ("add", Some(from), Some(ZERO), ..) => {
            Effect::Add { to, from, value: 0 }
        }
        ("add", Some(from), Some(other), ..) => Effect::AddRegister { to, from, other },
        ("sub", Some(from), Some(other), ..) => Effect::SubtractRegister { to, from, other },
        ("andi", Some(from), _, _, Some(mask)) if mask < 0 && (-mask).count_ones() == 1 => {
            Effect::Align { to, from, multiple: -mask }
        }
        ("slli", Some(from), _, _, Some(bits)) => {
            Effect::ShiftLeft { to, from, bits: bits.cast_unsigned() }
        }
        ("li", _, _, Some(value), _) => Effect::Load { to, value },
        ("lui", _, _, Some(value), _) => Effect::Load { to, value: value << 12 },
        ("auipc", _, _, Some(value), _) => {
            Effect::Load { to, value: line.address.cast_signed().wrapping_add(value << 12) }
        }
        _ => Effect::Forget { to },
    };
    vec![effect]
}

fn begins_address_of_stack(line: &Line) -> bool {
    matches!(line.mnemonic.as_str(), "lui" | "auipc") && line.operands.starts_with("sp")
}

fn is_store(mnemonic: &str) -> bool {
    matches!(mnemonic, "sw" | "sh" | "sb" | "fsw" | "fsd")
}

fn parse_register(name: &str) -> Option<Register> {
    let name = name.trim();
    match name {
        "zero" => return Some(ZERO),
        "ra" => return Some(RA),
        "sp" => return Some(SP),
        "gp" => return Some(3),
        "tp" => return Some(4),
        "fp" => return Some(8),
        _ => {}
    }
    let number: Register = name.get(1..)?.parse().ok()?;
    match (name.as_bytes()[0], number) {
        (b't', 0..=2) => Some(T0 + number),
        (b't', 3..=6) => Some(25 + number),
        (b's', 0..=1) => Some(8 + number),
        (b's', 2..=11) => Some(16 + number),
        (b'a', 0..=7) => Some(10 + number),
        (b'x', 0..=31) => Some(number),
        _ => None,
    }
}

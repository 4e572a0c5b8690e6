//! The text of `llvm-objdump -f -t -d`, taken apart.

use std::collections::{BTreeMap, HashMap};

use super::operation::{Operation, Register, parse_address};
use super::{riscv, thumb};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Architecture {
    Thumb,
    RiscV,
}

impl Architecture {
    pub fn stack_pointer(self) -> Register {
        match self {
            Self::Thumb => thumb::SP,
            Self::RiscV => riscv::SP,
        }
    }

    pub fn is_link(self, register: Register) -> bool {
        match self {
            Self::Thumb => register == thumb::LR,
            Self::RiscV => matches!(register, riscv::RA | riscv::T0),
        }
    }

    pub fn is_preserved(self, register: Register) -> bool {
        match self {
            Self::Thumb => thumb::is_preserved(register),
            Self::RiscV => riscv::is_preserved(register),
        }
    }
}

/// An instruction, or data between instructions.
pub struct Line {
    pub address: u32,
    pub mnemonic: String,
    pub operands: String,
    /// Where a load that is relative to the program counter reads.
    pub comment_address: Option<u32>,
}

pub struct Symbol {
    pub name: String,
    pub size: u32,
    pub is_function: bool,
}

pub struct Image {
    pub architecture: Architecture,
    pub start: Option<u32>,
    pub lines: Vec<Line>,
    /// What the instruction on the line with the same index does.
    pub operations: Vec<Operation>,
    /// By address; several may share one.
    pub symbols: BTreeMap<u32, Vec<Symbol>>,
    /// The names of all symbols, of data and of what is undefined too.
    pub names: Vec<String>,
    index: HashMap<u32, usize>,
}

impl Image {
    pub fn parse(text: &str) -> Result<Self, String> {
        let architecture = if text.contains("file format elf32-littlearm") {
            Architecture::Thumb
        } else if text.contains("file format elf32-littleriscv") {
            Architecture::RiscV
        } else {
            return Err("neither a 32-bit ARM ELF nor a 32-bit RISC-V ELF".into());
        };
        let start = text.lines().find_map(|line| line.strip_prefix("start address: "));
        let mut words = HashMap::new();
        let mut lines = Vec::new();
        for line in text.lines().filter_map(parse_line) {
            if line.mnemonic == ".word"
                && let Some(word) = parse_address(&line.operands)
            {
                words.insert(line.address, word);
            }
            lines.push(line);
        }
        lines.sort_by_key(|line| line.address);
        let operations = match architecture {
            Architecture::Thumb => thumb::decode_all(&lines, &words),
            Architecture::RiscV => riscv::decode_all(&lines),
        };
        let index = lines.iter().enumerate().map(|(index, line)| (line.address, index)).collect();
        let mut image = Self {
            architecture,
            start: start.and_then(parse_address).map(|address| address & !1),
            lines,
            operations,
            symbols: BTreeMap::new(),
            names: Vec::new(),
            index,
        };
        for (address, symbol) in text.lines().filter_map(parse_symbol) {
            image.names.push(symbol.name.clone());
            if image.index.contains_key(&address) && !is_local_label(&symbol.name) {
                image.symbols.entry(address).or_default().push(symbol);
            }
        }
        Ok(image)
    }

    pub fn find_line(&self, address: u32) -> Option<usize> {
        self.index.get(&address).copied()
    }

    /// The line that control falls through to; `None` at the end of a section.
    pub fn find_next(&self, index: usize) -> Option<usize> {
        let next = self.lines.get(index + 1)?;
        (next.address - self.lines[index].address <= 4).then_some(index + 1)
    }

    pub fn find_symbol(&self, name: &str) -> Option<u32> {
        let is_named = |symbols: &[Symbol]| symbols.iter().any(|symbol| symbol.name == name);
        self.symbols.iter().find(|(_, symbols)| is_named(symbols)).map(|(address, _)| *address)
    }

    /// The addresses of the function that an address is in, its end exclusive. Labels within a function
    /// of known size do not divide it.
    pub fn find_range(&self, address: u32) -> (u32, u32) {
        let size = |symbols: &[Symbol]| symbols.iter().map(|symbol| symbol.size).max().unwrap_or(0);
        let before = || self.symbols.range(..=address).rev();
        let around = before()
            .map(|(start, symbols)| (*start, start + size(symbols)))
            .find(|(_, end)| address < *end);
        around.unwrap_or_else(|| {
            let start = before().next().map_or(0, |(start, _)| *start);
            let next = self.symbols.range(address.saturating_add(1)..).next();
            (start, next.map_or(u32::MAX, |(next, _)| *next))
        })
    }

    /// `name`, or `name+0x4` for an address within.
    pub fn describe(&self, address: u32) -> String {
        let (start, _) = self.find_range(address);
        let at = if self.symbols.contains_key(&address) { address } else { start };
        let best = self.symbols.get(&at).into_iter().flatten();
        let name = best
            .max_by_key(|symbol| (symbol.is_function, symbol.size, !symbol.name.starts_with("__")))
            .map_or_else(|| format!("{at:#x}"), |symbol| symbol.name.clone());
        if at == address { name } else { format!("{name}+{:#x}", address - at) }
    }
}

/// `     400:      \tbl\t0x8476 <__pre_init>     @ imm = #0x8072`
fn parse_line(line: &str) -> Option<Line> {
    let (address, rest) = line.split_once(':')?;
    let address = u32::from_str_radix(address.trim(), 16).ok()?;
    let mut fields = rest.split('\t').skip(1);
    let mnemonic = fields.next()?.trim().to_owned();
    let operands = fields.collect::<Vec<_>>().join(" ");
    let (code, comment) = operands.split_once('@').unwrap_or((&operands, ""));
    let code = code.split('<').next().unwrap_or_default();
    let comment = comment.split('<').next().unwrap_or_default();
    Some(Line {
        address,
        mnemonic,
        operands: code.trim().to_owned(),
        comment_address: parse_address(comment),
    })
}

/// `00000458 l     F .text\t00000358 .hidden name`
fn parse_symbol(line: &str) -> Option<(u32, Symbol)> {
    let (left, right) = line.split_once('\t')?;
    let address = u32::from_str_radix(left.get(..8)?, 16).ok()?;
    let flags = left.get(9..16)?;
    let (size, name) = right.split_once(' ')?;
    let size = u32::from_str_radix(size, 16).ok()?;
    let name = [".hidden ", ".protected ", ".internal "]
        .iter()
        .find_map(|visibility| name.strip_prefix(visibility))
        .unwrap_or(name);
    let symbol = Symbol { name: shorten(name), size, is_function: flags.ends_with('F') };
    Some((address & !1, symbol))
}

/// Mapping symbols, and what an assembler names for itself.
fn is_local_label(name: &str) -> bool {
    name.starts_with('$') || name.starts_with(".L")
}

/// Without the hash, which differs from build to build, and what the compiler appends to it.
fn shorten(name: &str) -> String {
    let is_hash = |start: usize| {
        let digits = name.get(start + 3..start + 19);
        digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    match name.rfind("::h").filter(|start| is_hash(*start)) {
        Some(start) => name[..start].to_owned(),
        None => name.to_owned(),
    }
}

//! The bytes of the functions that a function can reach, from the disassembly: those that it branches to, and
//! those that these branch to.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::process::read;
use crate::stack::ensure_objdump;

struct Function {
    start: u32,
    name: String,
    section: String,
    /// Instructions, and the constants between them.
    bytes: u32,
    targets: Vec<u32>,
}

/// The functions of an image, by address.
pub struct Code {
    functions: Vec<Function>,
}

/// The bytes of a function and of all that it can reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bytes {
    /// Of the network's functions.
    pub network: u32,
    /// Of libm's, libc's and the compiler's.
    pub library: u32,
}

impl Code {
    /// Disassembles an image.
    pub fn read(image: &Path) -> Result<Self, String> {
        let objdump = ensure_objdump().ok_or("llvm-objdump is missing")?;
        let options = ["--disassemble", "--disassemble-zeroes", "--demangle"];
        Self::parse(&read(Command::new(objdump).args(options).arg(image))?)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut functions: Vec<Function> = Vec::new();
        let mut section = "";
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("Disassembly of section ") {
                section = rest.trim_end_matches(':');
            } else if let Some((start, name)) = parse_heading(line) {
                let (name, section) = (name.to_owned(), section.to_owned());
                functions.push(Function { start, name, section, bytes: 0, targets: Vec::new() });
            } else if let (Some(function), Some((bytes, target))) =
                (functions.last_mut(), parse_line(line))
            {
                function.bytes += bytes;
                function.targets.extend(target);
            }
        }
        functions.sort_by_key(|function| function.start);
        if functions.is_empty() { Err("no disassembly".into()) } else { Ok(Self { functions }) }
    }

    /// Adds up what `entry` can reach, itself among it; `is_ours` tells by section and name whose a function is.
    pub fn add_up(
        &self,
        entry: &str,
        is_ours: &impl Fn(&str, &str) -> bool,
    ) -> Result<Bytes, String> {
        // The demangled name of a Rust function ends with a hash.
        let is_entry = |name: &str| {
            name.strip_prefix(entry).is_some_and(|rest| rest.is_empty() || rest.starts_with("::h"))
        };
        let place = self.functions.iter().position(|function| is_entry(&function.name));
        let mut waiting = vec![place.ok_or_else(|| format!("there is no function {entry}"))?];
        let (mut reached, mut bytes) = (BTreeSet::new(), Bytes::default());
        while let Some(place) = waiting.pop() {
            let Some(function) = self.functions.get(place).filter(|_| reached.insert(place)) else {
                continue;
            };
            if is_ours(&function.section, &function.name) {
                bytes.network += function.bytes;
            } else {
                bytes.library += function.bytes;
            }
            waiting.extend(function.targets.iter().filter_map(|target| self.find(*target)));
        }
        Ok(bytes)
    }

    /// The function that has an address.
    fn find(&self, address: u32) -> Option<usize> {
        self.functions.partition_point(|function| function.start <= address).checked_sub(1)
    }
}

/// `00000100 <name>:`
fn parse_heading(line: &str) -> Option<(u32, &str)> {
    let (address, name) = line.strip_suffix(">:")?.split_once(" <")?;
    Some((u32::from_str_radix(address, 16).ok()?, name))
}

/// What lld writes between functions, so that it traps: it reads as a branch, to code that nobody calls.
const PADDING: &str = "d4d4";

/// How many bytes a line has, and the address that it branches to: `  100: f001 fb50   \tbl\t0x1234 <name> @ ..`
fn parse_line(line: &str) -> Option<(u32, Option<u32>)> {
    let (_, rest) = line.split_once(':')?;
    let (digits, text) = rest.split_once('\t')?;
    if digits.trim() == PADDING {
        return None;
    }
    let digits = digits.chars().filter(char::is_ascii_hexdigit).count();
    // A load names what it reads behind the `@`, which is no branch.
    let operands = text.split('@').next()?;
    let target = operands.split_once(" <").and_then(|(before, _)| {
        let (_, address) = before.rsplit_once("0x")?;
        u32::from_str_radix(address, 16).ok()
    });
    Some((u32::try_from(digits / 2).ok()?, target))
}

#[cfg(test)]
mod tests {
    use super::{Bytes, Code};

    const TEXT: &str = "\
Disassembly of section .network:

00000100 <step>:
     100: b510         \tpush\t{r4, lr}
     102: f000 f805    \tbl\t0x110 <expf> @ imm = #0xa
     106: ed9f 0a01    \tvldr\ts0, [pc, #4] @ 0x10c <step+0xc>
     10a: e7fe         \tb\t0x10a <step+0xa> @ imm = #-0x4
     10c: 00 00 80 3f  \t.word\t0x3f800000

Disassembly of section .text:

00000110 <expf>:
     110: 4770         \tbx\tlr

     112: d4d4         \tbmi\t0x114 <unused> @ imm = #-0x58

00000114 <unused>:
     114: 4770         \tbx\tlr
";

    #[test]
    fn what_is_reached_is_added_up_by_owner() {
        let code = Code::parse(TEXT).unwrap();
        let is_ours = |section: &str, _: &str| section == ".network";
        assert_eq!(code.add_up("step", &is_ours), Ok(Bytes { network: 16, library: 2 }));
        assert!(code.add_up("none", &is_ours).is_err());
    }
}

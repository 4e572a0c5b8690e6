//! What an instruction does, as far as the depth of the stack depends on it.

/// A register by its number: `r7` is 7, and so is RISC-V's `x7`.
pub type Register = u8;

/// What an instruction leaves in a register.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    Load { to: Register, value: i32 },
    Add { to: Register, from: Register, value: i32 },
    AddRegister { to: Register, from: Register, other: Register },
    SubtractRegister { to: Register, from: Register, other: Register },
    Align { to: Register, from: Register, multiple: i32 },
    ShiftLeft { to: Register, from: Register, bits: u32 },
    ShiftRight { to: Register, from: Register, bits: u32 },
    Forget { to: Register },
}

impl Effect {
    pub fn target(self) -> Register {
        match self {
            Self::Load { to, .. }
            | Self::Add { to, .. }
            | Self::AddRegister { to, .. }
            | Self::SubtractRegister { to, .. }
            | Self::Align { to, .. }
            | Self::ShiftLeft { to, .. }
            | Self::ShiftRight { to, .. }
            | Self::Forget { to } => to,
        }
    }
}

/// Where control goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Flow {
    Next,
    Branch(u32),
    Jump(u32),
    Call(u32),
    CallRegister {
        register: Register,
        offset: i32,
    },
    /// RISC-V leaves through one instruction to a case of a `match` and to a function.
    JumpRegister {
        register: Register,
        offset: i32,
        may_be_table: bool,
    },
    Table,
    Return,
    /// A trap, or data.
    Stop,
    /// Bytes that are no instruction of the processor.
    Undecoded,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    pub effects: Vec<Effect>,
    pub flow: Flow,
    /// Whether it may be skipped: it stands in an `it` block.
    pub is_conditional: bool,
    /// Whether it may fill up the space behind a function.
    pub is_padding: bool,
}

impl Operation {
    pub fn new(effects: Vec<Effect>, flow: Flow) -> Self {
        Self { effects, flow, is_conditional: false, is_padding: false }
    }

    pub fn falls_through(&self) -> bool {
        self.is_conditional
            || matches!(
                self.flow,
                Flow::Next | Flow::Branch(_) | Flow::Call(_) | Flow::CallRegister { .. }
            )
    }
}

/// `-0x10`, `#0x10`, `12`.
pub fn parse_number(text: &str) -> Option<i32> {
    let text = text.trim().trim_start_matches('#');
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let value = match digits.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16).ok()?,
        None => digits.parse().ok()?,
    };
    // Addresses reach beyond the positive half, and wrap as the processor's do.
    let value = u32::try_from(value).ok()?.cast_signed();
    Some(if is_negative { value.wrapping_neg() } else { value })
}

pub fn parse_address(text: &str) -> Option<u32> {
    text.trim().starts_with("0x").then(|| parse_number(text).map(i32::cast_unsigned)).flatten()
}

/// Splits at the commas that are in no bracket.
pub fn split_operands(text: &str) -> Vec<&str> {
    let mut depth = 0;
    let parts = text.split(|character: char| {
        match character {
            '[' | '{' | '(' => depth += 1,
            ']' | '}' | ')' => depth -= 1,
            _ => {}
        }
        character == ',' && depth == 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

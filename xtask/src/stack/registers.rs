//! What is known of the registers before an instruction: how far each points below the stack pointer that
//! the function was entered with, or which constant it holds.

use super::operation::{Effect, Register};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Unknown,
    Constant(i32),
    /// So many bytes below the stack pointer at the entry of the function.
    Stack(i32),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Registers {
    values: [Value; 32],
    stack_pointer: Register,
}

impl Registers {
    pub fn at_entry(stack_pointer: Register) -> Self {
        let mut values = [Value::Unknown; 32];
        values[usize::from(stack_pointer)] = Value::Stack(0);
        Self { values, stack_pointer }
    }

    pub fn get(&self, register: Register) -> Value {
        self.values[usize::from(register)]
    }

    pub fn set(&mut self, register: Register, value: Value) {
        self.values[usize::from(register)] = value;
    }

    pub fn depth(&self) -> i32 {
        match self.get(self.stack_pointer) {
            Value::Stack(depth) => depth,
            // `apply` puts nothing else there.
            Value::Constant(_) | Value::Unknown => 0,
        }
    }

    /// Forgets everything but the stack pointer and the registers that `is_kept` names.
    pub fn keep(&mut self, is_kept: impl Fn(Register) -> bool) {
        for register in 0..32 {
            if register != self.stack_pointer && !is_kept(register) {
                self.set(register, Value::Unknown);
            }
        }
    }

    pub fn move_stack_pointer(&mut self, bytes: i32) {
        self.set(self.stack_pointer, Value::Stack(self.depth() + bytes));
    }

    /// Where two paths meet, the stack is as deep as on the deeper one.
    pub fn join(&self, other: &Self) -> Self {
        let mut joined = *self;
        for (value, other) in joined.values.iter_mut().zip(other.values) {
            if *value != other {
                *value = Value::Unknown;
            }
        }
        joined.set(self.stack_pointer, Value::Stack(self.depth().max(other.depth())));
        joined
    }

    /// `Err` if the stack pointer takes a value that nothing is known of.
    pub fn apply(&mut self, effect: Effect) -> Result<(), ()> {
        let (value, is_relative) = self.evaluate(effect);
        let to = effect.target();
        if to != self.stack_pointer {
            self.set(to, value);
            return Ok(());
        }
        match value {
            Value::Stack(_) => self.set(to, value),
            // The code at reset gives itself a stack, where there was none.
            Value::Constant(_) | Value::Unknown if !is_relative && self.depth() == 0 => {}
            Value::Constant(_) | Value::Unknown => return Err(()),
        }
        Ok(())
    }

    /// The value, and whether it depends on the stack pointer.
    fn evaluate(&self, effect: Effect) -> (Value, bool) {
        use Value::{Constant, Stack, Unknown};
        match effect {
            Effect::Load { value, .. } => (Constant(value), false),
            Effect::Forget { .. } => (Unknown, false),
            Effect::Add { from, value, .. } => match self.get(from) {
                Stack(depth) => (Stack(depth.wrapping_sub(value)), true),
                Constant(constant) => (Constant(constant.wrapping_add(value)), false),
                Unknown => (Unknown, false),
            },
            Effect::AddRegister { from, other, .. } => match (self.get(from), self.get(other)) {
                (Stack(depth), Constant(constant)) | (Constant(constant), Stack(depth)) => {
                    (Stack(depth.wrapping_sub(constant)), true)
                }
                (Constant(one), Constant(two)) => (Constant(one.wrapping_add(two)), false),
                (one, two) => (Unknown, is_stack(one) || is_stack(two)),
            },
            Effect::SubtractRegister { from, other, .. } => {
                match (self.get(from), self.get(other)) {
                    (Stack(depth), Constant(constant)) => {
                        (Stack(depth.wrapping_add(constant)), true)
                    }
                    (Constant(one), Constant(two)) => (Constant(one.wrapping_sub(two)), false),
                    (one, two) => (Unknown, is_stack(one) || is_stack(two)),
                }
            }
            Effect::Align { from, multiple, .. } => self.align(from, multiple),
            // A shift to the right and back is how a Cortex-M0 aligns: the first one does it.
            Effect::ShiftRight { from, bits, .. } => match self.get(from) {
                Constant(constant) => {
                    let shifted = constant.cast_unsigned().checked_shr(bits).unwrap_or(0);
                    (Constant(shifted.cast_signed()), false)
                }
                _ => self.align(from, 1_i32.checked_shl(bits).unwrap_or(i32::MAX)),
            },
            Effect::ShiftLeft { from, bits, .. } => match self.get(from) {
                Constant(constant) => (Constant(constant.checked_shl(bits).unwrap_or(0)), false),
                value => (value, is_stack(value)),
            },
        }
    }

    fn align(&self, from: Register, multiple: i32) -> (Value, bool) {
        match self.get(from) {
            // The stack pointer is a multiple of 4 already.
            Value::Stack(depth) => {
                (Value::Stack(depth.saturating_add((multiple - 4).max(0))), true)
            }
            Value::Constant(constant) => {
                (Value::Constant(constant & multiple.wrapping_neg()), false)
            }
            Value::Unknown => (Value::Unknown, false),
        }
    }
}

fn is_stack(value: Value) -> bool {
    matches!(value, Value::Stack(_))
}

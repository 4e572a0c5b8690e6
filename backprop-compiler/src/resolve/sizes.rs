//! Sizes: integers that the macro itself can compute.

use core::cell::Cell;
use std::collections::BTreeMap;

use proc_macro2::Ident;

use crate::ast::{Operator, Size, SizeKind};
use crate::diagnostics::{Diagnostics, nearest};

/// The largest size: what a 32-bit target can address.
const LARGEST: i128 = u32::MAX as i128;

/// The declaration's consts.
#[derive(Debug, Default)]
pub struct Consts {
    values: BTreeMap<String, Const>,
}

#[derive(Debug)]
struct Const {
    name: Ident,
    /// `None` after an error that was reported.
    value: Option<i128>,
    used: Cell<bool>,
}

impl Consts {
    /// Evaluates and keeps `const name = value;`.
    pub fn define(&mut self, name: &Ident, value: &Size, diagnostics: &mut Diagnostics) {
        let value = self.evaluate(value, diagnostics);
        let constant = Const { name: name.clone(), value, used: Cell::new(false) };
        self.values.insert(name.to_string(), constant);
    }

    /// Whether there is a const of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The consts that nothing uses, in the order of their names.
    pub fn unused(&self) -> impl Iterator<Item = &Ident> {
        self.values.values().filter(|constant| !constant.used.get()).map(|constant| &constant.name)
    }

    /// A size of at least 1 that can be addressed; `None` after an error.
    pub fn evaluate_size(
        &self,
        size: &Size,
        what: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<usize> {
        let value = self.evaluate_integer(size, diagnostics)?;
        if value == 0 {
            diagnostics
                .error(size.place, format!("{what} cannot be zero"))
                .help("give an integer of at least 1");
            return None;
        }
        Some(value)
    }

    /// An integer of at least 0 that can be addressed; `None` after an error.
    pub fn evaluate_integer(&self, size: &Size, diagnostics: &mut Diagnostics) -> Option<usize> {
        let value = self.evaluate(size, diagnostics)?;
        if value < 0 {
            diagnostics
                .error(size.place, format!("a size cannot be negative, but this one is {value}"))
                .help("give an integer of at least 1");
        } else if value > LARGEST {
            diagnostics
                .error(size.place, format!("{value} is more than any target can address"))
                .help(format!("give an integer of at most {LARGEST}"));
        }
        usize::try_from(value).ok().filter(|_| value <= LARGEST)
    }

    /// The value of an expression.
    pub fn evaluate(&self, size: &Size, diagnostics: &mut Diagnostics) -> Option<i128> {
        let result = match &size.kind {
            SizeKind::Literal(value) => Some(i128::from(*value)),
            SizeKind::Name(name) => return self.look_up(name, diagnostics),
            SizeKind::Negate(inner) => self.evaluate(inner, diagnostics)?.checked_neg(),
            SizeKind::Binary { operator, left, right } => {
                let left = self.evaluate(left, diagnostics);
                let right = self.evaluate(right, diagnostics);
                let (left, right) = (left?, right?);
                match operator {
                    Operator::Add => left.checked_add(right),
                    Operator::Subtract => left.checked_sub(right),
                    Operator::Multiply => left.checked_mul(right),
                    Operator::Divide if right == 0 => {
                        diagnostics
                            .error(size.place, "this size is divided by zero")
                            .help("divide by an integer other than 0");
                        return None;
                    }
                    Operator::Divide => left.checked_div(right),
                }
            }
        };
        if result.is_none() {
            diagnostics
                .error(size.place, "this size is too large to be computed")
                .help(format!("give an integer of at most {LARGEST}"));
        }
        result
    }

    fn look_up(&self, name: &Ident, diagnostics: &mut Diagnostics) -> Option<i128> {
        let text = name.to_string();
        if let Some(constant) = self.values.get(&text) {
            constant.used.set(true);
            return constant.value;
        }
        let error = diagnostics.error(name.span(), format!("there is no const `{text}` here"));
        match nearest(&text, self.values.keys().map(String::as_str)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error
                .note("a macro sees tokens, not the values of constants outside of it")
                .help(format!("write the number, or `const {text} = ..;` inside the network")),
        };
        None
    }
}

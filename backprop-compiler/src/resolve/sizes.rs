//! Sizes: integers that the macro itself can compute.

use core::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proc_macro2::Ident;

use super::{Excuses, Later};
use crate::ast::{Argument, ArgumentValue, Operator, Size, SizeKind};
use crate::diagnostics::{Diagnostics, Rule, nearest};

/// The largest size: what a 32-bit target can address.
const LARGEST: i128 = u32::MAX as i128;

/// The declaration's consts.
#[derive(Debug, Default)]
pub struct Consts {
    values: BTreeMap<String, Const>,
    /// Names that were looked for above their definition.
    early: RefCell<BTreeSet<String>>,
    /// Names that were looked for in vain: each is reported once.
    unknown: RefCell<BTreeSet<String>>,
    excuses: Rc<Excuses>,
    later: Rc<Later>,
}

#[derive(Debug)]
struct Const {
    name: Ident,
    /// `None` after an error that was reported.
    value: Option<i128>,
    used: Cell<bool>,
}

impl Consts {
    /// No const yet; what the excuses cover is not reported as unknown.
    #[must_use]
    pub fn new(excuses: Rc<Excuses>, later: Rc<Later>) -> Self {
        Self { excuses, later, ..Self::default() }
    }

    /// Evaluates and keeps `const name = value;`.
    pub fn define(&mut self, name: &Ident, value: &Size, diagnostics: &mut Diagnostics) {
        let value = self.evaluate(value, diagnostics);
        let is_used = self.early.borrow().contains(&name.to_string());
        let constant = Const { name: name.clone(), value, used: Cell::new(is_used) };
        self.values.insert(name.to_string(), constant);
    }

    /// Keeps a const whose value is not known, after an error.
    pub fn define_unknown(&mut self, name: &Ident) {
        let constant = Const { name: name.clone(), value: None, used: Cell::new(true) };
        self.values.entry(name.to_string()).or_insert(constant);
    }

    /// Counts a const as used, if there is one of this name.
    pub fn mention(&self, name: &str) {
        if let Some(constant) = self.values.get(name) {
            constant.used.set(true);
        }
    }

    /// Counts the consts of arguments as used, whatever becomes of them.
    pub fn mention_arguments(&self, arguments: &[Argument]) {
        arguments.iter().for_each(|argument| self.mention_value(&argument.value));
    }

    fn mention_value(&self, value: &ArgumentValue) {
        match value {
            ArgumentValue::Size(size) => self.mention_size(size),
            ArgumentValue::Word(word) => self.mention(&word.to_string()),
            ArgumentValue::List { values, .. } => {
                values.iter().for_each(|value| self.mention_value(value));
            }
            ArgumentValue::Call { arguments, .. } => self.mention_arguments(arguments),
            ArgumentValue::Number { .. } | ArgumentValue::Path(_) => {}
        }
    }

    /// Counts the consts of a size as used.
    pub fn mention_size(&self, size: &Size) {
        match &size.kind {
            SizeKind::Literal(_) => {}
            SizeKind::Name(name) => self.mention(&name.to_string()),
            SizeKind::Negate(inner) => self.mention_size(inner),
            SizeKind::Binary { left, right, .. } => {
                self.mention_size(left);
                self.mention_size(right);
            }
        }
    }

    /// Whether a const was looked for that is not there.
    pub fn has_unknown(&self) -> bool {
        !self.unknown.borrow().is_empty()
    }

    /// Whether there is a const of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The consts that nothing uses, in the order of their names; but those with another error.
    pub fn unused(&self) -> impl Iterator<Item = &Ident> {
        let is_unused = |constant: &&Const| !constant.used.get() && constant.value.is_some();
        self.values.values().filter(is_unused).map(|constant| &constant.name)
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
                .error(Rule::ZeroSize, size.place, format!("{what} cannot be zero"))
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
                .error(
                    Rule::NegativeSize,
                    size.place,
                    format!("a size cannot be negative, but this one is {value}"),
                )
                .help("give an integer of at least 1");
        } else if value > LARGEST {
            diagnostics
                .error(
                    Rule::SizeTooLarge,
                    size.place,
                    format!("{value} is more than any target can address"),
                )
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
                            .error(Rule::Division, size.place, "this size is divided by zero")
                            .help("divide by an integer other than 0");
                        return None;
                    }
                    Operator::Divide => left.checked_div(right),
                }
            }
        };
        if result.is_none() {
            diagnostics
                .error(Rule::SizeTooLarge, size.place, "this size is too large to be computed")
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
        if self.excuses.cover(&text) || self.unknown.borrow().contains(&text) {
            return None;
        }
        let is_later = self.later.consts.contains(&text);
        let headline = match is_later {
            true => format!("`{text}` is used before it is defined"),
            false => format!("there is no const `{text}` here"),
        };
        let error = diagnostics.error(Rule::OutsideConst, name.span(), headline);
        if is_later {
            error.help("move its definition up, above this statement");
            self.early.borrow_mut().insert(text);
            return None;
        }
        // It stands for the one that was probably meant.
        if let Some(near) = nearest(&text, self.values.keys().map(String::as_str)) {
            error.help(format!("did you mean `{near}`?"));
            let constant = self.values.get(near)?;
            constant.used.set(true);
            return constant.value;
        }
        error
            .note("a macro sees tokens, not the values of constants outside of it")
            .help(format!("write the number, or `const {text} = ..;` inside the network"));
        self.unknown.borrow_mut().insert(text);
        None
    }
}

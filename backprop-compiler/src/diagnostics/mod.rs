//! Errors for people: collected by every stage, reported together.
//!
//! A message stands on the offending tokens and belongs to one of the [`rules`](Rule). Its headline says
//! what is wrong, lower case and without a final stop, as rustc does; `help` says what to do about it.

mod emit;
mod nearest;
mod place;
mod rules;

pub use self::nearest::nearest;
pub use self::place::Place;
pub use self::rules::{Rule, SECTIONS, Section};

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Nothing is compiled.
    Error,
    /// The network is compiled, and rustc shows a warning on the tokens.
    Warning,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that is broken.
    pub rule: Rule,
    /// Whether it stops the compilation.
    pub severity: Severity,
    /// The tokens it is about.
    pub place: Place,
    /// What is wrong.
    pub headline: String,
    /// What else to know: the other shape and where it came from.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Adds a line that says where the other side of a conflict came from.
    pub fn note(&mut self, note: impl Into<String>) -> &mut Self {
        self.notes.push(note.into());
        self
    }

    /// Adds the line that says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// The message as rustc will print it after `error: `.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.headline.clone();
        for note in &self.notes {
            text.push_str("\nnote: ");
            text.push_str(note);
        }
        if let Some(help) = &self.help {
            text.push_str("\nhelp: ");
            text.push_str(help);
        }
        text
    }
}

/// The messages of one compilation, in the order in which they were found.
#[derive(Debug, Default)]
pub struct Diagnostics {
    messages: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Reports an error on the tokens of `place`.
    pub fn error(
        &mut self,
        rule: Rule,
        place: impl Into<Place>,
        headline: impl Into<String>,
    ) -> &mut Diagnostic {
        self.report(rule, Severity::Error, place.into(), headline.into())
    }

    /// Reports a warning on the tokens of `place`.
    pub fn warn(
        &mut self,
        rule: Rule,
        place: impl Into<Place>,
        headline: impl Into<String>,
    ) -> &mut Diagnostic {
        self.report(rule, Severity::Warning, place.into(), headline.into())
    }

    fn report(
        &mut self,
        rule: Rule,
        severity: Severity,
        place: Place,
        headline: String,
    ) -> &mut Diagnostic {
        let message = Diagnostic { rule, severity, place, headline, notes: Vec::new(), help: None };
        self.messages.push(message);
        let last = self.messages.len() - 1;
        &mut self.messages[last]
    }

    /// Whether anything stops the compilation.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.messages.iter().any(|message| message.severity == Severity::Error)
    }

    /// Whether what was found out about shapes and memory is what was meant.
    #[must_use]
    pub fn spare_graph(&self) -> bool {
        self.messages
            .iter()
            .all(|message| message.severity == Severity::Warning || message.rule.spares_graph())
    }

    /// The messages that rustc prints: the warnings only where there is no error, since a mistake may
    /// be what makes something look doubtful.
    pub fn shown(&self) -> impl Iterator<Item = &Diagnostic> {
        let severity = if self.has_errors() { Severity::Error } else { Severity::Warning };
        self.messages.iter().filter(move |message| message.severity == severity)
    }

    /// Every message.
    #[must_use]
    pub fn messages(&self) -> &[Diagnostic] {
        &self.messages
    }
}

//! Where messages stand: on tokens of the declaration, never on the whole call.

use std::ops::Range;

use backprop_compiler::diagnostics::Diagnostic;
use proc_macro2::{Span, TokenStream};

/// The declaration's part of a text of the form `facade; declaration`, which is the only one that was parsed
/// since the spans of this thread were last forgotten.
pub struct Declaration {
    /// The name of the text, as spans give it.
    file: String,
    /// The bytes from the declaration's first token to its last.
    bytes: Range<usize>,
}

impl Declaration {
    /// `None` for a declaration without any token, which has no place for a message, and where places are
    /// not known.
    pub fn find(tokens: &TokenStream) -> Option<Self> {
        let after_facade =
            tokens.clone().into_iter().skip_while(|token| token.to_string() != ";").skip(1);
        let spans: Vec<Span> = after_facade.map(|token| token.span()).collect();
        let (first, last) = (spans.first()?, spans.last()?);
        // Under `cfg(fuzzing)` proc-macro2 knows no places.
        if first.byte_range().is_empty() {
            return None;
        }
        Some(Self { file: first.file(), bytes: first.byte_range().start..last.byte_range().end })
    }

    /// What is wrong with the place of a message, if anything is.
    pub fn check(&self, message: &Diagnostic) -> Result<(), String> {
        let spans = [message.place.first(), message.place.last()];
        for span in spans {
            let bytes = span.byte_range();
            let is_inside = span.file() == self.file
                && bytes.start >= self.bytes.start
                && bytes.end <= self.bytes.end
                && !bytes.is_empty();
            if !is_inside {
                return Err(format!("stands outside of the declaration: {}", message.text()));
            }
        }
        let [first, last] = spans.map(|span| span.byte_range());
        if first.start > last.start {
            return Err(format!("ends before it starts: {}", message.text()));
        }
        let one_token = first == last;
        if (first.start..last.end) == self.bytes && !one_token {
            return Err(format!("stands on the whole declaration: {}", message.text()));
        }
        Ok(())
    }
}

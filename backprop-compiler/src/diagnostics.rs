//! Errors for people: collected by every stage, reported together.
//!
//! A message stands on the offending tokens. Its headline says what is wrong, lower case and
//! without a final stop, as rustc does; `help` says what to do about it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

/// The first and the last token that a message underlines.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    first: Span,
    last: Span,
}

impl Place {
    /// The one token at `span`.
    #[must_use]
    pub fn at(span: Span) -> Self {
        Self { first: span, last: span }
    }

    /// Everything from the first to the last token of `tokens`; the call itself where there is none.
    #[must_use]
    pub fn of(tokens: &impl ToTokens) -> Self {
        let mut tokens = tokens.to_token_stream().into_iter().map(|token| token.span());
        let first = tokens.next().unwrap_or_else(Span::call_site);
        Self { first, last: tokens.last().unwrap_or(first) }
    }

    /// The first token.
    #[must_use]
    pub fn first(self) -> Span {
        self.first
    }

    /// The last token: the first where there is one only.
    #[must_use]
    pub fn last(self) -> Span {
        self.last
    }

    /// From the start of this place to the end of `other`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { first: self.first, last: other.last }
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self::at(span)
    }
}

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
        place: impl Into<Place>,
        headline: impl Into<String>,
    ) -> &mut Diagnostic {
        self.report(Severity::Error, place.into(), headline.into())
    }

    /// Reports a warning on the tokens of `place`.
    pub fn warn(
        &mut self,
        place: impl Into<Place>,
        headline: impl Into<String>,
    ) -> &mut Diagnostic {
        self.report(Severity::Warning, place.into(), headline.into())
    }

    fn report(&mut self, severity: Severity, place: Place, headline: String) -> &mut Diagnostic {
        let message = Diagnostic { severity, place, headline, notes: Vec::new(), help: None };
        self.messages.push(message);
        let last = self.messages.len() - 1;
        &mut self.messages[last]
    }

    /// Whether anything stops the compilation.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.messages.iter().any(|message| message.severity == Severity::Error)
    }

    /// Every message.
    #[must_use]
    pub fn messages(&self) -> &[Diagnostic] {
        &self.messages
    }

    /// The items that make rustc print the errors: one `compile_error!` each.
    #[must_use]
    pub fn emit_errors(&self) -> TokenStream {
        self.messages
            .iter()
            .filter(|message| message.severity == Severity::Error)
            .map(|message| {
                let text = message.text();
                let Place { first, last } = message.place;
                let path = quote_spanned!(first=> ::core::compile_error);
                let call = quote_spanned!(last=> { #text });
                quote_spanned!(first=> #path ! #call)
            })
            .collect()
    }
}

impl Diagnostics {
    /// The items that make rustc print the warnings: uses of deprecated items, the only true warnings
    /// that a macro can give on stable Rust.
    #[must_use]
    pub fn emit_warnings(&self) -> TokenStream {
        self.messages
            .iter()
            .filter(|message| message.severity == Severity::Warning)
            .map(|message| {
                let text = message.text();
                let span = message.place.first;
                let item = Ident::new("network_warning", span);
                let usage = quote_spanned!(span=> #item);
                quote! {
                    const _: () = {
                        #[deprecated(note = #text)]
                        #[allow(non_upper_case_globals)]
                        const #item: () = ();
                        let () = #usage;
                    };
                }
            })
            .collect()
    }
}

/// What other frameworks call things, and what they are called here.
const SYNONYMS: &[(&str, &str)] = &[
    ("linear", "dense"),
    ("fully_connected", "dense"),
    ("kaiming_uniform", "he_uniform"),
    ("kaiming_normal", "he_normal"),
    ("xavier_uniform", "glorot_uniform"),
    ("xavier_normal", "glorot_normal"),
    ("gaussian", "normal"),
    ("random_normal", "normal"),
    ("random_uniform", "uniform"),
    ("ones", "constant"),
    ("swish", "silu"),
    ("logistic", "sigmoid"),
    ("l1", "mae"),
    ("l2", "mse"),
    ("bce", "binary_cross_entropy"),
    ("bce_with_logits", "binary_cross_entropy_with_logits"),
    ("categorical_crossentropy", "cross_entropy"),
    ("kl_div", "kl_divergence"),
    ("cosine_similarity", "cosine"),
];

/// The candidate nearest to what was written, if it is near enough to be a slip of the pen, or means the
/// same elsewhere.
#[must_use]
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = written.chars().count();
    let limit = length.div_ceil(3).min(FARTHEST);
    let small = written.to_lowercase();
    let synonym = SYNONYMS.iter().find(|(other, _)| *other == small).map(|(_, here)| *here);
    candidates
        .into_iter()
        .take(CANDIDATES)
        .filter_map(|candidate| {
            // Capitals are no difference: `ReLU`.
            let same = candidate == small || Some(candidate) == synonym;
            let distance = if same { Some(0) } else { edit_distance(written, candidate, limit) };
            Some((distance?, candidate))
        })
        .filter(|(distance, _)| *distance < length)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A network with more names was written by a program: were each unknown one compared with each known one,
/// the time would grow with the square of its size.
const CANDIDATES: usize = 128;

/// More slips of the pen than that are no slips, however long the word is.
const FARTHEST: usize = 8;

/// Levenshtein's distance, how many characters to insert, delete or replace, unless it is more than `limit`:
/// then nothing but the cells of that distance from the diagonal matters (Ukkonen 1985).
fn edit_distance(from: &str, to: &str, limit: usize) -> Option<usize> {
    if from.chars().count().abs_diff(to.chars().count()) > limit {
        return None;
    }
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, left) in from.chars().enumerate() {
        let start = line.saturating_sub(limit);
        let mut diagonal = row[start];
        row[start] = line + 1;
        for column in start..to.len().min(line + limit + 1) {
            let replaced = diagonal + usize::from(left != to[column]);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    Some(row[to.len()]).filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Levenshtein's definition.
    fn define_distance(from: &[u8], to: &[u8]) -> usize {
        match (from, to) {
            ([], rest) | (rest, []) => rest.len(),
            ([left, from @ ..], [right, to @ ..]) if left == right => define_distance(from, to),
            ([_, less @ ..], [_, fewer @ ..]) => {
                let replaced = define_distance(less, fewer);
                1 + replaced.min(define_distance(less, to)).min(define_distance(from, fewer))
            }
        }
    }

    #[test]
    fn distances_agree_with_the_definition_up_to_the_limit() {
        let word = |number: usize, length| -> String {
            (0..length).map(|place| ['a', 'b', 'c'][number / 3_usize.pow(place) % 3]).collect()
        };
        for number in 0..3_usize.pow(5) {
            for (from, to) in
                [(word(number, 5), word(number * 7, 4)), (word(number, 3), word(91, 6))]
            {
                let defined = define_distance(from.as_bytes(), to.as_bytes());
                for limit in 0..=6 {
                    let expected = (defined <= limit).then_some(defined);
                    assert_eq!(edit_distance(&from, &to, limit), expected, "{from} {to} {limit}");
                }
            }
        }
    }

    #[test]
    fn long_words_are_near_only_if_few_letters_differ() {
        let (long, other) = ("a".repeat(30_000), "b".repeat(30_000));
        assert_eq!(nearest(&other, [long.as_str()]), None);
        let slip = format!("{long}bb");
        assert_eq!(nearest(&slip, [long.as_str()]), Some(long.as_str()));
    }
}

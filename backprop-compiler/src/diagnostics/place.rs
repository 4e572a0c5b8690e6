//! Where a message stands.

use proc_macro2::Span;
use quote::ToTokens;

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

    /// The last token.
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

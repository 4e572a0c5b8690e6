//! What holds of any text whatever: the compiler does not panic, its messages have words and a place, and
//! what it gives back is Rust.

use backprop_compiler::{analyse, compile};
use proc_macro2::{TokenStream, TokenTree};

use super::repeated::find_repeated;
use super::spans::Declaration;
use super::tokens::read_tokens;

/// What the compiler makes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not even tokens: no macro ever sees it.
    Unreadable,
    /// Errors.
    Rejected,
    /// A network.
    Accepted,
}

/// Checks what becomes of `backprop; declaration`; an error says what does not hold.
pub fn check(declaration: &str) -> Result<Verdict, String> {
    let text = format!("backprop; {declaration}");
    // Texts that nobody will ask for any more would be kept for good.
    proc_macro2::extra::invalidate_current_thread_spans();
    let Some(tokens) = read_tokens(&text) else { return Ok(Verdict::Unreadable) };
    let place = Declaration::find(&tokens);
    let analysis = analyse(tokens.clone());
    let accepted = analysis.compiled.is_some();
    if accepted == analysis.diagnostics.has_errors() {
        return Err(format!("accepted: {accepted}, and errors: {}", !accepted));
    }
    for message in analysis.diagnostics.messages() {
        if message.headline.is_empty() || message.help.as_ref().is_none_or(String::is_empty) {
            return Err(format!("no help: {}", message.text()));
        }
        place.iter().try_for_each(|place| place.check(message))?;
    }
    // Emission is most of the work: all that is accepted, and a share of what is not.
    if accepted || text.len().is_multiple_of(8) {
        let tokens = drop_head(tokens);
        let items = compile(tokens.clone());
        if text.len().is_multiple_of(16) && items.to_string() != compile(tokens).to_string() {
            return Err("the same input gives other tokens".to_owned());
        }
        // What the parameters of a user's own type are is not looked at.
        let is_generic = text.contains("custom") && text.contains('<');
        match syn::parse2::<syn::File>(items) {
            Ok(file) => find_repeated(&file.items).map_or(Ok(()), Err)?,
            Err(error) if !is_generic => return Err(format!("no Rust: {error}")),
            Err(_) => {}
        }
    }
    Ok(if accepted { Verdict::Accepted } else { Verdict::Rejected })
}

/// The declaration without what stands before `struct`, or before what stands in its place: that passes through as it is, so that its mistakes
/// are rustc's to report.
fn drop_head(tokens: TokenStream) -> TokenStream {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let is_word = |word: &'static str| {
        move |tree: &TokenTree| {
            matches!(tree, TokenTree::Ident(_) | TokenTree::Punct(_)) && tree.to_string() == word
        }
    };
    let facade = trees.iter().position(is_word(";")).map_or(0, |end| end + 1);
    let head = trees[facade..].iter().position(is_word("struct")).unwrap_or_else(|| {
        let is_visibility =
            |tree: &&TokenTree| is_word("pub")(tree) || matches!(tree, TokenTree::Group(_));
        trees[facade..].iter().take_while(is_visibility).count()
    });
    let (before, after) = (&trees[..facade], &trees[facade + head..]);
    before.iter().chain(after).cloned().collect()
}

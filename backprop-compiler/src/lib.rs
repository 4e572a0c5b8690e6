//! The compiler behind `backprop::network!`: an ordinary library, so that it can be tested, fuzzed and
//! reused outside of rustc.
//!
//! | stage | what it does |
//! |---|---|
//! | [`parse`] | tokens to AST; the only stage that knows syn |
//! | [`resolve`] | names to ids |
//! | [`infer`] | shapes of every value |
//! | [`graph`] | the checked network: no tokens, only ids, which [`source`] finds in the declaration |
//! | [`program`] | the steps of backpropagation, pruned and fused |
//! | [`plan`] | memory: which buffers share it, and how much is needed |
//! | [`emit`] | tokens |
//!
//! [`ops`] and [`losses`] are the catalogue: one file each, and a registry of one line each.
//! [`interpret`] is the slow and obvious meaning of a graph, which generated code is held against.

#[allow(missing_docs, reason = "a variant's documentation shows the syntax that its fields hold")]
pub mod ast;
pub mod diagnostics;
pub mod emit;
pub mod functions;
pub mod graph;
pub mod infer;
pub mod init;
pub mod interpret;
pub mod losses;
pub mod ops;
pub mod parse;
pub mod plan;
pub mod program;
pub mod resolve;
pub mod source;

use proc_macro2::TokenStream;

use crate::ast::Declaration;
use crate::diagnostics::Diagnostics;
use crate::graph::Graph;
use crate::plan::Memory;
use crate::source::Source;

/// A network that passed every check.
#[derive(Debug)]
pub struct Compiled {
    /// The network.
    pub graph: Graph,
    /// Where its parts stand in the declaration.
    pub source: Source,
    /// Its programs and their memory.
    pub memory: Memory,
}

/// Everything that a declaration is found to be.
#[derive(Debug)]
pub struct Analysis {
    /// The network, if nothing is wrong with it.
    pub compiled: Option<Compiled>,
    /// What stands for it otherwise.
    pub stubs: TokenStream,
    /// What was read; `None` where not even a name was.
    pub declaration: Option<Declaration>,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
}

/// Runs every stage but the last on `facade; declaration`.
#[must_use]
pub fn analyse(tokens: TokenStream) -> Analysis {
    let mut diagnostics = Diagnostics::default();
    let Some(declaration) = parse::parse(tokens, &mut diagnostics) else {
        let stubs = TokenStream::new();
        return Analysis { compiled: None, stubs, declaration: None, diagnostics };
    };
    let draft = resolve::resolve(&declaration, &mut diagnostics);
    let (inferred, interface) = infer::infer(&declaration, draft, &mut diagnostics);
    let compiled = inferred.and_then(|(graph, source)| {
        let memory = Memory::build(&graph);
        plan::check_budget(&graph, &source, &memory, &mut diagnostics);
        (!diagnostics.has_errors()).then_some(Compiled { graph, source, memory })
    });
    let stubs = match compiled {
        Some(_) => TokenStream::new(),
        None => emit::emit_stubs(&declaration, &interface),
    };
    Analysis { compiled, stubs, declaration: Some(declaration), diagnostics }
}

/// Compiles `facade; declaration` to items: the network, or errors and stubs.
#[must_use]
pub fn compile(tokens: TokenStream) -> TokenStream {
    analyse(tokens).emit()
}

/// The same behind what rust-analyzer reads, and rustc must not see: an unknown word would be an error
/// of its own there.
#[must_use]
pub fn compile_for_editor(tokens: TokenStream) -> TokenStream {
    let analysis = analyse(tokens);
    let network = analysis.compiled.as_ref().map(|Compiled { graph, source, .. }| (graph, source));
    let mut items = analysis
        .declaration
        .as_ref()
        .map_or_else(TokenStream::new, |declaration| emit::emit_editor(declaration, network));
    items.extend(analysis.emit());
    items
}

impl Analysis {
    fn emit(self) -> TokenStream {
        let mut items = self.diagnostics.emit();
        items.extend(match self.compiled {
            Some(Compiled { graph, source, memory }) => emit::emit(&graph, &source, &memory),
            None => self.stubs,
        });
        items
    }
}

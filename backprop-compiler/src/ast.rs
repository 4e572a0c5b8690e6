//! What a declaration says, before anything is known about its names and shapes.
//!
//! Identifiers and literals keep their spans: they are where later stages put their messages.

use proc_macro2::{Ident, Span, TokenStream};

use crate::diagnostics::Place;

/// A name without `r#`. The parser leaves that only where it must stand, before a keyword of Rust, so
/// that two identifiers are the same name exactly if they are equal.
#[must_use]
pub fn plain(name: &Ident) -> String {
    let text = name.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}

/// Whether the keyword is a name if `r#` stands before it.
#[must_use]
pub fn can_be_raw(keyword: &str) -> bool {
    !["self", "Self", "super", "crate", "_"].contains(&keyword)
}

/// A whole `network! { .. }` call.
#[derive(Debug)]
pub struct Declaration {
    /// The path of the facade crate (`$crate`), by which the expansion reaches the runtime.
    pub facade: TokenStream,
    /// Documentation and other attributes of the struct, `cfg` among them: each from `#` to `]`.
    pub attributes: Vec<TokenStream>,
    /// `pub`, `pub(crate)`, or nothing.
    pub visibility: TokenStream,
    /// The network's name.
    pub name: Ident,
    /// The statements between the braces, in the order of the text.
    pub items: Vec<Item>,
    /// What an editor is asked about.
    pub words: Words,
}

/// Everything between the braces that has a meaning of its own, in the order of the text: that of statements
/// with a mistake too.
#[derive(Debug, Default)]
pub struct Words {
    /// Single words.
    pub words: Vec<Word>,
    /// Paths of types of Rust's.
    pub paths: Vec<TokenStream>,
}

/// A word, and what the grammar expects where it stands.
#[derive(Debug)]
pub struct Word {
    /// What is expected.
    pub role: Role,
    /// The user's token.
    pub ident: Ident,
}

/// What the grammar expects where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// At the start of a statement: its keyword.
    Statement,
    /// Behind `input`: a new name.
    Input,
    /// Behind `let`: a new name.
    Let,
    /// Behind `output`: a new name, or one of a value.
    Output,
    /// In an expression of values: a name, or `concat`.
    Operand,
    /// Behind `->`: a layer's keyword, or a label.
    Layer,
    /// Behind `as`: a new label.
    Label,
    /// Behind `block`: a new name.
    Block,
    /// In `loss ..`: a loss's keyword.
    Loss,
    /// Behind `const`: a new name.
    Const,
    /// In an expression of sizes, or in parentheses: a const, an argument, or a word such as `he_normal`.
    Size,
}

/// One statement.
#[derive(Debug)]
pub enum Item {
    /// `const FILTERS = 16;`
    Const { name: Ident, value: Size },
    /// `dtype f32;`
    Dtype { keyword: Span, name: Ident },
    /// `tile = 32;`
    Tile { keyword: Span, size: Size },
    /// `code = small;`
    Code { keyword: Span, word: Ident },
    /// `input image: [1, 8, 8];`
    Input { name: Ident, shape: Vec<Size>, place: Place },
    /// `let hidden = image -> dense(16);`
    Let { name: Ident, value: Value },
    /// `block stage = dense(16) -> relu;`
    Block { name: Ident, layers: Vec<LayerCall> },
    /// `let (left, right) = both -> split;`: always at least two names.
    Split { names: Vec<Ident>, value: Value, place: Place },
    /// `output class = hidden -> dense(10);`, or `output hidden;` without a value.
    Output { keyword: Span, name: Ident, value: Option<Value> },
    /// `loss cross_entropy(class) + 0.1 * mse(level);`
    Loss { keyword: Span, terms: Vec<LossTerm> },
    /// `budget { step = 12 KiB }`
    Budget { keyword: Span, limits: Vec<Limit> },
    /// A statement with a mistake in it, which has been reported: what can be told of it all the same, so
    /// that nothing is reported that only follows from the mistake.
    Broken { keyword: String, name: Option<Ident>, words: Vec<String> },
}

/// An expression that stands for a value of the network.
#[derive(Debug)]
pub enum Value {
    /// The name of an input or of a `let` or `output`.
    Name(Ident),
    /// `value -> layer(..) -> ..`: always at least one layer.
    Chain { source: Box<Value>, layers: Vec<LayerCall> },
    /// `a + b - ..` or `a * b / ..`, from left to right: always at least two operands.
    Join { operands: Vec<Value>, operators: Vec<(Operator, Span)> },
    /// `concat(a, b, axis = 0)`: operands first, then named arguments.
    Concat { keyword: Ident, operands: Vec<Value>, arguments: Vec<Argument>, place: Place },
}

/// `-> name(arguments) as label "path"`.
#[derive(Debug)]
pub struct LayerCall {
    /// The layer's keyword, or the label of a layer whose weights are used again.
    pub name: Ident,
    /// Whether there are parentheses, even empty ones.
    pub parenthesised: bool,
    /// What stands between the parentheses.
    pub arguments: Vec<Argument>,
    /// The name given with `as`.
    pub label: Option<Ident>,
    /// What it is called in files of PyTorch's, given with `as` too.
    pub path: Option<Path>,
    /// From the name to the closing parenthesis.
    pub place: Place,
}

/// `"encoder.0"`: how PyTorch names a module within others.
#[derive(Clone, Debug)]
pub struct Path {
    /// Its parts, with points between them.
    pub text: String,
    /// The literal.
    pub span: Span,
}

/// `8`, `kernel = 3`, `init = he_uniform`, `[2, 4]`.
#[derive(Debug)]
pub struct Argument {
    /// The name before `=`; positional where there is none.
    pub name: Option<Ident>,
    /// What was given.
    pub value: ArgumentValue,
    /// The whole argument.
    pub place: Place,
}

/// The value of an argument. Which kinds make sense is the layer's business.
#[derive(Debug)]
pub enum ArgumentValue {
    /// An integer, or an expression of integers and consts with an operator in it.
    Size(Size),
    /// A decimal number, with its sign: `0.01`, `-1.5`.
    Number { value: f64, place: Place },
    /// A bare word: `true`, `same`, `he_uniform` - or the name of a const.
    Word(Ident),
    /// `[a, b, ..]`
    List { values: Vec<ArgumentValue>, place: Place },
    /// `normal(std = 0.02)`
    Call { name: Ident, arguments: Vec<Argument>, place: Place },
    /// A Rust path: `custom(my::Activation)`; two segments or more.
    Path(TokenStream),
}

impl ArgumentValue {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::Size(size) => size.place,
            Self::Word(word) => Place::at(word.span()),
            Self::Number { place, .. } | Self::List { place, .. } | Self::Call { place, .. } => {
                *place
            }
            Self::Path(path) => Place::of(path),
        }
    }

    /// The elements of a list; any other value is its own only one.
    #[must_use]
    pub fn elements(&self) -> Vec<&Self> {
        match self {
            Self::List { values, .. } => values.iter().collect(),
            single => vec![single],
        }
    }

    /// What it is, in words.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Size(_) => "a whole number",
            Self::Number { .. } => "a decimal number",
            Self::Word(_) => "a word",
            Self::List { .. } => "a list",
            Self::Call { .. } => "a word with arguments",
            Self::Path(_) => "a path",
        }
    }
}

/// An integer known to the macro itself.
#[derive(Clone, Debug)]
pub struct Size {
    /// The expression.
    pub kind: SizeKind,
    /// Where it stands.
    pub place: Place,
}

impl Size {
    /// Whether there is a division in it.
    #[must_use]
    pub fn divides(&self) -> bool {
        match &self.kind {
            SizeKind::Literal(_) | SizeKind::Name(_) => false,
            SizeKind::Negate(inner) => inner.divides(),
            SizeKind::Binary { operator, left, right } => {
                *operator == Operator::Divide || left.divides() || right.divides()
            }
        }
    }
}

/// How a [`Size`] is written.
#[derive(Clone, Debug)]
pub enum SizeKind {
    /// `16`
    Literal(u64),
    /// The name of a `const` of the declaration.
    Name(Ident),
    /// `- size`
    Negate(Box<Size>),
    /// `left operator right`
    Binary { operator: Operator, left: Box<Size>, right: Box<Size> },
}

/// The arithmetic of sizes and of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Operator {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Add, Self::Subtract, Self::Multiply, Self::Divide];

    /// As it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }
}

/// `0.1 * mse(level)`
#[derive(Debug)]
pub struct LossTerm {
    /// The literal before `*`: 1 where there is none.
    pub weight: f64,
    /// Where the weight stands, if it does.
    pub weight_place: Option<Place>,
    /// The loss's keyword.
    pub name: Ident,
    /// The outputs that it reads, as written, before any named argument.
    pub outputs: Vec<Ident>,
    /// Named arguments.
    pub arguments: Vec<Argument>,
    /// The call, from the keyword to the closing parenthesis.
    pub place: Place,
}

/// `inference = 4 KiB`
#[derive(Debug)]
pub struct Limit {
    /// `parameters`, `inference`, `step` or `batch`.
    pub name: Ident,
    /// The number of bytes, once consts are known: the size times the unit.
    pub size: Size,
    /// 1, 1024 or 1024 * 1024.
    pub unit: u64,
    /// The whole limit.
    pub place: Place,
}

//! The rules of the language, each of which has messages of its own.
//!
//! An id is what tests and the guide of errors go by: `tests/ui` has a folder for each, and a test fails
//! where one is missing.

/// A part of the guide.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// Its rules, in the order of the guide.
    pub rules: &'static [Rule],
}

macro_rules! register_rules {
    ($($title:literal { $($rule:ident: $summary:literal,)* })*) => {
        /// What a declaration must keep to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[doc = $summary] $rule,)*)*
        }

        /// Every rule, as the guide has them.
        pub const SECTIONS: &[Section] = &[
            $(Section { title: $title, rules: &[$(Rule::$rule),*] },)*
        ];

        impl Rule {
            /// What must be so.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self {
                    $($(Self::$rule => $summary,)*)*
                }
            }
        }
    };
}

// Adding a rule adds a line here, and a folder with a case to `tests/ui/fail`.
register_rules! {
    "Statements and their grammar" {
        NoNetwork: "`network!` holds one struct with a name and braces, and nothing else",
        UnknownStatement: "a statement starts with one of ten keywords",
        StatementAttribute: "statements have no attributes and no documentation",
        MissingSemicolon: "every statement but `budget` ends with `;`",
        MissingName: "what declares something names it",
        MissingEquals: "a name and what it stands for are joined by `=`",
        MissingShape: "an input has its shape in brackets",
        MissingValue: "`=`, `->` and operators join values",
        MissingLayer: "`->` is followed by a layer",
        MissingArrow: "a value goes to a layer with `->`",
        MissingParentheses: "arguments stand in parentheses, limits in braces",
        MissingComma: "elements of a list are separated by `,`",
        MissingArgumentValue: "an argument has a value",
        UnexpectedToken: "whatever stands in a declaration has a place in its grammar",
        MixedOperators: "`->` does not mix with operators without parentheses",
        LayerAsValue: "a layer follows the value that it reads",
        LayerPath: "a layer is a single word",
        RustKeyword: "a keyword of Rust is a name only with `r#` before it",
        PositionalAfterNamed: "arguments with a name stand behind those without",
        NumberForm: "numbers have no suffix, no quotes, and fit 64 bits",
        WholeNumber: "sizes are whole numbers",
        UnknownUnit: "the units of a budget are `B`, `KiB` and `MiB`",
        LossForm: "a loss is a sum of calls, each with a number before it or none",
        BeyondLimits: "nesting, lengths and the number of layers have limits that no one reaches by hand",
    }
    "Names" {
        UnknownValue: "a value is defined above its first use",
        UnknownLayer: "a layer is in the catalogue, or is the label of one",
        UnknownLoss: "a loss is in the catalogue",
        UnknownDtype: "the scalars are `f32` or `f64`",
        WrongKind: "values, layers and consts do not stand for one another",
        DefinedTwice: "a name is defined once",
        ReservedName: "the words of layers and losses are no names",
        TakenLabel: "a label is no automatic name, and no name of the generated struct",
        SecondLabel: "a layer has one label",
        BlockLabel: "layers of a block have no labels: each use of it has one",
        UnusedValue: "something uses every value",
        UnusedConst: "something uses every const",
        UnusedBlock: "something uses every block",
        RepeatedSetting: "there is one `loss`, `dtype`, `tile`, `code` and `budget` at most",
    }
    "Arguments" {
        UnknownArgument: "a layer has the arguments that the catalogue says",
        MissingArgument: "what has no default is given",
        RepeatedArgument: "an argument is given once",
        ArgumentKind: "an argument is a number, a word, a list or a path, as it says",
        UnknownOption: "an argument or a setting that is a word has one of its words",
        ArgumentRange: "a number is within its range",
        ArgumentConflict: "arguments fit one another",
        SharedArguments: "a layer that is used again, or a block, has its arguments already",
    }
    "Sizes" {
        OutsideConst: "sizes are literals, or consts of the declaration",
        ZeroSize: "a size is at least 1",
        NegativeSize: "a size is not negative",
        SizeTooLarge: "sizes and shapes fit the address space of a 32-bit target",
        Division: "sizes are divided by anything but zero, and numbers not at all",
        EmptyShape: "a shape has one axis at least",
        NetworkTooLarge: "a network fits the address space of a 32-bit target",
    }
    "Shapes" {
        JoinShapes: "`+`, `-`, `*` and `/` join values of one shape",
        ConcatShapes: "`concat` joins values that are equal but along its axis",
        ConcatOperands: "`concat` joins two values at least",
        ReshapeCount: "`reshape` keeps the number of elements",
        LayerRank: "some layers need a value of one axis",
        WindowSize: "a window fits the planes that it moves over, padding included",
        SamePadding: "`padding = same` is the same on both sides",
        GroupCount: "groups divide the channels and the filters",
        AxisRange: "an axis is one that the value has",
        AxisOrder: "an axis is named once, and an order names all of them",
        SplitParts: "a value is split into as many parts as there are names for",
        SliceRange: "a slice is a part of its axis",
        TileStatistics: "a tile has a declared size, and more than one element of a channel, where its statistics are taken",
        LayerShape: "a layer fits the shape of what it reads",
        SharedShape: "weights that are used again fit what they are used on",
    }
    "Outputs and losses" {
        NoInput: "a network has an input",
        NoOutput: "a network has an output",
        RepeatedOutput: "a value is exposed once",
        NoSuchOutput: "a loss judges an output",
        LossOperands: "a loss judges one output",
        LossShape: "a loss fits the shape of its output",
        SingleClass: "a class is one of two at least",
        LogitsExpected: "a loss of logits reads what stands before the softmax or the sigmoid",
        ProbabilitiesExpected: "a loss of probabilities reads them in the form that it says",
        LossWeight: "the weight of a loss is finite, and more than 0",
        NothingTrainable: "a loss reaches something that can be trained",
    }
    "Budgets" {
        UnknownLimit: "a budget limits parameters, inference, a step or a batch",
        RepeatedLimit: "a limit is given once",
        BudgetExceeded: "a network keeps within its budget",
    }
    "Warnings" {
        UntrainedLayer: "a loss reaches every layer that can be trained",
        SquashedLogits: "no activation narrows the logits of a loss",
        NoProbabilities: "a loss of probabilities reads an activation that gives them",
        NoEffect: "an activation changes something",
    }
}

impl Rule {
    /// The id: the name of the rule in small letters.
    #[must_use]
    pub fn id(self) -> String {
        let mut id = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !id.is_empty() {
                id.push('_');
            }
            id.extend(letter.to_lowercase());
        }
        id
    }

    /// Whether shapes, parameters and memory are what was meant although the rule is broken: then what
    /// depends on them is checked all the same.
    #[must_use]
    pub fn spares_graph(self) -> bool {
        matches!(
            self,
            Self::StatementAttribute
                | Self::MissingSemicolon
                | Self::ReservedName
                | Self::TakenLabel
                | Self::SecondLabel
                | Self::UnusedConst
                | Self::RepeatedSetting
                | Self::RepeatedOutput
                | Self::TileStatistics
                | Self::LossWeight
                | Self::LogitsExpected
                | Self::ProbabilitiesExpected
                | Self::SingleClass
                | Self::NothingTrainable
                | Self::UnknownLimit
                | Self::RepeatedLimit
                | Self::BudgetExceeded
        )
    }
}

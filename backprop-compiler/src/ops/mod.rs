//! The ops. Each is one file that holds its arguments, shape rule, adjoint, cost, emission,
//! definition in plain f64 and documentation; [`LAYERS`] is their registry.

mod add;
mod concat;
mod conv;
mod conv_transpose;
mod divide;
pub mod elementwise;
mod geometry;
mod multiply;
mod norm;
mod pool;
mod recurrent;
mod reduce;
mod stream;
mod strided;
mod subtract;
mod torch;
mod view;
mod weights;
mod window;

use core::fmt::Debug;
use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub use self::add::Add;
pub use self::concat::Concat;
pub use self::divide::Divide;
pub use self::multiply::Multiply;
pub use self::stream::{ACROSS, Obstacle, Streamed};
pub use self::subtract::Subtract;
pub use self::torch::Torch;
use crate::diagnostics::Rule;
use crate::functions::Function;
use crate::graph::{Code, Dtype, Shape};
use crate::init::Init;
use crate::resolve::Arguments;

macro_rules! register_layers {
    ($($layer:ident)*) => {
        $(mod $layer;)*

        /// What may stand behind `->`, in alphabetical order.
        pub const LAYERS: &[Layer] = &[$($layer::LAYER),*];
    };
}

// Adding a layer adds its file, and a line here.
register_layers! {
    attention
    avg_pool1d
    avg_pool2d
    batch_norm
    celu
    conv1d
    conv2d
    conv_transpose1d
    conv_transpose2d
    custom
    dense
    depthwise_conv1d
    depthwise_conv2d
    dropout
    elu
    embedding
    flatten
    gelu
    global_avg_pool1d
    global_avg_pool2d
    global_max_pool1d
    global_max_pool2d
    glu
    group_norm
    gru
    hard_sigmoid
    hard_swish
    hard_tanh
    identity
    layer_norm
    leaky_relu
    log_sigmoid
    log_softmax
    lstm
    max
    max_pool1d
    max_pool2d
    mean
    mish
    pad
    positions
    prelu
    relu
    relu6
    reshape
    rms_norm
    rnn
    scale
    selu
    sigmoid
    silu
    slice
    soft_shrink
    softmax
    softplus
    softsign
    split
    sum
    tanh
    tanh_shrink
    transpose
    upsample
}

/// A keyword and how its arguments become an op.
pub struct Layer {
    /// The keyword.
    pub keyword: &'static str,
    /// What an editor shows and the catalogue says: arguments, formula, source.
    pub docs: &'static str,
    /// Ways to write it, each valid behind a value of [`example_shape`](Self::example_shape): what the catalogue
    /// shows and random declarations draw from.
    pub examples: &'static [&'static str],
    /// Of one axis where any value will do, or any of one axis of even length.
    pub example_shape: &'static [usize],
    /// Reads the arguments; `None` after an error that it reported.
    pub configure: fn(&mut Arguments<'_>) -> Option<Rc<dyn Op>>,
}

impl Layer {
    /// Its examples, each behind what brings a value to the shape that they read.
    pub fn list_chains(&self) -> impl Iterator<Item = String> {
        let axes: Vec<String> = self.example_shape.iter().map(ToString::to_string).collect();
        let start = format!("dense({})", self.example_shape.iter().product::<usize>());
        let start = match axes.len() {
            1 => start,
            _ => format!("{start} -> reshape({})", axes.join(", ")),
        };
        self.examples.iter().map(move |example| format!("{start} -> {example}"))
    }
}

/// With respect to what a gradient is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrt {
    /// The operand of that index.
    Input(usize),
    /// The parameter of that index.
    Parameter(usize),
}

/// One of the things that an op computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// Its output.
    Forward,
    /// What its gradients have in common.
    Delta,
    /// A gradient.
    Gradient(Wrt),
}

/// What a gradient reads besides the parameters and the gradient of the op's output.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reads {
    /// Operands, by index.
    pub inputs: &'static [usize],
    /// The op's own output.
    pub output: bool,
}

impl Reads {
    /// Nothing at all.
    pub const NOTHING: Self = Self { inputs: &[], output: false };
    /// The output alone: the pre-activation need not be kept.
    pub const OUTPUT: Self = Self { inputs: &[], output: true };
    /// The only operand.
    pub const INPUT: Self = Self { inputs: &[0], output: false };
    /// The only operand and the output.
    pub const BOTH: Self = Self { inputs: &[0], output: true };
}

/// An array of parameters.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The field's name: `weight`, `bias`.
    pub name: &'static str,
    /// One axis or two.
    pub shape: Vec<usize>,
    /// Whether training changes it.
    pub trainable: bool,
    /// Whether it is a statistic of the data, which moves towards that of each tile: no gradient of the loss changes it.
    pub statistic: bool,
    /// How it starts; without one, by the activation that follows.
    pub init: Option<Init>,
    /// How many inputs each output sums over.
    pub fan_in: usize,
    /// How many outputs each input reaches.
    pub fan_out: usize,
    /// The tensor that it is in PyTorch.
    pub torch: Torch,
}

impl Parameter {
    /// How many scalars it has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shape.iter().fold(1, |count, axis| count.saturating_mul(*axis))
    }

    /// Whether the gradient of the loss changes it.
    #[must_use]
    pub fn learns(&self) -> bool {
        self.trainable && !self.statistic
    }
}

/// Why shapes do not fit.
#[derive(Clone, Debug)]
pub struct Misfit {
    /// The rule that is broken.
    pub rule: Rule,
    /// What is wrong.
    pub headline: String,
    /// What to do.
    pub help: String,
}

/// The shape with these axes, of what is called so in the message, unless it is too large.
fn build_shape(axes: Vec<usize>, what: &str, help: &str) -> Result<Shape, Misfit> {
    Shape::new(axes).ok_or_else(|| Misfit {
        rule: Rule::SizeTooLarge,
        headline: format!("{what} has more scalars than any target can address"),
        help: help.to_owned(),
    })
}

/// The expressions of one call in the generated code.
///
/// All values are slices of rows, one row a sample.
pub struct Call<'a> {
    /// The operands' rows, to read; empty tokens for those that the call does not read.
    pub inputs: Vec<TokenStream>,
    /// The output's rows: to write in the forward pass, to read in the backward pass.
    pub output: TokenStream,
    /// The operand that stands in the same memory as the result, which is then updated in place.
    pub in_place: Option<usize>,
    /// References to the parameters.
    pub parameters: Vec<TokenStream>,
    /// The op's functions, in its order.
    pub functions: Vec<Ident>,
    /// Backward: the rows of dJ/dy.
    pub delta: TokenStream,
    /// Backward: the rows of dJ/dx to write.
    pub gradient: TokenStream,
    /// Backward: whether the result is set or added.
    pub store: TokenStream,
    /// Backward: where a parameter's gradient goes.
    pub sink: TokenStream,
    /// Backward, of a statistic: one over the samples of the batch.
    pub share: TokenStream,
    /// Rows to work in, as long as [`Op::count_scratch`] says: rows of nothing where it says 0.
    pub scratch: TokenStream,
    /// Rows that last from the forward pass to the gradients, as long as [`Op::count_saved`] says.
    pub saved: TokenStream,
    /// What the op keeps from one step to the next, where it says that it does.
    pub state: TokenStream,
    /// The step, the sample and the node that random numbers are a function of.
    pub pass: TokenStream,
    /// The operands' shapes.
    pub input_shapes: Vec<&'a Shape>,
    /// The output's shape.
    pub output_shape: &'a Shape,
}

impl Call<'_> {
    /// The second parameter, which a layer that sums may have: an `Option` of the generated code.
    fn emit_bias(&self) -> TokenStream {
        match self.parameters.get(1) {
            Some(bias) => quote!(::core::option::Option::Some(#bias)),
            None => quote!(::core::option::Option::None),
        }
    }
}

/// One kind of node.
pub trait Op: Debug {
    /// The word that declares it, or the operator's name.
    fn keyword(&self) -> &'static str;

    /// What its output is called in messages, where the keyword is no word of the language.
    fn result_name(&self) -> Option<&'static str> {
        None
    }

    /// The arguments that the topology depends on, as they would be written.
    fn settings(&self) -> String {
        String::new()
    }

    /// The output's shape.
    ///
    /// # Errors
    ///
    /// If the operands' shapes do not fit the op or one another.
    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit>;

    /// The output's shape all the same where it does not depend on what is wrong, so that one mistake
    /// is not reported again where the network is used.
    fn recover_shape(&self, _inputs: &[Option<&Shape>]) -> Option<Shape> {
        None
    }

    /// The parameters of the op for operands of these shapes.
    fn parameters(&self, _inputs: &[&Shape]) -> Vec<Parameter> {
        Vec::new()
    }

    /// How weights should start if this op comes next, where it matters.
    fn init_before(&self) -> Option<Init> {
        None
    }

    /// What every element of the output lies between; `None` where that is not known.
    fn range(&self) -> Option<RangeInclusive<f64>> {
        None
    }

    /// Why it has no effect on an operand of this shape whose elements lie in this range, if so.
    fn describe_idle(&self, _input: &Shape, _range: &RangeInclusive<f64>) -> Option<String> {
        None
    }

    /// How it is compiled, where it says so.
    fn code(&self) -> Option<Code> {
        None
    }

    /// Whether the output is the first operand under another shape: no code and no memory.
    fn is_view(&self) -> bool {
        false
    }

    /// What gives one of several names its part of the operand, if the op splits it.
    fn take_part(&self, _part: usize, _parts: usize) -> Option<Rc<dyn Op>> {
        None
    }

    /// What stands in its place in inference, where that is something else.
    fn for_inference(&self) -> Option<Rc<dyn Op>> {
        None
    }

    /// What stands in its place where single samples are differentiated, where that is something else.
    fn for_single_samples(&self) -> Option<Rc<dyn Op>> {
        None
    }

    /// What stands in its place where the network runs step by step, and time runs along this axis of all operands.
    ///
    /// # Errors
    ///
    /// If a step alone is not enough for it: why not.
    fn stream(&self, _inputs: &[&Shape], _axis: usize) -> Result<Streamed, Obstacle> {
        Err(stream::WHOLE)
    }

    /// The type of what it keeps from one step to the next, if it keeps anything.
    fn emit_state(&self, _inputs: &[&Shape], _scalar: &TokenStream) -> Option<TokenStream> {
        None
    }

    /// Whether training computes statistics of a tile, so that it depends on how many samples that is.
    fn takes_tile_statistics(&self) -> bool {
        false
    }

    /// Whether training draws random numbers: [`Call::pass`] says which.
    fn is_random(&self) -> bool {
        false
    }

    /// The operands that the output may overwrite.
    fn in_place_operands(&self) -> &'static [usize] {
        &[]
    }

    /// What the gradient reads.
    fn reads(&self, _wrt: Wrt) -> Reads {
        Reads::NOTHING
    }

    /// Scalars of each row that a call works in, and nobody looks at afterwards.
    fn count_scratch(&self, _work: Work, _inputs: &[&Shape], _dtype: Dtype) -> usize {
        0
    }

    /// Scalars of each row that the forward pass leaves for the gradients. Where there are any,
    /// [`emit_delta`](Self::emit_delta) turns them into what these have in common before the first of them.
    fn count_saved(&self, _inputs: &[&Shape]) -> usize {
        0
    }

    /// Whether dJ/dx of the operand may overwrite dJ/dy.
    fn gradient_in_place(&self, _operand: usize) -> bool {
        false
    }

    /// The functions of scalars that the calls hand to kernels.
    fn functions(&self) -> Vec<Function> {
        Vec::new()
    }

    /// Multiply-accumulates of the forward pass.
    fn count_macs(&self, _inputs: &[&Shape], _output: &Shape) -> u64 {
        0
    }

    /// The call that computes the output.
    fn emit_forward(&self, call: &Call<'_>) -> TokenStream;

    /// The call that computes, from dJ/dy and what was saved, the common part of all gradients, in its place.
    fn emit_delta(&self, _call: &Call<'_>) -> TokenStream {
        TokenStream::new()
    }

    /// The call that computes dJ/dx of an operand.
    fn emit_input_gradient(&self, operand: usize, call: &Call<'_>) -> TokenStream;

    /// The call that computes dJ/dw of a parameter.
    fn emit_parameter_gradient(&self, _parameter: usize, _call: &Call<'_>) -> TokenStream {
        TokenStream::new()
    }

    /// The definition, slow and obvious: what generated code is held against.
    fn evaluate(
        &self,
        inputs: &[&[f64]],
        shapes: &[&Shape],
        output: &Shape,
        parameters: &[&[f64]],
    ) -> Vec<f64>;

    /// The forward formula, of the names of the operands, the result and the layer.
    fn derive_forward(&self, inputs: &[&str], output: &str, layer: &str) -> String;

    /// The formula of what gradients have in common, of the same names.
    fn derive_delta(&self, _inputs: &[&str], _output: &str, _layer: &str) -> String {
        String::new()
    }

    /// The formula of a gradient, of the same names.
    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, layer: &str) -> String;
}

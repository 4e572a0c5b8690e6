//! Recurrent layers: `rnn`, `gru` and `lstm` are this op with different cells.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::weights::{SUMMED_ROWS, multiply_row};
use super::{
    ACROSS, Call, Misfit, Obstacle, Op, Parameter, Reads, Streamed, Torch, Work, Wrt, build_shape,
};
use crate::diagnostics::Rule;
use crate::emit::names::size;
use crate::graph::{Dtype, Shape};
use crate::init::{Init, Scale};
use crate::resolve::{Arguments, Training};

/// What happens at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// h = f(W x + b + U h + c), f being tanh or relu.
    Rnn { relu: bool },
    /// With a reset, an update and a new gate.
    Gru {
        /// Whether the reset gate comes before the product with the state.
        resets_before: bool,
    },
    /// With an input, a forget, a cell and an output gate, and a state of its own.
    Lstm,
}

impl Cell {
    /// The names of its gates, in PyTorch's order.
    fn gates(self) -> &'static [&'static str] {
        match self {
            Self::Rnn { .. } => &["h"],
            Self::Gru { .. } => &["r", "z", "n"],
            Self::Lstm => &["i", "f", "g", "o"],
        }
    }

    /// Scalars that are saved of a sequence.
    fn count_saved(self, steps: usize, units: usize) -> usize {
        let gates = steps * units * self.gates().len();
        let states = (steps + 1) * units;
        match self {
            Self::Rnn { .. } => gates + states,
            // What is handed to the state and to the input are not the same.
            Self::Gru { resets_before: false } => 2 * gates + states,
            // The states that were reset.
            Self::Gru { resets_before: true } => gates + states + steps * units,
            Self::Lstm => gates + 2 * states,
        }
    }

    fn emit(self) -> TokenStream {
        match self {
            Self::Rnn { relu } => quote!(rt::recurrent::Rnn { relu: #relu }),
            Self::Gru { resets_before: false } => quote!(rt::recurrent::Gru),
            Self::Gru { resets_before: true } => quote!(rt::recurrent::GruBefore),
            Self::Lstm => quote!(rt::recurrent::Lstm),
        }
    }

    /// What a step works in besides: a state that was reset, and the products with it.
    fn count_reset(self, units: usize) -> usize {
        if self == (Self::Gru { resets_before: true }) { 4 * units } else { 0 }
    }

    /// From the products of a step with its input and with the state to the next states.
    fn advance(self, from_input: &[f64], from_state: &[f64], hidden: &mut [f64], cell: &mut [f64]) {
        let units = hidden.len();
        let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
        for unit in 0..units {
            let sum =
                |gate: usize| from_input[gate * units + unit] + from_state[gate * units + unit];
            match self {
                Self::Rnn { relu: true } => hidden[unit] = sum(0).max(0.0),
                Self::Rnn { relu: false } => hidden[unit] = sum(0).tanh(),
                Self::Gru { .. } => {
                    let (reset, update) = (sigmoid(sum(0)), sigmoid(sum(1)));
                    let place = 2 * units + unit;
                    // Where it comes before the product, that is with the state that was reset already.
                    let reset =
                        if self == (Self::Gru { resets_before: true }) { 1.0 } else { reset };
                    let new = (from_input[place] + reset * from_state[place]).tanh();
                    hidden[unit] = (1.0 - update) * new + update * hidden[unit];
                }
                Self::Lstm => {
                    cell[unit] = sigmoid(sum(1)) * cell[unit] + sigmoid(sum(0)) * sum(2).tanh();
                    hidden[unit] = sigmoid(sum(3)) * cell[unit].tanh();
                }
            }
        }
    }
}

#[derive(Clone, Debug)]
struct Recurrent {
    keyword: &'static str,
    cell: Cell,
    units: usize,
    bidirectional: bool,
    /// Whether the output is the state after the last step alone.
    only_last: bool,
    /// 0 for never.
    truncation: usize,
    bias: bool,
    init: Option<Init>,
    bias_init: Option<Init>,
    training: Training,
    /// Whether nothing is saved.
    infers: bool,
    /// Whether it sees a step at a time, and remembers the state.
    remembers: bool,
}

/// The names of the parameters of each direction.
const PARAMETERS: [[&str; 4]; 2] = [
    ["weight_ih", "weight_hh", "bias_ih", "bias_hh"],
    ["weight_ih_reverse", "weight_hh_reverse", "bias_ih_reverse", "bias_hh_reverse"],
];
/// The same in PyTorch, whose modules may have several layers: of the first.
const TORCH: [[&str; 4]; 2] = [
    ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"],
    ["weight_ih_l0_reverse", "weight_hh_l0_reverse", "bias_ih_l0_reverse", "bias_hh_l0_reverse"],
];

/// `gru(units, ..)`
pub fn configure(
    arguments: &mut Arguments<'_>,
    keyword: &'static str,
    cell: Cell,
) -> Option<Rc<dyn Op>> {
    let units = arguments.take_size("units");
    let only_last = arguments.take_word("output", &["sequence", "last"]) == Some(1);
    let bidirectional = arguments.take_flag("bidirectional", false);
    let truncation = arguments.take_integer("truncation", 0);
    let bias = arguments.take_flag("bias", true);
    let init = arguments.take_init("init");
    let is_given = arguments.has("bias_init", false);
    let bias_init = arguments.take_bias_init(bias)?;
    let training = arguments.take_training(&[]);
    Some(Rc::new(Recurrent {
        keyword,
        cell,
        units: units?,
        bidirectional,
        only_last,
        truncation,
        bias,
        init,
        bias_init: is_given.then_some(bias_init),
        training,
        infers: false,
        remembers: false,
    }))
}

impl Recurrent {
    fn directions(&self) -> usize {
        1 + usize::from(self.bidirectional)
    }

    /// Columns of a weight.
    fn columns(&self) -> usize {
        self.units * self.cell.gates().len()
    }

    /// Parameters of a direction.
    fn count_arrays(&self) -> usize {
        if self.bias { 4 } else { 2 }
    }

    /// The direction of a parameter, and which of its arrays it is.
    fn place(&self, parameter: usize) -> (usize, usize) {
        (parameter / self.count_arrays(), parameter % self.count_arrays())
    }

    /// The parameter of a direction that is this array.
    fn emit_array(&self, direction: usize, array: usize, call: &Call<'_>) -> TokenStream {
        call.parameters[direction * self.count_arrays() + array].clone()
    }

    /// The cell, and how it goes through the sequence.
    fn emit_scan(&self, direction: usize, call: &Call<'_>) -> TokenStream {
        let [steps, features] = split_sequence(call.input_shapes[0]);
        let (steps, features, units) = (size(steps), size(features), size(self.units));
        let (only_last, truncation) = (self.only_last, size(self.truncation));
        let reversed = direction == 1;
        let (cell, directions) = (self.cell.emit(), size(self.directions()));
        let direction = size(direction);
        quote! {
            (#cell, rt::recurrent::Scan::<#features, #units> {
                steps: #steps,
                reversed: #reversed,
                direction: #direction,
                directions: #directions,
                only_last: #only_last,
                truncation: #truncation,
            })
        }
    }

    fn emit_weights(&self, direction: usize, call: &Call<'_>) -> TokenStream {
        let [input, hidden] = [0, 1].map(|array| self.emit_array(direction, array, call));
        let biases = [2, 3].map(|array| match self.bias {
            true => {
                let bias = self.emit_array(direction, array, call);
                quote!(::core::option::Option::Some(#bias))
            }
            false => quote!(::core::option::Option::None),
        });
        quote! {
            rt::recurrent::Weights { input: #input, hidden: #hidden, biases: [#(#biases),*] }
        }
    }

    /// A call for each direction.
    fn emit_each(&self, emit: impl Fn(usize) -> TokenStream) -> TokenStream {
        (0..self.directions()).map(emit).collect()
    }
}

/// Whether a value is a sequence.
///
/// # Errors
///
/// If not.
pub fn check_sequence(keyword: &str, shape: &Shape) -> Result<(), Misfit> {
    if shape.rank() == 2 {
        return Ok(());
    }
    Err(Misfit {
        rule: Rule::LayerRank,
        headline: format!(
            "`{keyword}` needs a sequence, `[steps, features]`, but this value is {shape}"
        ),
        help: match shape.rank() {
            1 => format!("put `reshape({}, 1) ->` before it", shape.count()),
            _ => "put a `reshape` or a `flatten` before it".to_owned(),
        },
    })
}

/// Steps, and scalars of each.
pub fn split_sequence(shape: &Shape) -> [usize; 2] {
    [shape.axes()[0], shape.axes()[1]]
}

impl Op for Recurrent {
    fn keyword(&self) -> &'static str {
        self.keyword
    }

    fn settings(&self) -> String {
        let mut settings = self.units.to_string();
        let words = [
            (self.cell == Cell::Rnn { relu: true }, ", activation = relu"),
            (self.cell == Cell::Gru { resets_before: true }, ", reset = before"),
            (self.only_last, ", output = last"),
            (self.bidirectional, ", bidirectional = true"),
            (!self.bias, ", bias = false"),
        ];
        settings.extend(words.into_iter().filter_map(|(given, word)| given.then_some(word)));
        settings
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        let shape = inputs[0];
        check_sequence(self.keyword, shape)?;
        let width = self.units.saturating_mul(self.directions());
        let axes = if self.only_last { vec![width] } else { vec![shape.axes()[0], width] };
        build_shape(axes, "the result", "use fewer units")
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        match self.cell {
            Cell::Rnn { relu: true } => Some(0.0..=f64::INFINITY),
            _ => Some(-1.0..=1.0),
        }
    }

    fn parameters(&self, inputs: &[&Shape]) -> Vec<Parameter> {
        let [_, features] = split_sequence(inputs[0]);
        let (units, columns) = (self.units, self.columns());
        // As PyTorch starts them, if nothing else is asked for: within 1/√units, whatever the input.
        let within = Init::ScaledUniform(Scale::In(1));
        let trainable = self.training.trains("weight");
        let matrix = |name, torch, rows: usize| Parameter {
            name,
            shape: vec![rows, columns],
            trainable,
            statistic: false,
            init: Some(self.init.unwrap_or(within)),
            fan_in: if self.init.is_some() { rows } else { units },
            fan_out: units,
            torch: Torch::transposed(torch, &[columns, rows]),
        };
        let vector = |name, torch| Parameter {
            name,
            shape: vec![columns],
            trainable,
            statistic: false,
            init: Some(self.bias_init.unwrap_or(within)),
            fan_in: units,
            fan_out: units,
            torch: Torch::in_order(torch, &[columns]),
        };
        let names = PARAMETERS.into_iter().zip(TORCH).take(self.directions());
        names
            .flat_map(|(names, torch)| {
                let weights =
                    [matrix(names[0], torch[0], features), matrix(names[1], torch[1], units)];
                let biases = [vector(names[2], torch[2]), vector(names[3], torch[3])];
                weights.into_iter().chain(biases).take(self.count_arrays())
            })
            .collect()
    }

    fn for_inference(&self) -> Option<Rc<dyn Op>> {
        (!self.infers).then(|| -> Rc<dyn Op> { Rc::new(Self { infers: true, ..self.clone() }) })
    }

    fn stream(&self, _inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        if axis != 0 {
            return Err(ACROSS);
        }
        if self.bidirectional {
            return Err("is bidirectional: it begins with the last step as well");
        }
        let op = Self { infers: true, remembers: true, ..self.clone() };
        Streamed::replace(op, (!self.only_last).then_some(axis))
    }

    fn emit_state(&self, _inputs: &[&Shape], scalar: &TokenStream) -> Option<TokenStream> {
        let units = size(self.units);
        let cell = size(if self.cell == Cell::Lstm { self.units } else { 0 });
        self.remembers.then(|| quote!(recurrent::State<#scalar, #units, #cell>))
    }

    fn reads(&self, wrt: Wrt) -> Reads {
        match wrt {
            Wrt::Parameter(index) if self.place(index).1 == 0 => Reads::INPUT,
            _ => Reads::NOTHING,
        }
    }

    fn count_saved(&self, inputs: &[&Shape]) -> usize {
        let [steps, _] = split_sequence(inputs[0]);
        if self.infers { 0 } else { self.cell.count_saved(steps, self.units) * self.directions() }
    }

    fn count_scratch(&self, work: Work, _inputs: &[&Shape], _dtype: Dtype) -> usize {
        match work {
            // The products with the state, and the states.
            Work::Forward if !self.infers => {
                self.columns() + 2 * self.units + self.cell.count_reset(self.units)
            }
            // Those with the input as well.
            Work::Forward if self.remembers => {
                2 * self.columns() + self.cell.count_reset(self.units)
            }
            Work::Forward => 2 * (self.columns() + self.units) + self.cell.count_reset(self.units),
            Work::Delta => 2 * self.units + self.cell.count_reset(self.units),
            Work::Gradient(Wrt::Parameter(index))
                if self.place(index).1 == 1 && self.cell.count_reset(1) > 0 =>
            {
                2 * SUMMED_ROWS * self.columns()
            }
            Work::Gradient(Wrt::Parameter(index)) if self.place(index).1 < 2 => {
                SUMMED_ROWS * self.columns()
            }
            Work::Gradient(_) => 0,
        }
    }

    fn count_macs(&self, inputs: &[&Shape], _output: &Shape) -> u64 {
        let [steps, features] = split_sequence(inputs[0]);
        let columns = (self.columns() as u64).saturating_mul(self.directions() as u64);
        columns.saturating_mul(steps as u64).saturating_mul((features + self.units) as u64)
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let Call { inputs, output: y, saved, scratch, .. } = call;
        let x = &inputs[0];
        if self.remembers {
            let (cell, weights, state) =
                (self.cell.emit(), self.emit_weights(0, call), &call.state);
            return quote!(rt::recurrent::step(simd, #cell, #weights, #state, #x, #y, #scratch););
        }
        self.emit_each(|direction| {
            let scan = self.emit_scan(direction, call);
            let weights = self.emit_weights(direction, call);
            if self.infers {
                quote!(rt::recurrent::forward(simd, #scan, #weights, #x, #y, #scratch);)
            } else {
                quote! {
                    rt::recurrent::forward_saving(simd, #scan, #weights, #x, #y, #saved, #scratch);
                }
            }
        })
    }

    fn emit_delta(&self, call: &Call<'_>) -> TokenStream {
        let Call { delta, saved, scratch, .. } = call;
        self.emit_each(|direction| {
            let scan = self.emit_scan(direction, call);
            let hidden = self.emit_array(direction, 1, call);
            quote! {
                rt::recurrent::compute_deltas(simd, #scan, #hidden, #delta, #saved, #scratch);
            }
        })
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let Call { gradient, saved, .. } = call;
        self.emit_each(|direction| {
            let scan = self.emit_scan(direction, call);
            let input = self.emit_array(direction, 0, call);
            let store = if direction == 0 { call.store.clone() } else { quote!(rt::Add) };
            quote!(rt::recurrent::input_gradient(simd, #scan, #store, #input, #saved, #gradient);)
        })
    }

    fn emit_parameter_gradient(&self, parameter: usize, call: &Call<'_>) -> TokenStream {
        let Call { inputs, saved, scratch, sink, .. } = call;
        let (direction, array) = self.place(parameter);
        let (scan, x) = (self.emit_scan(direction, call), &inputs[0]);
        match array {
            0 => quote! {
                rt::recurrent::input_weight_gradient(simd, #scan, #x, (#saved, #scratch), #sink);
            },
            1 => quote! {
                rt::recurrent::hidden_weight_gradient(simd, #scan, (#saved, #scratch), #sink);
            },
            _ => {
                let of_products = array == 3;
                quote!(rt::recurrent::bias_gradient(#scan, #of_products, #saved, #sink);)
            }
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        shapes: &[&Shape],
        output: &Shape,
        parameters: &[&[f64]],
    ) -> Vec<f64> {
        let [steps, features] = split_sequence(shapes[0]);
        let (units, width) = (self.units, self.units * self.directions());
        let mut y = vec![0.0; output.count()];
        for (direction, arrays) in parameters.chunks_exact(self.count_arrays()).enumerate() {
            let (mut hidden, mut cell) = (vec![0.0; units], vec![0.0; units]);
            for number in 0..steps {
                let step = if direction == 0 { number } else { steps - 1 - number };
                let x = &inputs[0][step * features..][..features];
                let [input_bias, state_bias] = [2, 3].map(|array| arrays.get(array).copied());
                let from_input = multiply_row(x, arrays[0], input_bias);
                let mut from_state = multiply_row(&hidden, arrays[1], state_bias);
                if self.cell == (Cell::Gru { resets_before: true }) {
                    let reset = |unit: usize| {
                        let sum = from_input[unit] + from_state[unit];
                        hidden[unit] / (1.0 + (-sum).exp())
                    };
                    let reset: Vec<f64> = (0..units).map(reset).collect();
                    let again = multiply_row(&reset, arrays[1], state_bias);
                    from_state.splice(2 * units.., again.into_iter().skip(2 * units));
                }
                self.cell.advance(&from_input, &from_state, &mut hidden, &mut cell);
                let row = if self.only_last { 0 } else { step };
                y[row * width + direction * units..][..units].copy_from_slice(&hidden);
            }
        }
        y
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, layer: &str) -> String {
        let (x, keyword, gates) = (inputs[0], self.keyword, self.cell.gates().join(", "));
        let last = if self.only_last { ", the last of them" } else { "" };
        format!("{output} = {keyword}({x}): the states h by its gates {gates} of {layer}{last}")
    }

    fn derive_delta(&self, _inputs: &[&str], output: &str, layer: &str) -> String {
        let gates = self.cell.gates().join(", ");
        format!(
            "δ of {gates} from dJ/d{output} and, step by step from the last, δ · {layer}.weight_hhᵀ"
        )
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], _output: &str, layer: &str) -> String {
        let x = inputs[0];
        let Wrt::Parameter(index) = wrt else {
            return format!("dJ/d{x} = δ · {layer}.weight_ihᵀ");
        };
        let (direction, array) = self.place(index);
        let name = PARAMETERS[direction][array];
        match array {
            0 => format!("dJ/d{layer}.{name} = Σ {x}ᵀ · δ"),
            1 => format!("dJ/d{layer}.{name} = Σ hᵀ · δ, of the states before"),
            _ => format!("dJ/d{layer}.{name} = Σ δ"),
        }
    }
}

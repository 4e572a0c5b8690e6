//! Every op, join and loss against central differences in f64.

use backprop::{
    Activation, Differentiable, Error, Network, Parameters, Random, Rng, Trainable, Zero, network,
};

/// Central differences of the fourth order: the error is far below the tolerance.
fn differentiate(mut loss: impl FnMut(f64) -> f64) -> f64 {
    let step = 1e-3;
    let near = loss(step) - loss(-step);
    let far = loss(2.0 * step) - loss(-2.0 * step);
    (8.0 * near - far) / (12.0 * step)
}

fn assert_close(actual: f64, expected: f64, what: &str) {
    let scale = expected.abs().max(1e-2);
    assert!((actual - expected).abs() <= 1e-6 * scale, "{what}: {actual} is not {expected}");
}

/// dJ/dw of the network's own loss, for several seeds; and that `backward` adds to what is there.
fn check_loss<N>(
    build: impl Fn(u64) -> N,
    input: impl Fn(&mut Rng) -> N::Input,
    target: impl Fn(&mut Rng) -> N::Target,
) where
    N: Trainable + Network<Scalar = f64>,
{
    for seed in 0..3 {
        let random = &mut Rng::new(seed + 100);
        let mut network = build(seed);
        let (input, target) = (input(random), target(random));
        let mut workspace = N::Workspace::ZERO;
        let workspace = &mut workspace;
        let mut gradient = N::Gradient::ZERO;
        gradient.as_mut_slice().fill(1.0);
        let loss = network.backward(&input, &target, &mut gradient, workspace).unwrap();
        assert_eq!(loss, network.loss(&input, &target, workspace).unwrap());
        assert_eq!(gradient.as_slice().len(), network.as_slice().len());
        for index in 0..gradient.as_slice().len() {
            let weight = network.as_slice()[index];
            let expected = differentiate(|shift| {
                network.as_mut_slice()[index] = weight + shift;
                network.loss(&input, &target, workspace).unwrap()
            });
            network.as_mut_slice()[index] = weight;
            assert_close(gradient.as_slice()[index] - 1.0, expected, &format!("parameter {index}"));
        }
    }
}

/// dJ/dw and dJ/dx from dJ/dy, where J is the sum of the outputs, each with a weight of its own.
fn check_from<N, const I: usize, const O: usize>(build: impl Fn(u64) -> N)
where
    N: Differentiable<Scalar = f64, Input = [f64; I], Output = [f64; O]> + Parameters<Scalar = f64>,
{
    for seed in 0..3 {
        let random = &mut Rng::new(seed + 200);
        let mut network = build(seed);
        let mut input: [f64; I] = draw(random);
        let weights: [f64; O] = draw(random);
        let mut workspace = N::Workspace::ZERO;
        let workspace = &mut workspace;
        let mut gradient = N::Gradient::ZERO;
        let mut input_gradient = [7.0; I];
        network.backward_from_to_input(
            &input,
            &weights,
            &mut gradient,
            &mut input_gradient,
            workspace,
        );
        let mut without = N::Gradient::ZERO;
        network.backward_from(&input, &weights, &mut without, workspace);
        assert_eq!(without.as_slice(), gradient.as_slice());
        let mut judge = |network: &N, input: &[f64; I]| -> f64 {
            let output = network.forward(input, workspace);
            output.iter().zip(&weights).map(|(output, weight)| output * weight).sum()
        };
        for index in 0..I {
            let middle = input[index];
            let expected = differentiate(|shift| {
                input[index] = middle + shift;
                judge(&network, &input)
            });
            input[index] = middle;
            assert_close(input_gradient[index], expected, &format!("input {index}"));
        }
        for index in 0..gradient.as_slice().len() {
            let weight = network.as_slice()[index];
            let expected = differentiate(|shift| {
                network.as_mut_slice()[index] = weight + shift;
                judge(&network, &input)
            });
            network.as_mut_slice()[index] = weight;
            assert_close(gradient.as_slice()[index], expected, &format!("parameter {index}"));
        }
    }
}

/// Values from -1 to 1 that keep away from 0, where ReLU has its kink.
fn draw<const N: usize>(random: &mut Rng) -> [f64; N] {
    core::array::from_fn(|_| {
        let value = f64::from(random.below(1_000)) / 1_000.0;
        if random.below(2) == 0 { 0.1 + 0.9 * value } else { -0.1 - 0.9 * value }
    })
}

/// A network whose biases are drawn too.
fn build<N: backprop::BoxedNetwork + Parameters<Scalar = f64>>(seed: u64) -> N {
    let mut network = *N::boxed(seed);
    let random = &mut Rng::new(seed + 300);
    for value in network.as_mut_slice() {
        *value += 0.1 * draw::<1>(random)[0];
    }
    network.into_inner()
}

macro_rules! check_layers {
    ($($test:ident $name:ident: $inputs:literal => $outputs:literal { $($declaration:tt)* })*) => { $(
        network! {
            struct $name { dtype f64; $($declaration)* }
        }

        #[test]
        fn $test() {
            check_from::<$name, $inputs, $outputs>(build);
        }
    )* };
}

check_layers! {
    dense_and_identity Dense: 3 => 2 {
        input x: [3]; output y = x -> dense(4) -> identity -> dense(2, bias = false);
    }
    relu Relu: 3 => 2 { input x: [3]; output y = x -> dense(5) -> relu -> dense(2); }
    relu_of_an_input ReluFirst: 3 => 3 { input x: [3]; output y = x -> relu; }
    sigmoid Sigmoid: 3 => 2 { input x: [3]; output y = x -> sigmoid -> dense(2) -> sigmoid; }
    tanh Tanh: 3 => 2 { input x: [3]; output y = x -> dense(4) -> tanh -> dense(2) -> tanh; }
    softmax Softmax: 3 => 4 { input x: [3]; output y = x -> softmax -> dense(4) -> softmax; }
    flatten_and_reshape Views: 6 => 2 {
        input x: [2, 3];
        output y = x -> flatten -> dense(4) -> reshape([2, 2]) -> tanh -> reshape(4) -> dense(2);
    }
    add Sum: 3 => 3 { input x: [3]; let a = x -> dense(3) -> tanh; output y = a + x + (a -> dense(3)); }
    add_to_itself Twice: 3 => 3 { input x: [3]; let a = x -> dense(3); output y = (a + a) -> tanh; }
    multiply Product: 3 => 3 {
        input x: [3]; let a = x -> dense(3); output y = (a * x * (a -> sigmoid)) -> tanh;
    }
    multiply_by_itself Square: 3 => 3 { input x: [3]; let a = x -> dense(3); output y = a * a; }
    concat_flat Concat: 3 => 2 {
        input x: [3]; output y = concat(x, x -> dense(2) -> tanh, x) -> dense(2);
    }
    concat_inner_axis ConcatInner: 6 => 2 {
        input x: [2, 3];
        let a = x -> flatten -> dense(4) -> reshape([2, 2]);
        output y = concat(x, a -> tanh, x -> sigmoid, axis = 1) -> flatten -> dense(2);
    }
    concat_of_many ConcatMany: 2 => 22 {
        input x: [2];
        output y = concat(x, x -> tanh, x, x -> sigmoid, x, x, x -> relu, x, x -> tanh, x, x) -> tanh;
    }
    concat_of_many_values ConcatLong: 2 => 24 {
        input x: [2];
        let a = x -> tanh;
        let b = a -> tanh;
        let c = b -> sigmoid;
        let d = c -> tanh;
        let e = d -> tanh;
        let f = e -> sigmoid;
        let g = f -> tanh;
        let h = g -> tanh;
        let i = h -> sigmoid;
        let j = i -> dense(2);
        let k = j -> tanh;
        output y = concat(a, b, c, d, e, f, g, h, i, j, k, a) -> tanh;
    }
    shared_weights Shared: 3 => 3 {
        input x: [3]; output y = x -> dense(3) as mix -> tanh -> mix -> tanh -> mix;
    }
    custom Custom: 3 => 2 {
        input x: [3];
        output y = x -> dense(4) -> custom(Wave) -> custom(crate::Exponential) -> dense(2) -> custom(Wave);
    }
    prelu Prelu: 4 => 4 {
        input x: [4];
        output y = x -> dense(4) -> prelu -> reshape([2, 2]) -> prelu(2) -> flatten -> prelu(4) as own;
    }
    glu Glu: 4 => 2 {
        input x: [4];
        output y = x -> dense(24) -> reshape([2, 4, 3]) -> glu(axis = 1) -> flatten -> dense(8)
            -> reshape([2, 4]) -> glu -> flatten -> glu;
    }
    an_output_that_is_used_again Reused: 2 => 2 {
        input x: [2]; let a = x -> dense(2) -> tanh; output y = (a -> dense(2)) + a;
    }
}

/// The sine of twice the input.
struct Wave;

impl Activation<f64> for Wave {
    fn value(x: f64) -> f64 {
        (2.0 * x).sin()
    }

    fn derivative(x: f64, _y: f64) -> f64 {
        2.0 * (2.0 * x).cos()
    }
}

/// e^x, whose derivative is its value.
struct Exponential;

impl Activation<f64> for Exponential {
    fn value(x: f64) -> f64 {
        x.exp()
    }

    fn derivative(_x: f64, y: f64) -> f64 {
        y
    }
}

macro_rules! check_losses {
    ($($test:ident $name:ident: $inputs:literal, $target:expr => { $($declaration:tt)* })*) => { $(
        network! {
            struct $name { dtype f64; $($declaration)* }
        }

        #[test]
        fn $test() {
            check_loss::<$name>(build, draw::<$inputs>, $target);
        }
    )* };
}

/// Probabilities that add up to 1.
fn draw_probabilities<const N: usize>(random: &mut Rng) -> [f64; N] {
    let values = draw::<N>(random).map(f64::abs);
    let sum: f64 = values.iter().sum();
    values.map(|value| value / sum)
}

check_losses! {
    mse MeanSquares: 3, draw::<4> => {
        input x: [3]; output y = x -> dense(4) -> tanh; loss mse(y);
    }
    cross_entropy Classes: 3, |random| random.below(4) => {
        input x: [3]; output y = x -> dense(5) -> relu -> dense(4); loss cross_entropy(y);
    }
    cross_entropy_smoothed Smoothed: 3, |random| random.below(4) => {
        input x: [3]; output y = x -> dense(4); loss cross_entropy(y, smoothing = 0.1);
    }
    cross_entropy_of_probabilities Probable: 3, draw_probabilities::<4> => {
        input x: [3]; output y = x -> dense(4);
        loss cross_entropy(y, target = probabilities, smoothing = 0.2);
    }
    a_weighted_sum_of_losses Weighted: 3, |random| WeightedTarget {
        word: random.below(4),
        level: draw(random),
    } => {
        input x: [3];
        let a = x -> dense(6) -> tanh;
        output word = a -> dense(4);
        output level = a -> dense(2);
        loss cross_entropy(word) + 0.25 * mse(level) + 3 * mse(level);
    }
    two_targets_of_one_output Both: 3, |random| BothTarget {
        y_class: random.below(4),
        y_values: draw(random),
    } => {
        input x: [3]; output y = x -> dense(4); loss cross_entropy(y) + 0.5 * mse(y);
    }
    frozen_layers_pass_gradients Frozen: 3, draw::<2> => {
        input x: [3];
        output y = x -> dense(4) -> tanh -> dense(4, trainable = false) -> tanh
            -> dense(3, trainable = bias) -> tanh -> dense(2, trainable = weight);
        loss mse(y);
    }
    shared_and_deep SharedLoss: 3, draw::<3> => {
        input x: [3]; output y = x -> dense(3) as mix -> tanh -> mix -> sigmoid -> mix; loss mse(y);
    }
}

network! {
    /// Two inputs, and an output that no loss reaches.
    struct Pair {
        dtype f64;
        input left: [3];
        input right: [2];
        output y = concat(left -> dense(4), right) -> tanh -> dense(3);
        output p = y -> softmax;
        loss mse(y);
    }
}

#[test]
fn several_inputs_and_outputs() -> Result<(), Error> {
    let pair = |random: &mut Rng| PairInput { left: draw(random), right: draw(random) };
    check_loss::<Pair>(build, pair, draw::<3>);
    let mut network: Pair = build(1);
    let (input, mut workspace) = (pair(&mut Rng::new(5)), PairWorkspace::new());
    let output = network.forward(&input);
    assert!((output.p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    // dJ/dy of every output counts, of those without a loss as well.
    let seeds = PairOutput { y: [0.5, -1.0, 2.0], p: [1.0, 3.0, -2.0] };
    let mut gradient = PairGradient::default();
    let mut input_gradient = PairInput::ZERO;
    network.backward_from_to_input_with(
        &input,
        &seeds,
        &mut gradient,
        &mut input_gradient,
        &mut workspace,
    );
    let judge = |network: &Pair, input: &PairInput| {
        let output = network.forward(input);
        let products = |left: &[f64], right: &[f64]| -> f64 {
            left.iter().zip(right).map(|(left, right)| left * right).sum()
        };
        products(&output.y, &seeds.y) + products(&output.p, &seeds.p)
    };
    for index in 0..gradient.as_slice().len() {
        let weight = network.as_slice()[index];
        let expected = differentiate(|shift| {
            network.as_mut_slice()[index] = weight + shift;
            judge(&network, &input)
        });
        network.as_mut_slice()[index] = weight;
        assert_close(gradient.as_slice()[index], expected, "parameter");
    }
    let mut shifted = input.clone();
    for index in 0..2 {
        let expected = differentiate(|shift| {
            shifted.right[index] = input.right[index] + shift;
            judge(&network, &shifted)
        });
        shifted.right[index] = input.right[index];
        assert_close(input_gradient.right[index], expected, "right");
    }
    Ok(())
}

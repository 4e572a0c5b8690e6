//! Sizes, names and constants, and memory that can stand in a `static`.

use std::sync::Mutex;

use backprop::L2;

use super::initialisation::StartsGradient;
use super::*;

#[test]
fn parameters_are_visited_in_declared_order() {
    let network = single::Frozen::new(12);
    let mut visited = Vec::new();
    network.visit_parameters(|name, shape, values| {
        visited.push((name, shape.to_vec(), values.to_vec()));
    });
    let expected = [
        ("trunk.weight", vec![3, 4], network.frozen.trunk.weight.as_flattened().to_vec()),
        ("trunk.bias", vec![4], network.frozen.trunk.bias.to_vec()),
        ("neck.weight", vec![4, 3], network.frozen.neck.weight.as_flattened().to_vec()),
        ("neck.bias", vec![3], network.neck.bias.to_vec()),
        ("head.weight", vec![3, 2], network.head.weight.as_flattened().to_vec()),
        ("head.bias", vec![2], network.frozen.head.bias.to_vec()),
    ];
    assert_eq!(visited, expected);
    // A shared layer once, and labels beside automatic names.
    let mut names = Vec::new();
    single::Shared::ZERO.visit_parameters(|name, _, _| names.push(name));
    assert_eq!(names, ["mix.weight", "mix.bias", "dense1.weight", "dense1.bias"]);
}

#[test]
fn constants_tell_the_sizes() {
    macro_rules! check_sizes {
        ($module:ident, $name:ident, $workspace:ident, $gradient:ident, $scalar:ty) => {{
            use $module::{$gradient, $name, $workspace};
            let mut visited = 0;
            <$name>::ZERO.visit_parameters(|_, shape, values| {
                assert_eq!(shape.iter().product::<usize>(), values.len());
                visited += values.len();
            });
            assert_eq!(<$name>::PARAMETERS, visited);
            assert_eq!(<$name>::PARAMETER_BYTES, visited * size_of::<$scalar>());
            assert_eq!(<$name>::PARAMETER_BYTES, size_of::<$name>());
            assert_eq!(<$name>::TRAINABLE_PARAMETERS, <$name>::ZERO.as_slice().len());
            assert_eq!(
                <$name>::TRAINABLE_PARAMETERS * size_of::<$scalar>(),
                size_of::<$gradient>()
            );
            assert_eq!(<$name>::INFERENCE_BYTES, size_of::<$workspace<Inference>>());
            assert_eq!(<$name>::STEP_BYTES, size_of::<$workspace<Step>>());
            assert_eq!(<$name>::BATCH_BYTES, size_of::<$workspace>());
            assert_eq!(<$name>::TILE, 4);
            [<$name>::PARAMETERS, <$name>::TRAINABLE_PARAMETERS, <$name>::MACS as usize]
        }};
    }
    let plain = check_sizes!(single, Plain, PlainWorkspace, PlainGradient, f32);
    assert_eq!(plain, [20 + 24 + 10, 54, 15 + 20 + 8]);
    let shared = check_sizes!(double, Shared, SharedWorkspace, SharedGradient, f64);
    assert_eq!(shared, [12 + 8, 20, 3 * 9 + 6]);
    let frozen = check_sizes!(double, Frozen, FrozenWorkspace, FrozenGradient, f64);
    assert_eq!(frozen, [16 + 15 + 8, 3 + 6, 12 + 12 + 6]);
    // On paper: the input is borrowed, 5 and 4 values stand side by side, 2 take the place of the 5.
    assert_eq!(single::Plain::INFERENCE_BYTES, 9 * 4);
}

#[test]
fn everything_can_stand_in_a_static() {
    type Momentum = Sgd<f32, SlotCount<1>, L2>;
    static NETWORK: Mutex<Classifier> = Mutex::new(Classifier::ZERO);
    static OPTIMIZER: Mutex<Optimizer<Momentum, ClassifierGradient>> =
        Mutex::new(Optimizer::new(Sgd::new(0.1).momentum(0.9).nesterov().weight_decay(1e-4)));
    static WORKSPACE: Mutex<ClassifierWorkspace> = Mutex::new(ClassifierWorkspace::new());
    let mut network = NETWORK.lock().unwrap();
    network.init(&mut Rng::new(1));
    let mut optimizer = OPTIMIZER.lock().unwrap();
    let workspace = &mut *WORKSPACE.lock().unwrap();
    let (inputs, targets) = ([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [2, 0, 1]);
    for _ in 0..100 {
        network.train_batch_with(&inputs, &targets, &mut *optimizer, workspace).unwrap();
    }
    assert_eq!(network.accuracy_with(&inputs, &targets, workspace), Ok(1.0));
    assert_eq!(optimizer.steps(), 100);
}

#[test]
fn debug_output_is_short() {
    let network = single::Frozen::new(1);
    assert_eq!(format!("{network:?}"), "Frozen { 39 parameters, x [3] → y [2] }");
    assert_eq!(
        format!("{:?}", Classifier::ZERO),
        "Classifier { 31 parameters, x [3] → class [3] }"
    );
    assert_eq!(format!("{:?}", ClassifierWorkspace::<Step>::new()), "ClassifierWorkspace { .. }");
    let optimizer: Optimizer<_, ClassifierGradient> = Optimizer::new(Sgd::new(0.5_f32));
    let described = format!("{optimizer:?}");
    assert!(described.starts_with("Optimizer { rule: Sgd { rate: 0.5,"), "{described}");
    for text in [described, format!("{:?}", network.frozen), format!("{:?}", StartsGradient::ZERO)]
    {
        assert!(text.len() < 200, "{text}");
    }
}

#[test]
fn small_code_changes_no_bit_and_no_fingerprint() {
    network! {
        struct Fast {
            input x: [9];
            output y = x -> dense(10) -> tanh -> dense(8) -> relu -> dense(1);
            loss mse(y);
        }
    }
    network! {
        struct Small {
            code = small;
            input x: [9];
            output y = x -> dense(10) -> tanh -> dense(8, code = fast) -> relu -> dense(1);
            loss mse(y);
        }
    }
    assert_eq!(Fast::FINGERPRINT, Small::FINGERPRINT);
    let (mut fast, mut small) = (Fast::new(3), Small::new(3));
    let (mut fast_rule, mut small_rule) =
        (Optimizer::new(Adam::new(0.1)), Optimizer::new(Adam::new(0.1)));
    let inputs: [[f32; 9]; 5] = core::array::from_fn(|row| [row as f32 / 3.0; 9]);
    let targets = inputs.map(|[x, ..]| [x * x]);
    for (x, target) in inputs.iter().zip(&targets) {
        fast.train_step(x, target, &mut fast_rule).unwrap();
        small.train_step(x, target, &mut small_rule).unwrap();
    }
    fast.train_batch(&inputs, &targets, &mut fast_rule).unwrap();
    small.train_batch(&inputs, &targets, &mut small_rule).unwrap();
    assert_eq!(fast.as_slice(), small.as_slice());
    assert_eq!(fast.forward(&inputs[1]), small.forward(&inputs[1]));
}

//! Networks as bytes: what is written is read, at run time and by the compiler, and nothing else is.
//!
//! `BLESS=1 cargo test --test checkpoint` writes the file that the compiler reads.

#[path = "checkpoint/damage.rs"]
mod damage;
#[path = "checkpoint/files.rs"]
mod files;
#[path = "checkpoint/source.rs"]
mod source;
#[path = "checkpoint/training.rs"]
mod training;

use std::path::Path;

use backprop::{CheckpointError, Optimizer, Parameters, Sgd, Step, include_weights, network};

network! {
    /// Exclusive or.
    struct Xor {
        input x: [2];
        output y = x -> dense(8) -> tanh -> dense(1) -> sigmoid;
        loss mse(y);
    }
}

/// The same topology: only the last layer is trained any more, and nobody's loss is asked for.
mod deployed {
    backprop::network! {
        /// Exclusive or, in flash.
        pub struct Xor {
            input x: [2];
            output y = x -> dense(8, trainable = false) -> tanh -> dense(1, trainable = weight) -> sigmoid;
            loss mae(y);
            tile = 2;
        }
    }
}

mod f64s {
    backprop::network! {
        /// Exclusive or, precisely.
        pub struct Xor {
            dtype f64;
            input x: [2];
            output y = x -> dense(8) -> tanh -> dense(1) -> sigmoid;
            loss mse(y);
        }
    }
}

const FILE: &str = "tests/fixtures/xor.weights";

static FROZEN: deployed::XorFrozen = include_weights!(deployed::XorFrozen, "fixtures/xor.weights");
/// The compiler's reading of the file.
static WHOLE: Xor = include_weights!(Xor, "fixtures/xor.weights");

/// Exclusive or, learnt.
fn train() -> Xor {
    let mut xor = Xor::new(1);
    let mut optimizer = Optimizer::new(Sgd::new(1.0));
    let inputs = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
    for _ in 0..5_000 {
        xor.train_batch(&inputs, &[[0.0], [1.0], [1.0], [0.0]], &mut optimizer).unwrap();
    }
    xor
}

fn write() -> [u8; Xor::CHECKPOINT_BYTES] {
    let mut bytes = [0; Xor::CHECKPOINT_BYTES];
    WHOLE.write_checkpoint(&mut bytes);
    bytes
}

#[test]
fn the_file_holds_a_network_that_has_learnt() {
    if std::env::var_os("BLESS").is_some() {
        let mut bytes = [0; Xor::CHECKPOINT_BYTES];
        train().write_checkpoint(&mut bytes);
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE), bytes).unwrap();
    }
    let file = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE)).unwrap();
    assert_eq!(file, write());
    assert!(WHOLE.forward(&[0.0, 1.0])[0] > 0.9);
    assert!(WHOLE.forward(&[1.0, 1.0])[0] < 0.1);
}

#[test]
fn a_checkpoint_restores_every_bit() {
    let mut read = Xor::new(2);
    assert_eq!(read.load(&write()), Ok(()));
    let bits = |xor: &Xor| xor.as_slice().iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&read), bits(&WHOLE));
}

/// `load` sums by the processor's product where it can, `include_weights!` by tables: they take and refuse the same.
#[test]
fn a_program_and_the_compiler_refuse_the_same() {
    let bytes = write();
    let check = |bytes: &[u8]| {
        let (mut running, mut constant) = (Xor::new(5), Xor::new(5));
        let result = running.load(bytes);
        assert_eq!(constant.load_const(bytes), result);
        assert_eq!(running, constant);
        assert_eq!(running != Xor::new(5), result.is_ok());
        result
    };
    assert_eq!(check(&bytes), Ok(()));
    for bit in 0..8 * bytes.len() {
        let mut damaged = bytes;
        damaged[bit / 8] ^= 1 << (bit % 8);
        check(&damaged).expect_err("a flipped bit");
    }
    for length in 0..bytes.len() {
        check(&bytes[..length]).expect_err("bytes are missing");
    }
}

#[test]
fn f64_is_written_as_f64() {
    let network = f64s::Xor::new(3);
    let mut bytes = [0; f64s::Xor::CHECKPOINT_BYTES];
    network.write_checkpoint(&mut bytes);
    let mut read = f64s::Xor::ZERO;
    assert_eq!(read.load(&bytes), Ok(()));
    assert_eq!(read, network);
    assert_eq!(Xor::new(4).load(&bytes), Err(CheckpointError::OtherScalar));
}

#[test]
fn one_file_is_split_between_flash_and_memory() {
    let mut split = include_weights!(deployed::Xor, frozen = FROZEN, "fixtures/xor.weights");
    assert_eq!(FROZEN.dense1.weight, WHOLE.dense1.weight);
    assert_eq!(FROZEN.dense1.bias, WHOLE.dense1.bias);
    assert_eq!(FROZEN.dense2.bias, WHOLE.dense2.bias);
    assert_eq!(split.dense2.weight, WHOLE.dense2.weight);
    assert_eq!(split.forward(&[0.0, 1.0]), WHOLE.forward(&[0.0, 1.0]));

    // What is learnt over the frozen block goes into a file of the whole, which the whole reads.
    let mut workspace = deployed::XorWorkspace::<Step>::new();
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    split.train_step_with(&[0.0, 1.0], &[0.5], &mut optimizer, &mut workspace).unwrap();
    assert_ne!(split.dense2.weight, WHOLE.dense2.weight);
    let mut bytes = [0; deployed::Xor::CHECKPOINT_BYTES];
    split.write_checkpoint(&mut bytes);
    let mut whole = Xor::ZERO;
    assert_eq!(whole.load(&bytes), Ok(()));
    assert_eq!(whole.dense2.weight, split.dense2.weight);
    assert_eq!(whole.dense1.weight, FROZEN.dense1.weight);
    assert_eq!(split.load_trainable(&write()), Ok(()));
    assert_eq!(split.dense2.weight, WHOLE.dense2.weight);
}

/// Networks that are nearly the same, each written and offered to the first.
macro_rules! offer {
    ($($module:ident { $($declaration:tt)* })*) => {
        $(
            mod $module {
                backprop::network! {
                    /// Another.
                    pub struct Other { $($declaration)* }
                }
            }
        )*

        fn offer_others() -> Vec<(&'static str, Result<(), CheckpointError>)> {
            vec![$({
                let mut bytes = [0; $module::Other::CHECKPOINT_BYTES];
                $module::Other::new(1).write_checkpoint(&mut bytes);
                let mut xor = WHOLE.clone();
                let result = xor.load(&bytes);
                assert!(result.is_ok() || xor == WHOLE, "changed by a refused checkpoint");
                (stringify!($module), result)
            }),*]
        }
    };
}

offer! {
    renamed_struct { input x: [2]; output y = x -> dense(8) -> tanh -> dense(1) -> sigmoid; }
    other_loss { input x: [2]; output y = x -> dense(8) -> tanh -> dense(1) -> sigmoid; loss mae(y); }
    other_start { input x: [2]; output y = x -> dense(8, init = he_normal) -> tanh -> dense(1) -> sigmoid; }
    wider { input x: [2]; output y = x -> dense(9) -> tanh -> dense(1) -> sigmoid; }
    transposed { input x: [8]; output y = x -> dense(2) -> tanh -> dense(3) -> sigmoid; }
    no_bias { input x: [2]; output y = x -> dense(8) -> tanh -> dense(1, bias = false) -> sigmoid; }
    other_activation { input x: [2]; output y = x -> dense(8) -> relu -> dense(1) -> sigmoid; }
    no_activation { input x: [2]; output y = x -> dense(8) -> dense(1) -> sigmoid; }
    other_end { input x: [2]; output y = x -> dense(8) -> tanh -> dense(1); }
    other_label { input x: [2]; output y = x -> dense(8) as hidden -> tanh -> dense(1) -> sigmoid; }
    deeper { input x: [2]; output y = x -> dense(8) -> tanh -> dense(8) -> tanh -> dense(1) -> sigmoid; }
    reordered { input x: [2]; output y = x -> dense(1) -> tanh -> dense(8) -> sigmoid; }
    other_input { input z: [2]; output y = z -> dense(8) -> tanh -> dense(1) -> sigmoid; }
    two_inputs { input a: [1]; input b: [1]; output y = concat(a, b) -> dense(8) -> tanh -> dense(1) -> sigmoid; }
    residual { input x: [2]; let h = x -> dense(8) -> tanh; output y = (h + h) -> dense(1) -> sigmoid; }
    normed { input x: [2]; output y = x -> dense(8) -> layer_norm -> tanh -> dense(1) -> sigmoid; }
    other_slope { input x: [2]; output y = x -> dense(8) -> leaky_relu(negative_slope = 0.1) -> dense(1) -> sigmoid; }
    dropped { input x: [2]; output y = x -> dense(8) -> tanh -> dropout(0.5) -> dense(1) -> sigmoid; }
    two_outputs { input x: [2]; output y = x -> dense(8) -> tanh -> dense(1) -> sigmoid; output z = y -> identity; }
    double { dtype f64; input x: [2]; output y = x -> dense(8) -> tanh -> dense(1) -> sigmoid; }
    convolved { input x: [1, 2]; output y = x -> conv1d(8, kernel = 1) -> flatten -> dense(1) -> sigmoid; }
    recurrent { input x: [1, 2]; output y = x -> rnn(8, output = last) -> dense(1) -> sigmoid; }
    doubled { input x: [2]; output y = x -> dense(8) -> tanh -> dense(2) -> sigmoid; }
    other_axes { input x: [1, 2]; output y = x -> flatten -> dense(8) -> tanh -> dense(1) -> sigmoid; }
}

#[test]
fn a_checkpoint_of_another_topology_is_refused() {
    let same = ["renamed_struct", "other_loss", "other_start"];
    let others = offer_others();
    assert!(others.len() >= same.len() + 20);
    for (name, result) in others {
        let expected = match name {
            "double" => Err(CheckpointError::OtherScalar),
            _ if same.contains(&name) => Ok(()),
            _ => Err(CheckpointError::OtherTopology),
        };
        assert_eq!(result, expected, "{name}");
    }
}

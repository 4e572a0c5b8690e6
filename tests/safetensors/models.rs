//! A network for every layer with parameters, as models.py has them.

/// A module for each network, and what is done with all of them.
macro_rules! declare {
    ($($name:ident { $($declaration:tt)* })*) => {
        $(
            pub mod $name {
                backprop::network! {
                    /// One of them.
                    pub struct Model { $($declaration)* }
                }
            }
        )*

        /// Their names, and the text of each.
        pub const MODELS: &[(&str, &str)] =
            &[$((stringify!($name), stringify!($($declaration)*))),*];

        /// Loads the files of PyTorch's and holds its outputs against ours.
        pub fn compare_outputs(folder: &Path) {
            $({
                let mut model = $name::Model::ZERO;
                safetensors::load(folder.join(concat!(stringify!($name), ".safetensors")), &mut model)
                    .unwrap();
                let samples = read_samples(&folder.join(concat!(stringify!($name), ".samples")));
                let (chunks, _) = samples.x.as_chunks();
                let computed = chunks.iter().flat_map(|x| model.forward(&x.map(|value| value as _)));
                let computed: Vec<f64> = computed.map(|value| value as f64).collect();
                check_close(stringify!($name), &computed, &samples.y);
            })*
        }

        /// Writes files of networks of ours, with inputs and what is computed of them.
        pub fn write_all(folder: &Path) {
            $({
                let mut model = $name::Model::ZERO;
                draw(&mut model, 1);
                safetensors::save(folder.join(concat!(stringify!($name), ".safetensors")), &model)
                    .unwrap();
                let of_torch = Path::new(FOLDER).join(concat!(stringify!($name), ".samples"));
                let x = read_samples(&of_torch).x;
                let (chunks, _) = x.as_chunks();
                let y: Vec<_> =
                    chunks.iter().flat_map(|x| model.forward(&x.map(|value| value as _))).collect();
                write_samples(&folder.join(concat!(stringify!($name), ".samples")), chunks, &y);
            })*
        }

        /// What is written is read, to the last bit.
        pub fn check_every_bit() {
            $({
                let (mut model, mut read) = ($name::Model::ZERO, $name::Model::ZERO);
                draw(&mut model, 2);
                let bytes = safetensors::write(&model);
                assert_ne!(model, read, stringify!($name));
                safetensors::read(&bytes, &mut read).unwrap();
                assert_eq!(model, read, stringify!($name));
            })*
        }
    };
}

use std::path::Path;

use backprop::checkpoint::NamedMut;
use backprop::{Random, Rng, Scalar, safetensors};

use super::{FOLDER, check_close, read_samples, write_samples};

/// Any numbers, of which no two are alike: a statistic of variance must be positive.
fn draw<N: NamedMut>(network: &mut N, seed: u64) {
    let mut random = Rng::new(seed);
    network.visit_mut(|_, _, values| {
        for value in values {
            *value = N::Scalar::from_f64(0.5) + N::Scalar::from_random_bits(random.next_u64());
        }
    });
}

declare! {
    dense {
        input x: [3];
        output y = x -> dense(4) as hidden "encoder.0" -> tanh -> dense(2, bias = false) as head;
    }
    dense_of_rows {
        dtype f64;
        input x: [2, 3];
        output y = x -> dense(4, axis = last) as rows -> flatten -> dense(2);
    }
    conv1d {
        input x: [4, 7];
        output y = x -> conv1d(6, kernel = 3, stride = 2, groups = 2) as conv;
    }
    conv2d {
        input x: [4, 3, 5];
        output y = x -> conv2d(6, kernel = [2, 3], groups = 2) as conv -> conv2d(2, kernel = [2, 1]) as plain;
    }
    depthwise_conv1d {
        input x: [3, 5];
        output y = x -> depthwise_conv1d(kernel = 3, multiplier = 2) as conv;
    }
    depthwise_conv2d {
        input x: [2, 3, 4];
        output y = x -> depthwise_conv2d(kernel = [2, 3], bias = false) as conv;
    }
    conv_transpose1d {
        input x: [4, 3];
        output y = x -> conv_transpose1d(6, kernel = 3, stride = 2, groups = 2) as conv;
    }
    conv_transpose2d {
        input x: [4, 2, 3];
        output y = x -> conv_transpose2d(2, kernel = [3, 2], groups = 2) as conv;
    }
    embedding {
        input x: [4];
        output y = x -> embedding(3, vocabulary = 5) as table;
    }
    prelu {
        input x: [3, 2];
        output y = x -> prelu as one -> prelu(3) as each;
    }
    layer_norm {
        input x: [2, 3];
        output y = x -> layer_norm as inner -> layer_norm(2) as whole;
    }
    rms_norm {
        input x: [2, 3];
        output y = x -> rms_norm as inner -> rms_norm(2) as whole;
    }
    group_norm {
        input x: [4, 3];
        output y = x -> group_norm(2) as norm;
    }
    batch_norm {
        tile = 4;
        input x: [3, 2, 2];
        output y = x -> batch_norm as norm -> batch_norm(affine = false) as plain;
    }
    rnn {
        input x: [3, 2];
        output y = x -> rnn(4) as one -> rnn(3, activation = relu, bias = false) as two;
    }
    gru {
        input x: [3, 2];
        output y = x -> gru(3, bidirectional = true) as both;
    }
    lstm {
        input x: [3, 2];
        output y = x -> lstm(2, bidirectional = true) as both -> lstm(3, output = last) as end "last";
    }
    attention {
        input x: [3, 4];
        output y = x -> attention(2) as heads -> attention(4, causal = true, bias = false) as masked;
    }
    positions {
        input x: [3, 2];
        output y = x -> positions as places;
    }
    blocks {
        input x: [3];
        block inner = dense(3) as "linear" -> tanh;
        block stage = inner as "first" -> dense(3) as "second";
        output y = x -> stage as one -> stage as "stages.0" -> dense(2) as "stages.1";
    }
    frozen {
        input x: [3];
        output y = x -> dense(4, trainable = false) as base -> tanh -> dense(2, trainable = weight) as head;
    }
}

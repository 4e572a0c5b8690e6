//! What does not fit is refused, by name, and the network stays as it is.

use backprop::network;
use backprop::safetensors::{self as format, TensorError};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

network! {
    /// With a statistic and a path.
    pub struct Small {
        tile = 2;
        input x: [3];
        output y = x -> dense(2) as hidden "encoder.0" -> batch_norm as norm -> dense(4) as head;
        loss mse(y);
    }
}

/// A file as tensors that can be changed: name, type, axes, bytes.
type Tensors = Vec<(String, Dtype, Vec<usize>, Vec<u8>)>;

fn list(bytes: &[u8]) -> Tensors {
    let file = SafeTensors::deserialize(bytes).unwrap();
    let mut tensors: Tensors = file
        .tensors()
        .into_iter()
        .map(|(name, view)| (name, view.dtype(), view.shape().to_vec(), view.data().to_vec()))
        .collect();
    tensors.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    tensors
}

fn join(tensors: &Tensors) -> Vec<u8> {
    let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
        (name.as_str(), TensorView::new(*dtype, shape.clone(), bytes).unwrap())
    });
    safetensors::serialize(views, None).unwrap()
}

/// What reading says, which changes nothing if it refuses.
fn read(bytes: &[u8]) -> Result<Small, TensorError> {
    let mut network = Small::new(9);
    let result = format::read(bytes, &mut network);
    assert!(result.is_ok() || network == Small::new(9), "changed by a refused file");
    result.map(|()| network)
}

#[test]
fn names_are_those_of_pytorch() {
    let tensors = list(&format::write(&Small::new(1)));
    let names: Vec<&str> = tensors.iter().map(|tensor| tensor.0.as_str()).collect();
    let expected = [
        "encoder.0.bias",
        "encoder.0.weight",
        "head.bias",
        "head.weight",
        "norm.bias",
        "norm.num_batches_tracked",
        "norm.running_mean",
        "norm.running_var",
        "norm.weight",
    ];
    assert_eq!(names, expected);
    assert_eq!(tensors[1].2, [2, 3]);
    assert_eq!((tensors[5].1, tensors[5].2.len()), (Dtype::I64, 0));
}

#[test]
fn every_tensor_must_be_there() {
    let whole = list(&format::write(&Small::new(1)));
    for index in 0..whole.len() {
        let mut tensors = whole.clone();
        let (tensor, ..) = tensors.remove(index);
        let expected = match tensor.ends_with("num_batches_tracked") {
            // Files from before PyTorch 0.4.1 have none.
            true => Ok(Small::new(1)),
            false => Err(TensorError::Missing { tensor }),
        };
        assert_eq!(read(&join(&tensors)), expected);
    }
}

#[test]
fn no_other_tensor_may_be_there() {
    let mut tensors = list(&format::write(&Small::new(1)));
    tensors.push(("tail.weight".into(), Dtype::F32, vec![1], vec![0; 4]));
    let expected = TensorError::Surplus { tensor: "tail.weight".into() };
    assert_eq!(read(&join(&tensors)), Err(expected));
}

#[test]
fn axes_and_types_must_be_the_networks() {
    let whole = list(&format::write(&Small::new(1)));
    for (index, (name, dtype, shape, _)) in whole.iter().enumerate() {
        if *dtype == Dtype::I64 {
            continue;
        }
        let mut tensors = whole.clone();
        tensors[index].2.push(1);
        match read(&join(&tensors)) {
            Err(TensorError::OtherShape { tensor, expected, found }) => {
                assert_eq!((&tensor, expected), (name, shape.as_slice()));
                assert_eq!(found.len(), shape.len() + 1);
            }
            other => panic!("{name}: {other:?}"),
        }
        let mut tensors = whole.clone();
        tensors[index].1 = Dtype::I32;
        let expected = TensorError::OtherDtype {
            tensor: name.clone(),
            expected: Dtype::F32,
            found: Dtype::I32,
        };
        assert_eq!(read(&join(&tensors)), Err(expected.clone()));
        assert!(expected.to_string().contains(name), "{expected}");
    }
    // Transposed, as a weight of ours would stand there.
    let mut tensors = whole.clone();
    tensors[1].2.reverse();
    assert!(
        matches!(read(&join(&tensors)), Err(TensorError::OtherShape { tensor, .. }) if tensor == whole[1].0)
    );
}

#[test]
fn a_file_that_is_cut_off_or_damaged_is_refused() {
    let bytes = format::write(&Small::new(1));
    for length in 0..bytes.len() {
        assert!(matches!(read(&bytes[..length]), Err(TensorError::Malformed(_))), "{length}");
    }
    let header = 8 + u64::from_le_bytes(*bytes.first_chunk().unwrap()) as usize;
    for place in 0..header {
        for bit in 0..8 {
            let mut damaged = bytes.clone();
            damaged[place] ^= 1 << bit;
            // Names, axes or the grammar: nothing of the header can change but the order of what is said, or the
            // name of what is not read.
            if let Ok(network) = read(&damaged) {
                assert_eq!(network.as_bits(), Small::new(1).as_bits(), "{place}");
            }
        }
    }
    for noise in [&b""[..], b"PK\x03\x04 a zip of torch.save", &[0xff; 64]] {
        assert!(matches!(read(noise), Err(TensorError::Malformed(_))));
    }
}

impl Small {
    fn as_bits(&self) -> Vec<u32> {
        let mut bits = Vec::new();
        self.visit_parameters(|_, _, values| {
            bits.extend(values.iter().map(|value| value.to_bits()))
        });
        bits.sort_unstable();
        bits
    }
}

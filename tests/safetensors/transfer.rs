//! Layers of one network are loaded into another, by name and shape, and what was not is told.

use backprop::network;
use backprop::safetensors::{self as format, Reason, Skipped, TensorError, transfer};

network! {
    /// Ten classes.
    pub struct Base {
        input x: [1, 6, 6];
        let features = x -> conv2d(4, kernel = 3) as edges "backbone.0" -> relu -> flatten;
        output y = features -> dense(8) as hidden -> relu -> dense(10) as head;
        loss cross_entropy(y);
    }
}

network! {
    /// Three classes, with a layer more.
    pub struct Tuned {
        input x: [1, 6, 6];
        let features = x -> conv2d(4, kernel = 3, trainable = false) as edges "backbone.0" -> relu -> flatten;
        let deep = features -> dense(8) as hidden -> relu -> dense(8) -> layer_norm as calm;
        output y = deep -> dense(3) as head;
        loss cross_entropy(y);
    }
}

#[test]
fn what_fits_is_loaded_and_the_rest_is_told() {
    let (base, mut tuned) = (Base::new(1), Tuned::new(2));
    let before = tuned.clone();
    let report = transfer(&format::write(&base), &mut tuned).unwrap();
    assert_eq!(report.loaded, ["edges", "hidden"]);
    let skip = |layer, reason| Skipped { layer, reason };
    let expected = [
        skip("dense1", Reason::Unlabelled),
        skip("calm", Reason::Tensor(TensorError::Missing { tensor: "calm.weight".into() })),
        skip(
            "head",
            Reason::Tensor(TensorError::OtherShape {
                tensor: "head.weight".into(),
                expected: &[3, 8],
                found: vec![10, 8],
            }),
        ),
    ];
    assert_eq!(report.skipped, expected);
    assert_eq!(report.unused, ["head.bias", "head.weight"]);
    let text = report.to_string();
    for word in ["`edges`", "`dense1`", "`head.weight`", "[10, 8]", "`calm.weight`"] {
        assert!(text.contains(word), "{word} in\n{text}");
    }

    assert_eq!(tuned.frozen.edges, base.edges);
    assert_eq!(tuned.hidden, base.hidden);
    assert_eq!(tuned.head, before.head);
    assert_eq!((tuned.dense1, tuned.calm), (before.dense1, before.calm));
}

#[test]
fn a_container_is_transferred_through_the_network_that_it_is_of() {
    let mut bytes = [0; Base::CHECKPOINT_BYTES];
    Base::new(3).write_checkpoint(&mut bytes);
    let (mut base, mut tuned) = (Base::ZERO, Tuned::new(4));
    base.load(&bytes).unwrap();
    let report = transfer(&format::write(&base), &mut tuned).unwrap();
    assert_eq!(report.loaded, ["edges", "hidden"]);
    assert_eq!(tuned.hidden, Base::new(3).hidden);
}

/// A layer whose bias does not fit stays as it is, its weight too.
#[test]
fn a_layer_is_loaded_whole_or_not_at_all() {
    network! {
        struct WithoutBias {
            input x: [2];
            output y = x -> dense(3, bias = false) as one -> dense(2) as two;
        }
    }
    network! {
        struct WithBias {
            input x: [2];
            output y = x -> dense(3) as one -> dense(2) as two;
        }
    }
    let (source, mut network) = (WithoutBias::new(1), WithBias::new(2));
    let report = transfer(&format::write(&source), &mut network).unwrap();
    assert_eq!(report.loaded, ["two"]);
    assert_eq!(network.one, WithBias::new(2).one);
    assert_eq!(report.unused, ["one.weight"]);
}

#[test]
fn bytes_that_are_no_file_change_nothing() {
    let mut tuned = Tuned::new(1);
    assert!(matches!(transfer(b"no file at all", &mut tuned), Err(TensorError::Malformed(_))));
    assert_eq!(tuned, Tuned::new(1));
}

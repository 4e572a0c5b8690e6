//! Networks as values of serde, in a format with names and in one without names and lengths.

use backprop::{Parameters, network};
use serde_json::{Value, json};

network! {
    /// Arrays of one axis and two, one longer than 32, some frozen.
    pub struct Net {
        input x: [3];
        output y = x -> dense(40) as hidden -> relu -> dense(2, trainable = weight) as head;
        loss mse(y);
    }
}

network! {
    /// Doubles.
    pub struct Double {
        dtype f64;
        input x: [2];
        output y = x -> dense(1);
    }
}

fn to_value(network: &Net) -> Value {
    serde_json::to_value(network).unwrap()
}

fn list_bits(network: &Net) -> Vec<u32> {
    let mut bits = Vec::new();
    network
        .visit_parameters(|_, _, values| bits.extend(values.iter().map(|value| value.to_bits())));
    bits
}

/// What is wrong with a value, in words.
fn refuse(value: Value) -> String {
    serde_json::from_value::<Net>(value).unwrap_err().to_string()
}

#[test]
fn names_and_axes_can_be_read_by_a_person() {
    let mut network = Double::ZERO;
    network.dense1.weight = [[0.5], [-1.0]];
    network.dense1.bias = [0.1];
    let text = serde_json::to_string(&network).unwrap();
    assert_eq!(text, r#"{"dense1.weight":[[0.5],[-1.0]],"dense1.bias":[0.1]}"#);
    assert_eq!(serde_json::from_str::<Double>(&text).unwrap(), network);
}

#[test]
fn every_bit_is_read_back() {
    let mut network = Net::new(1);
    network.frozen.head.bias = [f32::MIN_POSITIVE / 3.0, -0.0];
    let text = serde_json::to_string(&network).unwrap();
    let read: Net = serde_json::from_str(&text).unwrap();
    assert_eq!(list_bits(&read), list_bits(&network));

    let bytes = postcard::to_allocvec(&network).unwrap();
    // Nothing but the scalars.
    assert_eq!(bytes.len(), Net::PARAMETER_BYTES);
    assert_eq!(list_bits(&postcard::from_bytes(&bytes).unwrap()), list_bits(&network));
    for length in 0..bytes.len() {
        assert!(postcard::from_bytes::<Net>(&bytes[..length]).is_err(), "{length}");
    }
}

/// A network over a borrowed block is the same value as one that owns it.
#[test]
fn a_borrowed_block_is_written_too() {
    let network = Net::new(2);
    let mut borrowed = Net::with_frozen(&network.frozen);
    borrowed.copy_from_owned(&network);
    assert_eq!(serde_json::to_value(&borrowed).unwrap(), to_value(&network));
}

impl Net<&NetFrozen> {
    fn copy_from_owned(&mut self, network: &Net) {
        self.as_mut_slice().copy_from_slice(network.as_slice());
    }
}

#[test]
fn fields_stand_in_any_order_and_each_once() {
    let network = Net::new(3);
    let whole = to_value(&network);
    // serde_json's map is sorted: "head" before "hidden".
    assert_eq!(serde_json::from_value::<Net>(whole.clone()).unwrap(), network);
    let fields = ["hidden.weight", "hidden.bias", "head.weight", "head.bias"];
    for field in fields {
        let mut value = whole.clone();
        value.as_object_mut().unwrap().remove(field).unwrap();
        assert_eq!(refuse(value), format!("missing field `{field}`"));
    }
    let mut value = whole.clone();
    value["tail.bias"] = json!([1.0]);
    assert!(
        refuse(value).starts_with("unknown field `tail.bias`, expected one of `hidden.weight`")
    );
    let text = whole.to_string();
    let twice = format!(r#"{{"head.bias":[0.0,0.0],{}"#, &text[1..]);
    let error = serde_json::from_str::<Net>(&twice).unwrap_err().to_string();
    assert!(error.starts_with("duplicate field `head.bias`"), "{error}");
}

#[test]
fn lengths_are_checked() {
    let whole = to_value(&Net::new(4));
    for (place, length) in [("/hidden.bias", 40), ("/hidden.weight", 3), ("/hidden.weight/1", 40)] {
        for change in [-1, 1] {
            let mut value = whole.clone();
            let array = value.pointer_mut(place).unwrap().as_array_mut().unwrap();
            assert_eq!(array.len(), length);
            if change < 0 {
                array.pop();
            } else {
                array.push(array[0].clone());
            }
            let error = refuse(value);
            assert!(
                error.contains("invalid length") && error.contains(&length.to_string()),
                "{error}"
            );
        }
    }
    let mut value = whole.clone();
    value["hidden.bias"] = json!("many");
    assert!(refuse(value).contains("an array of the axes [40]"));
}

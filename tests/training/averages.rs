//! Networks that follow another: copies, moving averages, and changes by name.

use super::*;

#[test]
fn copies_and_moving_averages() {
    let (mut average, network) = (double::Plain::new(1), double::Plain::new(2));
    let start = average.clone();
    average.lerp(&network, 0.25);
    for ((average, start), other) in
        average.as_slice().iter().zip(start.as_slice()).zip(network.as_slice())
    {
        assert!((average - (0.75 * start + 0.25 * other)).abs() < 1e-15);
    }
    average.copy_from(&start);
    assert_eq!(average, start);
    average.add_scaled(&network, -2.0);
    for ((average, start), other) in
        average.as_slice().iter().zip(start.as_slice()).zip(network.as_slice())
    {
        assert_eq!(*average, start - 2.0 * other);
    }
    average.copy_from(&start);
    average.scale(-0.5);
    for (average, start) in average.as_slice().iter().zip(start.as_slice()) {
        assert_eq!(*average, -0.5 * start);
    }
}

/// Fills the parameters with values that rounding, signs and infinities are hard on.
fn fill_with_extremes(network: &mut single::Plain, shift: usize) {
    let extremes = [1e-45, 0.1, -0.0, f32::MAX, 3e7, 0.0, -f32::MAX, 1.000_000_1, -1e-20];
    for (index, value) in network.as_mut_slice().iter_mut().enumerate() {
        *value = extremes[(index + shift) % extremes.len()];
    }
}

#[test]
fn an_average_is_exact_at_both_ends_and_between_equals() {
    let (mut average, mut other) = (single::Plain::ZERO, single::Plain::ZERO);
    fill_with_extremes(&mut average, 0);
    let start = list_bits(&average);
    other.as_mut_slice().fill(f32::INFINITY);
    average.lerp(&other, 0.0);
    assert_eq!(list_bits(&average), start);
    fill_with_extremes(&mut other, 4);
    average.lerp(&other, 1.0);
    assert_eq!(list_bits(&average), list_bits(&other));
    for tau in [0.1, 0.001, 1e-6] {
        average.lerp(&other, tau);
        assert!(average == other, "{tau}");
    }
}

#[test]
fn an_average_arrives_where_it_goes() {
    let (mut average, network) = (single::Plain::new(1), single::Plain::new(2));
    for _ in 0..20_000 {
        average.lerp(&network, 0.003);
    }
    for (average, other) in average.as_slice().iter().zip(network.as_slice()) {
        assert!((average - other).abs() <= 3e-5 * other.abs(), "{average} is not {other}");
    }
}

#[test]
fn a_copy_leaves_frozen_parameters_alone() {
    let (mut copy, network) = (double::Frozen::new(1), double::Frozen::new(2));
    let frozen = copy.frozen.clone();
    copy.scale(2.0);
    copy.add_scaled(&network, 3.0);
    copy.lerp(&network, 0.5);
    copy.copy_from(&network);
    assert_eq!(copy.frozen, frozen);
    assert_eq!(copy.as_slice(), network.as_slice());
    copy.frozen = network.frozen.clone();
    assert_eq!(copy, network);
}

#[test]
fn parameters_are_changed_by_name() {
    let mut network = double::Frozen::new(1);
    let mut visited = Vec::new();
    network.visit_parameters_mut(|name, shape, values| {
        assert_eq!(shape.iter().product::<usize>(), values.len());
        visited.push(name);
        if name == "head.weight" {
            values.fill(1.0);
        }
    });
    assert_eq!(visited, ["neck.bias", "head.weight"]);
    assert_eq!(network.head.weight, [[1.0; 2]; 3]);
}

//! Networks that follow another: copies, moving averages, and changes by name.

use super::*;

#[test]
fn copies_and_moving_averages() {
    let (mut average, network) = (double::Plain::new(1), double::Plain::new(2));
    let start = average.clone();
    average.lerp(&network, 0.0);
    assert_eq!(average, start);
    average.lerp(&network, 0.25);
    for ((average, start), other) in
        average.as_slice().iter().zip(start.as_slice()).zip(network.as_slice())
    {
        assert!((average - (0.75 * start + 0.25 * other)).abs() < 1e-15);
    }
    average.lerp(&network, 1.0);
    assert_eq!(average, network);
    average.copy_from(&start);
    assert_eq!(average, start);
}

#[test]
fn a_copy_leaves_frozen_parameters_alone() {
    let (mut copy, network) = (double::Frozen::new(1), double::Frozen::new(2));
    let frozen = copy.frozen.clone();
    copy.copy_from(&network);
    assert_eq!(copy.frozen, frozen);
    assert_eq!(copy.as_slice(), network.as_slice());
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

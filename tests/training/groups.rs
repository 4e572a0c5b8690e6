//! Which parameters a group holds, in place too.

use backprop::{Biases, Choose, Groups, ParameterInfo};

use super::*;

/// The parts of the flat view, by name.
fn divide<P: Parameters<Scalar = f32>>(parameters: &P) -> Vec<(String, &[f32])> {
    let mut rest = parameters.as_slice();
    let parts = P::LAYOUT.iter().map(|parameter| {
        let (part, behind) = rest.split_at(parameter.count);
        rest = behind;
        (format!("{}.{}", parameter.layer, parameter.name), part)
    });
    let parts = parts.collect();
    assert!(rest.is_empty());
    parts
}

fn check_layout<P: Parameters<Scalar = f32>>(
    network: &P,
    visited: &[(&str, Vec<usize>, Vec<f32>)],
    trainable: &[&str],
) {
    let parts = divide(network);
    let expected = visited.iter().filter(|(name, ..)| trainable.contains(name));
    assert_eq!(parts.len(), trainable.len());
    for (((name, part), parameter), expected) in parts.iter().zip(P::LAYOUT).zip(expected) {
        assert_eq!((&name[..], parameter.shape), (expected.0, &expected.1[..]));
        assert_eq!(part, &expected.2);
    }
}

#[test]
fn the_layout_names_the_parts_of_the_flat_view() {
    macro_rules! check {
        ($network:expr, $gradient:ty, $trainable:expr) => {
            let (network, mut visited) = ($network, Vec::new());
            network.visit_parameters(|name, shape, values| {
                visited.push((name, shape.to_vec(), values.to_vec()));
            });
            check_layout(&network, &visited, $trainable);
            assert_eq!(divide(&<$gradient>::default()).len(), $trainable.len());
        };
    }
    check!(
        single::Plain::new(1),
        single::PlainGradient,
        &[
            "dense1.weight",
            "dense1.bias",
            "dense2.weight",
            "dense2.bias",
            "dense3.weight",
            "dense3.bias"
        ]
    );
    check!(
        single::Shared::new(2),
        single::SharedGradient,
        &["mix.weight", "mix.bias", "dense1.weight", "dense1.bias"]
    );
    check!(single::Frozen::new(3), single::FrozenGradient, &["neck.bias", "head.weight"]);
}

/// The names of what steps in place and by batch change, when all else is beyond the last group.
fn list_changed<N>(network: &N, chosen: impl Fn(&ParameterInfo) -> bool + Copy) -> Vec<String>
where
    N: Trainable + Network<Scalar = f32, Input = [f32; 3]> + Clone,
    N: Trainable<Target = [f32; 2]>,
{
    let mut workspace = N::Workspace::ZERO;
    let (inputs, targets) = (draw_many(8, 4), draw_many(9, 4));
    let choose = move |parameter: &ParameterInfo| usize::from(!chosen(parameter));
    let optimizer = || Optimizer::new(Groups::new([Adam::new(0.01)], choose));
    let [mut in_place, mut by_batch] = [(); 2].map(|()| network.clone());
    let mut first = optimizer();
    in_place.train_step(&inputs[0], &targets[0], &mut first, &mut workspace).unwrap();
    let mut second = optimizer();
    by_batch.train_batch(&inputs, &targets, &mut second, &mut workspace).unwrap();
    let [in_place, by_batch] = [in_place, by_batch].map(|after| {
        let parts = divide(&after).into_iter().zip(divide(network));
        let changed = parts.filter(|((_, after), (_, before))| after != before);
        changed.map(|((name, _), _)| name).collect::<Vec<_>>()
    });
    assert_eq!(in_place, by_batch);
    in_place
}

#[test]
fn each_parameter_is_in_the_group_that_is_chosen_for_it() {
    let plain = single::Plain::new(4);
    assert_eq!(
        list_changed(&plain, ParameterInfo::is_bias),
        ["dense1.bias", "dense2.bias", "dense3.bias"]
    );
    assert_eq!(
        list_changed(&plain, |parameter| parameter.layer == "dense2"),
        ["dense2.weight", "dense2.bias"]
    );
    assert_eq!(list_changed(&plain, |parameter| parameter.shape == [3, 5]), ["dense1.weight"]);
    // Buffered, since the layer is used three times.
    assert_eq!(
        list_changed(&single::Shared::new(5), |parameter| parameter.layer == "mix"),
        ["mix.weight", "mix.bias"]
    );
    let frozen = single::Frozen::new(6);
    assert_eq!(list_changed(&frozen, |parameter| parameter.layer == "neck"), ["neck.bias"]);
    assert_eq!(list_changed(&frozen, |parameter| parameter.name == "weight"), ["head.weight"]);
}

#[test]
fn biases_do_not_decay() {
    // Without a gradient only the decay is left.
    let mut network = single::Plain::ZERO;
    network.as_mut_slice().fill(1.0);
    let decaying = Sgd::new(0.5).weight_decay(0.5);
    let groups = Groups::biases(decaying.clone(), decaying.weight_decay(0.0));
    Optimizer::new(groups).step(&mut network, &single::PlainGradient::default());
    for (name, values) in divide(&network) {
        let expected = if name.ends_with("bias") { 1.0 } else { 0.75 };
        assert!(values.iter().all(|value| *value == expected), "{name}: {values:?}");
    }
}

/// A chooser with a name, as a `static` needs one.
#[derive(Clone, Copy)]
struct Head;

impl Choose for Head {
    fn choose(&self, parameter: &ParameterInfo) -> usize {
        usize::from(parameter.layer == "head")
    }
}

#[test]
fn grouped_and_scheduled_optimisers_can_stand_in_a_static() {
    use std::sync::Mutex;

    use backprop::schedules::OneCycle;
    use backprop::{AdamW, ClipNorm, ClipValue, Scheduled};

    type Grouped = ClipValue<Scheduled<Groups<AdamW, Biases, 2>, OneCycle>>;
    static IN_PLACE: Mutex<Optimizer<Grouped, ClassifierGradient>> =
        Mutex::new(Optimizer::new(ClipValue::new(
            Scheduled::new(
                Groups::biases(AdamW::new(1e-3), AdamW::new(1e-3).weight_decay(0.0)),
                OneCycle::new(0.02, 300),
            ),
            0.5,
        )));
    static WHOLE: Mutex<ClipNorm<Groups<Sgd, Head, 2>, ClassifierGradient>> = Mutex::new(
        Optimizer::new(Groups::new([Sgd::new(0.05), Sgd::new(0.1)], Head)).clip_norm(1.0),
    );
    let (inputs, targets) = ([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [2, 0, 1]);
    let mut network = Classifier::new(1);
    for step in 0..300 {
        let (input, target) = (&inputs[step % 3], &targets[step % 3]);
        network.train_step(input, target, &mut *IN_PLACE.lock().unwrap()).unwrap();
    }
    assert_eq!(network.accuracy(&inputs, &targets), Ok(1.0));
    let mut network = Classifier::new(1);
    for _ in 0..300 {
        network.train_batch(&inputs, &targets, &mut *WHOLE.lock().unwrap()).unwrap();
    }
    assert_eq!(network.accuracy(&inputs, &targets), Ok(1.0));
}

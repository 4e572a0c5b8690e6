//! Epochs: a loop by hand and `Fit` take the same steps, and what a classifier mixes up.

use std::ops::ControlFlow;

use backprop::training::{Confusion, EarlyStopping, Fit, Report, Verdict, shuffle_batches};

use super::*;

const EPOCHS: usize = 4;
const BATCH: usize = 3;

/// Samples of which only those named by an order are learnt.
fn draw_samples() -> (Vec<[f64; 3]>, Vec<[f64; 2]>, [usize; 8]) {
    (draw_many(20, 10), draw_many(21, 10), [9, 1, 2, 3, 4, 5, 7, 8])
}

fn check_fit<N>(network: &N)
where
    N: Trainable<Target = [f64; 2]> + Network<Scalar = f64, Input = [f64; 3]> + Clone + PartialEq,
{
    let (inputs, targets, mut order) = draw_samples();
    let (mut by_hand, mut fitted) = (network.clone(), network.clone());
    let mut workspace = N::Workspace::ZERO;
    let mut optimizer = Optimizer::new(Adam::new(0.01));
    let mut random = Rng::new(5);
    let mut expected = Vec::new();
    let mut steps = 0;
    for epoch in 1..=EPOCHS {
        optimizer.set_rate(0.01 / epoch as f64);
        let mut sum = 0.0;
        for batch in shuffle_batches(&mut order, BATCH, &mut random) {
            let loss = by_hand.train_batch_indexed(
                &inputs,
                &targets,
                batch,
                &mut optimizer,
                &mut workspace,
            );
            sum += loss.unwrap() * batch.len() as f64;
            steps += 1;
        }
        expected.push((epoch, steps, sum / 8.0));
    }

    let (_, _, mut order) = draw_samples();
    let mut optimizer = Optimizer::new(Adam::new(0.01));
    let mut seen = Vec::new();
    Fit {
        inputs: &inputs,
        targets: &targets,
        order: &mut order,
        epochs: EPOCHS,
        batch_size: BATCH,
    }
    .run(&mut fitted, &mut optimizer, &mut Rng::new(5), &mut workspace, |report| {
        seen.push((report.epoch, report.steps, report.loss));
        report.optimizer.set_rate(0.01 / (report.epoch + 1) as f64);
        Ok(ControlFlow::Continue(()))
    })
    .unwrap();
    assert_eq!(seen, expected);
    assert_eq!(steps, 4 * 3);
    assert!(fitted == by_hand && fitted != *network);
}

#[test]
fn fit_takes_the_steps_of_the_loop_by_hand() {
    check_fit(&double::Plain::new(1));
    check_fit(&double::Shared::new(2));
    check_fit(&double::Frozen::new(3));
}

/// Fits a network for at most four epochs; how many there were, and how it ended.
fn count_epochs(
    order: &mut [usize],
    mut after_epoch: impl FnMut(
        Report<'_, double::Plain, Optimizer<Sgd<f64>, double::PlainGradient>>,
    ) -> Result<ControlFlow<()>, Error>,
) -> (usize, Result<(), Error>) {
    let (inputs, targets, _) = draw_samples();
    let mut network = double::Plain::new(1);
    let mut epochs = 0;
    let result = Fit { inputs: &inputs, targets: &targets, order, epochs: 4, batch_size: 3 }.run(
        &mut network,
        &mut Optimizer::new(Sgd::new(0.1)),
        &mut Rng::new(1),
        &mut double::PlainWorkspace::new(),
        |report| {
            epochs += 1;
            after_epoch(report)
        },
    );
    (epochs, result)
}

#[test]
fn the_callback_ends_the_epochs() {
    let go_on = |_: Report<'_, _, _>| Ok(ControlFlow::Continue(()));
    let (_, _, order) = draw_samples();
    assert_eq!(count_epochs(&mut order.clone(), go_on), (4, Ok(())));
    let result = count_epochs(&mut order.clone(), |report| {
        Ok(if report.epoch == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    });
    assert_eq!(result, (2, Ok(())));
    let result = count_epochs(&mut order.clone(), |report| {
        report.network.evaluate_with(&[], &[], report.workspace).map(|_| ControlFlow::Continue(()))
    });
    assert_eq!(result, (1, Err(Error::EmptyBatch)));
    assert_eq!(count_epochs(&mut [], go_on), (0, Err(Error::EmptyBatch)));
    let error = Error::IndexOutOfRange { index: 10, length: 10 };
    assert_eq!(count_epochs(&mut [0, 10], go_on), (0, Err(error)));
}

#[test]
fn the_best_network_is_kept() {
    let (inputs, targets, mut order) = draw_samples();
    let kept = [0, 6].map(|sample: usize| (inputs[sample], targets[sample]));
    let (kept_inputs, kept_targets) = (kept.map(|pair| pair.0), kept.map(|pair| pair.1));
    let mut network = double::Plain::new(4);
    let mut best = network.clone();
    let mut stopping = EarlyStopping::minimise(5);
    let mut losses = Vec::new();
    Fit { inputs: &inputs, targets: &targets, order: &mut order, epochs: 1_000, batch_size: 3 }
        .run(
            &mut network,
            &mut Optimizer::new(Adam::new(0.01)),
            &mut Rng::new(1),
            &mut double::PlainWorkspace::new(),
            |report| {
                let loss = report.network.evaluate(&kept_inputs, &kept_targets)?;
                losses.push(loss);
                let verdict = stopping.observe(loss);
                if verdict == Verdict::Improved {
                    best.copy_from(report.network);
                }
                let stop = verdict == Verdict::Stop;
                Ok(if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            },
        )
        .unwrap();
    assert!(losses.len() < 1_000, "random targets are learnt by heart");
    let least = losses.iter().copied().fold(f64::INFINITY, f64::min);
    assert_eq!(best.evaluate(&kept_inputs, &kept_targets), Ok(least));
    assert_eq!(stopping.best(), Some(least));
    assert_eq!(losses.iter().position(|loss| *loss == least), Some(losses.len() - 6));
}

network! {
    /// A class among other targets, and values for the same output.
    struct Several {
        input x: [3];
        let trunk = x -> dense(4) -> tanh;
        output kind = trunk -> dense(5);
        output level = trunk -> dense(1);
        loss cross_entropy(kind) + mse(level) + mse(kind);
    }
}

#[test]
fn confusion_counts_what_predict_says() {
    let inputs = draw_many(30, 40);
    let network = Classifier::new(7);
    let targets: Vec<u32> = (0..40).map(|index| index % 3).collect();
    let confusion = network.confusion(&inputs, &targets).unwrap();
    let pairs = inputs.iter().zip(&targets).map(|(input, class)| (*class, network.predict(input)));
    assert_eq!(Confusion::count(pairs).unwrap(), confusion);
    assert_eq!(confusion.total(), 40);
    assert_eq!(confusion.accuracy() as f32, network.accuracy(&inputs, &targets).unwrap());
    let used = confusion.counts().as_flattened().iter().filter(|count| **count > 0).count();
    assert!(used >= 4, "{confusion}");

    let network = Several::new(8);
    let target = |class| SeveralTarget { kind_class: class, kind_values: [0.0; 5], level: [0.0] };
    let targets: Vec<_> = (0..40).map(|index| target(index % 5)).collect();
    let confusion: Confusion<5> = network.confusion(&inputs, &targets).unwrap();
    assert_eq!(confusion.scores().map(|scores| scores.support), [8; 5]);
    assert_eq!(confusion.accuracy() as f32, network.accuracy(&inputs, &targets).unwrap());
}

//! A workspace is as large as its purpose needs, and may stand in a `static`.
#![deny(warnings)]

use backprop::{Batch, Inference, Optimizer, Sgd, Step, network};
use std::mem::size_of;
use std::sync::Mutex;

network! {
    pub struct Digits {
        input image: [8];
        output class = image -> dense(6) -> relu -> dense(4);
        loss cross_entropy(class);
    }
}

static WORKSPACE: Mutex<DigitsWorkspace> = Mutex::new(DigitsWorkspace::new());
static OPTIMIZER: Mutex<Optimizer<Sgd, DigitsGradient>> = Mutex::new(Optimizer::new(Sgd::new(0.1)));

fn main() {
    let mut network = Digits::new(0);
    let image = [0.5; 8];
    let mut inference = DigitsWorkspace::<Inference>::new();
    let mut step = DigitsWorkspace::<Step>::new();
    let batch: &mut DigitsWorkspace<Batch> = &mut WORKSPACE.lock().unwrap();
    let optimizer: &mut Optimizer<_, _> = &mut OPTIMIZER.lock().unwrap();

    let output = network.forward_with(&image, &mut inference);
    assert_eq!(output, network.forward_with(&image, &mut step));
    assert_eq!(output, network.forward_with(&image, batch));
    assert_eq!(output, network.forward(&image));
    network.train_step_with(&image, &1, optimizer, &mut step).unwrap();
    network.train_step_with(&image, &1, optimizer, batch).unwrap();
    network.train_batch_with(&[image], &[1], optimizer, batch).unwrap();
    assert_eq!(optimizer.steps(), 3);

    assert_eq!(size_of::<DigitsWorkspace<Inference>>(), Digits::INFERENCE_BYTES);
    assert_eq!(size_of::<DigitsWorkspace<Step>>(), Digits::STEP_BYTES);
    assert_eq!(size_of::<DigitsWorkspace<Batch>>(), Digits::BATCH_BYTES);
    assert_eq!(size_of::<Digits>(), Digits::PARAMETER_BYTES);
}

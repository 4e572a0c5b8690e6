//! A network over planes: convolutions in both directions, pools and norms, whose loops and sums are others than those of
//! dense layers.

use backprop::{Error, Optimizer, Parameters, Random, Rng, Sgd, Step, network};

use crate::{SEED, draw, hash_bits};

network! {
    /// Tells where in two planes a spot is.
    pub struct Planes {
        input x: [2, 8, 6];
        let spots = x -> conv2d(4, kernel = 3, padding = same) -> group_norm(2) -> relu
            -> depthwise_conv2d(kernel = [3, 2], padding = [1, 0]) -> max_pool2d(kernel = [2, 1]);
        let shades = spots -> conv_transpose2d(3, kernel = [2, 3], stride = [2, 1]) -> layer_norm -> tanh
            -> avg_pool2d(kernel = 3, stride = [2, 1], padding = 1);
        let mixed = shades -> conv2d(5, kernel = 1, stride = [1, 2]) -> relu;
        output corner = mixed -> flatten -> dense(4);
        loss cross_entropy(corner);
    }
}

/// Fewer than of dense layers: without a floating-point unit each takes millions of instructions.
const STEPS: u32 = 20;

/// What a run of [`train_planes`] leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanesBits {
    /// The bits of the last loss.
    pub loss: u32,
    /// The hash of all parameters.
    pub parameters: u32,
    /// The hash of the outputs of the last sample.
    pub outputs: u32,
}

/// Trains from the seed on.
///
/// # Errors
///
/// A loss that is not finite.
pub fn train_planes(
    network: &mut Planes,
    workspace: &mut PlanesWorkspace<Step>,
) -> Result<PlanesBits, Error> {
    network.init(&mut Rng::new(SEED));
    let mut optimizer = Optimizer::new(Sgd::new(0.05));
    let mut random = Rng::new(SEED);
    let (mut loss, mut x) = (0.0, [0.0; 96]);
    for _ in 0..STEPS {
        let corner = random.below(4);
        draw_planes(corner, &mut random, &mut x);
        loss = network.train_step_with(&x, &corner, &mut optimizer, workspace)?;
    }
    let outputs = network.forward_with(&x, workspace);
    Ok(PlanesBits {
        loss: loss.to_bits(),
        parameters: hash_bits(network.as_slice()),
        outputs: hash_bits(&outputs),
    })
}

/// Noise, brighter in a quarter of both planes.
fn draw_planes(corner: u32, random: &mut Rng, x: &mut [f32; 96]) {
    for (place, value) in (0..).zip(x) {
        let (row, column) = (place / 6 % 8, place % 6);
        let bright = row / 4 * 2 + column / 3 == corner;
        *value = 0.5 * draw(random) + if bright { 1.0 } else { 0.0 };
    }
}

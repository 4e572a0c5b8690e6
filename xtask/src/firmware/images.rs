//! The list of images.

/// A package of `examples/firmware`, whose binary has its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image {
    /// The package.
    pub name: &'static str,
    /// Its networks, each with what it is. An image prints `NETWORK.forward`, `NETWORK.step` and
    /// `NETWORK.load`, the instructions of a call, where it counts them.
    pub networks: &'static [(&'static str, &'static str)],
}

/// Every image. They are built and run in this order, which is the table's.
pub const IMAGES: [Image; 8] = [
    Image { name: "xor_training", networks: &[("xor", "2-8-1")] },
    Image { name: "sine_inference", networks: &[("sine", "1-16-16-1")] },
    Image { name: "adapt", networks: &[("digits", "64-32-10, first layer frozen")] },
    Image { name: "embassy_adapt", networks: &[("digits", "64-32-10, first layer frozen")] },
    Image { name: "load", networks: &[("digits", "64-32-10")] },
    Image { name: "rules", networks: &[("small", "16-12-4, by every rule")] },
    Image { name: "count", networks: &[("tiny", "2-8-1"), ("sensor", "64-32-10")] },
    Image {
        name: "count_small",
        networks: &[("tiny", "2-8-1, code = small"), ("sensor", "64-32-10, code = small")],
    },
];

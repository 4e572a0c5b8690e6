//! The list of images.

/// A package of `examples/firmware`, whose binary has its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image {
    /// The package.
    pub name: &'static str,
    /// Its networks, each with what it is. An image prints `NETWORK.forward`, `NETWORK.step` and
    /// `NETWORK.load`, the instructions of a call, where it counts them.
    pub networks: &'static [(&'static str, &'static str)],
    /// The only target that it runs on, where others would take minutes.
    pub only: Option<&'static str>,
}

impl Image {
    /// Whether it runs on a machine of this target. It is built for all.
    pub fn runs_on(&self, target: &str) -> bool {
        self.only.is_none_or(|only| only == target)
    }
}

/// What most are.
const EVERYWHERE: Image = Image { name: "", networks: &[], only: None };

/// Every image. They are built and run in this order, which is the table's.
pub const IMAGES: [Image; 11] = [
    Image { name: "xor_training", networks: &[("xor", "2-8-1")], ..EVERYWHERE },
    Image { name: "sine_inference", networks: &[("sine", "1-16-16-1")], ..EVERYWHERE },
    Image { name: "adapt", networks: &[("digits", "64-32-10, first layer frozen")], ..EVERYWHERE },
    Image {
        name: "embassy_adapt",
        networks: &[("digits", "64-32-10, first layer frozen")],
        ..EVERYWHERE
    },
    Image {
        name: "keywords",
        networks: &[("words", "depthwise-separable, 22,604, first layers frozen")],
        // Two and a half million products, of 90 instructions each without a floating-point unit.
        only: Some("thumbv7em-none-eabihf"),
    },
    Image { name: "load", networks: &[("digits", "64-32-10")], ..EVERYWHERE },
    Image { name: "rules", networks: &[("small", "16-12-4, by every rule")], ..EVERYWHERE },
    Image {
        name: "planes",
        networks: &[("planes", "convolutions, pools and norms")],
        ..EVERYWHERE
    },
    Image {
        name: "streams",
        networks: &[("gru", "1-16-1, a sample"), ("lstm", "1-16-1, 8 samples, LSTM frozen")],
        ..EVERYWHERE
    },
    Image { name: "count", networks: &[("tiny", "2-8-1"), ("sensor", "64-32-10")], ..EVERYWHERE },
    Image {
        name: "count_small",
        networks: &[("tiny", "2-8-1, code = small"), ("sensor", "64-32-10, code = small")],
        ..EVERYWHERE
    },
];

//! The kernels of layers that leave the choice between speed and size to the profile.

#[cfg(backprop_small)]
pub use super::compact::{dense, elementwise};
#[cfg(not(backprop_small))]
pub use super::{dense, elementwise};

//! Functions of one element.
mod exp;
mod ln;
mod sigmoid;
mod sqrt;
mod tanh;

pub use exp::{exp_f32, exp_f64};
pub use ln::{ln_f32, ln_f64};
pub use sigmoid::{sigmoid_f32, sigmoid_f64};
pub use sqrt::{sqrt_f32, sqrt_f64};
pub use tanh::{tanh_f32, tanh_f64};

//! Functions of one element, the same bits on every target: products and sums that nothing fuses, no branch
//! and no table. A loop over a slice becomes vector code of whatever width the function around it enables.
//!
//! `docs/scripts/functions.py` remakes the polynomials; `cargo xtask ulp` measures the errors over every `f32`.

mod erf;
mod exp;
mod exp_m1;
mod ln;
mod ln_1p;
mod sigmoid;
mod sqrt;
mod tanh;
#[cfg(test)]
mod tests;

pub use erf::{erf_f32, erf_f64};
pub use exp::{exp_f32, exp_f64};
pub use exp_m1::{exp_m1_f32, exp_m1_f64};
pub use ln::{ln_f32, ln_f64};
pub use ln_1p::{ln_1p_f32, ln_1p_f64};
pub use sigmoid::{sigmoid_f32, sigmoid_f64};
pub use sqrt::{sqrt_f32, sqrt_f64};
pub use tanh::{tanh_f32, tanh_f64};

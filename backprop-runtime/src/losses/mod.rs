//! Losses. `value` sums over the rows; `gradient` writes dJ/dy as well.

pub mod cross_entropy;
pub mod mse;

pub use self::cross_entropy::ClassTarget;

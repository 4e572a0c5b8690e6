//! Kernels. All values are slices of rows, one row a sample; rows in the workspace are `[T; N]`, rows
//! of the caller's are `&[T; N]`, and both are `Borrow<[T; N]>`. Rows without a partner are ignored.

pub mod attention;
pub mod batch_norm;
pub mod by_profile;
pub mod classes;
pub mod compact;
pub mod conv;
pub mod dense;
pub mod dropout;
pub mod elementwise;
pub mod embedding;
pub mod fast;
pub mod glu;
pub mod join;
mod lanes;
pub mod log_softmax;
pub mod norm;
pub mod pool;
pub mod positions;
pub mod prelu;
pub mod recurrent;
mod segments;
pub mod softmax;
pub mod strided;
mod sums;

pub use self::dense::sequence;

//! Lines of a name and a number to the host, in one of two forms.

#[cfg(feature = "defmt")]
mod frames;
#[cfg(feature = "defmt")]
pub use frames::{write_number, write_thousandths};
#[cfg(not(feature = "defmt"))]
mod text;
#[cfg(not(feature = "defmt"))]
pub use text::{write_number, write_thousandths};

//! What the examples share around their networks: data files, splits, the command line and
//! progress.

// Every example compiles all of this and uses its own part of it.
#![allow(dead_code, unused_imports)]

mod arguments;
mod dataset;
pub mod idx;
mod progress;
mod split;

use std::error::Error;
use std::process::ExitCode;

pub use arguments::Arguments;
pub use dataset::{DataError, Dataset, Format, prepare_output, shipped};
pub use progress::Progress;
pub use split::{Split, split_stratified};

/// Runs an example's body. An error ends it with one line on stderr and exit code 1.
pub fn run(body: impl FnOnce() -> Result<(), Box<dyn Error>>) -> ExitCode {
    match body() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

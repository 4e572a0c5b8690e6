//! What the images share.
//!
//! | module | what lives there |
//! |---|---|
//! | `counter` | how many instructions a call executes |
//! | `console` | lines of text to the host, without `core::fmt` |
//! | `faults` | what happens on a panic, which cannot, and on a fault |
#![no_std]

pub mod console;
pub mod counter;
mod faults;

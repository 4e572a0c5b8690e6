//! What the images share, on Cortex-M and RISC-V.
//!
//! | module | what lives there |
//! |---|---|
//! | `start` | the way from the start-up code to an image's program, and from there to QEMU's exit status |
//! | `console` | lines of text to the host, without `core::fmt`, or frames of defmt |
//! | `counter` | how many instructions a call executes |
//! | `ticker` | an interrupt that comes again and again |
//! | `stack` | how deep the stack grew |
//! | `faults` | what happens on a panic, which cannot, and on a fault |
//! | `processor` | what is one thing on Cortex-M and another on RISC-V |
#![no_std]

pub mod console;
pub mod counter;
mod faults;
mod processor;
pub mod stack;
pub mod start;
pub mod ticker;

//! The images of `examples/firmware`: building them, running them in QEMU, and the table of what they need.
//!
//! It needs nothing but `std` and `elf.rs`, since `tests/firmware.rs` includes it too.
//!
//! | file | what lives there |
//! |---|---|
//! | `images` | the list of images: a new one is a folder and a line here |
//! | `machines` | the machines, and how QEMU is told to be one |
//! | `build` | all images of a target, at an optimisation level |
//! | `run` | an image from its start to its exit status |
//! | `measure` | every image on every machine |
//! | `table` | measurements as rows of Markdown, and back |
//! | `document` | the table in `docs/firmware.md` |

pub mod build;
pub mod document;
pub mod images;
pub mod machines;
pub mod measure;
pub mod run;
pub mod table;

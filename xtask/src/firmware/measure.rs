//! Every image on every machine.

use std::fs;
use std::path::{Path, PathBuf};

use super::build::{LEVELS, Level, build};
use super::images::{IMAGES, Image};
use super::machines::Machine;
use super::run::{Run, run};
use crate::elf::{read_loaded_size, read_section_size};
use crate::stack::{compute_deepest, ensure_objdump};

/// An image on a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measurement {
    pub image: Image,
    pub machine: Machine,
    pub level: Level,
    /// Where the image stands.
    pub path: PathBuf,
    /// Bytes of code, constants, vectors, and the values of statics.
    pub flash: u32,
    /// Bytes of statics; the stack is not among them.
    pub ram: u32,
    /// Bytes of the deepest stack that any path through its code can take; `None` without a disassembler.
    pub computed: Option<u32>,
    /// What it printed on the machine itself.
    pub run: Run,
    /// What it printed where the machine's instructions are counted.
    pub counted: Run,
}

/// Builds and runs all images, at all levels, for the machines.
pub fn measure(root: &Path, machines: &[Machine]) -> Result<Vec<Measurement>, String> {
    let mut measurements = Vec::new();
    for machine in machines.iter().copied() {
        for level in LEVELS {
            // The second machine of a target finds everything built.
            let folder = build(root, machine.target, level)?;
            for image in IMAGES.into_iter().filter(|image| image.runs_on(machine.target)) {
                measurements.push(measure_image(&folder, image, machine, level)?);
            }
        }
    }
    // The table is sorted by image.
    let place = |image: Image| IMAGES.iter().position(|listed| *listed == image);
    measurements.sort_by_key(|measurement| place(measurement.image));
    Ok(measurements)
}

fn measure_image(
    folder: &Path,
    image: Image,
    machine: Machine,
    level: Level,
) -> Result<Measurement, String> {
    let path = folder.join(image.name);
    let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let flash = read_loaded_size(&bytes).ok_or_else(|| format!("no ELF: {}", path.display()))?;
    // A section that is empty may be missing.
    let ram = [".data", ".bss", ".uninit"]
        .into_iter()
        .filter_map(|section| read_section_size(&bytes, section))
        .sum();
    let computed = match ensure_objdump() {
        Some(_) => Some(compute_deepest(&path)?.bytes),
        None => None,
    };
    let own = run(&mut machine.start(), &path)?;
    let counted = match machine.start_counting() {
        Some(mut emulator) => run(&mut emulator, &path)?,
        None => own.clone(),
    };
    Ok(Measurement { image, machine, level, path, flash, ram, computed, run: own, counted })
}

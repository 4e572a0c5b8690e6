//! Trains a network of convolutions, pools and norms for the host to compare: every sum that a dense layer has not.
#![no_std]
#![no_main]

use backprop::{Error, Step};
use support::console::write_number;
use support::program;
use workload::planes::{Planes, PlanesWorkspace, train_planes};

/// All static memory of the image.
struct Memory {
    network: Planes,
    workspace: PlanesWorkspace<Step>,
}

program!(run, Memory = Memory { network: Planes::ZERO, workspace: PlanesWorkspace::new() });

fn run(memory: &mut Memory) -> Result<(), Error> {
    let bits = train_planes(&mut memory.network, &mut memory.workspace)?;
    write_number(c"planes.loss", bits.loss);
    write_number(c"planes.parameters", bits.parameters);
    write_number(c"planes.outputs", bits.outputs);
    Ok(())
}

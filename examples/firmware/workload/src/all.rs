//! Every training run, for machines with room for all on the stack.

use backprop::Error;

use crate::planes::{Planes, PlanesWorkspace, train_planes};
use crate::streams::{Gru, GruWorkspace, Lstm, LstmWorkspace, hear_wave, learn_wave};
use crate::{
    Kinds, KindsWorkspace, Sensor, SensorWorkspace, Tiny, TinyWorkspace, train_kinds, train_sensor,
    train_tiny,
};

/// Trains each network from the seed on; returns what is left of each, by name.
///
/// # Errors
///
/// A loss that is not finite.
pub fn train_all() -> Result<[(&'static str, u32); 11], Error> {
    let tiny = train_tiny(&mut { Tiny::ZERO }, &mut TinyWorkspace::new())?;
    let sensor = train_sensor(&mut { Sensor::ZERO }, &mut SensorWorkspace::new())?;
    let kinds = train_kinds(&mut { Kinds::ZERO }, &mut KindsWorkspace::new())?;
    let planes = train_planes(&mut { Planes::ZERO }, &mut PlanesWorkspace::new())?;
    let heard = hear_wave(&mut { Gru::ZERO }, &mut GruWorkspace::new());
    let learnt = learn_wave(&mut { Lstm::ZERO }, &mut LstmWorkspace::new())?;
    Ok([
        ("tiny.parameters", tiny),
        ("sensor.parameters", sensor),
        ("kinds.loss", kinds.loss),
        ("kinds.parameters", kinds.parameters),
        ("kinds.probabilities", kinds.probabilities),
        ("planes.loss", planes.loss),
        ("planes.parameters", planes.parameters),
        ("planes.outputs", planes.outputs),
        ("gru.outputs", heard),
        ("lstm.loss", learnt.after.to_bits()),
        ("lstm.parameters", learnt.parameters),
    ])
}

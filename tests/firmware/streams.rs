//! The image `streams`: recurrent layers end with the bits of the host on every machine.

use backprop::Error;
use workload::streams::{Gru, GruWorkspace, Lstm, LstmWorkspace, hear_wave, learn_wave};

use super::{describe, list_runs};

#[test]
#[cfg_attr(not(feature = "reproducible"), ignore = "needs the feature `reproducible`")]
fn streams_end_with_the_bits_of_the_host() -> Result<(), Error> {
    let heard = hear_wave(&mut { Gru::ZERO }, &mut GruWorkspace::new());
    let learnt = learn_wave(&mut { Lstm::ZERO }, &mut LstmWorkspace::new())?;
    let expected = [("gru.outputs", heard), ("lstm.parameters", learnt.parameters)];
    for measurement in list_runs("streams") {
        for (name, bits) in expected {
            let found = measurement.run.find(name);
            assert_eq!(found, Some(bits.into()), "{name}: {}", describe(measurement));
        }
    }
    Ok(())
}

//! The image `planes`: convolutions, pools and norms end with the bits of the host on every machine.

use backprop::{Error, Step};
use workload::planes::{Planes, PlanesWorkspace, train_planes};

use super::{describe, list_runs};

#[test]
#[cfg_attr(not(feature = "reproducible"), ignore = "needs the feature `reproducible`")]
fn planes_end_with_the_bits_of_the_host() -> Result<(), Error> {
    let bits = train_planes(&mut { Planes::ZERO }, &mut PlanesWorkspace::<Step>::new())?;
    let expected = [
        ("planes.loss", bits.loss),
        ("planes.parameters", bits.parameters),
        ("planes.outputs", bits.outputs),
    ];
    for measurement in list_runs("planes") {
        for (name, bits) in expected {
            let found = measurement.run.find(name);
            assert_eq!(found, Some(bits.into()), "{name}: {}", describe(measurement));
        }
    }
    Ok(())
}

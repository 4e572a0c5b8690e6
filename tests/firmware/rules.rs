//! The image `rules`: every update rule takes its steps in place.

use std::ffi::CStr;

use backprop::{Error, Rule, Step};
use workload::rules::{SmallWorkspace, VisitRule, train_small, visit_rules};

use super::{describe, list_runs};

/// Names of hashes, and the hashes.
#[derive(Default)]
struct Hashes(Vec<(String, u32)>);

impl VisitRule for Hashes {
    fn visit(
        &mut self,
        hash: &'static CStr,
        _: &'static CStr,
        rule: impl Rule<f32>,
    ) -> Result<(), Error> {
        let bits = train_small(
            rule,
            &mut SmallWorkspace::new(),
            |network, (readings, class), optimizer, workspace| {
                network.train_step_with(readings, class, optimizer, workspace)
            },
        )?;
        self.0.push((hash.to_string_lossy().into_owned(), bits));
        Ok(())
    }
}

#[test]
#[cfg_attr(not(feature = "reproducible"), ignore = "needs the feature `reproducible`")]
fn every_rule_ends_with_the_bits_of_the_host() -> Result<(), Error> {
    let mut expected = Hashes::default();
    visit_rules(&mut expected)?;
    for measurement in list_runs("rules") {
        for (name, bits) in &expected.0 {
            let found = measurement.run.find(name);
            assert_eq!(found, Some((*bits).into()), "{name}: {}", describe(measurement));
        }
    }
    Ok(())
}

#[test]
fn no_rule_ends_where_another_does() -> Result<(), Error> {
    let mut trained = Hashes::default();
    visit_rules(&mut trained)?;
    let mut bits: Vec<u32> = trained.0.iter().map(|(_, bits)| *bits).collect();
    bits.sort_unstable();
    bits.dedup();
    assert_eq!(bits.len(), trained.0.len());
    Ok(())
}

#[test]
fn no_rule_needs_static_memory_but_the_workspace_of_a_step() {
    for measurement in list_runs("rules") {
        let workspace = size_of::<SmallWorkspace<Step>>();
        assert_eq!(measurement.ram as usize, workspace, "{}", describe(measurement));
        // There is no buffer for the gradient in it.
        assert!(workspace < size_of::<workload::rules::SmallGradient>());
    }
}

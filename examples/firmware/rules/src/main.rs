//! Trains a network by every rule that steps in place, without a buffer for its gradient, and counts their steps.
#![no_std]
#![no_main]

use core::ffi::CStr;

use backprop::{Error, Rule, Step};
use support::console::write_number;
use support::counter::Counter;
use support::program;
use workload::rules::{SmallWorkspace, VisitRule, train_small, visit_rules};

program!(run, SmallWorkspace<Step> = SmallWorkspace::new());

fn run(workspace: &mut SmallWorkspace<Step>) -> Result<(), Error> {
    visit_rules(&mut Runs { workspace, counter: Counter::start() })
}

struct Runs<'a> {
    workspace: &'a mut SmallWorkspace<Step>,
    counter: Counter,
}

impl VisitRule for Runs<'_> {
    // One rule after the other: none needs the stack of another.
    #[inline(never)]
    fn visit(
        &mut self,
        hash: &'static CStr,
        step: &'static CStr,
        rule: impl Rule<f32>,
    ) -> Result<(), Error> {
        let mut instructions = 0;
        let bits = train_small(
            rule,
            self.workspace,
            |network, (readings, class), optimizer, workspace| {
                let mut outcome = Ok(0.0);
                instructions = self.counter.count(|| {
                    outcome = network.train_step_with(readings, class, optimizer, workspace);
                });
                outcome
            },
        )?;
        write_number(hash, bits);
        write_number(step, instructions);
        Ok(())
    }
}

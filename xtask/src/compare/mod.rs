//! `cargo xtask compare`: our times beside those of others, and beside what the machine can do.

mod builds;
mod contestant;
mod markdown;
mod mkl;
mod options;
mod peers;
mod python;
mod table;
mod timing;
mod turns;
mod work;

use crate::launch::{describe_machine, find_core, pin};
use builds::{Build, OURS, VARIANTS};
use contestant::Contestant;
use options::Options;
use peers::find_peers;
use table::{Column, format_ceilings, format_comparison, format_times};
use turns::{check_agreement, take_turns};
use work::{list_ceilings, list_rows};

/// Builds our side, finds the peers, lets all take turns, and prints the tables.
pub fn compare(arguments: &[&str]) -> Result<(), String> {
    let options = Options::parse(arguments)?;
    let rows = list_rows(&options.only);
    if rows.is_empty() {
        return Err(format!("no task is called `{}`", options.only));
    }
    let core = find_core();
    let variants = if options.variants { VARIANTS.as_slice() } else { &[] };
    let builds: Vec<&Build> = std::iter::once(&OURS).chain(variants).collect();
    let mut contestants = Vec::new();
    for build in &builds {
        contestants.push(Contestant::start(build.label, pin(&[build.run()?], core))?);
    }
    for peer in find_peers(&options)? {
        contestants.push(Contestant::start(peer.label, pin(&peer.program, core))?);
    }
    check_agreement(&rows, &mut contestants)?;
    let ceilings = list_ceilings(&rows, options.variants);
    let times = take_turns(&rows, &ceilings, options.rounds, &mut contestants)?;

    println!("{}; {}", describe_machine(core), describe(&contestants));
    println!("minimum (median) of {} rounds\n", options.rounds);
    let builds = builds.iter().map(|build| Some(build.ceiling)).chain(std::iter::repeat(None));
    let columns = contestants.iter().zip(times).zip(builds);
    let columns: Vec<Column> = columns
        .map(|((contestant, times), ceiling)| Column { label: contestant.label, times, ceiling })
        .collect();
    println!("{}", format_times(&rows, &columns));
    println!("How many times as long as ours; our rates, and shares of what the machine can do.\n");
    println!("{}", format_comparison(&rows, &columns));
    print!("{}", columns.first().map_or_else(String::new, |ours| format_ceilings(&ceilings, ours)));
    Ok(())
}

/// Every description once: builds of one program have the same.
fn describe(contestants: &[Contestant]) -> String {
    let mut described: Vec<&str> =
        contestants.iter().map(|contestant| contestant.description.as_str()).collect();
    described.dedup();
    described.join(", ")
}

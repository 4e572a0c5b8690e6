//! The contest itself: first whether all compute the same, then who takes how long.

use std::collections::HashMap;

use super::contestant::Contestant;
use super::table::Times;
use super::timing::Timing;
use super::work::Row;

/// How far apart, relatively, two sums may be that were added up in different orders.
const TOLERANCE: f64 = 1e-3;

/// Times mean something only if all compute the same: the first losses, or outputs, must agree.
pub fn check_agreement(rows: &[Row], contestants: &mut [Contestant]) -> Result<(), String> {
    for Row { name, .. } in rows {
        let mut expected = None;
        for contestant in &mut *contestants {
            let Some(value) = contestant.check(name)? else { continue };
            let expected = *expected.get_or_insert(value);
            if !agree(value, expected) {
                return Err(format!(
                    "{name}: the sum over the first calls is {value} with {}, but {expected} with ours",
                    contestant.label
                ));
            }
        }
    }
    Ok(())
}

fn agree(value: f64, expected: f64) -> bool {
    // Not the other way round, so that NaN does not agree.
    (value - expected).abs() <= TOLERANCE * expected.abs()
}

/// Round by round and task by task everyone has a turn, so that a machine that slows down slows all alike;
/// the ceilings have theirs in each round as well.
pub fn take_turns(
    rows: &[Row],
    ceilings: &[String],
    rounds: usize,
    contestants: &mut [Contestant],
) -> Result<Vec<Times>, String> {
    let mut timings: Vec<HashMap<String, Vec<Timing>>> = vec![HashMap::new(); contestants.len()];
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        for Row { name, .. } in rows {
            for (contestant, times) in contestants.iter_mut().zip(&mut timings) {
                times.entry((*name).to_owned()).or_default().extend(contestant.time(name)?);
            }
        }
        if let (Some(ours), Some(times)) = (contestants.first_mut(), timings.first_mut()) {
            for name in ceilings {
                times.entry(name.clone()).or_default().extend(ours.time(name)?);
            }
        }
    }
    let merge = |times: HashMap<String, Vec<Timing>>| -> Times {
        let merged = times.into_iter();
        merged.filter_map(|(name, rounds)| Some((name, Timing::merge(&rounds)?))).collect()
    };
    Ok(timings.into_iter().map(merge).collect())
}

#[cfg(test)]
mod tests {
    use super::agree;

    #[test]
    fn sums_agree_up_to_rounding() {
        assert!(agree(150.5293, 150.5292) && agree(-2.0, -2.001));
        assert!(!agree(1.0, 1.01) && !agree(f64::NAN, 1.0) && !agree(1.0, f64::NAN));
    }
}

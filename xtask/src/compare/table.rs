//! The table: from times to text.

use std::collections::HashMap;
use std::fmt::Write;

use super::timing::Timing;
use super::work::{Ceiling, FMA_FLOPS, MULTIPLY_ADD, Task, list_ceilings};

/// The merged times of one contestant, by task.
pub type Times = HashMap<String, Timing>;

/// One line a task: ours, each peer with how many times as long it takes, our rate, and the share of
/// the ceiling. Ratios, rates and shares are those of the minima, which other work on the machine
/// disturbs least.
pub fn format_table(tasks: &[Task], ours: &Times, peers: &[(&str, Times)]) -> String {
    let mut head = vec!["task".to_owned(), "ours".to_owned()];
    head.extend(peers.iter().flat_map(|(label, _)| [(*label).to_owned(), "/ ours".to_owned()]));
    head.extend(["GFLOP/s".to_owned(), "of the ceiling".to_owned()]);
    let rows = tasks.iter().filter_map(|task| Some((task, *ours.get(task.name)?)));
    let rows = rows.map(|(task, time)| {
        let mut row = vec![task.title(), format_timing(time)];
        for (_, times) in peers {
            let theirs = times.get(task.name);
            row.push(theirs.map_or("-".to_owned(), |theirs| format_timing(*theirs)));
            row.push(theirs.map_or("-".to_owned(), |theirs| format_ratio(*theirs, time)));
        }
        row.push(format!("{:.1}", task.flops() as f64 / time.minimum));
        row.push(share(task, time, ours).map_or("-".to_owned(), |share| {
            format!("{:.1} % {}", share * 100.0, name_ceiling(task.ceiling))
        }));
        row
    });
    align(std::iter::once(head).chain(rows).collect())
}

/// One line a ceiling, in the units that data sheets use.
pub fn format_ceilings(ours: &Times) -> String {
    let mut text = String::new();
    for name in list_ceilings() {
        let Some(timing) = ours.get(&name) else { continue };
        let (time, rate) = (format_timing(*timing), |amount: f64| amount / timing.minimum);
        let words: Vec<&str> = name.split('/').collect();
        let line = match (words.as_slice(), words.last().and_then(|bytes| bytes.parse().ok())) {
            ([_, kind, bytes], Some(amount)) => {
                format!("{kind} {bytes} bytes: {time}, {:.0} GB/s", rate(amount))
            }
            _ => format!("multiply-adds: {:.0} GFLOP/s", rate(FMA_FLOPS as f64)),
        };
        writeln!(text, "{line}").expect("a string takes any text");
    }
    text
}

/// How much of what the machine could do at best a task reaches.
fn share(task: &Task, time: Timing, ours: &Times) -> Option<f64> {
    let least = match task.ceiling {
        Ceiling::MultiplyAdd => {
            ours.get(MULTIPLY_ADD)?.minimum * task.flops() as f64 / FMA_FLOPS as f64
        }
        Ceiling::Memory => {
            let passes = task.passes();
            passes.iter().map(|pass| Some(ours.get(pass)?.minimum)).sum::<Option<f64>>()?
        }
    };
    Some(least / time.minimum)
}

fn name_ceiling(ceiling: Ceiling) -> &'static str {
    match ceiling {
        Ceiling::MultiplyAdd => "FMA",
        Ceiling::Memory => "memory",
    }
}

fn format_ratio(theirs: Timing, ours: Timing) -> String {
    let ratio = theirs.minimum / ours.minimum;
    if ratio < 10.0 { format!("{ratio:.2}") } else { format!("{ratio:.0}") }
}

/// `minimum (median) unit`.
fn format_timing(timing: Timing) -> String {
    let (unit, scale) = match timing.minimum {
        ns if ns < 1e3 => ("ns", 1.0),
        ns if ns < 1e6 => ("us", 1e3),
        _ => ("ms", 1e6),
    };
    format!("{:.1} ({:.1}) {unit}", timing.minimum / scale, timing.median / scale)
}

/// A Markdown table that can be read as it is: the first column to the left, numbers to the right.
fn align(rows: Vec<Vec<String>>) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let cell =
                if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") };
            write!(text, "| {cell} ").expect("a string takes any text");
        }
        text += "|\n";
        if index == 0 {
            for (column, width) in widths.iter().enumerate() {
                let end = if column == 0 { "-" } else { ":" };
                write!(text, "|{}{end}", "-".repeat(width + 1)).expect("a string takes any text");
            }
            text += "|\n";
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TASKS: [Task; 2] = [
        Task {
            name: "a",
            widths: [4, 8, 2],
            batch: 10,
            training: false,
            ceiling: Ceiling::MultiplyAdd,
        },
        Task { name: "b", widths: [4, 8, 2], batch: 1, training: true, ceiling: Ceiling::Memory },
    ];

    fn times<const N: usize>(entries: [(&str, f64, f64); N]) -> Times {
        let entries =
            entries.map(|(name, minimum, median)| (name.to_owned(), Timing { minimum, median }));
        entries.into_iter().collect()
    }

    #[test]
    fn ratios_rates_and_shares_are_those_of_the_minima() {
        // `a` is 2 * 10 * (32 + 16) = 960 FLOPs; the ceiling does them in 48 ns at 20 GFLOP/s. `b` has
        // 58 parameters, 232 bytes.
        let ours = times([
            ("a", 96.0, 100.0),
            ("b", 2000.0, 2500.0),
            (MULTIPLY_ADD, FMA_FLOPS as f64 / 20.0, FMA_FLOPS as f64),
            ("ceiling/read/232", 300.0, 400.0),
            ("ceiling/update/232", 700.0, 900.0),
        ]);
        let peers =
            [("torch", times([("a", 48.0, 50.0), ("b", 3.0e6, 4.0e6)])), ("jax", times([]))];
        assert_eq!(
            format_table(&TASKS, &ours, &peers),
            "\
| task                         |            ours |          torch | / ours | jax | / ours | GFLOP/s | of the ceiling |
|------------------------------|----------------:|---------------:|-------:|----:|-------:|--------:|---------------:|
| 4-8-2 inference, batch 10    | 96.0 (100.0) ns | 48.0 (50.0) ns |   0.50 |   - |      - |    10.0 |     50.0 % FMA |
| 4-8-2 training step, batch 1 |    2.0 (2.5) us |   3.0 (4.0) ms |   1500 |   - |      - |     0.1 |  50.0 % memory |
"
        );
    }

    #[test]
    fn a_ceiling_that_the_machine_lacks_leaves_a_dash() {
        let table = format_table(&TASKS, &times([("a", 96.0, 100.0)]), &[]);
        let row = "| 4-8-2 inference, batch 10 | 96.0 (100.0) ns |    10.0 |              - |";
        assert_eq!(table.lines().last(), Some(row));
    }
}

//! The tables: from times to text. Ratios, rates and shares are those of the minima, which other work on the
//! machine disturbs least.

use std::collections::HashMap;

use contest::ceilings::FMA_FLOPS;

use super::markdown::align;
use super::timing::Timing;
use super::work::{Ceiling, Row};

/// The merged times of one contestant, by task.
pub type Times = HashMap<String, Timing>;

pub struct Column {
    pub label: &'static str,
    pub times: Times,
    /// Of a build of ours: the rate of multiply-adds that it is held against.
    pub ceiling: Option<&'static str>,
}

/// One line a task: what each contestant took.
pub fn format_times(rows: &[Row], columns: &[Column]) -> String {
    let labels = columns.iter().map(|column| column.label.to_owned());
    let head = std::iter::once("task".to_owned()).chain(labels).collect();
    let lines = rows.iter().map(|row| {
        let cell = |column: &Column| {
            let timing = column.times.get(row.name)?;
            Some(format_timing(timing.divide(row.parts())))
        };
        let cells = columns.iter().map(|column| cell(column).unwrap_or_else(dash));
        std::iter::once(row.title()).chain(cells).collect()
    });
    align(std::iter::once(head).chain(lines).collect())
}

/// One line a task: how many times as long as ours each of the others took, and for each build of ours its
/// rate and its share of the ceiling.
pub fn format_comparison(rows: &[Row], columns: &[Column]) -> String {
    let Some((ours, others)) = columns.split_first() else { return String::new() };
    let builds: Vec<&Column> = columns.iter().filter(|column| column.ceiling.is_some()).collect();
    let mut head = vec!["task".to_owned()];
    head.extend(others.iter().map(|column| column.label.to_owned()));
    for build in &builds {
        // "ours" goes without saying.
        let variant =
            build.label.split_once('/').map_or(String::new(), |(_, name)| format!(" {name}"));
        head.extend([format!("GFLOP/s{variant}"), "of the ceiling".to_owned()]);
    }
    let lines = rows.iter().filter_map(|row| {
        let time = ours.times.get(row.name)?;
        let ratio = |column: &Column| Some(format_ratio(*column.times.get(row.name)?, *time));
        let mut line = vec![row.title()];
        line.extend(others.iter().map(|column| ratio(column).unwrap_or_else(dash)));
        for build in &builds {
            let rate = build.times.get(row.name).map(|time| row.flops() as f64 / time.minimum);
            line.push(rate.map_or_else(dash, |rate| format!("{rate:.1}")));
            line.push(format_share(row, build, &ours.times).unwrap_or_else(dash));
        }
        Some(line)
    });
    align(std::iter::once(head).chain(lines).collect())
}

/// One line a ceiling, in the units that data sheets use.
pub fn format_ceilings(names: &[String], ours: &Column) -> String {
    let line = |name: &String| {
        let timing = ours.times.get(name)?;
        let (time, rate) = (format_timing(*timing), |amount: f64| amount / timing.minimum);
        let words: Vec<&str> = name.split('/').collect();
        Some(match words.as_slice() {
            [_, kind, bytes] => {
                format!("{kind} {bytes} bytes: {time}, {:.0} GB/s\n", rate(bytes.parse().ok()?))
            }
            _ => format!("{}: {:.0} GFLOP/s\n", words.last()?, rate(FMA_FLOPS as f64)),
        })
    };
    names.iter().filter_map(line).collect()
}

/// How much of what is possible at best a build reaches, with the name of that.
fn format_share(row: &Row, build: &Column, ceilings: &Times) -> Option<String> {
    let time = build.times.get(row.name)?.minimum;
    let (least, name) = match row.ceiling {
        Ceiling::MultiplyAdd => {
            let timing = ceilings.get(build.ceiling?)?;
            (timing.minimum * row.flops() as f64 / FMA_FLOPS as f64, "FMA")
        }
        Ceiling::Memory => {
            let passes = row.passes();
            let times = passes.iter().map(|pass| Some(ceilings.get(pass)?.minimum));
            (times.sum::<Option<f64>>()?, "memory")
        }
        Ceiling::Row(other, name) => (build.times.get(other)?.minimum, name),
        Ceiling::Latency => return None,
    };
    Some(format!("{:.1} % {name}", least / time * 100.0))
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

/// What a contestant did not do, or a machine does not have.
fn dash() -> String {
    "-".to_owned()
}

#[cfg(test)]
mod tests {
    use contest::ceilings::{FMA, FMA_AVX2};

    use super::*;
    use crate::compare::work::list_rows;

    fn column<const N: usize>(label: &'static str, entries: [(&str, f64, f64); N]) -> Column {
        let entries =
            entries.map(|(name, minimum, median)| (name.to_owned(), Timing { minimum, median }));
        Column { label, times: entries.into_iter().collect(), ceiling: None }
    }

    fn select(names: &[&str]) -> Vec<Row> {
        names.iter().flat_map(|name| list_rows(name)).collect()
    }

    #[test]
    fn cells_are_times_of_one_sample_in_a_fitting_unit() {
        let rows = select(&["digits/dep", "sine/together"]);
        let columns = [
            column(
                "ours",
                [("digits/dependent/1", 96.0, 100.0), ("sine/together/256", 2560.0, 5120.0)],
            ),
            column("torch", [("digits/dependent/1", 3.0e6, 4.0e6)]),
        ];
        assert_eq!(
            format_times(&rows, &columns),
            "\
| task                                   |            ours |        torch |
|----------------------------------------|----------------:|-------------:|
| 64-32-10 inference, dependent          | 96.0 (100.0) ns | 3.0 (4.0) ms |
| 1-16-16-1 inference, 256 at once, each |  10.0 (20.0) ns |            - |
"
        );
    }

    #[test]
    fn ratios_rates_and_shares_are_those_of_the_minima() {
        // A sample of sine is 2 * (16 + 256 + 16) = 576 FLOPs; at 20 GFLOP/s they take 28.8 ns.
        let ours = Column {
            ceiling: Some(FMA),
            ..column(
                "ours",
                [
                    ("sine/independent/1", 57.6, 60.0),
                    ("mlp/sgd/1", 2000.0, 2500.0),
                    ("mlp/sgd/64", 500.0, 500.0),
                    ("mlp-f64/sgd/64", 1000.0, 1000.0),
                    ("xor/sgd/4", 100.0, 100.0),
                    ("ceiling/read/407080", 300.0, 400.0),
                    ("ceiling/update/407080", 700.0, 900.0),
                    (FMA, FMA_FLOPS as f64 / 20.0, FMA_FLOPS as f64),
                    (FMA_AVX2, FMA_FLOPS as f64 / 10.0, FMA_FLOPS as f64),
                ],
            )
        };
        let avx2 = Column {
            ceiling: Some(FMA_AVX2),
            ..column("ours/avx2", [("sine/independent/1", 115.2, 120.0)])
        };
        let torch =
            column("torch", [("sine/independent/1", 28.8, 30.0), ("xor/sgd/4", 150e3, 2e5)]);
        let rows = select(&["sine/ind", "mlp/sgd/1", "mlp-f64", "xor/sgd/4"]);
        assert_eq!(
            format_comparison(&rows, &[ours, avx2, torch]),
            "\
| task                             | ours/avx2 | torch | GFLOP/s | of the ceiling | GFLOP/s avx2 | of the ceiling |
|----------------------------------|----------:|------:|--------:|---------------:|-------------:|---------------:|
| 1-16-16-1 inference, independent |      2.00 |  0.50 |    10.0 |     50.0 % FMA |          5.0 |     50.0 % FMA |
| 784-128-10 step, batch 1         |         - |     - |   204.5 |  50.0 % memory |            - |              - |
| 784-128-10 f64 step, batch 64    |         - |     - | 26181.6 |     50.0 % f32 |            - |              - |
| 2-8-1 step, batch 4              |         - |  1500 |     4.5 |              - |            - |              - |
"
        );
    }

    #[test]
    fn a_ceiling_that_the_machine_lacks_leaves_a_dash() {
        let ours =
            Column { ceiling: Some(FMA), ..column("ours", [("sine/independent/1", 57.6, 60.0)]) };
        let table = format_comparison(&select(&["sine/ind"]), &[ours]);
        let row = "| 1-16-16-1 inference, independent |    10.0 |              - |";
        assert_eq!(table.lines().last(), Some(row));
    }

    #[test]
    fn ceilings_have_the_units_of_data_sheets() {
        let names = ["ceiling/read/1000", FMA].map(str::to_owned);
        let ours = column(
            "ours",
            [("ceiling/read/1000", 100.0, 200.0), (FMA, FMA_FLOPS as f64 / 20.0, 1e9)],
        );
        let text = format_ceilings(&names, &ours);
        assert_eq!(text, "read 1000 bytes: 100.0 (200.0) ns, 10 GB/s\nfma: 20 GFLOP/s\n");
    }
}

//! Measurements as rows of Markdown, and back.

use super::measure::Measurement;

/// The names of the first columns, which say what was measured.
const SUBJECTS: [&str; 4] = ["image", "network", "machine", "opt-level"];
/// The names of the figures.
const FIGURES: [&str; 7] = ["flash", "static RAM", "stack", COMPUTED, "forward", "step", "load"];
/// The figure that takes a disassembler.
const COMPUTED: &str = "computed stack";

/// A network of an image on a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What was measured.
    pub subject: [String; SUBJECTS.len()],
    /// Bytes and instructions; `None` where there is nothing to measure.
    pub figures: [Option<u32>; FIGURES.len()],
    /// How the run ended.
    pub exit: String,
}

/// One row for each network of each measurement.
pub fn list_rows(measurements: &[Measurement]) -> Vec<Row> {
    let rows = measurements.iter().flat_map(|measurement| {
        measurement.image.networks.iter().map(|network| make_row(measurement, *network))
    });
    rows.collect()
}

fn make_row(measurement: &Measurement, (network, sizes): (&str, &str)) -> Row {
    let Measurement { image, machine, level, flash, ram, computed, run, counted, .. } = measurement;
    let count = |call: &str| counted.find(&format!("{network}.{call}"));
    let numbers = [run.find("stack.painted"), count("forward"), count("step"), count("load")];
    let [stack, forward, step, load] =
        numbers.map(|number| number.and_then(|number| u32::try_from(number).ok()));
    Row {
        subject: [image.name, &format!("{network}, {sizes}"), machine.name, level.name]
            .map(str::to_owned),
        figures: [Some(*flash), Some(*ram), stack, *computed, forward, step, load],
        exit: run.exit.clone(),
    }
}

/// All rows as one table.
pub fn render(rows: &[Row]) -> String {
    let mut text = render_line(SUBJECTS.into_iter().chain(FIGURES).chain(["exit"]));
    let rule = SUBJECTS.map(|_| "---").into_iter().chain(FIGURES.map(|_| "--:")).chain(["---"]);
    text += &render_line(rule);
    for row in rows {
        let figures = row.figures.map(|figure| figure.map_or("-".to_owned(), group_digits));
        let cells = row.subject.iter().chain(&figures).chain([&row.exit]);
        text += &render_line(cells.map(String::as_str));
    }
    text
}

fn render_line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<_> = cells.collect();
    format!("| {} |\n", cells.join(" | "))
}

/// `1234567` as `1,234,567`.
fn group_digits(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The rows of a table that [`render`] made.
pub fn parse(text: &str) -> Result<Vec<Row>, String> {
    // The names of the columns and the rule below them are no rows.
    text.lines().filter(|line| line.starts_with('|')).skip(2).map(parse_row).collect()
}

fn parse_row(line: &str) -> Result<Row, String> {
    let wrong =
        || format!("not a row of the table: `{line}`; `cargo xtask firmware --bless` writes it");
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let (subject, rest) = cells.split_first_chunk().ok_or_else(wrong)?;
    let (figures, rest) = rest.split_first_chunk::<{ FIGURES.len() }>().ok_or_else(wrong)?;
    let [exit] = rest else { return Err(wrong()) };
    let mut parsed = [None; FIGURES.len()];
    for (parsed, figure) in parsed.iter_mut().zip(figures) {
        if *figure != "-" {
            *parsed = Some(figure.replace(',', "").parse().map_err(|_| wrong())?);
        }
    }
    Ok(Row { subject: subject.map(str::to_owned), figures: parsed, exit: (*exit).to_owned() })
}

/// Says which figures of `measured` are further from those of `committed` than a part of them, and which
/// rows are missing there.
pub fn compare(measured: &[Row], committed: &[Row], part: f64) -> Vec<String> {
    let mut differences = Vec::new();
    for row in measured {
        let subject = row.subject.join(", ");
        let Some(other) = committed.iter().find(|other| other.subject == row.subject) else {
            differences.push(format!("{subject}: not in the table"));
            continue;
        };
        for ((name, now), then) in FIGURES.into_iter().zip(row.figures).zip(other.figures) {
            if name == COMPUTED && now.is_none() {
                continue;
            }
            let (now_number, then_number) = (now.unwrap_or(0), then.unwrap_or(0));
            let allowed = f64::from(then_number) * part;
            if now.is_some() != then.is_some()
                || f64::from(now_number.abs_diff(then_number)) > allowed
            {
                differences.push(format!("{subject}: {name} was {then:?} and is {now:?}"));
            }
        }
        if row.exit != other.exit {
            differences.push(format!("{subject}: exit was {} and is {}", other.exit, row.exit));
        }
    }
    differences
}

#[cfg(test)]
mod table_tests {
    use super::{Row, compare, group_digits, parse, render};

    fn make_row(flash: u32) -> Row {
        Row {
            subject: ["image", "net, 2-8-1", "M0", "3"].map(str::to_owned),
            figures: [Some(flash), Some(200), Some(1_234_567), Some(4), None, Some(12), None],
            exit: "0".to_owned(),
        }
    }

    #[test]
    fn a_table_is_parsed_to_the_rows_that_it_was_made_of() {
        let rows = [make_row(1_000), make_row(2_000)];
        assert_eq!(parse(&render(&rows)).as_deref(), Ok(rows.as_slice()));
        assert!(parse("|a|\n|-|\n|b|\n").is_err());
        assert_eq!(
            [0, 999, 1_000, 1_000_000].map(group_digits),
            ["0", "999", "1,000", "1,000,000"]
        );
    }

    #[test]
    fn what_differs_by_more_than_its_part_is_named() {
        let committed = [make_row(1_000)];
        assert!(compare(&[make_row(1_050)], &committed, 0.05).is_empty());
        assert_eq!(compare(&[make_row(1_051)], &committed, 0.05).len(), 1);
        assert_eq!(compare(&[make_row(1_000)], &[], 0.05).len(), 1);
    }
}

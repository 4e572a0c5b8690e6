//! The table in `docs/firmware.md`, between two comments.

use std::fs;
use std::path::Path;

const DOCUMENT: &str = "docs/firmware.md";
const START: &str = "<!-- `cargo xtask firmware --bless` writes what follows -->\n";
const END: &str = "<!-- end of the table -->";

/// The table as it is committed.
pub fn read_table(root: &Path) -> Result<String, String> {
    let text = read(root)?;
    let (_, table, _) = split(&text)?;
    Ok(table.to_owned())
}

/// Puts another table in its place.
pub fn write_table(root: &Path, table: &str) -> Result<(), String> {
    let text = read(root)?;
    let (before, _, after) = split(&text)?;
    fs::write(root.join(DOCUMENT), format!("{before}{table}{after}"))
        .map_err(|error| format!("{DOCUMENT}: {error}"))
}

fn read(root: &Path) -> Result<String, String> {
    fs::read_to_string(root.join(DOCUMENT)).map_err(|error| format!("{DOCUMENT}: {error}"))
}

/// What stands before the table, the table, and what stands after it.
fn split(text: &str) -> Result<(&str, &str, &str), String> {
    let missing = || format!("{DOCUMENT} needs the lines `{}` and `{END}`", START.trim_end());
    let start = text.find(START).ok_or_else(missing)? + START.len();
    let length = text.get(start..).and_then(|rest| rest.find(END)).ok_or_else(missing)?;
    let (before, rest) = text.split_at(start);
    let (table, after) = rest.split_at(length);
    Ok((before, table, after))
}

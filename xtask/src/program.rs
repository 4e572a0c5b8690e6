//! Building a program of this repository.

use std::ffi::OsString;
use std::process::Command;

use crate::process::read;

/// Runs a `cargo build` and says where the program of this name is that it built.
pub fn build_program(command: &mut Command, name: &str) -> Result<OsString, String> {
    let messages = read(command.arg("--message-format=json-render-diagnostics"))?;
    let program = find_program(&messages, name).map(OsString::from);
    program.ok_or_else(|| format!("cargo names no executable `{name}`"))
}

/// Only a program is executable among the artifacts.
fn find_program(messages: &str, name: &str) -> Option<String> {
    messages.lines().find_map(|line| {
        let (_, rest) = line.split_once("\"executable\":\"")?;
        let (path, _) = rest.split_once('"')?;
        let path = path.replace("\\\\", "\\");
        let file = path.rsplit(['/', '\\']).next()?;
        (file.strip_suffix(".exe").unwrap_or(file) == name).then_some(path)
    })
}

#[cfg(test)]
mod tests {
    use super::find_program;

    #[test]
    fn a_program_is_found_by_its_name() {
        let messages = r#"{"reason":"compiler-artifact","executable":"/target/old"}
{"reason":"compiler-artifact","executable":"C:\\target\\new.exe","fresh":true}
{"reason":"compiler-artifact","executable":null}
{"reason":"build-finished","success":true}"#;
        assert_eq!(find_program(messages, "old").as_deref(), Some("/target/old"));
        assert_eq!(find_program(messages, "new").as_deref(), Some("C:\\target\\new.exe"));
        assert_eq!(find_program(messages, "ne"), None);
    }
}

//! The page of all errors, `src/errors.md`, from the rules and their cases.
//!
//! `BLESS=1 cargo test --test errors` writes it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use backprop_compiler::diagnostics::SECTIONS;

use crate::cases::{Case, read_cases};

const HEAD: &str = "\
What `network!` refuses, rule by rule: what is written, and what rustc prints.

Each message stands on the tokens that it is about, names the other side of a conflict in a `note`, and says
what to do in its `help`. All independent mistakes are reported at once, those of the grammar too, and none
that only follows from another: what is misspelt stands for what was probably meant, and a declaration with a
mistake still has its struct and its methods, so that the code around it has no errors of its own. The
exception is code that depends on a shape which is itself unknown: where an input's or an output's size cannot
be told, the methods that take or return it are missing. Of a loss that is not known, `loss` and `backward` are
missing, whose result depends on it.

";

fn write_case(page: &mut String, case: &Case) {
    let _ = writeln!(page, "{}\n", case.docs);
    let code = case.code.replace("use backprop::network;\n\n", "").replace("\n\nfn main() {}", "");
    let _ = writeln!(page, "```text\n{}\n```\n", code.trim());
    let _ = writeln!(page, "```text\n{}\n```\n", case.messages.trim());
}

fn write_page() -> String {
    let mut page = HEAD.to_owned();
    for section in SECTIONS {
        let _ = writeln!(page, "# {}\n", section.title);
        for rule in section.rules {
            let _ = writeln!(page, "## {}\n\nThe rule: {}.\n", rule.id(), rule.summary());
            for case in read_cases(&format!("fail/{}", rule.id())) {
                write_case(&mut page, &case);
            }
        }
    }
    page.push_str("# Several mistakes\n\n");
    for case in read_cases("several") {
        let _ = writeln!(page, "## {}\n", case.name);
        write_case(&mut page, &case);
    }
    page.push_str("# What the types of Rust refuse\n\n");
    for case in read_cases("types") {
        let _ = writeln!(page, "## {}\n", case.name);
        write_case(&mut page, &case);
    }
    page
}

#[test]
fn the_guide_is_that_of_the_cases() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/errors.md");
    let page = write_page();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let same = written == page;
    assert!(same, "src/errors.md is not what the cases say: BLESS=1 cargo test --test errors");
}

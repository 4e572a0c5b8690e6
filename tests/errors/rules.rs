//! Every rule has a case, and every case is about its rule.

use std::collections::BTreeSet;

use backprop_compiler::diagnostics::{Rule, SECTIONS};

use crate::cases::{list, read_cases};

fn list_rules() -> impl Iterator<Item = Rule> {
    SECTIONS.iter().flat_map(|section| section.rules.iter().copied())
}

#[test]
fn every_rule_has_a_case_and_every_folder_a_rule() {
    let rules: BTreeSet<String> = list_rules().map(Rule::id).collect();
    assert_eq!(rules.len(), list_rules().count(), "two rules have one id");
    let folders: BTreeSet<String> = list("fail")
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(folders, rules);
}

#[test]
fn every_case_breaks_its_rule_and_no_other() {
    let mut wrong = Vec::new();
    for rule in list_rules() {
        let cases = read_cases(&format!("fail/{}", rule.id()));
        assert!(!cases.is_empty(), "{} has no case", rule.id());
        for case in cases {
            assert!(
                !case.docs.is_empty(),
                "{}/{} does not say what it shows",
                rule.id(),
                case.name
            );
            for messages in case.analyse() {
                let found: Vec<Rule> = messages.iter().map(|message| message.rule).collect();
                if found != [rule] {
                    wrong.push(format!("{}/{}: {found:?}", rule.id(), case.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What rustc prints is what the compiler said, all of it and nothing else.
#[test]
fn every_message_is_printed_and_none_follows_from_it() {
    let folders = list_rules().map(|rule| format!("fail/{}", rule.id()));
    for folder in folders.chain(["several".to_owned()]) {
        for case in read_cases(&folder) {
            let networks = case.analyse();
            let said: usize = networks.iter().map(Vec::len).sum();
            let printed = case.messages.lines().filter(|line| line.starts_with("error")).count();
            assert_eq!(printed, said, "{folder}/{}", case.name);
            for message in networks.iter().flatten() {
                for line in message.text().lines() {
                    assert!(case.messages.contains(line), "{folder}/{}: {line}", case.name);
                }
            }
        }
    }
}

#[test]
fn there_are_cases_enough() {
    let single: usize =
        list_rules().map(|rule| read_cases(&format!("fail/{}", rule.id())).len()).sum();
    let several = read_cases("several");
    assert!(single + several.len() >= 90, "{single} and {}", several.len());
    for case in &several {
        let messages: usize = case.analyse().iter().map(Vec::len).sum();
        assert!(messages >= 2, "{} has one mistake", case.name);
    }
    assert!(several.len() >= 15, "{}", several.len());
}

/// As rustc's own: lower case, no final stop, and a help that says what to do.
#[test]
fn messages_have_the_form_of_rustcs() {
    let folders = list_rules().map(|rule| format!("fail/{}", rule.id()));
    for folder in folders.chain(["several".to_owned()]) {
        for case in read_cases(&folder) {
            for message in case.analyse().iter().flatten() {
                let headline = &message.headline;
                let help = message.help.as_deref().unwrap_or_default();
                let starts_small = !headline.starts_with(char::is_uppercase);
                assert!(starts_small && !headline.ends_with(['.', '?']), "{folder}: {headline}");
                assert!(!help.is_empty() && !help.ends_with('.'), "{folder}: {headline}: {help}");
            }
        }
    }
}

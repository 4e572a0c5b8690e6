//! A running program that times tasks when asked to: ours, or a peer.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::timing::Timing;

pub struct Contestant {
    /// The head of its column.
    pub label: &'static str,
    /// What it says it is, with its version.
    pub description: String,
    process: Child,
    /// Taken at the end: a closed input is what ends the program.
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Contestant {
    /// Starts it and waits until it is ready.
    pub fn start(label: &'static str, mut command: Command) -> Result<Self, String> {
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{label} cannot be run: {error}"))?;
        let requests = process.stdin.take();
        let answers = process.stdout.take().ok_or_else(|| format!("{label} has no output"))?;
        let answers = BufReader::new(answers);
        let mut contestant = Self { label, description: String::new(), process, requests, answers };
        contestant.description = contestant.read_after("ready")?;
        Ok(contestant)
    }

    /// Has it time a task now. `None` where it says that it cannot.
    pub fn time(&mut self, name: &str) -> Result<Option<Timing>, String> {
        let answer = self.ask("time", name)?;
        Timing::parse(&answer).map_err(|error| format!("{}, {name}: {error}", self.label))
    }

    /// What its first calls add up to, to be held against the others'. `None` where it has no such task.
    pub fn check(&mut self, name: &str) -> Result<Option<f64>, String> {
        let answer = self.ask("check", name)?;
        if answer == "none" {
            return Ok(None);
        }
        answer
            .parse()
            .map(Some)
            .map_err(|_| format!("{}, {name}: `{answer}` is no number", self.label))
    }

    fn ask(&mut self, verb: &str, name: &str) -> Result<String, String> {
        if let Some(requests) = &mut self.requests {
            // A program that has ended shows itself when its answer is read.
            let _ = writeln!(requests, "{verb} {name}").and_then(|()| requests.flush());
        }
        self.read_after(name)
    }

    fn read_after(&mut self, word: &str) -> Result<String, String> {
        let mut line = String::new();
        let read = self.answers.read_line(&mut line);
        let rest = line.trim().strip_prefix(word).map(|rest| rest.trim().to_owned());
        match (read, rest) {
            (Ok(1..), Some(rest)) => Ok(rest),
            (Ok(0) | Err(_), _) => Err(format!("{} ended before its answer to {word}", self.label)),
            _ => Err(format!("{} answers `{}` to {word}", self.label, line.trim())),
        }
    }
}

impl Drop for Contestant {
    fn drop(&mut self) {
        drop(self.requests.take());
        let _ = self.process.wait();
    }
}

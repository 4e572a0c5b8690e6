//! Time for any input up to 64 KiB is bounded: nothing grows faster than the text, or not by much.

use std::fmt::Write as _;
use std::fs;
use std::sync::LazyLock;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::tokens::read_tokens;

/// The size of an input.
pub const BYTES: usize = 64 * 1024;

/// How long one input may take, unoptimised: seconds of a processor, several times what the slowest takes, so
/// that a busy machine does not decide.
const BOUND: Duration = Duration::from_secs(15);

/// When to give up waiting.
const PATIENCE: Duration = Duration::from_secs(60);

/// The stack of rustc's threads is larger.
const STACK: usize = 2 * 1024 * 1024;

/// When a text is large enough.
#[derive(Clone, Copy)]
pub struct Size {
    bytes: usize,
    pieces: usize,
}

impl Size {
    /// 64 KiB.
    pub const TEXT: Self = Self { bytes: BYTES, pieces: usize::MAX };
    /// About as many layers, joins and losses as a network may have.
    pub const NODES: Self = Self { bytes: BYTES, pieces: 1000 };

    /// `before`, as many pieces as fit, `after`.
    pub fn fill(self, before: &str, piece: impl Fn(usize) -> String, after: &str) -> String {
        let mut text = before.to_owned();
        for index in 0..self.pieces {
            let piece = piece(index);
            if text.len() + piece.len() + after.len() > self.bytes {
                break;
            }
            text += &piece;
        }
        text + after
    }

    /// The same of pieces that do not depend on their number.
    pub fn repeat(self, before: &str, piece: &str, after: &str) -> String {
        self.fill(before, |_| piece.to_owned(), after)
    }

    /// As many first pieces as fit half of the text, and then as many second ones.
    pub fn both(
        self,
        before: &str,
        first: impl Fn(usize) -> String,
        between: &str,
        second: impl Fn(usize) -> String,
        after: &str,
    ) -> String {
        let half = Self { bytes: self.bytes / 2, pieces: self.pieces / 2 };
        let text = half.fill(before, first, between);
        Self { bytes: self.bytes, ..half }.fill(&text, second, after)
    }
}

/// A name of that many letters.
pub fn long_name(letter: char, count: usize) -> String {
    letter.to_string().repeat(count)
}

/// The name of that number whose letters differ in case alone from every other's.
pub fn cased_name(number: usize) -> String {
    let letter = |bit: usize| if number >> bit & 1 == 1 { 'A' } else { 'a' };
    (0..13).map(letter).collect()
}

/// What a text is, and the text.
pub type Case = (&'static str, String);

/// A declaration of these statements.
pub fn wrap(statements: &str) -> String {
    format!("pub struct Net {{ {statements} }}")
}

/// Compiles a text in a thread whose name rustc's message about an overflowing stack would show.
fn time_compilation(name: &str, text: String) -> Result<Duration, String> {
    let (sender, receiver) = channel();
    let builder = thread::Builder::new().name(name.to_owned()).stack_size(STACK);
    let run = move || {
        let Some(tokens) = read_tokens(&format!("backprop; {text}")) else { return };
        let start = read_clock();
        let items = backprop_compiler::compile(tokens);
        // The receiver is gone only once it has given up.
        let _ = sender.send((read_clock() - start, items.is_empty()));
    };
    let _running = builder.spawn(run).expect("there is room for a thread");
    match receiver.recv_timeout(PATIENCE) {
        Ok((_, true)) => Err("there is neither a network nor a message".to_owned()),
        Ok((time, false)) if time > BOUND => Err(format!("takes {time:?}")),
        Ok((time, false)) => Ok(time),
        Err(RecvTimeoutError::Timeout) => Err(format!("takes longer than {PATIENCE:?}")),
        Err(RecvTimeoutError::Disconnected) => Err("panics, or is not made of tokens".to_owned()),
    }
}

/// How long this thread has run; where the system does not say, the time of day.
fn read_clock() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = statistics.split(' ').next().and_then(|first| first.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Compiles each text, and fails with a report of all if one does not end in time.
pub fn assert_bounded(cases: Vec<Case>) {
    let mut report = String::new();
    let mut failed = false;
    for (name, text) in cases {
        let size = text.len();
        let result = time_compilation(name, text);
        failed |= result.is_err();
        let _ = writeln!(report, "{name} ({size} bytes): {result:?}");
    }
    println!("{report}");
    assert!(!failed, "{report}");
}

//! Ends the process where the compiler does not come back.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// When the present case began, and its text.
type Present = Arc<Mutex<Option<(Instant, String)>>>;

/// Looks after one case at a time.
pub struct Watchdog {
    present: Present,
}

impl Watchdog {
    /// From now on, no case may take longer than `patience`.
    pub fn start(patience: Duration) -> Self {
        let present = Present::default();
        let watched = Arc::clone(&present);
        thread::spawn(move || {
            loop {
                thread::sleep(patience / 10);
                let present = watched.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some((start, text)) = &*present
                    && start.elapsed() > patience
                {
                    eprintln!("the compiler hangs: {text}");
                    std::process::exit(1);
                }
            }
        });
        Self { present }
    }

    /// Runs a case.
    pub fn watch<T>(&self, text: &str, case: impl FnOnce() -> T) -> T {
        self.set(Some((Instant::now(), text.to_owned())));
        let result = case();
        self.set(None);
        result
    }

    fn set(&self, case: Option<(Instant, String)>) {
        *self.present.lock().unwrap_or_else(PoisonError::into_inner) = case;
    }
}

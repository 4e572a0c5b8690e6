//! A running rust-analyzer: questions and answers over its standard streams.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use lsp_server::{Message, Notification, Request, Response};
use serde_json::{Value, json};

/// The longest that the crate may take to be loaded, the build of the procedural macro included.
const LOADING: Duration = Duration::from_secs(300);
/// The longest that one answer may take.
const ANSWERING: Duration = Duration::from_secs(60);

/// The server, which ends with this process: its input does.
pub struct Server {
    input: BufWriter<std::process::ChildStdin>,
    messages: Receiver<Message>,
    requests: i32,
    /// What it said of itself last.
    status: Value,
    log: PathBuf,
}

impl Server {
    /// Starts rust-analyzer on a crate, and waits until it has read it and built its procedural macros.
    pub fn start(package: &Path, target: &Path) -> Self {
        let log = target.join("rust-analyzer.log");
        std::fs::create_dir_all(target).expect("the folder can be written");
        let mut process = Command::new("rust-analyzer")
            .current_dir(package)
            .env("CARGO_TARGET_DIR", target)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).expect("the log can be written"))
            .spawn()
            .expect("rust-analyzer starts");
        let mut output = BufReader::new(process.stdout.take().expect("it is piped"));
        let input = BufWriter::new(process.stdin.take().expect("it is piped"));
        let (sender, messages) = channel();
        thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
            let _ = process.wait();
        });
        let mut server = Self { input, messages, requests: 0, status: Value::Null, log };
        server.initialise(package);
        server
    }

    fn initialise(&mut self, package: &Path) {
        let name = package.file_name().expect("it is a folder").to_string_lossy();
        let build = ["cargo", "check", "--quiet", "--message-format=json", "--package", &name];
        let options = json!({
            // Only what the crate needs is built, by the cargo that runs this test.
            "cargo": { "buildScripts": { "overrideCommand": build } },
            "cachePriming": { "enable": false },
            "checkOnSave": false,
        });
        let capabilities = json!({
            "experimental": { "serverStatusNotification": true },
            "textDocument": {
                "diagnostic": {},
                "hover": { "contentFormat": ["markdown"] },
            },
            "workspace": { "workspaceEdit": { "documentChanges": true } },
        });
        self.ask(
            "initialize",
            json!({
                "processId": std::process::id(),
                "rootUri": format!("file://{}", package.display()),
                "capabilities": capabilities,
                "initializationOptions": options,
            }),
        );
        self.tell("initialized", json!({}));
        self.wait_until_ready();
    }

    fn wait_until_ready(&mut self) {
        let end = Instant::now() + LOADING;
        while self.status["quiescent"] != true {
            self.receive(end, "the crate to be loaded");
        }
        let health = self.status["health"].clone();
        assert_eq!(health, "ok", "{}; see {}", self.status, self.log.display());
    }

    /// Sends a notification.
    pub fn tell(&mut self, method: &str, parameters: Value) {
        self.send(Notification::new(method.to_owned(), parameters).into());
    }

    /// Sends a request and waits for its answer.
    pub fn ask(&mut self, method: &str, parameters: Value) -> Value {
        self.requests += 1;
        let id = self.requests.into();
        self.send(Request::new(self.requests.into(), method.to_owned(), parameters).into());
        let end = Instant::now() + ANSWERING;
        loop {
            if let Some(response) = self.receive(end, method).filter(|answer| answer.id == id) {
                let refused = |error| panic!("{method}: {error:?}; see {}", self.log.display());
                return response.response_result.unwrap_or_else(refused);
            }
        }
    }

    /// Takes one message; an answer is handed on.
    fn receive(&mut self, end: Instant, what: &str) -> Option<Response> {
        let left = end.saturating_duration_since(Instant::now());
        let message = self.messages.recv_timeout(left).unwrap_or_else(|error| {
            let log = self.log.display();
            panic!("waited for {what}: {error}; last heard: {}; see {log}", self.status)
        });
        match message {
            Message::Response(response) => return Some(response),
            // Whatever it wants done, such as a bar of its progress, is as good as done.
            Message::Request(request) => {
                self.send(Response::new_ok(request.id, Value::Null).into())
            }
            Message::Notification(told) if told.method == "experimental/serverStatus" => {
                self.status = told.params;
            }
            Message::Notification(_) => {}
        }
        None
    }

    fn send(&mut self, message: Message) {
        message.write(&mut self.input).expect("rust-analyzer listens");
    }
}

//! One open file, and questions about places in it. A place is text of the file with `|` at the cursor.

use std::path::Path;

use serde_json::{Value, json};

use crate::server::Server;

/// The file, as rust-analyzer knows it. It is ASCII, so that a column is a byte.
pub struct Document {
    server: Server,
    address: String,
    text: String,
    version: i32,
}

impl Document {
    /// Opens the only file of a crate.
    pub fn open(mut server: Server, package: &Path) -> Self {
        let path = package.join("src/lib.rs");
        let text = std::fs::read_to_string(&path).expect("the file is there");
        let address = format!("file://{}", path.display());
        server.tell(
            "textDocument/didOpen",
            json!({ "textDocument": {
                "uri": address, "languageId": "rust", "version": 0, "text": text,
            } }),
        );
        Self { server, address, text, version: 0 }
    }

    /// What it says.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is shown over a word.
    pub fn hover(&mut self, place: &str) -> String {
        let answer = self.ask_at("hover", place, json!({}));
        answer["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    /// The lines of its definitions, with `[` before the name.
    pub fn find_definitions(&mut self, place: &str) -> Vec<String> {
        let answer = self.ask_at("definition", place, json!({}));
        self.show_locations(&answer)
    }

    /// The lines of its uses and of its definitions, likewise.
    pub fn find_references(&mut self, place: &str) -> Vec<String> {
        let context = json!({ "context": { "includeDeclaration": true } });
        let answer = self.ask_at("references", place, context);
        self.show_locations(&answer)
    }

    fn show_locations(&self, answer: &Value) -> Vec<String> {
        let mut lines: Vec<String> = answer
            .as_array()
            .expect("a list of locations")
            .iter()
            .map(|location| {
                assert_eq!(location["uri"], self.address, "{location}");
                self.show(self.offset(&location["range"]["start"]))
            })
            .collect();
        lines.sort();
        lines
    }

    /// The names that the outline of the file lists.
    pub fn outline(&mut self) -> Vec<String> {
        let document = json!({ "textDocument": { "uri": self.address } });
        read_names(&self.server.ask("textDocument/documentSymbol", document))
    }

    /// The names of items of the workspace that `query` finds.
    pub fn find_symbols(&mut self, query: &str) -> Vec<String> {
        let mut names = read_names(&self.server.ask("workspace/symbol", json!({ "query": query })));
        names.sort();
        names
    }

    /// The line of a place, as `find_definitions` gives it.
    pub fn line(&self, place: &str) -> String {
        self.show(find(&self.text, place))
    }

    /// The text after a name was replaced everywhere.
    pub fn rename(&mut self, place: &str, name: &str) -> String {
        let answer = self.ask_at("rename", place, json!({ "newName": name }));
        let [changes] = answer["documentChanges"].as_array().expect("a list of files").as_slice()
        else {
            panic!("not one file: {answer}")
        };
        assert_eq!(changes["textDocument"]["uri"], self.address);
        let mut edits: Vec<_> = changes["edits"]
            .as_array()
            .expect("a list of edits")
            .iter()
            .map(|edit| {
                let ends = ["start", "end"].map(|end| self.offset(&edit["range"][end]));
                (ends, edit["newText"].as_str().expect("a text"))
            })
            .collect();
        edits.sort();
        let mut text = self.text.clone();
        for ([start, end], new) in edits.into_iter().rev() {
            text.replace_range(start..end, new);
        }
        text
    }

    /// What is offered at the cursor in `new`, were it written in place of `old`.
    pub fn complete(&mut self, old: &str, new: &str) -> Vec<String> {
        let start = find(&self.text, &format!("|{old}"));
        let before = self.text.clone();
        let mut text = before.clone();
        text.replace_range(start..start + old.len(), &new.replace('|', ""));
        self.replace(text);
        let cursor = start + new.find('|').expect("a cursor");
        let answer = self.ask_at_offset("completion", cursor, json!({}));
        self.replace(before);
        let items = answer["items"].as_array().or(answer.as_array());
        let labels = items.into_iter().flatten().map(|item| item["label"].as_str());
        labels.flatten().map(str::to_owned).collect()
    }

    /// The errors and warnings of another text.
    pub fn check(&mut self, text: &str) -> Vec<String> {
        let before = self.text.clone();
        self.replace(text.to_owned());
        let document = json!({ "textDocument": { "uri": self.address } });
        let answer = self.server.ask("textDocument/diagnostic", document);
        self.replace(before);
        let items = answer["items"].as_array().expect("a list of messages");
        items.iter().map(|item| item["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    fn replace(&mut self, text: String) {
        self.version += 1;
        self.server.tell(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": self.address, "version": self.version },
                "contentChanges": [{ "text": text }],
            }),
        );
        self.text = text;
    }

    fn ask_at(&mut self, what: &str, place: &str, more: Value) -> Value {
        self.ask_at_offset(what, find(&self.text, place), more)
    }

    fn ask_at_offset(&mut self, what: &str, offset: usize, mut question: Value) -> Value {
        let before = &self.text[..offset];
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        question["textDocument"] = json!({ "uri": self.address });
        question["position"] =
            json!({ "line": before.matches('\n').count(), "character": offset - start });
        self.server.ask(&format!("textDocument/{what}"), question)
    }

    fn offset(&self, position: &Value) -> usize {
        let number = |key| position[key].as_u64().expect("a number") as usize;
        let lines = self.text.split_inclusive('\n').take(number("line"));
        lines.map(str::len).sum::<usize>() + number("character")
    }

    fn show(&self, offset: usize) -> String {
        let (before, after) = self.text.split_at(offset);
        let before = before.rsplit('\n').next().unwrap_or_default().trim_start();
        format!("{before}[{}", after.lines().next().unwrap_or_default())
    }
}

fn read_names(answer: &Value) -> Vec<String> {
    let symbols = answer.as_array().expect("a list of symbols").iter();
    symbols.map(|symbol| symbol["name"].as_str().expect("a name").to_owned()).collect()
}

/// Where the cursor of a place stands. The text around it stands once in the file.
fn find(text: &str, place: &str) -> usize {
    let cursor = place.find('|').expect("a cursor");
    let plain = place.replace('|', "");
    let mut found = text.match_indices(&plain).map(|(start, _)| start + cursor);
    let first = found.next().unwrap_or_else(|| panic!("`{plain}` is not in the file"));
    assert_eq!(found.next(), None, "`{plain}` is in the file more than once");
    first
}

//! burn's side of `cargo xtask compare`.

mod model;
mod tasks;

fn main() -> std::io::Result<()> {
    contest::protocol::serve("burn 0.22 (flex)", tasks::create, |_| None)
}

//! candle's side of `cargo xtask compare`.

mod model;
mod tasks;

fn main() -> std::io::Result<()> {
    contest::protocol::serve("candle 0.11 (CPU)", tasks::create, |_| None)
}

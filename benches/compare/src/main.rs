//! Our side of `cargo xtask compare`, and the ceilings of the machine it runs on.

mod ceilings;
mod contestant;
mod inference;
mod networks;
mod stream;
mod tasks;
mod training;

fn main() -> std::io::Result<()> {
    let description = concat!("backprop ", env!("CARGO_PKG_VERSION"));
    contest::protocol::serve(description, tasks::create, ceilings::measure)
}

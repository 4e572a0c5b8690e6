//! Who else takes part, as far as it is here.

use std::ffi::OsString;

use super::builds::build_peer;
use super::mkl::build_mkl;
use super::options::Options;
use super::python::Python;

/// What a peer needs to be run.
enum Kind {
    /// A module of Python.
    Module(&'static str),
    /// A C compiler, and Intel's library.
    Mkl,
    /// A package of `benches/peers`.
    Rust,
}

/// In the order of the columns.
const PEERS: [(&str, Kind); 6] = [
    ("torch", Kind::Module("torch")),
    ("jax", Kind::Module("jax")),
    ("jax-loop", Kind::Module("jax")),
    ("mkl", Kind::Mkl),
    ("burn", Kind::Rust),
    ("candle", Kind::Rust),
];

pub struct Peer {
    pub label: &'static str,
    /// The program and its arguments.
    pub program: Vec<OsString>,
}

/// The peers that are wanted and here; of each that is not, a line says why, and what to do about it.
pub fn find_peers(options: &Options) -> Result<Vec<Peer>, String> {
    options.check_peers(&PEERS.map(|(label, _)| label))?;
    let python = Python::find();
    let mut peers = Vec::new();
    for (label, kind) in PEERS {
        if !options.wants(label) {
            continue;
        }
        let program = match kind {
            Kind::Module(module) => {
                python.require(&[module], module).map(|()| python.command(label))
            }
            Kind::Mkl => build_mkl(&python).map(|library| {
                let mut command = python.command(label);
                command.push(library.into());
                command
            }),
            Kind::Rust => build_peer(label).map(|program| vec![program]),
        };
        match program {
            Ok(program) => peers.push(Peer { label, program }),
            Err(reason) => println!("{label} is missing: {reason}"),
        }
    }
    Ok(peers)
}

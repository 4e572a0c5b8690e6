//! The examples' command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

/// What the options say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// `--seed N`: of the split, the initialisation and the shuffling.
    pub seed: u64,
    /// `--seeds N`: one run for each of the seeds 0 to N - 1.
    pub seeds: Option<u64>,
    /// `--data FILE`: read instead of the shipped file.
    pub data: Option<PathBuf>,
    /// `--epochs N`: how long to train.
    pub epochs: Option<u64>,
    /// `--checkpoint FILE`: where to save, and to go on from.
    pub checkpoint: Option<PathBuf>,
    /// `--watch`: ends with an animation.
    pub watch: bool,
    /// `--deploy`: ends with what was learnt in the file of a firmware image.
    pub deploy: bool,
}

impl Arguments {
    /// Reads the options of this process; `accepted` are those that the example understands.
    pub fn read(accepted: &[&str]) -> Result<Self, lexopt::Error> {
        Self::parse(accepted, std::env::args_os().skip(1))
    }

    /// Reads options from `arguments`, the program's name not among them.
    pub fn parse(
        accepted: &[&str],
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
    ) -> Result<Self, lexopt::Error> {
        let mut parsed = Self::default();
        let mut parser = Parser::from_args(arguments.into_iter().map(Into::into));
        while let Some(argument) = parser.next()? {
            let Arg::Long(name) = argument else {
                return Err(argument.unexpected());
            };
            if !accepted.contains(&name) {
                let options: Vec<_> = accepted.iter().map(|name| format!("--{name}")).collect();
                return Err(match options.as_slice() {
                    [] => format!("--{name} is not known: this example has no options"),
                    _ => format!("--{name} is not known: the options are {}", options.join(", ")),
                }
                .into());
            }
            match name {
                "seed" => parsed.seed = parser.value()?.parse()?,
                "seeds" => match parser.value()?.parse()? {
                    0 => return Err("--seeds needs at least 1".into()),
                    seeds => parsed.seeds = Some(seeds),
                },
                "epochs" => parsed.epochs = Some(parser.value()?.parse()?),
                "checkpoint" => parsed.checkpoint = Some(parser.value()?.into()),
                "watch" => parsed.watch = true,
                "deploy" => parsed.deploy = true,
                "data" => parsed.data = Some(parser.value()?.into()),
                _ => return Err(argument.unexpected()),
            }
        }
        Ok(parsed)
    }
}

//! What the command line asks for.

pub const USAGE: &str =
    "cargo xtask compare [--only PART] [--peers LABEL,..] [--rounds N] [--variants]";

#[derive(Debug, PartialEq)]
pub struct Options {
    /// A part of the names or titles of the tasks that are wanted.
    pub only: String,
    /// The labels of the peers that are wanted; all of them if none is named.
    pub peers: Option<Vec<String>>,
    /// How often everyone gets a turn at each task.
    pub rounds: usize,
    /// Whether our program takes part in other builds, too.
    pub variants: bool,
}

impl Options {
    pub fn parse(arguments: &[&str]) -> Result<Self, String> {
        let mut options = Self { only: String::new(), peers: None, rounds: 9, variants: false };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || {
                let value = arguments.next().ok_or_else(|| format!("`{argument}` needs a value"));
                value.copied()
            };
            match *argument {
                "--variants" => options.variants = true,
                "--only" => options.only = value()?.to_owned(),
                "--peers" => {
                    options.peers = Some(value()?.split(',').map(str::to_owned).collect());
                }
                "--rounds" => {
                    let number = value()?;
                    options.rounds = number
                        .parse()
                        .ok()
                        .filter(|rounds| *rounds > 0)
                        .ok_or_else(|| format!("`{number}` is no number of rounds"))?;
                }
                _ => return Err(format!("no such option: `{argument}`\nusage: {USAGE}")),
            }
        }
        Ok(options)
    }

    /// Whether the peer of this label is to take part.
    pub fn wants(&self, label: &str) -> bool {
        self.peers.as_ref().is_none_or(|peers| peers.iter().any(|peer| peer == label))
    }

    /// Fails on a label that nobody has.
    pub fn check_peers(&self, known: &[&str]) -> Result<(), String> {
        let mut labels = self.peers.iter().flatten();
        // We always take part: everything is held against us.
        match labels.find(|label| *label != "ours" && !known.contains(&label.as_str())) {
            Some(label) => Err(format!("no such peer: `{label}`; there are {}", known.join(", "))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn nothing_asks_for_everything() {
        let options = Options::parse(&[]).unwrap();
        assert!(options.wants("torch") && !options.variants && options.only.is_empty());
        assert_eq!(options.rounds, 9);
    }

    #[test]
    fn options_choose() {
        let options = Options::parse(&[
            "--only",
            "mlp",
            "--peers",
            "ours,jax",
            "--rounds",
            "2",
            "--variants",
        ]);
        let options = options.unwrap();
        assert_eq!((options.only.as_str(), options.rounds, options.variants), ("mlp", 2, true));
        assert!(options.wants("jax") && !options.wants("torch"));
        assert_eq!(options.check_peers(&["jax", "torch"]), Ok(()));
        assert!(options.check_peers(&["torch"]).is_err_and(|error| error.contains("`jax`")));
    }

    #[test]
    fn mistakes_are_named() {
        let parse = |arguments: &[&str]| Options::parse(arguments).unwrap_err();
        assert!(parse(&["--only"]).contains("`--only` needs a value"));
        assert!(parse(&["--rounds", "0"]).contains("`0`"));
        assert!(parse(&["--fast"]).contains("`--fast`"));
    }
}

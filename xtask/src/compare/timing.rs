//! Times of one task, in nanoseconds per call.

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timing {
    pub minimum: f64,
    pub median: f64,
}

impl Timing {
    /// Reads `min_ns median_ns`; `none` says that there is no such measurement on this machine.
    pub fn parse(text: &str) -> Result<Option<Self>, String> {
        if text == "none" {
            return Ok(None);
        }
        let numbers: Option<Vec<f64>> = text
            .split_whitespace()
            .map(|word| word.parse().ok().filter(|ns: &f64| ns.is_finite() && *ns > 0.0))
            .collect();
        match numbers.as_deref() {
            Some(&[minimum, median]) if minimum <= median => Ok(Some(Self { minimum, median })),
            _ => Err(format!("`{text}` is not `min_ns median_ns`")),
        }
    }

    /// That of one of so many equal parts.
    pub fn divide(self, parts: usize) -> Self {
        Self { minimum: self.minimum / parts as f64, median: self.median / parts as f64 }
    }

    /// The minimum of the rounds' minima and the median of their medians; `None` of no rounds.
    pub fn merge(rounds: &[Self]) -> Option<Self> {
        let minimum = rounds.iter().map(|round| round.minimum).min_by(f64::total_cmp)?;
        let mut medians: Vec<f64> = rounds.iter().map(|round| round.median).collect();
        medians.sort_by(f64::total_cmp);
        Some(Self { minimum, median: medians[medians.len() / 2] })
    }
}

#[cfg(test)]
mod tests {
    use super::Timing;

    #[test]
    fn lines_are_two_ordered_numbers_or_none() {
        let timing = Timing { minimum: 12.5, median: 13.0 };
        assert_eq!(Timing::parse("12.500 13.000"), Ok(Some(timing)));
        assert_eq!(Timing::parse("none"), Ok(None));
        for wrong in ["", "1.0", "1 2 3", "2.0 1.0", "0 1", "NaN 1", "1 inf", "a b"] {
            assert!(Timing::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn rounds_merge_to_the_least_and_the_middle() {
        let rounds = [(3.0, 9.0), (1.0, 4.0), (2.0, 5.0)];
        let rounds = rounds.map(|(minimum, median)| Timing { minimum, median });
        assert_eq!(Timing::merge(&rounds), Some(Timing { minimum: 1.0, median: 5.0 }));
        assert_eq!(Timing::merge(&[]), None);
    }
}

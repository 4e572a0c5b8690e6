//! What was probably meant.

/// What other frameworks call things, and what they are called here.
const SYNONYMS: &[(&str, &str)] = &[
    ("linear", "dense"),
    ("fully_connected", "dense"),
    ("kaiming_uniform", "he_uniform"),
    ("kaiming_normal", "he_normal"),
    ("xavier_uniform", "glorot_uniform"),
    ("xavier_normal", "glorot_normal"),
    ("gaussian", "normal"),
    ("random_normal", "normal"),
    ("random_uniform", "uniform"),
    ("ones", "constant"),
    ("swish", "silu"),
    ("logistic", "sigmoid"),
    ("l1", "mae"),
    ("l2", "mse"),
    ("bce", "binary_cross_entropy"),
    ("bce_with_logits", "binary_cross_entropy_with_logits"),
    ("categorical_crossentropy", "cross_entropy"),
    ("kl_div", "kl_divergence"),
    ("cosine_similarity", "cosine"),
    ("crossentropyloss", "cross_entropy"),
    ("sparse_categorical_crossentropy", "cross_entropy"),
    ("mseloss", "mse"),
    ("l1loss", "mae"),
    ("nllloss", "nll"),
    ("kldivloss", "kl_divergence"),
    ("huberloss", "huber"),
    ("smoothl1loss", "smooth_l1"),
    ("bceloss", "binary_cross_entropy"),
    ("bcewithlogitsloss", "binary_cross_entropy_with_logits"),
    ("leakyrelu", "leaky_relu"),
    ("logsoftmax", "log_softmax"),
    ("hardtanh", "hard_tanh"),
    ("hardswish", "hard_swish"),
    ("hardsigmoid", "hard_sigmoid"),
    ("float", "f32"),
    ("float32", "f32"),
    ("double", "f64"),
    ("float64", "f64"),
    ("use_bias", "bias"),
    ("out_features", "units"),
    ("weight_init", "init"),
    ("kernel_initializer", "init"),
    ("bias_initializer", "bias_init"),
    ("requires_grad", "trainable"),
    ("label_smoothing", "smoothing"),
    ("weight", "class_weights"),
    ("dim", "axis"),
    ("one_hot", "probabilities"),
    ("sparse", "index"),
    ("cat", "concat"),
    ("concatenate", "concat"),
];

/// A network with more names was written by a program: were each unknown one compared with each known one,
/// the time would grow with the square of its size.
const CANDIDATES: usize = 128;

/// A longer name was not written by hand either.
const LONGEST: usize = 64;

/// The candidate nearest to what was written, if it is near enough to be a slip of the pen, or means the
/// same elsewhere.
#[must_use]
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let count = |text: &str| text.chars().count();
    let length = count(written);
    if length > LONGEST {
        return None;
    }
    let limit = length.div_ceil(3);
    let small = written.to_lowercase();
    // Capitals are no difference: `ReLU`.
    let mut same = vec![small.as_str()];
    same.extend(SYNONYMS.iter().filter(|(other, _)| *other == small).map(|(_, here)| here));
    candidates
        .into_iter()
        .take(CANDIDATES)
        .filter_map(|candidate| {
            if same.contains(&candidate) {
                return Some((0, candidate));
            }
            // What differs by more characters than may be wrong need not be compared.
            let is_near = count(candidate).abs_diff(length) <= limit;
            is_near.then(|| (edit_distance(written, candidate), candidate))
        })
        .filter(|(distance, _)| *distance <= limit && *distance < length)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many characters to insert, delete or replace, or neighbours to swap (Damerau 1964, each part of the
/// text edited once).
fn edit_distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for line in 0..from.len() {
        let mut next = vec![line + 1];
        for column in 0..to.len() {
            let replaced = row[column] + usize::from(from[line] != to[column]);
            let mut distance = replaced.min(row[column + 1] + 1).min(next[column] + 1);
            if line > 0
                && column > 0
                && from[line] == to[column - 1]
                && from[line - 1] == to[column]
            {
                distance = distance.min(before[column - 1] + 1);
            }
            next.push(distance);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::{edit_distance, nearest};

    #[test]
    fn a_slip_of_the_pen_is_one_edit() {
        for (from, to, distance) in [
            ("dense", "dense", 0),
            ("denes", "dense", 1),
            ("dnse", "dense", 1),
            ("densee", "dense", 1),
            ("mes", "mse", 1),
            ("mes", "mae", 2),
            ("", "relu", 4),
        ] {
            assert_eq!(edit_distance(from, to), distance, "{from} {to}");
            assert_eq!(edit_distance(to, from), distance, "{to} {from}");
        }
    }

    #[test]
    fn what_is_far_is_not_offered() {
        assert_eq!(nearest("mes", ["mse", "mae"]), Some("mse"));
        assert_eq!(nearest("attention", ["relu", "dense"]), None);
        assert_eq!(nearest("q", ["y"]), None);
    }
}

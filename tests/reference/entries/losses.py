"""Losses: each makes a network, and the same loss at extreme outputs and targets."""

import math

import torch
import torch.nn.functional as F

import losses
from care import avoid
from draw import classes, fields, log_probabilities, pick, probabilities, values, weighted
from entries import Entry, Extreme
from losses import by_sample, cross_entropy, mse


def loss(name, call, function, target, layer=None, activation=lambda y: y, rows=(), at_extremes=None):
    """A loss of three outputs, behind a layer that gives it what it needs."""
    before = f" -> {layer}" if layer else ""

    def network(p, x):
        return activation(p.dense(torch.tanh(p.dense(x, 2)), 3))

    declaration = f"input x: [2]; output y = x -> dense(2) -> tanh -> dense(3){before}; loss {call};"
    return (
        Entry(name, declaration, network, function, target),
        Extreme(name, call, at_extremes or function, list(rows), target) if rows else None,
    )


def cross(outputs, targets):
    """Every output of one number with every target."""
    return [([y], [t]) for y in outputs for t in targets]


DISTANCES = cross(
    [0.0, -0.0, 1e-40, -1e-30, 1e-8, -1e-4, 0.3, -2.5, 20.0, -88.8, 1e4, -1e4, 1e18, 1e30, -1e30], [0.0]
) + cross([0.0, 0.25, -88.8, 1e4, -1e30], [0.25])
LOGITS = cross([0.0, 1e-8, -1e-40, 3.0, -17.0, 88.8, -88.8, 710.0, -710.0, 1e4, -1e4, 1e30, -1e30], [0.0, 0.25, 1.0])
PROBABILITIES = cross([0.0, 1.0, 1e-40, 1e-30, 1e-4, 0.5, 1.0 - 2**-20], [0.0, 0.25, 1.0])
MARGINS = cross([0.0, 1e-40, 0.25, -0.25, 4.0, -4.0, 1e4, -1e4, 1e18, -1e18, 1e30, -1e30], [-1.0, 1.0])
RATES = cross([0.0, 1e-8, -1e-8, 2.0, -2.0, 80.0, 88.8, -88.8, 1e4, -1e4], [0.0, 1.0, 5.0])
POSITIVE_RATES = cross([0.0, 1e-40, 1e-12, 1e-4, 2.0, 88.8, 1e4, 1e30], [0.0, 1.0, 5.0])
TRIPLES = [
    [0.0, 0.0, 0.0],
    [1e4, -1e4, 0.0],
    [-1e4, 1e4, 1e4],
    [1e4, 1e4, 1e4],
    [88.8, -88.8, 0.0],
    [1e30, 0.0, -1e30],
    [1e-40, -1e-40, 1e-8],
    [-3.0, 120.0, 2.0],
]
SCORES = [(row, [float(index)]) for row in TRIPLES for index in range(3)]
SHARES = [(row, shares) for row in TRIPLES for shares in ([0.0, 1.0, 0.0], [0.25, 0.25, 0.5])]
LOGARITHMS = [[0.0, -1e4, -1e4], [-0.5, -1.5, -1.5], [-88.8, -1e30, 0.0], [-math.log(3)] * 3]
VECTORS = [
    (y, t)
    for y in ([0.0, 0.0, 0.0], [1e-40, 0.0, 0.0], [1e-4, -1e-4, 0.0], [3.0, 4.0, 0.0], [1e4, -1e4, 1e4])
    for t in ([0.0, 0.0, 0.0], [1.0, 0.5, -2.0], [-1e4, 1e4, -1e4])
]

WEIGHTS = [0.5, 2.0, 1.25]
WEIGHTS_TEXT = "class_weights = [0.5, 2, 1.25]"

SIGMOID = ("sigmoid", torch.sigmoid)
LOG_SOFTMAX = ("log_softmax", lambda y: F.log_softmax(y, 1))
SOFTPLUS = ("softplus", F.softplus)


def with_arguments(function, **arguments):
    """The loss with these arguments."""
    return lambda y, t: function(y, t, **arguments)


def cosine_eps(y, t):
    """By its definition: torch differentiates its own as if no vector were shorter than eps, and some are."""
    length = avoid(y.norm(dim=1), 1.0).clamp(min=1.0)
    return 1 - (y * t).sum(dim=1) / (length * t.norm(dim=1).clamp(min=1.0))


CASES = [
    loss("mse", "mse(y)", mse, values(3), rows=DISTANCES),
    loss("mae", "mae(y)", losses.mae, values(3), rows=DISTANCES),
    loss("huber", "huber(y)", losses.huber, values(3), rows=DISTANCES),
    loss(
        "huber_delta",
        "huber(y, delta = 0.5)",
        with_arguments(losses.huber, delta=0.5),
        values(3),
        rows=DISTANCES,
    ),
    loss("smooth_l1", "smooth_l1(y)", losses.smooth_l1, values(3), rows=DISTANCES),
    loss(
        "smooth_l1_beta",
        "smooth_l1(y, beta = 0.5)",
        with_arguments(losses.smooth_l1, beta=0.5),
        values(3),
        rows=DISTANCES,
    ),
    loss("log_cosh", "log_cosh(y)", losses.log_cosh, values(3), rows=DISTANCES),
    loss(
        "binary_cross_entropy",
        "binary_cross_entropy(y)",
        losses.binary_cross_entropy,
        pick(3, 0, 0.25, 1),
        *SIGMOID,
        PROBABILITIES,
        losses.exact_binary_cross_entropy,
    ),
    loss(
        "binary_cross_entropy_with_logits",
        "binary_cross_entropy_with_logits(y)",
        losses.binary_cross_entropy_with_logits,
        pick(3, 0, 0.25, 1),
        rows=LOGITS,
    ),
    loss(
        "binary_cross_entropy_pos_weight",
        "binary_cross_entropy_with_logits(y, pos_weight = 2.5)",
        with_arguments(losses.binary_cross_entropy_with_logits, pos_weight=2.5),
        pick(3, 0, 0.25, 1),
        rows=LOGITS,
    ),
    loss(
        "binary_cross_entropy_pos_weights",
        "binary_cross_entropy_with_logits(y, pos_weight = [0.5, 1.0, 4.0])",
        with_arguments(losses.binary_cross_entropy_with_logits, pos_weight=[0.5, 1.0, 4.0]),
        pick(3, 0, 0.25, 1),
    ),
    loss("cross_entropy", "cross_entropy(y)", cross_entropy, classes(3), rows=SCORES),
    loss(
        "cross_entropy_smoothing",
        "cross_entropy(y, smoothing = 0.1)",
        with_arguments(cross_entropy, smoothing=0.1),
        classes(3),
        rows=SCORES,
    ),
    loss(
        "cross_entropy_probabilities",
        "cross_entropy(y, target = probabilities)",
        cross_entropy,
        probabilities(3),
        rows=SHARES,
    ),
    loss(
        "cross_entropy_probabilities_smoothing",
        "cross_entropy(y, target = probabilities, smoothing = 0.2)",
        with_arguments(cross_entropy, smoothing=0.2),
        probabilities(3),
    ),
    loss(
        "cross_entropy_class_weights",
        f"cross_entropy(y, {WEIGHTS_TEXT})",
        with_arguments(cross_entropy, class_weights=WEIGHTS),
        classes(3),
        rows=SCORES,
    ),
    loss(
        "cross_entropy_class_weights_smoothing",
        f"cross_entropy(y, {WEIGHTS_TEXT}, smoothing = 0.2)",
        with_arguments(cross_entropy, class_weights=WEIGHTS, smoothing=0.2),
        classes(3),
    ),
    loss(
        "cross_entropy_class_weights_probabilities",
        f"cross_entropy(y, target = probabilities, {WEIGHTS_TEXT}, smoothing = 0.1)",
        with_arguments(cross_entropy, class_weights=WEIGHTS, smoothing=0.1),
        probabilities(3),
    ),
    loss(
        "nll",
        "nll(y)",
        losses.nll,
        classes(3),
        *LOG_SOFTMAX,
        [(row, [float(index)]) for row in LOGARITHMS for index in range(3)],
    ),
    loss(
        "nll_class_weights",
        f"nll(y, {WEIGHTS_TEXT})",
        with_arguments(losses.nll, class_weights=WEIGHTS),
        classes(3),
        *LOG_SOFTMAX,
    ),
    loss("hinge", "hinge(y)", losses.hinge, pick(3, -1, 1), rows=MARGINS),
    loss("squared_hinge", "squared_hinge(y)", losses.squared_hinge, pick(3, -1, 1), rows=MARGINS),
    loss(
        "kl_divergence",
        "kl_divergence(y)",
        losses.kl_divergence,
        probabilities(3),
        *LOG_SOFTMAX,
        [(row, t) for row in LOGARITHMS for t in ([0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.25, 0.25, 0.5])],
    ),
    loss(
        "kl_divergence_log_target",
        "kl_divergence(y, log_target = true)",
        with_arguments(losses.kl_divergence, log_target=True),
        log_probabilities(3),
        *LOG_SOFTMAX,
        [(row, t) for row in LOGARITHMS for t in LOGARITHMS],
    ),
    loss("poisson_nll", "poisson_nll(y)", losses.poisson_nll, pick(3, 0, 1, 2, 5), rows=RATES),
    loss(
        "poisson_nll_full",
        "poisson_nll(y, full = true)",
        with_arguments(losses.poisson_nll, full=True),
        pick(3, 0, 1, 2, 5),
        rows=RATES,
    ),
    loss(
        "poisson_nll_rate",
        "poisson_nll(y, log_input = false)",
        with_arguments(losses.poisson_nll, log_input=False),
        pick(3, 0, 1, 2, 5),
        *SOFTPLUS,
        POSITIVE_RATES,
    ),
    loss(
        "poisson_nll_rate_eps",
        "poisson_nll(y, log_input = false, eps = 0.01, full = true)",
        with_arguments(losses.poisson_nll, log_input=False, eps=0.01, full=True),
        pick(3, 0, 1, 2, 5),
        *SOFTPLUS,
        POSITIVE_RATES,
    ),
    loss("cosine", "cosine(y)", losses.cosine, values(3), rows=VECTORS),
    loss("cosine_eps", "cosine(y, eps = 1)", cosine_eps, values(3)),
    loss("mse_sample_weight", "mse(y, sample_weight = true)", by_sample(mse), weighted(values(3))),
    loss(
        "cross_entropy_sample_weight",
        "cross_entropy(y, sample_weight = true)",
        by_sample(cross_entropy),
        weighted(classes(3)),
    ),
    loss(
        "cross_entropy_both_weights",
        f"cross_entropy(y, {WEIGHTS_TEXT}, smoothing = 0.1, sample_weight = true)",
        by_sample(with_arguments(cross_entropy, class_weights=WEIGHTS, smoothing=0.1)),
        weighted(classes(3)),
    ),
    loss(
        "kl_divergence_sample_weight",
        "kl_divergence(y, sample_weight = true)",
        by_sample(losses.kl_divergence),
        weighted(probabilities(3)),
        *LOG_SOFTMAX,
    ),
]

ENTRIES = [entry for entry, _ in CASES] + [
    Entry(
        "sample_weight_of_one_output",
        "input x: [2]; let a = x -> dense(3) -> tanh; output word = a -> dense(3); output level = a -> dense(1);"
        " loss cross_entropy(word, sample_weight = true) + 0.5 * huber(level);",
        lambda p, x: (lambda a: (p.dense(a, 3), p.dense(a, 1)))(torch.tanh(p.dense(x, 3))),
        lambda y, t: by_sample(cross_entropy)(y[0], t["word"]) + 0.5 * losses.huber(y[1], t["level"]),
        fields(word=weighted(classes(3)), level=values(1, 4)),
    ),
]

EXTREMES = [extreme for _, extreme in CASES if extreme]

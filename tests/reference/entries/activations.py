"""Activations: each makes a network, and the same function at extreme inputs."""

import torch
import torch.nn.functional as F

from care import avoid
from draw import values
from entries import Entry, Extreme
from losses import mse

TINY = [1e-40, 1e-30, 1e-8, 1e-3]
ORDINARY = [0.25, 0.9, 2.5, 4.0, 7.5, 18.0, 40.0]
LARGE = [88.8, 710.0, 1e4, 1e30]
POINTS = [[0.0], [-0.0]] + [[sign * x] for x in TINY + ORDINARY + LARGE for sign in (1, -1)]

ROWS = [
    [0.0, 0.0, 0.0],
    [1e4, -1e4, 0.0],
    [1e4, 1e4, 1e4],
    [-1e4, -1e4, -1e4],
    [1e30, 0.0, -1e30],
    [88.8, -88.8, 0.0],
    [-100.0, 0.0, 4.0],
    [1e-40, -1e-40, 0.0],
    [1e-8, 0.0, 1.0],
]


def activation(name, declaration, function, kinks=(), spread=1.5):
    """An elementwise function."""

    def network(p, x):
        return p.dense(function(avoid(p.dense(x, 3), *kinks)), 2)

    return (
        Entry(name, write(declaration), network, mse, values(2), spread),
        Extreme(name, declaration, function, POINTS),
    )


def rowwise(name, declaration, function):
    """A function of a whole row."""

    def network(p, x):
        return p.dense(function(p.dense(x, 3)), 2)

    return (
        Entry(name, write(declaration), network, mse, values(2)),
        Extreme(name, declaration, function, ROWS),
    )


def write(layer):
    """The layer between two others."""
    return f"input x: [2]; output y = x -> dense(3) -> {layer} -> dense(2); loss mse(y);"


def hard_sigmoid(x):
    """By its definition: the derivative of torch's own is an f32 sixth in f64 as well."""
    return F.relu6(x + 3) / 6


PAIRS = [
    activation("identity", "identity", lambda x: x * 1),
    activation("relu", "relu", F.relu, [0.0]),
    activation("leaky_relu", "leaky_relu", F.leaky_relu, [0.0]),
    activation("leaky_relu_slope", "leaky_relu(negative_slope = 0.2)", lambda x: F.leaky_relu(x, 0.2), [0.0]),
    activation("relu6", "relu6", F.relu6, [0.0, 6.0], 7),
    activation("elu", "elu", F.elu, [0.0]),
    activation("elu_alpha", "elu(alpha = 1.5)", lambda x: F.elu(x, 1.5), [0.0]),
    activation("selu", "selu", F.selu, [0.0]),
    activation("celu", "celu", F.celu, [0.0]),
    activation("celu_alpha", "celu(alpha = 0.5)", lambda x: F.celu(x, 0.5), [0.0]),
    activation("gelu", "gelu", F.gelu),
    activation("gelu_tanh", "gelu(approximate = tanh)", lambda x: F.gelu(x, approximate="tanh")),
    activation("silu", "silu", F.silu),
    activation("mish", "mish", F.mish),
    activation("sigmoid", "sigmoid", torch.sigmoid),
    activation("hard_sigmoid", "hard_sigmoid", hard_sigmoid, [-3.0, 3.0], 4),
    activation("log_sigmoid", "log_sigmoid", F.logsigmoid),
    activation("tanh", "tanh", torch.tanh),
    activation("hard_tanh", "hard_tanh", F.hardtanh, [-1.0, 1.0]),
    activation(
        "hard_tanh_range",
        "hard_tanh(min_val = -0.5, max_val = 2)",
        lambda x: F.hardtanh(x, -0.5, 2.0),
        [-0.5, 2.0],
        2,
    ),
    activation("hard_swish", "hard_swish", F.hardswish, [-3.0, 3.0], 4),
    activation("softplus", "softplus", F.softplus),
    activation(
        "softplus_beta",
        "softplus(beta = 2, threshold = 3)",
        lambda x: F.softplus(x, 2.0, 3.0),
        [1.5],
        2,
    ),
    activation("softsign", "softsign", F.softsign, [0.0]),
    activation("scale", "scale(-2.0, offset = 0.5)", lambda x: -2 * x + 0.5),
    activation("tanh_shrink", "tanh_shrink", F.tanhshrink),
    activation("soft_shrink", "soft_shrink(lambd = 0.3)", lambda x: F.softshrink(x, 0.3), [-0.3, 0.3]),
    rowwise("softmax", "softmax", lambda x: F.softmax(x, 1)),
    rowwise("log_softmax", "log_softmax", lambda x: F.log_softmax(x, 1)),
]

ENTRIES = [entry for entry, _ in PAIRS] + [
    Entry(
        "prelu",
        "input x: [2]; output y = x -> dense(3) -> prelu -> dense(2); loss mse(y);",
        lambda p, x: p.dense(p.prelu(p.dense(x, 3)), 2),
        mse,
        values(2),
    ),
    Entry(
        "prelu_by_element",
        "input x: [2]; output y = x -> dense(3) -> prelu(num_parameters = 3) as bend -> dense(2); loss mse(y);",
        lambda p, x: p.dense(p.prelu(p.dense(x, 3), 3, "bend"), 2),
        mse,
        values(2),
    ),
    Entry(
        "prelu_by_channel",
        "input x: [2]; output y = x -> dense(6) -> reshape([2, 3]) -> prelu(num_parameters = 2); loss mse(y);",
        lambda p, x: p.prelu(p.dense(x, 6).reshape(-1, 2, 3), 2).flatten(1),
        mse,
        values(6),
    ),
    Entry(
        "glu",
        "input x: [2]; output y = x -> dense(4) -> glu -> dense(2); loss mse(y);",
        lambda p, x: p.dense(F.glu(p.dense(x, 4), 1), 2),
        mse,
        values(2),
    ),
    Entry(
        "glu_axis",
        "input x: [2]; output y = x -> dense(8) -> reshape([4, 2]) -> glu(axis = 0); loss mse(y);",
        lambda p, x: F.glu(p.dense(x, 8).reshape(-1, 4, 2), 1).flatten(1),
        mse,
        values(4),
    ),
]

EXTREMES = [extreme for _, extreme in PAIRS] + [
    Extreme(
        "glu",
        "glu",
        lambda x: F.glu(x, 1),
        [[1e4, -1e4], [1e4, 1e4], [1e30, 100.0], [-1e30, -100.0], [0.0, 0.0], [1e-40, 0.0], [1.0, 88.8]],
    ),
]

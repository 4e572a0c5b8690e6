"""Normalisation of each sample by itself, and of each channel over the samples of a tile."""

import torch
import torch.nn.functional as F

from draw import values
from entries import Entry
from losses import mse

tanh = torch.tanh


def norm(name, shape, layer, compute):
    """The layer between two activations: behind a bias it would have no gradient for that one to take."""
    channels, *planes = shape
    if not planes:
        first, start = f"dense({channels})", lambda p, x: p.dense(x, channels)
    else:
        first, start = f"conv{len(planes)}d({channels}, kernel = 1)", lambda p, x: p.conv(x, channels, 1)
    return Entry(
        name,
        f"input x: {shape}; output y = x -> {first} -> tanh -> {layer} -> tanh -> flatten; loss mse(y);",
        lambda p, x: tanh(compute(p, tanh(start(p, x)))).flatten(1),
        mse,
        values(torch.Size(shape).numel()),
    )


def layer_norm(shape, eps=1e-5, **arguments):
    def compute(p, x):
        return p.norm("layer_norm", x, shape, lambda x, w, b: F.layer_norm(x, shape, w, b, eps), **arguments)

    return compute


def rms_norm(shape, eps=1e-5, **arguments):
    def compute(p, x):
        function = lambda x, w, _: F.rms_norm(x, shape, w, eps)
        return p.norm("rms_norm", x, shape, function, bias=False, **arguments)

    return compute


def group_norm(groups, channels, eps=1e-5, **arguments):
    def compute(p, x):
        function = lambda x, w, b: F.group_norm(x, groups, w, b, eps)
        return p.norm("group_norm", x, [channels], function, **arguments)

    return compute


def batch_norm(name, shape, layer, **arguments):
    """The layer in the same place; with `trainable=False` there is no tile that it would need."""
    entry = norm(name, shape, layer, lambda p, x: p.batch_norm(x, **arguments))
    if arguments.get("trainable", True):
        entry.declaration = f"tile = 4; {entry.declaration}"
        entry.tile = True
    return entry


def after_convolution(p, x):
    """The layer as it is mostly used: the convolution before it needs no bias."""
    x = p.batch_norm(p.conv(x, 3, 2, bias=False))
    return p.dense(p.batch_norm(p.dense(tanh(x).flatten(1), 3, bias=False)), 2)


ENTRIES = [
    norm("layer_norm", [5], "layer_norm", layer_norm([5])),
    norm("layer_norm_last_axis", [2, 9], "layer_norm(bias = false, eps = 0.01)", layer_norm([9], 0.01, bias=False)),
    norm("layer_norm_axes", [2, 3, 4], "layer_norm(2, trainable = bias)", layer_norm([3, 4], trainable="bias")),
    norm("layer_norm_plain", [2, 3, 3], "layer_norm(3, affine = false)", layer_norm([2, 3, 3], weight=False)),
    norm("rms_norm", [5], "rms_norm", rms_norm([5])),
    norm("rms_norm_axes", [2, 3, 3], "rms_norm(2, eps = 0.1)", rms_norm([3, 3], 0.1)),
    norm("rms_norm_plain", [2, 5], "rms_norm(affine = false)", rms_norm([5], weight=False)),
    norm("group_norm", [4, 3, 2], "group_norm(2)", group_norm(2, 4)),
    norm("group_norm_of_channels", [3, 5], "group_norm(3, bias = false)", group_norm(3, 3, bias=False)),
    norm("group_norm_plain", [4, 3], "group_norm(1, affine = false, eps = 0.01)", group_norm(1, 4, 0.01, weight=False)),
    batch_norm("batch_norm", [5], "batch_norm"),
    batch_norm("batch_norm1d", [3, 4], "batch_norm(momentum = 0.3, eps = 0.01)", momentum=0.3, eps=0.01),
    batch_norm("batch_norm2d", [3, 2, 9], "batch_norm(bias = false)", bias=False),
    batch_norm("batch_norm_plain", [2, 3, 3], "batch_norm(affine = false)", weight=False),
    batch_norm("batch_norm_half_frozen", [2, 3, 3], "batch_norm(trainable = weight)", trainable="weight"),
    batch_norm("batch_norm_frozen", [2, 3, 3], "batch_norm(trainable = false)", trainable=False),
    Entry(
        "batch_norm_after_convolution",
        "tile = 4; input x: [2, 3, 4]; output y = x -> conv2d(3, kernel = 2, bias = false) -> batch_norm -> tanh "
        "-> flatten -> dense(3, bias = false) -> batch_norm -> dense(2); loss mse(y);",
        after_convolution,
        mse,
        values(2),
        tile=True,
    ),
]

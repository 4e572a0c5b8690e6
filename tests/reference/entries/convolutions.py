"""Convolutions: every argument, with weights that no transposition leaves as they are."""

import torch
import torch.nn.functional as F

from draw import values
from entries import Entry
from losses import mse

tanh = torch.tanh


def convolution(name, shape, layer, network, count, **arguments):
    """The layer between an activation and the loss."""
    return Entry(
        name,
        f"input x: {shape}; output y = x -> tanh -> {layer} -> flatten; loss mse(y);",
        lambda p, x: network(p, tanh(x)).flatten(1),
        mse,
        values(count),
        **arguments,
    )


def shared(p, x):
    a = tanh(p.conv(x, 2, 3, "mix", padding=1))
    return p.dense(tanh(p.conv(a, 2, 3, "mix", padding=1)).flatten(1), 2)


def stacked(p, x):
    a = tanh(p.conv(x, 3, 3, padding=1, stride=2))
    return p.dense(tanh(p.conv(a, 4, 2)).flatten(1), 2)


def frozen_parts(p, x):
    a = tanh(p.conv(x, 2, 2, trainable="bias"))
    a = tanh(p.conv(a, 2, 2, trainable=False))
    return p.conv(a, 2, 1, trainable="weight").flatten(1)


ENTRIES = [
    convolution("conv1d", "[2, 5]", "conv1d(3, kernel = 3)", lambda p, x: p.conv(x, 3, 3), 9),
    convolution(
        "conv1d_arguments",
        "[4, 11]",
        "conv1d(6, kernel = 3, stride = 2, padding = 2, dilation = 2, groups = 2, bias = false)",
        lambda p, x: p.conv(x, 6, 3, stride=2, padding=2, dilation=2, groups=2, bias=False),
        36,
    ),
    convolution(
        "conv1d_causal",
        "[2, 6]",
        "conv1d(2, kernel = 3, padding = causal, dilation = 2)",
        lambda p, x: p.conv(F.pad(x, (4, 0)), 2, 3, dilation=2),
        12,
    ),
    convolution(
        "conv1d_same",
        "[1, 7]",
        "conv1d(2, kernel = 4, padding = same, dilation = 2)",
        lambda p, x: p.conv(x, 2, 4, dilation=2, padding=3),
        14,
    ),
    convolution("conv2d", "[2, 4, 5]", "conv2d(3, kernel = [2, 3])", lambda p, x: p.conv(x, 3, [2, 3]), 27),
    convolution(
        "conv2d_arguments",
        "[4, 7, 8]",
        "conv2d(2, kernel = [3, 2], stride = [2, 3], padding = [2, 1], dilation = [1, 3], groups = 2)",
        lambda p, x: p.conv(x, 2, [3, 2], stride=[2, 3], padding=[2, 1], dilation=[1, 3], groups=2),
        30,
    ),
    convolution(
        "conv2d_pointwise",
        "[3, 2, 3]",
        "conv2d(2, kernel = 1)",
        lambda p, x: p.conv(x, 2, 1),
        12,
    ),
    convolution(
        "conv2d_gaps",
        "[2, 5, 5]",
        "conv2d(2, kernel = 1, stride = 3, padding = 1)",
        lambda p, x: p.conv(x, 2, 1, stride=3, padding=1),
        18,
    ),
    convolution(
        "depthwise_conv1d",
        "[3, 5]",
        "depthwise_conv1d(kernel = 3, padding = 1, multiplier = 2)",
        lambda p, x: p.depthwise_conv(x, 3, 2, padding=1),
        30,
    ),
    convolution(
        "depthwise_conv2d",
        "[2, 4, 3]",
        "depthwise_conv2d(kernel = [3, 2], stride = [2, 1], padding = [1, 0])",
        lambda p, x: p.depthwise_conv(x, [3, 2], stride=[2, 1], padding=[1, 0]),
        8,
    ),
    Entry(
        "conv2d_shared",
        "input x: [2, 3, 3]; output y = x -> conv2d(2, kernel = 3, padding = same) as mix -> tanh -> mix -> tanh -> flatten"
        " -> dense(2); loss mse(y);",
        shared,
        mse,
        values(2),
    ),
    Entry(
        "conv2d_stacked",
        "input x: [2, 6, 6]; output y = x -> conv2d(3, kernel = 3, padding = 1, stride = 2) -> tanh"
        " -> conv2d(4, kernel = 2) -> tanh -> flatten -> dense(2); loss mse(y);",
        stacked,
        mse,
        values(2),
        every_optimiser=True,
    ),
    Entry(
        "conv2d_frozen_parts",
        "input x: [2, 4, 4]; output y = x -> conv2d(2, kernel = 2, trainable = bias) -> tanh"
        " -> conv2d(2, kernel = 2, trainable = false) -> tanh -> conv2d(2, kernel = 1, trainable = weight)"
        " -> flatten; loss mse(y);",
        frozen_parts,
        mse,
        values(8),
    ),
]

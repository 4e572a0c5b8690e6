"""Transposed convolutions: every argument, with weights that no transposition leaves as they are."""

import torch

from draw import values
from entries import Entry
from entries.convolutions import convolution
from losses import mse

tanh = torch.tanh


def stacked(p, x):
    a = tanh(p.conv(x, 3, 2, stride=2))
    a = tanh(p.conv_transpose(a, 2, 2, stride=2, trainable="bias"))
    return p.conv_transpose(a, 1, 3, padding=1).flatten(1)


ENTRIES = [
    convolution(
        "conv_transpose1d",
        "[2, 4]",
        "conv_transpose1d(3, kernel = 3)",
        lambda p, x: p.conv_transpose(x, 3, 3),
        18,
    ),
    convolution(
        "conv_transpose1d_arguments",
        "[4, 5]",
        "conv_transpose1d(6, kernel = 3, stride = 2, padding = 2, output_padding = 1, dilation = 2, groups = 2, bias = false)",
        lambda p, x: p.conv_transpose(
            x, 6, 3, stride=2, padding=2, output_padding=1, dilation=2, groups=2, bias=False
        ),
        60,
    ),
    convolution(
        "conv_transpose1d_same",
        "[2, 3]",
        "conv_transpose1d(2, kernel = 4, stride = 2, padding = same)",
        lambda p, x: p.conv_transpose(x, 2, 4, stride=2, padding=1),
        12,
    ),
    convolution(
        "conv_transpose1d_gaps",
        "[2, 3]",
        "conv_transpose1d(3, kernel = 1, stride = 3, padding = same)",
        lambda p, x: p.conv_transpose(x, 3, 1, stride=3, output_padding=2),
        27,
    ),
    convolution(
        "conv_transpose2d",
        "[2, 3, 4]",
        "conv_transpose2d(3, kernel = [2, 3])",
        lambda p, x: p.conv_transpose(x, 3, [2, 3]),
        72,
    ),
    convolution(
        "conv_transpose2d_arguments",
        "[4, 3, 2]",
        "conv_transpose2d(2, kernel = [3, 2], stride = [2, 1], padding = [1, 2], output_padding = [1, 2], dilation = [1, 3],"
        " groups = 2)",
        lambda p, x: p.conv_transpose(
            x, 2, [3, 2], stride=[2, 1], padding=[1, 2], output_padding=[1, 2], dilation=[1, 3], groups=2
        ),
        36,
    ),
    convolution(
        "conv_transpose2d_pointwise",
        "[3, 2, 3]",
        "conv_transpose2d(2, kernel = 1)",
        lambda p, x: p.conv_transpose(x, 2, 1),
        12,
    ),
    Entry(
        "conv_transpose2d_stacked",
        "input x: [1, 4, 4]; output y = x -> conv2d(3, kernel = 2, stride = 2) -> tanh"
        " -> conv_transpose2d(2, kernel = 2, stride = 2, trainable = bias) -> tanh"
        " -> conv_transpose2d(1, kernel = 3, padding = 1) -> flatten; loss mse(y);",
        stacked,
        mse,
        values(16),
        every_optimiser=True,
    ),
]

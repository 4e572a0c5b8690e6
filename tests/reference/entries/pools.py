"""Pools, over one axis and over two."""

import torch
import torch.nn.functional as F

from care import keep_apart
from draw import values
from entries import Entry
from losses import mse

tanh = torch.tanh


def pool(name, shape, layer, function, count):
    """The pool between activations: its input and its output are both needed for the gradient."""
    channels, *planes = shape
    return Entry(
        name,
        f"input x: {shape}; output y = x -> conv{len(planes)}d({channels}, kernel = 1) -> tanh -> {layer} -> tanh"
        " -> flatten; loss mse(y);",
        lambda p, x: tanh(function(tanh(p.conv(x, channels, 1)))).flatten(1),
        mse,
        values(count),
    )


def max_pool(kernel, stride=None, padding=(0, 0), dilation=(1, 1)):
    """The largest of each window of planes; windows in which two are nearly equal will not do."""

    def compute(x):
        rank = x.dim() - 2
        planes = x if rank == 2 else x.unsqueeze(2)
        padded = F.pad(planes, (padding[1], padding[1], padding[0], padding[0]), value=-torch.inf)
        down = padded.unfold(2, (kernel[0] - 1) * dilation[0] + 1, (stride or kernel)[0])[..., :: dilation[0]]
        both = down.unfold(3, (kernel[1] - 1) * dilation[1] + 1, (stride or kernel)[1])[..., :: dilation[1]]
        keep_apart(both.flatten(4), 4)
        y = F.max_pool2d(planes, kernel, stride, padding, dilation)
        return y if rank == 2 else y.squeeze(2)

    return compute


def global_max(x):
    keep_apart(x.flatten(2), 2)
    return x.flatten(2).amax(2)


ENTRIES = [
    pool("max_pool1d", [2, 6], "max_pool1d(kernel = 2)", max_pool([1, 2]), 6),
    pool(
        "max_pool1d_arguments",
        [2, 7],
        "max_pool1d(kernel = 3, stride = 2, padding = 1)",
        max_pool([1, 3], [1, 2], [0, 1]),
        8,
    ),
    pool("max_pool2d", [2, 4, 4], "max_pool2d(kernel = 2)", max_pool([2, 2]), 8),
    pool(
        "max_pool2d_arguments",
        [1, 6, 5],
        "max_pool2d(kernel = [2, 3], stride = [2, 1], padding = [1, 0], dilation = [3, 2])",
        max_pool([2, 3], [2, 1], [1, 0], [3, 2]),
        3,
    ),
    pool("avg_pool1d", [2, 6], "avg_pool1d(kernel = 3)", lambda x: F.avg_pool1d(x, 3), 4),
    pool(
        "avg_pool1d_arguments",
        [2, 7],
        "avg_pool1d(kernel = 3, stride = 2, padding = 1, count_include_pad = false)",
        lambda x: F.avg_pool1d(x, 3, 2, 1, count_include_pad=False),
        8,
    ),
    pool("avg_pool2d", [2, 5, 4], "avg_pool2d(kernel = 2)", lambda x: F.avg_pool2d(x, 2), 8),
    pool(
        "avg_pool2d_arguments",
        [1, 5, 4],
        "avg_pool2d(kernel = [3, 2], stride = [2, 1], padding = [1, 1])",
        lambda x: F.avg_pool2d(x, [3, 2], [2, 1], [1, 1]),
        15,
    ),
    pool(
        "avg_pool2d_inside",
        [1, 5, 4],
        "avg_pool2d(kernel = [3, 2], stride = [2, 1], padding = [1, 1], count_include_pad = false)",
        lambda x: F.avg_pool2d(x, [3, 2], [2, 1], [1, 1], count_include_pad=False),
        15,
    ),
    pool("global_max_pool1d", [3, 4], "global_max_pool1d", global_max, 3),
    pool("global_max_pool2d", [2, 2, 3], "global_max_pool2d", global_max, 2),
    pool("global_avg_pool1d", [2, 11], "global_avg_pool1d", lambda x: x.mean(2), 2),
    pool("global_avg_pool2d", [2, 3, 4], "global_avg_pool2d", lambda x: x.mean((2, 3)), 2),
]

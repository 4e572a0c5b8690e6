"""Layers that move values: transpositions, slices, padding, upsampling; sums, means and maxima over axes."""

import torch
import torch.nn.functional as F

from draw import values
from entries import Entry
from losses import mse

tanh = torch.tanh


def rearrange(name, shape, layer, function, count):
    """The layer between activations, so that a gradient passes through it."""
    units = torch.Size(shape).numel()
    return Entry(
        name,
        f"input x: [3]; output y = x -> dense({units}) -> tanh -> reshape({shape}) -> {layer} -> tanh -> flatten;"
        " loss mse(y);",
        lambda p, x: tanh(function(tanh(p.dense(x, units)).reshape(-1, *shape))).flatten(1),
        mse,
        values(count),
    )


def joined(p, x):
    """A value that is read twice: its gradient is a sum."""
    a = tanh(p.dense(x, 6)).reshape(-1, 2, 3)
    return p.dense((a[:, :, 1:] * a[:, :, :2]).flatten(1), 2)


def split(p, x):
    a = tanh(p.dense(x, 6)).reshape(-1, 3, 2)
    first, second, third = a.split(1, 1)
    return p.dense((first * third - second).flatten(1), 2)


def split_sizes(p, x):
    few, many = tanh(p.dense(x, 5)).split([2, 3], 1)
    return p.dense(few, 3) * many


ENTRIES = [
    rearrange("transpose", [2, 3], "transpose", lambda x: x.transpose(1, 2), 6),
    rearrange("transpose_order", [2, 3, 4], "transpose([2, 0, 1])", lambda x: x.permute(0, 3, 1, 2), 24),
    rearrange("upsample1d", [2, 3], "upsample(2)", lambda x: F.interpolate(x, scale_factor=2), 12),
    rearrange("upsample2d", [2, 2, 3], "upsample([3, 2])", lambda x: F.interpolate(x, scale_factor=(3, 2)), 72),
    rearrange("pad1d", [2, 3], "pad(before = 2, after = 1)", lambda x: F.pad(x, (2, 1)), 12),
    rearrange("pad2d", [2, 2, 2], "pad([1, 2])", lambda x: F.pad(x, (2, 2, 1, 1)), 48),
    rearrange("slice", [5, 2], "slice(start = 1, end = 4)", lambda x: x[:, 1:4], 6),
    rearrange("slice_step", [2, 5], "slice(start = 1, step = 2, axis = 1)", lambda x: x[:, :, 1::2], 4),
    rearrange("sum", [2, 3], "sum", lambda x: x.sum((1, 2)).unsqueeze(1), 1),
    rearrange("sum_axes", [2, 3, 4], "sum([0, 2])", lambda x: x.sum((1, 3)), 3),
    rearrange("mean", [2, 3], "mean", lambda x: x.mean((1, 2)).unsqueeze(1), 1),
    rearrange("mean_axis", [2, 3, 2], "mean(1)", lambda x: x.mean(2), 4),
    rearrange("max", [2, 3], "max", lambda x: x.amax((1, 2)).unsqueeze(1), 1),
    rearrange("max_axis", [2, 3, 2], "max(1)", lambda x: x.amax(2), 4),
    rearrange("max_axes", [2, 3, 4], "max([0, 2])", lambda x: x.amax((1, 3)), 3),
    Entry(
        "split",
        "input x: [4]; let (a, b, c) = x -> dense(6) -> tanh -> reshape([3, 2]) -> split;"
        " output y = (a * c - b) -> flatten -> dense(2); loss mse(y);",
        split,
        mse,
        values(2),
    ),
    Entry(
        "split_sizes",
        "input x: [4]; let (few, many) = x -> dense(5) -> tanh -> split([2, 3]);"
        " output y = (few -> dense(3)) * many; loss mse(y);",
        split_sizes,
        mse,
        values(3),
    ),
    Entry(
        "slices_of_one_value",
        "input x: [4]; let a = x -> dense(6) -> tanh -> reshape([2, 3]);"
        " let b = a -> slice(start = 1, axis = 1); let c = a -> slice(end = 2, axis = 1);"
        " output y = (b * c) -> flatten -> dense(2); loss mse(y);",
        joined,
        mse,
        values(2),
    ),
]

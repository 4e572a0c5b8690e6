"""Care for numbers: which draws a comparison in f32 and central differences can be held to."""

import torch

# How far every value stays from the kinks of what it goes through: further where central differences are
# taken, at the start, than while the parameters move.
AT_THE_START = 1e-2
IN_TRAINING = 1e-4

# Rules that divide a gradient by the sizes so far make a large step of the rounding of small ones; those
# that take its sign, only where it may be wrong.
SMALLEST_GRADIENT = 1e-3
SMALLEST_SIGNED = 1e-4


class Unsuitable(Exception):
    """These draws will not do; others may."""


class Care:
    """What `avoid` asks for at the moment. Nothing, with a margin of `None`."""

    margin = None
    every_piece = False


def avoid(values, *kinks):
    """Refuses values near a kink and, at the start, values that leave a piece between kinks unseen."""
    if Care.margin is None:
        return values
    for kink in kinks:
        if (values - kink).abs().min().item() < Care.margin:
            raise Unsuitable
    if Care.every_piece:
        bounds = torch.tensor(kinks, dtype=values.dtype)
        if torch.bucketize(values.detach(), bounds).unique().numel() <= len(kinks):
            raise Unsuitable
    return values


def keep_apart(values, axis):
    """Refuses a largest value along an axis that another one is near to."""
    first, second = values.topk(2, dim=axis).values.unbind(axis)
    if Care.margin is not None and (first - second).min().item() < Care.margin:
        raise Unsuitable


def refuse_small(sizes, smallest=SMALLEST_GRADIENT):
    """Refuses sizes that are small without being zero."""
    if ((sizes != 0) & (sizes < smallest)).any():
        raise Unsuitable

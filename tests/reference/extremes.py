"""Computes functions and losses at extreme inputs, in both precisions."""

import torch

from care import Care

TYPES = {"f32": torch.float32, "f64": torch.float64}


def compute_extremes(extreme):
    """What is given and what is computed, by type and name."""
    Care.margin, Care.every_piece = None, False
    compute = compute_loss if extreme.target else compute_function
    return {
        f"{name} {what}": values.tolist()
        for name, dtype in TYPES.items()
        for what, values in compute(extreme, dtype).items()
    }


def compute_function(extreme, dtype):
    """The function, and dJ/dx where dJ/dy is 1, 2, 3 .. along a row: ones would do for elements, not for rows."""
    x = torch.tensor(extreme.rows, dtype=dtype, requires_grad=True)
    y = extreme.function(x)
    seed = torch.arange(1, y.shape[1] + 1, dtype=dtype).expand_as(y)
    (gradient,) = torch.autograd.grad(y, x, seed)
    return {"inputs": x.detach(), "outputs": y.detach(), "input_gradients": gradient}


def compute_loss(extreme, dtype):
    """The loss of each row, and dJ/dy."""
    y = torch.tensor([row for row, _ in extreme.rows], dtype=dtype, requires_grad=True)
    rows = torch.tensor([target for _, target in extreme.rows], dtype=dtype)
    losses = extreme.function(y, extreme.target.read(rows))
    (gradient,) = torch.autograd.grad(losses.sum(), y)
    return {"inputs": y.detach(), "targets": rows, "losses": losses.detach(), "input_gradients": gradient}

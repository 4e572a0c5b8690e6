"""Attention, and the positions that it needs."""

import torch

from draw import values
from entries import Entry
from losses import mse

tanh = torch.tanh


def layer(name, arguments, shape=(3, 4), loss=True, **options):
    """The layer behind a dense one, so that it hands a gradient on, and before another that mixes what it says."""
    steps, features = shape

    def network(p, x):
        x = tanh(p.dense_of_rows(x, features))
        return p.dense(p.attention(x, **options).flatten(1), 2)

    declaration = (
        f"input x: [{steps}, 2]; output y = x -> dense({features}, axis = last) -> tanh -> attention({arguments}) -> "
        "flatten -> dense(2);"
    )
    if not loss:
        return Entry(name, declaration, network)
    return Entry(name, declaration + " loss mse(y);", network, mse, values(2))


def blocks(p, x):
    """Two blocks as transformers have them, but for their normalisation."""
    x = p.positions(p.dense_of_rows(x, 4))
    for heads in [2, 4]:
        x = x + p.attention(x, heads, causal=True)
        x = x + p.dense_of_rows(tanh(p.dense_of_rows(x, 3)), 4)
    return p.dense(x.flatten(1), 2)


# Nothing depends on what is added to all keys: its gradient is rounding alone, which rules that divide by it would make
# steps of. Where there are biases there is no loss.
ENTRIES = [
    layer("attention", "1", (3, 3), loss=False, heads=1),
    layer("attention_heads", "2", loss=False, heads=2),
    layer("attention_causal", "2, causal = true, bias = false", (3, 4), heads=2, causal=True, bias=False),
    layer("attention_plain", "3, bias = false", (2, 3), heads=3, bias=False),
    layer("attention_frozen", "2, trainable = false", heads=2, trainable=False),
    # More columns, and more steps, than a vector has lanes.
    layer("attention_wide", "2, causal = true", (17, 18), loss=False, heads=2, causal=True),
    Entry(
        "positions",
        "input x: [3, 2]; output y = x -> dense(3, axis = last) -> positions -> tanh -> flatten -> dense(2); loss mse(y);",
        lambda p, x: p.dense(tanh(p.positions(p.dense_of_rows(x, 3))).flatten(1), 2),
        mse,
        values(2),
    ),
    Entry(
        "attention_blocks",
        "input x: [3, 2]; let h = x -> dense(4, axis = last) -> positions; "
        "let a = h + (h -> attention(2, causal = true)); "
        "let b = a + (a -> dense(3, axis = last) -> tanh -> dense(4, axis = last)); "
        "let c = b + (b -> attention(4, causal = true)); "
        "let d = c + (c -> dense(3, axis = last) -> tanh -> dense(4, axis = last)); "
        "output y = d -> flatten -> dense(2);",
        blocks,
    ),
]

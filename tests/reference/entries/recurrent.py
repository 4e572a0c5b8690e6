"""Layers that go through a sequence, and dense layers of each of its steps."""

import torch

from care import avoid
from draw import values
from entries import Entry
from losses import mse

tanh = torch.tanh


def layer(name, keyword, arguments, shape=(4, 3), **options):
    """The layer behind a dense one, so that it hands a gradient on, and before another that mixes what it says."""
    steps, features = shape
    kind = {"rnn": "rnn_tanh"}.get(keyword, keyword)
    end = "" if options.get("last") else "flatten -> "

    def network(p, x):
        x = tanh(p.dense_of_rows(x, features))
        return p.dense(p.recurrent(kind, x, **options).flatten(1), 2)

    return Entry(
        name,
        f"input x: [{steps}, 2]; output y = x -> dense({features}, axis = last) -> tanh -> {keyword}({arguments}) -> "
        f"{end}dense(2); loss mse(y);",
        network,
        mse,
        values(2),
        truncated="truncation" in options,
    )


def wide(name, keyword, units, shape):
    """More units than a vector has lanes: with so many weights, some gradient is too small to train by."""
    entry = layer(name, keyword, f"{units}, bidirectional = true", shape, units=units, bidirectional=True)
    declaration = entry.declaration.replace(" loss mse(y);", "")
    return Entry(name, declaration, entry.network)


def rectified(p, x):
    """A relu of its own, whose kinks are kept away from."""
    weights = [p.take("rnn1", name, shape, 1.0) for name, shape in [("weight_ih", (2, 3)), ("weight_hh", (3, 3))]]
    biases = [p.take("rnn1", name, (3,), 0.5) for name in ["bias_ih", "bias_hh"]]
    state, states = torch.zeros(x.shape[0], 3), []
    for step in range(x.shape[1]):
        sums = x[:, step] @ weights[0] + biases[0] + state @ weights[1] + biases[1]
        state = torch.relu(avoid(sums, 0.0))
        states.append(state)
    return p.dense(torch.stack(states, dim=1).flatten(1), 2)


def reset_before(p, x):
    """A gru whose reset gate comes before the product with the state, as torch has none."""
    weights = [p.take("gru1", name, shape, 1.0) for name, shape in [("weight_ih", (2, 9)), ("weight_hh", (3, 9))]]
    biases = [p.take("gru1", name, (9,), 0.5) for name in ["bias_ih", "bias_hh"]]
    state, states = torch.zeros(x.shape[0], 3), []
    for step in range(x.shape[1]):
        r, z, n = (x[:, step] @ weights[0] + biases[0]).chunk(3, dim=1)
        from_r, from_z, _ = (state @ weights[1] + biases[1]).chunk(3, dim=1)
        r, z = torch.sigmoid(r + from_r), torch.sigmoid(z + from_z)
        from_n = ((r * state) @ weights[1] + biases[1]).chunk(3, dim=1)[2]
        state = (1 - z) * tanh(n + from_n) + z * state
        states.append(state)
    return p.dense(torch.stack(states, dim=1).flatten(1), 2)


def several(p, x):
    """A layer in both directions, then others."""
    x = p.recurrent("gru", x, 1, bidirectional=True)
    x = p.recurrent("rnn_tanh", x, 2)
    return p.dense(p.recurrent("lstm", x, 1, last=True), 2)


ENTRIES = [
    layer("rnn", "rnn", "5", units=5),
    layer("rnn_last", "rnn", "4, output = last, bias = false", units=4, last=True, bias=False),
    layer("rnn_both_ways", "rnn", "3, bidirectional = true", units=3, bidirectional=True),
    Entry(
        "rnn_relu",
        "input x: [3, 2]; output y = x -> rnn(3, activation = relu) -> flatten -> dense(2); loss mse(y);",
        rectified,
        mse,
        values(2),
    ),
    layer("gru", "gru", "5", units=5),
    layer("gru_last", "gru", "3, output = last", (5, 2), units=3, last=True),
    layer("gru_both_ways", "gru", "3, bidirectional = true, bias = false", units=3, bidirectional=True, bias=False),
    layer("gru_last_both_ways", "gru", "2, output = last, bidirectional = true", units=2, last=True, bidirectional=True),
    layer("gru_truncated", "gru", "3, truncation = 2", (5, 2), units=3, truncation=2),
    Entry(
        "gru_reset_before",
        "input x: [4, 2]; output y = x -> gru(3, reset = before) -> flatten -> dense(2); loss mse(y);",
        reset_before,
        mse,
        values(2),
    ),
    layer("gru_frozen", "gru", "3, trainable = false", units=3, trainable=False),
    layer("lstm", "lstm", "2", (3, 2), units=2),
    layer("lstm_last", "lstm", "2, output = last, bias = false", (5, 2), units=2, last=True, bias=False),
    layer("lstm_both_ways", "lstm", "1, bidirectional = true", (3, 2), units=1, bidirectional=True),
    layer("lstm_truncated", "lstm", "2, truncation = 3, output = last", (7, 2), units=2, truncation=3, last=True),
    wide("lstm_wide", "lstm", 17, (3, 9)),
    wide("gru_wide", "gru", 16, (3, 5)),
    wide("rnn_wide", "rnn", 33, (4, 6)),
    Entry(
        "recurrent_layers",
        "input x: [3, 2]; output y = x -> gru(1, bidirectional = true) -> rnn(2) -> lstm(1, output = last) -> "
        "dense(2);",
        several,
    ),
    Entry(
        "dense_of_rows",
        "input x: [2, 3, 4]; output y = x -> dense(5, axis = last) -> tanh -> dense(2, axis = last, bias = false) -> "
        "flatten; loss mse(y);",
        lambda p, x: p.dense_of_rows(tanh(p.dense_of_rows(x, 5)), 2, bias=False).flatten(1),
        mse,
        values(12),
    ),
]

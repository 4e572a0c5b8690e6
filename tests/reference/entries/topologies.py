"""Joins, views, sharing, freezing, several inputs and outputs; and the four that meet every optimiser."""

import torch
import torch.nn.functional as F

from care import avoid
from draw import classes, fields, values
from entries import Entry
from losses import cross_entropy, mse

tanh = torch.tanh
sigmoid = torch.sigmoid


def relu(x):
    return F.relu(avoid(x, 0.0))


def concat(*parts, axis=0):
    return torch.cat(parts, dim=axis + 1)


def residual(p, x):
    a = relu(p.dense(x, 3))
    return p.dense(a + tanh(p.dense(a, 3)), 3, "head")


def shared_and_frozen(p, x):
    a = tanh(p.dense(x, 3, "trunk", trainable=False))
    a = sigmoid(p.dense(tanh(p.dense(a, 3, "mix")), 3, "mix"))
    return p.dense(a, 2, "head")


def two_outputs(p, x):
    a = tanh(p.dense(x, 3))
    return p.dense(a, 3, "head"), p.dense(a, 1)


def add(p, x):
    a = tanh(p.dense(x, 3))
    return a + x + p.dense(a, 3)


def multiply(p, x):
    a = p.dense(x, 3)
    return tanh(a * x * sigmoid(a))


def embedding(p, x):
    return p.dense(tanh(p.embedding(x, 2, 5)).flatten(1), 2)


def embedding_shared(p, x, z):
    a = p.embedding(x, 3, 4, "words")
    b = p.embedding(z, 3, 4, "words").reshape(-1, 2, 3)
    return p.dense(tanh(a * b).flatten(1), 2)


def subtract(p, x):
    a = p.dense(x, 3)
    return tanh(a - x - tanh(a) + (x - a * a))


def divide(p, x):
    a, b = p.dense(x, 3), F.softplus(p.dense(x, 3))
    return a / b / sigmoid(a) - x / b


def concat_inner(p, x):
    a = tanh(p.dense(x.flatten(1), 4).reshape(-1, 2, 2))
    return p.dense(concat(x, a, sigmoid(x), axis=1).flatten(1), 2)


def nested(p, x):
    a = tanh(p.dense(x, 2))
    b = sigmoid(p.dense(x, 2))
    return p.dense(concat(a + b * a, (a + b) * p.dense(a, 2), b), 2)


def two_inputs(p, left, right):
    a = tanh(concat(p.dense(left, 3), right.flatten(1)))
    return p.dense(a, 2)


def probability_beside(p, x):
    y = p.dense(tanh(p.dense(x, 3)), 3)
    return y, F.softmax(y, 1)


def two_targets(p, x):
    return p.dense(tanh(p.dense(x, 3)), 3)


def reused(p, x):
    a = tanh(p.dense(x, 2))
    return a, p.dense(a, 2) + a


def frozen_parts(p, x):
    a = tanh(p.dense(x, 3, trainable="bias"))
    return p.dense(tanh(p.dense(a, 3, trainable=False)), 2, trainable="weight")


ENTRIES = [
    Entry(
        "tanh_mse",
        "input x: [2]; output y = x -> dense(3) -> tanh -> dense(2) as head; loss mse(y);",
        lambda p, x: p.dense(tanh(p.dense(x, 3)), 2, "head"),
        mse,
        values(2),
        every_optimiser=True,
    ),
    Entry(
        "residual",
        "input x: [2]; let a = x -> dense(3) -> relu;"
        " output y = (a + (a -> dense(3) -> tanh)) -> dense(3) as head; loss cross_entropy(y);",
        residual,
        cross_entropy,
        classes(3),
        every_optimiser=True,
    ),
    Entry(
        "shared_and_frozen",
        "input x: [2]; output y = x -> dense(3, trainable = false) as trunk -> tanh"
        " -> dense(3) as mix -> tanh -> mix -> sigmoid -> dense(2) as head; loss mse(y);",
        shared_and_frozen,
        mse,
        values(2),
        every_optimiser=True,
    ),
    Entry(
        "two_outputs",
        "input x: [2]; let a = x -> dense(3) -> tanh;"
        " output word = a -> dense(3) as head; output level = a -> dense(1);"
        " loss cross_entropy(word) + 0.25 * mse(level);",
        two_outputs,
        lambda y, t: cross_entropy(y[0], t["word"]) + 0.25 * mse(y[1], t["level"]),
        fields(word=classes(3), level=values(1)),
        every_optimiser=True,
    ),
    Entry(
        "no_bias",
        "input x: [3]; output y = x -> dense(3, bias = false) -> relu -> dense(2, bias = false); loss mse(y);",
        lambda p, x: p.dense(relu(p.dense(x, 3, bias=False)), 2, bias=False),
        mse,
        values(2),
    ),
    Entry(
        "views",
        "input x: [2, 2]; output y = x -> flatten -> dense(4) -> reshape([2, 2]) -> tanh -> reshape(4) -> dense(2);"
        " loss mse(y);",
        lambda p, x: p.dense(tanh(p.dense(x.flatten(1), 4)), 2),
        mse,
        values(2),
    ),
    Entry(
        "add",
        "input x: [3]; let a = x -> dense(3) -> tanh; output y = a + x + (a -> dense(3)); loss mse(y);",
        add,
        mse,
        values(3),
    ),
    Entry(
        "multiply",
        "input x: [3]; let a = x -> dense(3); output y = (a * x * (a -> sigmoid)) -> tanh; loss mse(y);",
        multiply,
        mse,
        values(3),
    ),
    Entry(
        "embedding",
        "input x: [3]; output y = x -> embedding(2, vocabulary = 5) -> tanh -> flatten -> dense(2); loss mse(y);",
        embedding,
        mse,
        values(2),
        indices=5,
    ),
    Entry(
        "embedding_shared",
        "input x: [2]; input z: [2, 1]; let a = x -> embedding(3, vocabulary = 4, init = zeros) as words;"
        " let b = z -> words -> reshape([2, 3]); output y = (a * b) -> tanh -> flatten -> dense(2); loss mse(y);",
        embedding_shared,
        mse,
        values(2),
        indices=4,
    ),
    Entry(
        "subtract",
        "input x: [3]; let a = x -> dense(3); output y = (a - x - (a -> tanh) + (x - a * a)) -> tanh; loss mse(y);",
        subtract,
        mse,
        values(3),
    ),
    Entry(
        "divide",
        "input x: [3]; let a = x -> dense(3); let b = x -> dense(3) -> softplus;"
        " output y = a / b / (a -> sigmoid) - x / b; loss mse(y);",
        divide,
        mse,
        values(3),
    ),
    Entry(
        "square",
        "input x: [3]; let a = x -> dense(3); output y = a * a + (a + a);",
        lambda p, x: (lambda a: a * a + 2 * a)(p.dense(x, 3)),
    ),
    Entry(
        "concat",
        "input x: [3]; output y = concat(x, x -> dense(2) -> tanh, x) -> dense(2); loss mse(y);",
        lambda p, x: p.dense(concat(x, tanh(p.dense(x, 2)), x), 2),
        mse,
        values(2),
    ),
    Entry(
        "concat_inner",
        "input x: [2, 2]; let a = x -> flatten -> dense(4) -> reshape([2, 2]) -> tanh;"
        " output y = concat(x, a, x -> sigmoid, axis = 1) -> flatten -> dense(2);",
        concat_inner,
    ),
    Entry(
        "nested",
        "input x: [2]; let a = x -> dense(2) -> tanh; let b = x -> dense(2) -> sigmoid;"
        " output y = concat(a + b * a, (a + b) * (a -> dense(2)), b) -> dense(2); loss mse(y);",
        nested,
        mse,
        values(2),
    ),
    Entry(
        "shared",
        "input x: [3]; output y = x -> dense(3) as mix -> tanh -> mix -> sigmoid -> mix; loss mse(y);",
        lambda p, x: p.dense(sigmoid(p.dense(tanh(p.dense(x, 3, "mix")), 3, "mix")), 3, "mix"),
        mse,
        values(3),
    ),
    Entry(
        "frozen_layer",
        "input x: [3]; output y = x -> dense(3) -> tanh -> dense(2, trainable = false); loss mse(y);",
        lambda p, x: p.dense(tanh(p.dense(x, 3)), 2, trainable=False),
        mse,
        values(2),
    ),
    Entry(
        "frozen_weight",
        "input x: [3]; output y = x -> dense(3, trainable = bias) -> tanh -> dense(2); loss mse(y);",
        lambda p, x: p.dense(tanh(p.dense(x, 3, trainable="bias")), 2),
        mse,
        values(2),
    ),
    Entry(
        "frozen_bias",
        "input x: [3]; output y = x -> dense(3, trainable = weight) -> tanh -> dense(2); loss mse(y);",
        lambda p, x: p.dense(tanh(p.dense(x, 3, trainable="weight")), 2),
        mse,
        values(2),
    ),
    Entry(
        "frozen_parts",
        "input x: [3]; output y = x -> dense(3, trainable = bias) -> tanh -> dense(3, trainable = false) -> tanh"
        " -> dense(2, trainable = weight);",
        frozen_parts,
    ),
    Entry(
        "two_inputs",
        "input left: [2]; input right: [1, 2]; output y = concat(left -> dense(3), right -> flatten) -> tanh"
        " -> dense(2); loss mse(y);",
        two_inputs,
        mse,
        values(2),
    ),
    Entry(
        "probability_beside",
        "input x: [2]; output y = x -> dense(3) -> tanh -> dense(3); output p = y -> softmax;"
        " loss cross_entropy(y);",
        probability_beside,
        lambda y, t: cross_entropy(y[0], t),
        classes(3),
    ),
    Entry(
        "two_targets",
        "input x: [2]; output y = x -> dense(3) -> tanh -> dense(3); loss cross_entropy(y) + 0.5 * mse(y);",
        two_targets,
        lambda y, t: cross_entropy(y, t["y_class"]) + 0.5 * mse(y, t["y_values"]),
        fields(y_class=classes(3), y_values=values(3)),
    ),
    Entry(
        "reused",
        "input x: [2]; let a = x -> dense(2) -> tanh; output a; output y = (a -> dense(2)) + a;",
        reused,
    ),
    Entry(
        "weighted_twice",
        "input x: [2]; output y = x -> dense(2) -> tanh -> dense(2); loss 2 * mse(y) + 0.5 * mse(y);",
        lambda p, x: p.dense(tanh(p.dense(x, 2)), 2),
        lambda y, t: 2.5 * mse(y, t),
        values(2),
    ),
]

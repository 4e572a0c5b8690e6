"""What all contestants agree on, as `benches/contest` has it: networks, samples, first weights, tasks, clock."""

import gc
import statistics
import time
from dataclasses import dataclass

import numpy as np

SAMPLES = 64
DEPENDENCE = 1e-30
CHECKED = {"sgd": 0.1, "adam": 1e-3}
TIMED = {"sgd": 1e-6, "adam": 1e-9}

SAMPLE_NS = 250_000
MEASUREMENT_NS = 100_000_000
FEWEST_SAMPLES = 11


@dataclass
class Shape:
    """A chain of dense layers: `head` is "classes", "values" or "sigmoid". Before it there may be convolutions over
    square planes, each with relu and the largest of 2 x 2: sides, channels, filters and sides of kernels. Or a cell,
    "gru" or "lstm", goes through single numbers; or causal convolutions do, each with tanh: channels, filters,
    kernels and dilations."""

    widths: tuple
    hidden: str = "relu"
    head: str = "classes"
    scale: float = 1.0
    convolutions: tuple = ()
    cell: str = ""
    causal: tuple = ()
    steps: int = 1

    def layers(self):
        return list(zip(self.widths, self.widths[1:]))

    def input_shape(self):
        if self.convolutions:
            side, channels, *_ = self.convolutions[0]
            return channels, side, side
        if self.is_sequence():
            return (self.steps,)
        return self.widths[:1]

    def is_sequence(self):
        return bool(self.cell or self.causal)

    def gates(self):
        """Of all units."""
        return {"gru": 3, "lstm": 4}[self.cell] * self.widths[0]

    def products(self):
        """Multiply-accumulates of a sample."""
        dense = sum(fan_in * fan_out for fan_in, fan_out in self.layers())
        cell = self.gates() * (1 + self.widths[0]) if self.cell else 0
        causal = sum(channels * filters * kernel for channels, filters, kernel, _ in self.causal)
        return (
            dense
            + self.steps * (cell + causal)
            + sum(
                (side - kernel + 1) ** 2 * channels * filters * kernel**2
                for side, channels, filters, kernel in self.convolutions
            )
        )


NETWORKS = {
    "xor": Shape((2, 8, 1), "tanh", "sigmoid"),
    "iris": Shape((4, 16, 16, 3)),
    "mlp": Shape((784, 128, 10), scale=0.25),
    "lenet": Shape((256, 120, 84, 10), scale=0.25, convolutions=((28, 1, 6, 5), (12, 6, 16, 5))),
    "digits": Shape((64, 32, 10)),
    "sine": Shape((1, 16, 16, 1), head="values"),
    "gru16": Shape((16, 1), head="values", cell="gru"),
    "lstm16": Shape((16, 1), head="values", cell="lstm"),
    "lstm32": Shape((32, 1), head="values", cell="lstm"),
    "causal": Shape(
        (6, 1), head="sigmoid", causal=((1, 8, 1, 1), (8, 4, 3, 1), (4, 4, 1, 1), (4, 6, 3, 2))
    ),
    "gru16-64": Shape((16, 1), head="values", cell="gru", steps=64),
}


class Task:
    """`NETWORK/CALL/SAMPLES`."""

    def __init__(self, name):
        network, self.call, samples = name.split("/")
        self.shape = NETWORKS[network]
        self.samples = int(samples)
        self.trains = self.call in ("sgd", "adam")
        self.dependent = self.call == "dependent"

    def make_inputs(self):
        """One for each sample in a call, or those that calls on a single one meet in turn."""
        single = self.call in ("dependent", "independent", "stream")
        count = SAMPLES if single else self.samples
        shape = self.shape.input_shape()
        index, place = np.ogrid[:count, : np.prod(shape)]
        pseudo_random = (index * 31 + place * 17) % 97 + 1
        inputs = (pseudo_random / 97.0 * self.shape.scale).astype(np.float32)
        return inputs.reshape(count, *shape)

    def make_targets(self):
        index = np.arange(self.samples)
        if self.shape.head == "classes":
            return index * 7 % self.shape.widths[-1]
        return (index * 13 % 17 / 17.0).astype(np.float32)[:, None]

    def make_weights(self):
        """Of each dense layer, as [in][out]. Biases start at zero."""
        return [make_weight(fan_in, fan_out) for fan_in, fan_out in self.shape.layers()]

    def make_kernels(self):
        """Of each convolution, as [filter][channel][row][column]. Biases start at zero."""
        return [
            make_weight(channels * side**2, filters).T.reshape(filters, channels, side, side).copy()
            for _, channels, filters, side in self.shape.convolutions
        ]


    def make_cell(self):
        """Of the recurrent cell, as [in][gates] and [units][gates]. Biases start at zero."""
        gates = self.shape.gates()
        return make_weight(1, gates), make_weight(self.shape.widths[0], gates)

    def make_causal(self):
        """Of each causal convolution, as [filter][channel][tap]. Biases start at zero."""
        return [
            make_weight(channels * taps, filters).T.reshape(filters, channels, taps).copy()
            for channels, filters, taps, _ in self.shape.causal
        ]


def make_weight(fan_in, fan_out):
    pseudo_random = (np.arange(fan_in * fan_out) * 7919 + 13) % 1009
    weight = (pseudo_random / 1009.0 * 2.0 - 1.0) / np.sqrt(fan_in)
    return weight.astype(np.float32).reshape(fan_in, fan_out)


def check(task, create):
    """What the first calls add up to."""
    values = []
    run = create(task, CHECKED.get(task.call))
    run(4 if task.trains else SAMPLES, lambda value: values.append(float(value)))
    return sum(values)


def measure(run):
    """The minimum and the median in ns per call, as `clock.rs` takes them."""

    def sample(calls):
        start = time.perf_counter_ns()
        run(calls)
        return time.perf_counter_ns() - start

    # Neither compiling at the first call nor garbage of other tasks counts.
    calls = getattr(run, "unit", 1)
    run(calls)
    gc.collect()
    gc.disable()
    while sample(calls) < SAMPLE_NS:
        calls *= 2
    start = time.perf_counter_ns()
    samples = []
    while len(samples) < FEWEST_SAMPLES or time.perf_counter_ns() - start < MEASUREMENT_NS:
        samples.append(sample(calls) / calls)
    gc.enable()
    return min(samples), statistics.median(samples)

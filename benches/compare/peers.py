"""The peers' side of `cargo xtask compare`: `peers.py torch | jax | jax-loop`.

Speaks the language of `src/main.rs`, with the samples and first weights of `src/data.rs` and the clock of
`src/clock.rs`. One contestant a process, on one thread.
"""

import gc
import itertools
import os
import statistics
import sys
import time

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
for library in "OMP", "MKL", "OPENBLAS":
    os.environ[library + "_NUM_THREADS"] = "1"

import numpy as np

SAMPLES = 64
BATCHES = 2
TORCH_STEPS = 8
RATE = 0.1
# Each: the widths, and the scale of the samples.
NETWORKS = {"mlp": ((784, 128, 10), 0.25), "tiny": ((2, 8, 1), 1.0)}

SAMPLE_NS = 250_000
MEASUREMENT_NS = 100_000_000
FEWEST_SAMPLES = 11


def make_inputs(width, scale):
    index, place = np.ogrid[:SAMPLES, :width]
    return ((index * 31 + place * 17) % 97 / 97.0 * scale).astype(np.float32)


def make_targets(network):
    index = np.arange(SAMPLES)
    if network == "mlp":
        return index * 7 % 10
    return (index * 13 % 17 / 17.0).astype(np.float32)[:, None]


def make_weight(fan_in, fan_out):
    """As [in][out]."""
    pseudo_random = (np.arange(fan_in * fan_out) * 7919 + 13) % 1009
    weight = (pseudo_random / 1009.0 * 2.0 - 1.0) / np.sqrt(fan_in)
    return weight.astype(np.float32).reshape(fan_in, fan_out)


def split(samples, kind, size):
    """What the calls of a round meet: each sample once, or the same batch each time."""
    if kind == "batch":
        return [samples[:size]] * BATCHES
    return [samples[index : index + 1] for index in range(SAMPLES)]


class Torch:
    """Eager mode, as PyTorch's tutorials have it."""

    def __init__(self):
        import torch

        self.torch = torch
        self.description = f"torch {torch.__version__} (eager)"
        torch.set_num_threads(1)
        torch.set_num_interop_threads(1)

    def create(self, network, kind, size):
        torch, nn = self.torch, self.torch.nn
        (wide, middle, narrow), scale = NETWORKS[network]
        activation = nn.ReLU() if network == "mlp" else nn.Tanh()
        model = nn.Sequential(nn.Linear(wide, middle), activation, nn.Linear(middle, narrow))
        with torch.no_grad():
            for layer in model[0], model[2]:
                weight = make_weight(layer.in_features, layer.out_features)
                layer.weight.copy_(torch.from_numpy(weight.T.copy()))
                layer.bias.zero_()
        measure_loss = nn.CrossEntropyLoss() if network == "mlp" else nn.MSELoss()
        optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
        inputs = split(torch.from_numpy(make_inputs(wide, scale)), kind, size)
        targets = split(torch.from_numpy(make_targets(network)), kind, size)
        calls = list(zip(inputs, targets))
        # Steps take so long here that a round is cut up: a long sample is rarely left in peace.
        count = min(len(calls), TORCH_STEPS)
        parts = itertools.cycle([calls[at : at + count] for at in range(0, len(calls), count)])

        def forward(observe=None):
            with torch.inference_mode():
                for x, _ in calls:
                    output = model(x)
                    if observe:
                        observe(output[0, 0])

        def train(observe=None):
            for x, y in calls if observe else next(parts):
                optimizer.zero_grad()
                loss = measure_loss(model(x), y)
                loss.backward()
                optimizer.step()
                if observe:
                    observe(loss.detach())

        return (forward, len(calls)) if kind == "forward" else (train, count)


class Jax:
    """A jitted call for each step, or, where `loops`, one for many: steps inside `lax.fori_loop`."""

    def __init__(self, loops):
        import jax

        self.jax = jax
        self.loops = loops
        form = "many calls in a fori_loop" if loops else "one jitted call at a time"
        self.description = f"jax {jax.__version__} ({form})"
        # Measured: with one core, handing a call to another thread makes it slower.
        jax.config.update("jax_cpu_enable_async_dispatch", False)

    def create(self, network, kind, size):
        jax, jnp = self.jax, self.jax.numpy
        (wide, middle, narrow), scale = NETWORKS[network]

        def compute(parameters, x):
            (first, first_bias), (second, second_bias) = parameters
            hidden = x @ first + first_bias
            hidden = jax.nn.relu(hidden) if network == "mlp" else jnp.tanh(hidden)
            return hidden @ second + second_bias

        def measure_loss(parameters, x, y):
            output = compute(parameters, x)
            if network == "mlp":
                return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(output), y[:, None], 1))
            return jnp.mean((output - y) ** 2)

        def step(parameters, x, y):
            loss, gradient = jax.value_and_grad(measure_loss)(parameters, x, y)
            return jax.tree.map(lambda w, g: w - RATE * g, parameters, gradient), loss

        def infer(parameters, x, _):
            # All outputs: those that nobody reads would not be computed.
            return parameters, compute(parameters, x)[0]

        parameters = [
            (jnp.asarray(make_weight(fan_in, fan_out)), jnp.zeros(fan_out))
            for fan_in, fan_out in ((wide, middle), (middle, narrow))
        ]
        inputs = split(jnp.asarray(make_inputs(wide, scale)), kind, size)
        targets = split(jnp.asarray(make_targets(network)), kind, size)
        call = infer if kind == "forward" else step
        if self.loops:
            return self.loop(call, kind, parameters, inputs, targets)
        if kind == "forward":
            return self.forward(compute, parameters, inputs)

        call = jax.jit(call, donate_argnums=0)
        calls = list(zip(inputs, targets))

        def train(observe=None):
            nonlocal parameters
            for x, y in calls:
                parameters, loss = call(parameters, x, y)
                if observe:
                    observe(loss)
            jax.block_until_ready(parameters)

        return train, len(calls)

    def forward(self, compute, parameters, inputs):
        compute = self.jax.jit(compute)

        def forward(observe=None):
            for x in inputs:
                output = compute(parameters, x)
                if observe:
                    observe(output[0, 0])
            self.jax.block_until_ready(output)

        return forward, len(inputs)

    def loop(self, call, kind, parameters, inputs, targets):
        jax, jnp = self.jax, self.jax.numpy
        batch = kind == "batch"
        different = 1 if batch else len(inputs)
        inputs, targets = jnp.stack(inputs[:different]), jnp.stack(targets[:different])

        # The samples are arguments: as constants they would invite the compiler to compute ahead.
        def repeat(steps, parameters, inputs, targets):
            def body(index, carried):
                parameters, total = carried
                place = 0 if batch else index % different
                parameters, value = call(parameters, inputs[place], targets[place])
                return parameters, total + value

            start = jnp.zeros(parameters[1][1].shape if kind == "forward" else ())
            return jax.lax.fori_loop(0, steps, body, (parameters, start))

        repeat = jax.jit(repeat, static_argnums=0, donate_argnums=1)
        # Enough that entering the loop does not count.
        steps = 4 * BATCHES if batch else SAMPLES * (2 if inputs.shape[-1] > 2 else 64)

        def run(observe=None):
            nonlocal parameters
            count = steps
            if observe:
                count = BATCHES if batch else SAMPLES
            parameters, total = repeat(count, parameters, inputs, targets)
            jax.block_until_ready(total)
            if observe:
                observe(jnp.ravel(total)[0])

        return run, steps


def measure(run, calls):
    """The minimum and the median in ns per call, as `src/clock.rs` takes them."""

    def sample(rounds):
        start = time.perf_counter_ns()
        for _ in range(rounds):
            run()
        return time.perf_counter_ns() - start

    # Neither compiling at the first call nor garbage of other tasks counts.
    run()
    gc.collect()
    gc.disable()
    rounds = 1
    while sample(rounds) < SAMPLE_NS:
        rounds *= 2
    start = time.perf_counter_ns()
    samples = []
    while len(samples) < FEWEST_SAMPLES or time.perf_counter_ns() - start < MEASUREMENT_NS:
        samples.append(sample(rounds) / (rounds * calls))
    gc.enable()
    return min(samples), statistics.median(samples)


def main():
    contestants = {"torch": Torch, "jax": lambda: Jax(False), "jax-loop": lambda: Jax(True)}
    contestant = contestants[sys.argv[1]]()
    # Kept from round to round, since compiling takes longer than measuring.
    tasks = {}
    print("ready", contestant.description, flush=True)
    for line in sys.stdin:
        verb, name = line.split()
        network, kind, size = name.split("/")
        if verb == "check":
            values = []
            run, _ = contestant.create(network, kind, int(size))
            run(lambda value: values.append(float(value)))
            answer = f"{sum(values):.6f}"
        else:
            if name not in tasks:
                tasks[name] = contestant.create(network, kind, int(size))
            minimum, median = measure(*tasks[name])
            answer = f"{minimum:.3f} {median:.3f}"
        print(name, answer, flush=True)


if __name__ == "__main__":
    main()

"""JAX: a jitted call for each step, or, where it `loops`, many steps in one, inside `lax.fori_loop`."""

import os

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp

from contest import DEPENDENCE
from jax_sequence import call_stream, give_last, loop_stream, make_front, pass_causal, run_units


class Jax:
    def __init__(self, loops):
        self.loops = loops
        form = "many calls in a fori_loop" if loops else "one jitted call at a time"
        self.description = f"jax {jax.__version__} ({form})"
        # Measured: with one core, handing a call to another thread makes it slower.
        jax.config.update("jax_cpu_enable_async_dispatch", False)

    def has(self, task):
        # In a loop without dependence nothing would have to be computed again.
        return not self.loops or task.call != "independent"

    def create(self, task, rate):
        sequence = [*task.make_cell()] if task.shape.cell else task.make_causal()
        weights = task.make_kernels() + sequence + task.make_weights()
        parameters = [(jnp.asarray(weight), make_bias(weight)) for weight in weights]
        inputs = jnp.asarray(task.make_inputs())
        compute = make_model(task.shape)
        if task.call == "stream":
            step, start = make_stream(task.shape, parameters)
            if self.loops:
                run_all = make_known(task.shape, parameters) or (lambda h, x: jax.lax.scan(step, h, x))
                return loop_stream(run_all, start, inputs, choose_unit(task))
            return call_stream(step, start, list(inputs))
        if task.trains:
            step, state = make_step(task, compute, rate, parameters)
            data = inputs, jnp.asarray(task.make_targets())
            if self.loops:
                return loop_steps(step, state, data, choose_unit(task))
            return call_steps(step, state, data)
        rows = inputs[None] if task.call == "together" else inputs[:, None]
        if self.loops:
            return loop_outputs(compute, parameters, rows, choose_unit(task))
        return call_outputs(compute, parameters, list(rows), task.dependent)


def make_bias(weight):
    shapes = {2: weight.shape[1], 3: weight.shape[0], 4: (weight.shape[0], 1, 1)}
    return jnp.zeros(shapes[weight.ndim])


def convolve(x, weight, bias):
    x = jax.nn.relu(jax.lax.conv(x, weight, (1, 1), "VALID") + bias)
    window = (1, 1, 2, 2)
    return jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, window, window, "VALID")


def make_model(shape):
    count = len(shape.convolutions)
    if shape.is_sequence():
        count, start, step = make_front(shape)
    dense = make_dense(shape)

    def compute(parameters, x):
        front = parameters[:count]
        if shape.is_sequence():
            x = jax.vmap(lambda sample: give_last(step, start, front, sample))(x)
        else:
            for kernel, bias in front:
                x = convolve(x, kernel, bias)
            x = x.reshape(len(x), -1)
        return dense(parameters[count:], x)

    return compute


def make_stream(shape, parameters):
    count, start, step = make_front(shape)
    dense = make_dense(shape)

    def compute(state, x):
        state, features = step(parameters[:count], state, x)
        return state, dense(parameters[count:], features)

    return compute, start


def make_known(shape, parameters):
    """What convolutions make of a sequence whose samples are all known."""
    count, *_ = make_front(shape)
    dense = make_dense(shape)

    def compute(state, samples):
        features = pass_causal(shape, parameters[:count], samples[:, 0])
        return state, dense(parameters[count:], features)

    return compute if shape.causal else None


def make_dense(shape):
    hidden = jax.nn.relu if shape.hidden == "relu" else jnp.tanh

    def compute(parameters, x):
        *front, (weight, bias) = parameters
        for front_weight, front_bias in front:
            x = hidden(x @ front_weight + front_bias)
        output = x @ weight + bias
        return jax.nn.sigmoid(output) if shape.head == "sigmoid" else output

    return compute


def make_step(task, compute, rate, parameters):
    def measure_loss(parameters, x, y):
        output = compute(parameters, x)
        if task.shape.head == "classes":
            return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(output), y[:, None], 1))
        return jnp.mean((output - y) ** 2)

    def descend(parameters, x, y):
        loss, gradient = jax.value_and_grad(measure_loss)(parameters, x, y)
        return jax.tree.map(lambda w, g: w - rate * g, parameters, gradient), loss

    def step_adam(state, x, y):
        parameters, means, squares, count = state
        loss, gradient = jax.value_and_grad(measure_loss)(parameters, x, y)
        count += 1
        means = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, means, gradient)
        squares = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, squares, gradient)
        scale = rate / (1 - 0.9**count)
        root = jnp.sqrt(1 - 0.999**count)
        move = lambda w, m, v: w - scale * m / (jnp.sqrt(v) / root + 1e-8)
        return (jax.tree.map(move, parameters, means, squares), means, squares, count), loss

    if task.call == "sgd":
        return descend, parameters
    zeros = lambda: jax.tree.map(jnp.zeros_like, parameters)
    return step_adam, (parameters, zeros(), zeros(), jnp.zeros(()))


def call_steps(step, state, data):
    step = jax.jit(step, donate_argnums=0)

    def run(calls, observe=None):
        nonlocal state
        for _ in range(calls):
            state, loss = step(state, *data)
            if observe:
                observe(loss)
        jax.block_until_ready(state)

    return run


def choose_unit(task):
    """Calls in one loop: enough that entering it does not count. XLA makes one function only of a small loop
    whose end it knows, so that there is one length for all samples of the clock."""
    products = task.samples * task.shape.products()
    lengths = (10_000_000, 4), (1_000_000, 8), (10_000, 64)
    return next((length for least, length in lengths if products > least), 4096)


def loop_steps(step, state, data, unit):
    # The samples are arguments: as constants they would invite the compiler to compute ahead.
    def repeat(calls, state, data):
        def body(_, carried):
            state, total = carried
            state, loss = step(state, *data)
            return state, total + loss

        return jax.lax.fori_loop(0, calls, body, (state, jnp.zeros(())))

    repeat = jax.jit(repeat, static_argnums=0, donate_argnums=1)

    def run_unit(calls):
        nonlocal state
        state, total = repeat(calls, state, data)
        return total

    return run_units(run_unit, unit)


def depend(x, last):
    """The input of a call that has to wait for the last."""
    return x.at[(0,) * x.ndim].add(DEPENDENCE * last[0, 0])


def call_outputs(compute, parameters, rows, dependent):
    def compute_dependent(parameters, x, last):
        return compute(parameters, depend(x, last))

    independent = jax.jit(compute)
    call = jax.jit(compute_dependent) if dependent else lambda p, x, _: independent(p, x)
    output = jnp.zeros(compute(parameters, rows[0]).shape)

    def run(calls, observe=None):
        nonlocal output
        for call_index in range(calls):
            output = call(parameters, rows[call_index % len(rows)], output)
            if observe:
                observe(output[0, 0])
        jax.block_until_ready(output)

    return run


def loop_outputs(compute, parameters, rows, unit):
    def repeat(calls, parameters, rows):
        def body(index, carried):
            last, total = carried
            output = compute(parameters, depend(rows[index % len(rows)], last))
            # All outputs: those that nobody reads would not be computed.
            return output, total + output

        zeros = jnp.zeros(compute(parameters, rows[0]).shape)
        return jax.lax.fori_loop(0, calls, body, (zeros, zeros))[1]

    repeat = jax.jit(repeat, static_argnums=0)

    return run_units(lambda calls: repeat(calls, parameters, rows), unit)

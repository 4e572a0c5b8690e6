"""What goes through a sequence of single numbers, in JAX: `lax.scan` over a sequence that is known, or a jitted call for
each step."""

import jax
import jax.numpy as jnp


def make_front(shape):
    """How many parameters it has, its state before the first step, and `step(parameters, state, x)`: the next state and
    what it gives."""
    if shape.causal:
        return len(shape.causal), start_causal(shape), step_causal(shape)
    zeros = jnp.zeros(shape.widths[0])
    return (2, zeros, step_gru) if shape.cell == "gru" else (2, (zeros, zeros), step_lstm)


def step_gru(parameters, h, x):
    (from_input, input_bias), (from_state, state_bias) = parameters
    reset, update, new = jnp.split(x @ from_input + input_bias, 3)
    state_reset, state_update, state_new = jnp.split(h @ from_state + state_bias, 3)
    reset = jax.nn.sigmoid(reset + state_reset)
    update = jax.nn.sigmoid(update + state_update)
    new = jnp.tanh(new + reset * state_new)
    h = (1 - update) * new + update * h
    return h, h


def step_lstm(parameters, state, x):
    (from_input, input_bias), (from_state, state_bias) = parameters
    h, c = state
    gates = x @ from_input + input_bias + h @ from_state + state_bias
    take, forget, new, give = jnp.split(gates, 4)
    c = jax.nn.sigmoid(forget) * c + jax.nn.sigmoid(take) * jnp.tanh(new)
    h = jax.nn.sigmoid(give) * jnp.tanh(c)
    return (h, c), h


def start_causal(shape):
    return [jnp.zeros((channels, (taps - 1) * dilation)) for channels, _, taps, dilation in shape.causal]


def step_causal(shape):
    dilations = [dilation for *_, dilation in shape.causal]

    def step(parameters, state, x):
        left = []
        for (kernel, bias), past, dilation in zip(parameters, state, dilations):
            window = jnp.concatenate([past, x[:, None]], 1)
            left.append(window[:, 1:])
            taps = window[:, ::dilation].reshape(-1)
            x = jnp.tanh(kernel.reshape(len(kernel), -1) @ taps + bias)
        return left, x

    return step


def pass_causal(shape, parameters, x):
    """All steps of a sequence at once, which convolutions need not wait for: what each gives, as [step][filter]."""
    x = x[None, None]
    for (kernel, bias), (*_, taps, dilation) in zip(parameters, shape.causal):
        padding = [((taps - 1) * dilation, 0)]
        x = jax.lax.conv_general_dilated(x, kernel, (1,), padding, rhs_dilation=(dilation,))
        x = jnp.tanh(x + bias[:, None])
    return x[0].T


def give_last(front, start, parameters, x):
    """What a sample's last step gives."""
    _, given = jax.lax.scan(lambda state, x: front(parameters, state, x), start, x[:, None])
    return given[-1]


def call_stream(step, start, rows):
    step = jax.jit(step)
    state = start

    def run(calls, observe=None):
        nonlocal state
        for call in range(calls):
            state, output = step(state, rows[call % len(rows)])
            if observe:
                observe(output[0])
        jax.block_until_ready(state)

    return run


def loop_stream(run_all, start, rows, unit):
    """Over a sequence that is known: `run_all(state, samples)` gives the state behind them and all outputs."""

    def repeat(calls, state, rows):
        state, outputs = run_all(state, jnp.resize(rows, (calls, 1)))
        return state, outputs.sum(0)

    repeat = jax.jit(repeat, static_argnums=0)
    state = start

    def run_unit(calls):
        nonlocal state
        state, total = repeat(calls, state, rows)
        return total

    return run_units(run_unit, unit)


def run_units(run_unit, unit):
    """As many loops of `unit` calls as that takes; `run_unit(calls)` is one, and gives sums of which the first is
    observed."""

    def run(calls, observe=None):
        for _ in range(max(calls // unit, 1)):
            total = run_unit(min(calls, unit))
        jax.block_until_ready(total)
        if observe:
            observe(total.ravel()[0])

    run.unit = unit
    return run

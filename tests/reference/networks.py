"""Computes the vectors of one network."""

import random
import re

import torch

from care import AT_THE_START, IN_TRAINING, Care, Unsuitable
from draw import Parameters, draw_tensor
from optimisers import BASE, EVERY, train

SAMPLES = 4
# After which steps the parameters are looked at.
SNAPSHOTS = {"batch": (1, 3, 10), "sample": (10,)}
# The hardest network needs about a hundred.
ATTEMPTS = 2_000

# NAdam keeps a product in the default type.
torch.set_default_dtype(torch.float64)
# In one order.
torch.set_num_threads(1)


def parse_inputs(declaration):
    """The inputs' names and shapes."""
    found = re.findall(r"input (\w+): \[([\d, ]+)\]", declaration)
    return {name: [int(axis) for axis in shape.split(",")] for name, shape in found}


def parse_outputs(declaration):
    """The outputs' names."""
    return re.findall(r"output (\w+)", declaration)


def find_frozen(entry):
    """The names of the frozen parameters."""
    Care.margin = None
    parameters = Parameters(random.Random(0))
    run(entry, parameters, [torch.zeros(1, *shape) for shape in parse_inputs(entry.declaration).values()])
    return list(parameters.frozen)


def compute_vectors(entry):
    """What is given and what is computed, by name, from the first draws that suit."""
    for attempt in range(ATTEMPTS):
        try:
            return compute_once(entry, random.Random(f"{entry.name} {attempt}"))
        except Unsuitable:
            continue
    raise RuntimeError(f"{entry.name}: no draws suit")


def compute_once(entry, generator):
    """The same, unless these draws do not suit."""
    parameters = Parameters(generator)
    shapes = parse_inputs(entry.declaration).values()
    inputs = [draw_input(generator, entry, [SAMPLES, *shape]).requires_grad_() for shape in shapes]

    Care.margin, Care.every_piece = AT_THE_START, True
    outputs = run(entry, parameters, inputs)
    weights = parameters.weights()
    seeds = [draw_tensor(generator, output.shape, 1.0) for output in outputs]
    given = {f"parameter {name}": values.tolist() for name, values in parameters.trainable.items()}
    given |= {f"frozen {name}": values.tolist() for name, values in parameters.frozen.items()}
    given |= {"inputs": join_rows(inputs), "output_gradients": join_rows(seeds)}

    seeded = sum((output * seed).sum() for output, seed in zip(outputs, seeds))
    gradients = torch.autograd.grad(seeded, weights + inputs, retain_graph=True)
    computed = {
        "outputs": join_rows(outputs),
        "gradient_from": join(parameters.fill_in(gradients[: len(weights)])),
        "input_gradients": join_rows(gradients[len(weights) :]),
    }
    if not entry.loss:
        return given, computed

    rows = torch.tensor([entry.target.draw(generator) for _ in range(SAMPLES)])
    given["targets"] = rows.tolist()
    losses = judge(entry, outputs, rows)
    computed["losses"] = losses.tolist()
    computed |= differentiate(entry, parameters, inputs, rows)
    Care.margin, Care.every_piece = IN_TRAINING, False
    computed |= train_all(entry, parameters, [values.detach() for values in inputs], rows)
    return given, computed


def draw_input(generator, entry, shape):
    """Numbers, or indices."""
    if entry.indices is None:
        return draw_tensor(generator, shape, entry.spread)
    count = torch.Size(shape).numel()
    return torch.tensor([float(generator.randrange(entry.indices)) for _ in range(count)]).reshape(shape)


def run(entry, parameters, inputs):
    """The outputs, in declared order."""
    parameters.begin()
    outputs = entry.network(parameters, *inputs)
    return outputs if isinstance(outputs, tuple) else (outputs,)


def judge(entry, outputs, rows):
    """The loss of each sample."""
    return entry.loss(outputs if len(outputs) > 1 else outputs[0], entry.target.read(rows))


def differentiate(entry, parameters, inputs, rows):
    """The gradient of the batch's loss, among it what is subtracted from running statistics; and that loss, where it is
    not the mean of the samples' own."""
    trained = parameters.copy()
    loss = judge(entry, run(entry, trained, [values.detach() for values in inputs]), rows).mean()
    gradients = trained.fill_in(torch.autograd.grad(loss, trained.weights()))
    # What has a gradient has not moved yet.
    pairs = zip(parameters.trainable.values(), trained.trainable.values())
    changes = [gradient + (old - new) for gradient, (old, new) in zip(gradients, pairs)]
    own = {"batch_loss": [loss.item()]} if entry.tile else {}
    return {"gradient": join(changes)} | own


def train_all(entry, parameters, inputs, rows):
    """The parameters after steps on the whole batch, and on its first sample alone."""
    lines = {}
    for configuration in EVERY if entry.every_optimiser else BASE:
        for what, count in [("batch", SAMPLES), ("sample", 1)]:
            if what == "sample" and (entry.tile or not configuration.in_place):
                continue

            def compute_loss(parameters, count=count):
                outputs = run(entry, parameters, [values[:count] for values in inputs])
                return judge(entry, outputs, rows[:count]).mean()

            taken = train(configuration, parameters.copy(), compute_loss)
            for step, weights in enumerate(taken, 1):
                if step in SNAPSHOTS[what]:
                    lines[f"{configuration.name} {what} {step}"] = join(weights)
    return lines


def join(tensors):
    """All numbers, in order."""
    return torch.cat([values.detach().flatten() for values in tensors]).tolist()


def join_rows(tensors):
    """All numbers of each sample, in order."""
    return torch.cat([values.detach().flatten(1) for values in tensors], dim=1).tolist()

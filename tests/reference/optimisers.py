"""Optimisers and schedules of torch, by the names that the vectors have and `rules.rs` repeats."""

import dataclasses
from collections.abc import Callable

import torch
from torch.optim import lr_scheduler

from care import SMALLEST_SIGNED, Unsuitable, refuse_small

STEPS = 10
RATE = 0.05


class Lion(torch.optim.Optimizer):
    """Chen et al. 2023, "Symbolic discovery of optimization algorithms", algorithm 2; torch has none."""

    def __init__(self, parameters, lr, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(parameters, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None):
        """One step."""
        for group in self.param_groups:
            slow, fast = group["betas"]
            for weight in group["params"]:
                mean = self.state[weight].setdefault("mean", torch.zeros_like(weight))
                direction = slow * mean + (1 - slow) * weight.grad
                refuse_small(direction.abs(), SMALLEST_SIGNED)
                weight -= group["lr"] * (direction.sign() + group["weight_decay"] * weight)
                mean.mul_(fast).add_(weight.grad, alpha=1 - fast)


@dataclasses.dataclass
class Configuration:
    """An optimiser and what goes with it."""

    name: str
    # From the named parameters.
    build: Callable
    # Whether it divides by the gradients' sizes so far.
    adaptive: bool = False
    # Whether a weight's gradient is all that it needs, so that `train_step` can apply it in place.
    in_place: bool = True
    # What happens to the gradients before the step.
    clip: Callable = lambda parameters: None
    # From the optimiser; it gets the loss of each step where `by_loss`.
    schedule: Callable | None = None
    by_loss: bool = False


def rule(name, kind, adaptive=True, **arguments):
    """One rule for all parameters."""
    return Configuration(name, lambda named: kind(list(named.values()), **arguments), adaptive)


def momentum(named):
    return torch.optim.SGD(list(named.values()), lr=RATE, momentum=0.9)


def without_decay_of_biases(named):
    weights = [values for name, values in named.items() if not name.endswith(".bias")]
    biases = [values for name, values in named.items() if name.endswith(".bias")]
    groups = [{"params": weights}, {"params": biases, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=RATE, weight_decay=0.1)


def rate_of_the_head(named):
    head = [values for name, values in named.items() if name.startswith("head.")]
    others = [values for name, values in named.items() if not name.startswith("head.")]
    groups = [{"params": head, "lr": 0.02}, {"params": others}]
    return torch.optim.SGD(groups, lr=RATE, momentum=0.9)


def clipped(name, clip, in_place):
    return Configuration(name, momentum, in_place=in_place, clip=clip)


def scheduled(name, build, by_loss=False):
    return Configuration(name, momentum, schedule=build, by_loss=by_loss)


def warm_up(optimizer):
    return lr_scheduler.SequentialLR(
        optimizer,
        [
            lr_scheduler.LinearLR(optimizer, start_factor=0.1, total_iters=4),
            lr_scheduler.CosineAnnealingLR(optimizer, T_max=6, eta_min=0.001),
        ],
        milestones=[4],
    )


def one_cycle(cycle_momentum):
    return lambda optimizer: lr_scheduler.OneCycleLR(
        optimizer, max_lr=0.1, total_steps=STEPS, cycle_momentum=cycle_momentum
    )


BASE = [
    rule("sgd_momentum", torch.optim.SGD, False, lr=RATE, momentum=0.9),
    rule("adam", torch.optim.Adam, lr=RATE),
]

EVERY = BASE + [
    rule("sgd", torch.optim.SGD, False, lr=RATE),
    rule("sgd_nesterov", torch.optim.SGD, False, lr=RATE, momentum=0.9, nesterov=True),
    rule("sgd_decay", torch.optim.SGD, False, lr=RATE, momentum=0.9, weight_decay=0.1),
    rule("rmsprop", torch.optim.RMSprop, lr=0.02),
    rule("rmsprop_momentum", torch.optim.RMSprop, lr=0.02, momentum=0.9),
    rule("rmsprop_centered", torch.optim.RMSprop, lr=0.02, centered=True),
    rule("adagrad", torch.optim.Adagrad, lr=0.1),
    rule("adadelta", torch.optim.Adadelta, lr=1.0),
    rule("adam_decay", torch.optim.Adam, lr=RATE, weight_decay=0.1),
    rule("adamw", torch.optim.AdamW, lr=RATE, weight_decay=0.1),
    rule("nadam", torch.optim.NAdam, lr=RATE),
    rule("lion", Lion, lr=0.02, weight_decay=0.1),
    Configuration("adamw_without_decay_of_biases", without_decay_of_biases, True),
    Configuration("sgd_rate_of_the_head", rate_of_the_head),
    clipped("clip_value", lambda parameters: torch.nn.utils.clip_grad_value_(parameters, 0.05), True),
    clipped("clip_norm", lambda parameters: torch.nn.utils.clip_grad_norm_(parameters, 0.1), False),
    scheduled("step_rate", lambda it: lr_scheduler.StepLR(it, step_size=3, gamma=0.5)),
    scheduled("exponential_rate", lambda it: lr_scheduler.ExponentialLR(it, gamma=0.8)),
    scheduled("cosine_rate", lambda it: lr_scheduler.CosineAnnealingLR(it, T_max=8, eta_min=0.001)),
    scheduled("one_cycle", one_cycle(False)),
    scheduled("one_cycle_momentum", one_cycle(True)),
    scheduled("warm_up_and_cosine", warm_up),
    # Less than half is no better, so that ten losses have plateaus.
    scheduled(
        "plateau",
        lambda it: lr_scheduler.ReduceLROnPlateau(it, factor=0.5, patience=1, threshold=0.5, cooldown=1),
        by_loss=True,
    ),
]


def train(configuration, parameters, compute_loss):
    """Ten steps: yields the parameters after each."""
    optimizer = configuration.build({name: it for name, it in parameters.trainable.items() if it.requires_grad})
    schedule = configuration.schedule and configuration.schedule(optimizer)
    weights = parameters.weights()
    largest = [torch.zeros_like(weight) for weight in weights]
    rates = set()
    for step in range(1, STEPS + 1):
        optimizer.zero_grad()
        loss = compute_loss(parameters)
        loss.backward()
        if configuration.adaptive:
            largest = [torch.maximum(size, weight.grad.abs()) for size, weight in zip(largest, weights)]
            for sizes in largest:
                refuse_small(sizes)
        configuration.clip(weights)
        rates.add(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if configuration.by_loss:
            schedule.step(loss.item())
        elif schedule and step < STEPS:
            schedule.step()
        yield [values.detach().clone() for values in parameters.trainable.values()]
    if configuration.schedule and len(rates) == 1:
        raise Unsuitable

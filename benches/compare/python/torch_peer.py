"""PyTorch in eager mode, as its tutorials have it."""

import torch
from torch import nn

from contest import DEPENDENCE, SAMPLES
from torch_sequence import make_sequence

LOSSES = {"classes": nn.CrossEntropyLoss, "values": nn.MSELoss, "sigmoid": nn.MSELoss}
OPTIMIZERS = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}


class Torch:
    def __init__(self):
        self.description = f"torch {torch.__version__} (eager)"
        torch.set_num_threads(1)
        torch.set_num_interop_threads(1)

    def has(self, task):
        return True

    def create(self, task, rate):
        model = make_model(task)
        inputs = torch.from_numpy(task.make_inputs())
        if task.call == "stream":
            return stream(make_model(task), inputs)
        if task.trains:
            targets = torch.from_numpy(task.make_targets())
            optimizer = OPTIMIZERS[task.call](model.parameters(), lr=rate)
            return train(model, optimizer, LOSSES[task.shape.head](), inputs, targets)
        rows = [inputs] if task.call == "together" else list(inputs.split(1))
        return infer_dependent(model, rows) if task.dependent else infer(model, rows)


def make_model(task):
    layers = []
    for kernel in task.make_kernels():
        layer = nn.Conv2d(kernel.shape[1], kernel.shape[0], kernel.shape[2:])
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(kernel))
            layer.bias.zero_()
        layers += [layer, nn.ReLU(), nn.MaxPool2d(2)]
    layers += [nn.Flatten()] if layers else []
    layers += [make_sequence(task)] if task.shape.is_sequence() else []
    for weight in task.make_weights():
        layer = nn.Linear(*weight.shape)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(weight.T.copy()))
            layer.bias.zero_()
        layers += [layer, nn.ReLU() if task.shape.hidden == "relu" else nn.Tanh()]
    layers[-1:] = [nn.Sigmoid()] if task.shape.head == "sigmoid" else []
    return nn.Sequential(*layers)


def train(model, optimizer, measure_loss, x, y):
    def run(calls, observe=None):
        for _ in range(calls):
            optimizer.zero_grad()
            loss = measure_loss(model(x), y)
            loss.backward()
            optimizer.step()
            if observe:
                observe(loss.detach())

    return run


def infer(model, rows):
    @torch.inference_mode()
    def run(calls, observe=None):
        for call in range(calls):
            output = model(rows[call % len(rows)])
            if observe:
                observe(output[0, 0])

    return run


def stream(model, inputs):
    with torch.inference_mode():
        samples = list(inputs.split(1))
        front, head = model[0], model[1:]
        state = front.start()

    @torch.inference_mode()
    def run(calls, observe=None):
        nonlocal state
        for call in range(calls):
            features, state = front.step(samples[call % SAMPLES], state)
            output = head(features)
            if observe:
                observe(output[0, 0])

    return run


def infer_dependent(model, rows):
    with torch.inference_mode():
        rows = [row.clone() for row in rows]
        firsts = [row.view(-1)[0] for row in rows]

    @torch.inference_mode()
    def run(calls, observe=None):
        last = torch.zeros(())
        for call in range(calls):
            place = call % SAMPLES
            firsts[place].add_(last, alpha=DEPENDENCE)
            last = model(rows[place])[0, 0]
            if observe:
                observe(last)

    return run

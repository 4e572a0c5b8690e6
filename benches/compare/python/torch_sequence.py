"""What goes through a sequence of single numbers, in PyTorch: all of it at once, or a step at a time."""

import torch
from torch import nn


def make_sequence(task):
    return Recurrent(task) if task.shape.cell else Causal(task)


class Recurrent(nn.Module):
    """Gives the state after the last step."""

    def __init__(self, task):
        super().__init__()
        kind = {"gru": nn.GRU, "lstm": nn.LSTM}[task.shape.cell]
        self.cell = kind(1, task.shape.widths[0], batch_first=True)
        from_input, from_state = task.make_cell()
        with torch.no_grad():
            self.cell.weight_ih_l0.copy_(torch.from_numpy(from_input.T.copy()))
            self.cell.weight_hh_l0.copy_(torch.from_numpy(from_state.T.copy()))
            self.cell.bias_ih_l0.zero_()
            self.cell.bias_hh_l0.zero_()

    def forward(self, x):
        outputs, _ = self.cell(x[..., None])
        return outputs[:, -1]

    def start(self):
        return None

    def step(self, x, state):
        outputs, state = self.cell(x[..., None], state)
        return outputs[:, -1], state


class Causal(nn.Module):
    """Convolutions that keep what they look back at."""

    def __init__(self, task):
        super().__init__()
        self.layers = nn.ModuleList()
        for kernel, (*_, dilation) in zip(task.make_causal(), task.shape.causal):
            filters, channels, taps = kernel.shape
            layer = nn.Conv1d(channels, filters, taps, dilation=dilation)
            with torch.no_grad():
                layer.weight.copy_(torch.from_numpy(kernel))
                layer.bias.zero_()
            self.layers.append(layer)

    def start(self):
        return [
            torch.zeros(1, layer.in_channels, (layer.kernel_size[0] - 1) * layer.dilation[0])
            for layer in self.layers
        ]

    def step(self, x, state):
        x, left = x[..., None], []
        for layer, past in zip(self.layers, state):
            window = torch.cat([past, x], 2)
            left.append(window[:, :, 1:])
            x = torch.tanh(layer(window))
        return x[:, :, 0], left

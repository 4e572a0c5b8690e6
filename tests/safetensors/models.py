"""The networks of models.rs in PyTorch: what their files hold, and what they compute.

    python models.py write FOLDER   # weights by PyTorch, and what it computes with them: the files beside this script
    python models.py check FOLDER   # weights and outputs by Rust: PyTorch must load the ones and compute the others
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn

SAMPLES = 3
TOLERANCE = 1e-6


class Model(nn.Module):
    """Modules by name, and what is done with them."""

    def __init__(self, compute, **modules):
        super().__init__()
        self.compute = compute
        for name, module in modules.items():
            setattr(self, name, module)

    def forward(self, x):
        return self.compute(self, x).flatten(1)


def chain(**modules):
    """One behind the other."""

    def compute(model, x):
        for name in modules:
            x = getattr(model, name)(x)
            x = x[0] if isinstance(x, tuple) else x
        return x

    return Model(compute, **modules)


def attend(model, x):
    x, _ = model.heads(x, x, x)
    mask = torch.full((3, 3), float("-inf")).triu(1)
    return model.masked(x, x, x, attn_mask=mask)[0]


def stage():
    return chain(first=chain(linear=nn.Linear(3, 3), tanh=nn.Tanh()), second=nn.Linear(3, 3))


class Last(nn.LSTM):
    """The state after the last step alone."""

    def forward(self, x):
        return super().forward(x)[0][:, -1]


RNN = {"batch_first": True}
MODELS = {
    "dense": ([3], lambda: chain(encoder=nn.Sequential(nn.Linear(3, 4), nn.Tanh()), head=nn.Linear(4, 2, bias=False))),
    "dense_of_rows": ([2, 3], lambda: chain(rows=nn.Linear(3, 4), flat=nn.Flatten(), dense1=nn.Linear(8, 2)).double()),
    "conv1d": ([4, 7], lambda: chain(conv=nn.Conv1d(4, 6, 3, stride=2, groups=2))),
    "conv2d": ([4, 3, 5], lambda: chain(conv=nn.Conv2d(4, 6, (2, 3), groups=2), plain=nn.Conv2d(6, 2, (2, 1)))),
    "depthwise_conv1d": ([3, 5], lambda: chain(conv=nn.Conv1d(3, 6, 3, groups=3))),
    "depthwise_conv2d": ([2, 3, 4], lambda: chain(conv=nn.Conv2d(2, 2, (2, 3), groups=2, bias=False))),
    "conv_transpose1d": ([4, 3], lambda: chain(conv=nn.ConvTranspose1d(4, 6, 3, stride=2, groups=2))),
    "conv_transpose2d": ([4, 2, 3], lambda: chain(conv=nn.ConvTranspose2d(4, 2, (3, 2), groups=2))),
    "embedding": ([4], lambda: Model(lambda model, x: model.table(x.long()), table=nn.Embedding(5, 3))),
    "prelu": ([3, 2], lambda: chain(one=nn.PReLU(), each=nn.PReLU(3))),
    "layer_norm": ([2, 3], lambda: chain(inner=nn.LayerNorm(3), whole=nn.LayerNorm([2, 3]))),
    "rms_norm": ([2, 3], lambda: chain(inner=nn.RMSNorm(3, eps=1e-5), whole=nn.RMSNorm([2, 3], eps=1e-5))),
    "group_norm": ([4, 3], lambda: chain(norm=nn.GroupNorm(2, 4))),
    "batch_norm": ([3, 2, 2], lambda: chain(norm=nn.BatchNorm2d(3), plain=nn.BatchNorm2d(3, affine=False))),
    "rnn": ([3, 2], lambda: chain(one=nn.RNN(2, 4, **RNN), two=nn.RNN(4, 3, nonlinearity="relu", bias=False, **RNN))),
    "gru": ([3, 2], lambda: chain(both=nn.GRU(2, 3, bidirectional=True, **RNN))),
    "lstm": ([3, 2], lambda: chain(both=nn.LSTM(2, 2, bidirectional=True, **RNN), last=Last(4, 3, **RNN))),
    "attention": (
        [3, 4],
        lambda: Model(
            attend,
            heads=nn.MultiheadAttention(4, 2, batch_first=True),
            masked=nn.MultiheadAttention(4, 4, bias=False, batch_first=True),
        ),
    ),
    "positions": ([3, 2], lambda: Model(lambda model, x: x + model.places, places=nn.Parameter(torch.zeros(3, 2)))),
    "blocks": (
        [3],
        lambda: chain(one=stage(), stages=nn.Sequential(stage(), nn.Linear(3, 2))),
    ),
    "frozen": ([3], lambda: chain(base=nn.Linear(3, 4), tanh=nn.Tanh(), head=nn.Linear(4, 2))),
}


def draw(name):
    """The network with weights of which no two are alike, and inputs."""
    torch.manual_seed(len(name))
    shape, build = MODELS[name]
    model = build().eval()
    for key, values in model.state_dict().items():
        if values.dtype != torch.int64:
            values.uniform_(0.5, 1.5) if key.endswith("running_var") else values.normal_(0, 0.5)
        else:
            values.fill_(7)
    if name == "embedding":
        return model, torch.randint(5, (SAMPLES, *shape)).float()
    kind = next(iter(model.state_dict().values())).dtype
    return model, torch.randn(SAMPLES, *shape, dtype=kind)


def write(folder):
    for name in MODELS:
        model, x = draw(name)
        save_file(model.state_dict(), folder / f"{name}.safetensors")
        save_file({"x": x.flatten(1), "y": model(x).detach()}, folder / f"{name}.samples")


def check(folder):
    for name, (shape, build) in MODELS.items():
        model = build().eval()
        model.load_state_dict(load_file(folder / f"{name}.safetensors"), strict=True)
        samples = load_file(folder / f"{name}.samples")
        y = model(samples["x"].reshape(-1, *shape))
        error = ((y - samples["y"]).abs() / y.abs().clamp(min=1)).max().item()
        assert error <= TOLERANCE, f"{name}: PyTorch computes something else, by {error}"
        print(name)


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    {"write": write, "check": check}[sys.argv[1]](Path(sys.argv[2]))

"""The PyTorch half of the example: a network that knows whether a point lies on a ring.

    python roundtrip.py train FOLDER   # trains, and writes ring.safetensors and ring.samples
    python roundtrip.py check FOLDER   # loads tuned.safetensors, and computes tuned.samples again

Needs torch and safetensors.
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn


class Ring(nn.Module):
    """`Ring` of main.rs."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh())
        self.head = nn.Linear(16, 2)

    def forward(self, x):
        return self.head(self.encoder(x))


def train(folder):
    torch.manual_seed(1)
    model = Ring()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01, weight_decay=1e-3)
    for _ in range(1500):
        x = torch.rand(256, 2) * 2 - 1
        radius = x.norm(dim=1)
        loss = nn.functional.cross_entropy(model(x), ((radius > 0.4) & (radius < 0.8)).long())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    x = torch.rand(64, 2) * 2 - 1
    save_file(model.state_dict(), folder / "ring.safetensors")
    save_file({"x": x, "y": model(x).detach()}, folder / "ring.samples")
    print(f"PyTorch: loss {loss.item():.4f}")


def check(folder):
    model = Ring()
    model.load_state_dict(load_file(folder / "tuned.safetensors"))
    samples = load_file(folder / "tuned.samples")
    y = model(samples["x"])
    error = ((y - samples["y"]).abs().max() / y.abs().max()).item()
    print(f"PyTorch: the outputs of the tuned network within {error:.1e}")
    sys.exit(error > 1e-6)


if __name__ == "__main__":
    {"train": train, "check": check}[sys.argv[1]](Path(sys.argv[2]))

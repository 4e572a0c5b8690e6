"""Drawn numbers: parameters, inputs and targets. Few bits each, so that f32 and f64 hold the same ones."""

import torch

from care import avoid

STEP = 1 / 128


def draw_number(random, spread):
    """A multiple of STEP between -spread and spread."""
    limit = int(spread / STEP)
    return random.randint(-limit, limit) * STEP


def draw_tensor(random, shape, spread):
    """Such numbers, in this shape."""
    count = torch.Size(shape).numel()
    return torch.tensor([draw_number(random, spread) for _ in range(count)]).reshape(shape)


class Parameters:
    """The parameters of a network: each is drawn where a layer asks for it first, in declared order.

    Layers without a label are numbered by kind, as `network!` does: dense1, dense2, ..
    """

    def __init__(self, random):
        self.random = random
        self.trainable = {}
        self.frozen = {}
        self.counts = {}
        # Whether statistics are those of the batch, and running ones move.
        self.training = False

    def copy(self):
        """The same values, on their own, to be trained."""
        copy = Parameters(None)
        copy.frozen = self.frozen
        copy.training = True
        for name, values in self.trainable.items():
            copy.trainable[name] = values.detach().clone().requires_grad_(values.requires_grad)
        return copy

    def weights(self):
        """Those of the trainable parameters that have a gradient: running statistics have none."""
        return [values for values in self.trainable.values() if values.requires_grad]

    def fill_in(self, gradients):
        """The gradients of the weights, among them those of the others, which are zero."""
        left = iter(gradients)
        return [
            next(left) if values.requires_grad else torch.zeros_like(values) for values in self.trainable.values()
        ]

    def begin(self):
        """Starts a forward pass."""
        self.counts.clear()

    def take(self, label, field, shape, spread, trainable=True):
        """The parameter `field` of a layer."""
        name = f"{label}.{field}"
        block = self.trainable if trainable else self.frozen
        if name not in block:
            block[name] = draw_tensor(self.random, shape, spread).requires_grad_(trainable)
        return block[name]

    def name(self, kind, label):
        """The layer's label, or its number."""
        if label is not None:
            return label
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"{kind}{self.counts[kind]}"

    def dense(self, x, units, label=None, bias=True, trainable=True):
        """x W + b, with the weight [in][out]; the same label again shares both."""
        label = self.name("dense", label)
        shape = (x.shape[1], units)
        weight = self.take(label, "weight", shape, 1.0, trainable in (True, "weight"))
        if not bias:
            return x @ weight
        return x @ weight + self.take(label, "bias", (units,), 0.5, trainable in (True, "bias"))

    def embedding(self, x, units, vocabulary, label=None):
        """The rows of the table that the nearest indices name, which have no gradient."""
        label = self.name("embedding", label)
        table = self.take(label, "weight", (vocabulary, units), 1.0)
        return torch.nn.functional.embedding(x.round().long(), table) + 0 * x.unsqueeze(-1)

    def conv(self, x, filters, kernel, label=None, bias=True, trainable=True, groups=1, kind=None, **window):
        """A convolution over one axis or two. The weight is [channels of a group and elements of the window][filters];
        `padding` may be pairs, before and behind each axis."""
        rank = x.dim() - 2
        label = self.name(kind or f"conv{rank}d", label)
        kernel = [kernel] * rank if isinstance(kernel, int) else kernel
        channels = x.shape[1] // groups
        taps = channels * torch.Size(kernel).numel()
        weight = self.take(label, "weight", (taps, filters), 1.0, trainable in (True, "weight"))
        weight = weight.T.reshape(filters, channels, *kernel)
        offsets = None
        if bias:
            offsets = self.take(label, "bias", (filters,), 0.5, trainable in (True, "bias"))
        convolve = torch.nn.functional.conv1d if rank == 1 else torch.nn.functional.conv2d
        return convolve(x, weight, offsets, groups=groups, **window)

    def depthwise_conv(self, x, kernel, multiplier=1, **arguments):
        """A convolution of each channel by itself."""
        kind, channels = f"depthwise_conv{x.dim() - 2}d", x.shape[1]
        return self.conv(x, channels * multiplier, kernel, groups=channels, kind=kind, **arguments)

    def conv_transpose(self, x, filters, kernel, bias=True, trainable=True, groups=1, **window):
        """A transposed convolution over one axis or two. The weight is [filters of a group and elements of the
        window][channels]."""
        rank = x.dim() - 2
        label = self.name(f"conv_transpose{rank}d", None)
        kernel = [kernel] * rank if isinstance(kernel, int) else kernel
        channels, per_group = x.shape[1], filters // groups
        taps = per_group * torch.Size(kernel).numel()
        weight = self.take(label, "weight", (taps, channels), 1.0, trainable in (True, "weight"))
        weight = weight.T.reshape(channels, per_group, *kernel)
        offsets = None
        if bias:
            offsets = self.take(label, "bias", (filters,), 0.5, trainable in (True, "bias"))
        convolve = torch.nn.functional.conv_transpose1d if rank == 1 else torch.nn.functional.conv_transpose2d
        return convolve(x, weight, offsets, groups=groups, **window)

    def norm(self, kind, x, shape, compute, weight=True, bias=True, trainable=True):
        """A normalisation with a weight and a bias of this shape."""
        label = self.name(kind, None)
        count = (torch.Size(shape).numel(),)
        scales = shifts = None
        if weight:
            scales = self.take(label, "weight", count, 1.5, trainable in (True, "weight")).reshape(shape)
        if weight and bias:
            shifts = self.take(label, "bias", count, 0.5, trainable in (True, "bias")).reshape(shape)
        return compute(x, scales, shifts)

    def batch_norm(self, x, eps=1e-5, momentum=0.1, weight=True, bias=True, trainable=True):
        """Each channel by the statistics of the batch, or by running ones."""
        label, count = self.name("batch_norm", None), (x.shape[1],)
        scales = shifts = None
        if weight:
            scales = self.take(label, "weight", count, 1.5, trainable in (True, "weight"))
        if weight and bias:
            shifts = self.take(label, "bias", count, 0.5, trainable in (True, "bias"))
        mean = self.take_statistic(label, "running_mean", count, 0.0, trainable)
        variance = self.take_statistic(label, "running_var", count, 1.0, trainable)
        training = self.training and bool(trainable)
        return torch.nn.functional.batch_norm(x, mean, variance, scales, shifts, training, momentum, eps)

    def take_statistic(self, label, field, shape, middle, trainable):
        """The running statistic `field` of a layer, near a value."""
        name = f"{label}.{field}"
        block = self.trainable if trainable else self.frozen
        if name not in block:
            block[name] = middle + draw_tensor(self.random, shape, 0.5)
        return block[name]

    def recurrent(self, kind, x, units, bias=True, bidirectional=False, last=False, truncation=None, trainable=True):
        """PyTorch's layer over [samples, steps, features]; the weights are [in][gates]. Behind every `truncation` steps
        the states are carried on, and no gradient through them."""
        label, function = self.name(kind.split("_")[0], None), getattr(torch, kind)
        gates = {"rnn_tanh": 1, "rnn_relu": 1, "gru": 3, "lstm": 4}[kind] * units
        weights = []
        for suffix in ["", "_reverse"][: 1 + bidirectional]:
            for name, rows in [("weight_ih", x.shape[2]), ("weight_hh", units)]:
                weights.append(self.take(label, name + suffix, (rows, gates), 1.0, trainable).T)
            for name in ["bias_ih", "bias_hh"] if bias else []:
                weights.append(self.take(label, name + suffix, (gates,), 0.5, trainable))
        state = torch.zeros(1 + bidirectional, x.shape[0], units)
        state = (state, state) if kind == "lstm" else state
        outputs = []
        for part in x.split(truncation or x.shape[1], dim=1):
            y, *states = function(part, state, weights, bias, 1, 0.0, False, bidirectional, True)
            outputs.append(y)
            detached = [values.detach() for values in states]
            state = detached if kind == "lstm" else detached[0]
        if last:
            return states[0].transpose(0, 1).flatten(1)
        return torch.cat(outputs, dim=1)

    def attention(self, x, heads, causal=False, bias=True, trainable=True):
        """PyTorch's self-attention over [samples, steps, features]; the weights are [in][out]."""
        label, features = self.name("attention", None), x.shape[2]
        weights = []
        for name, columns in [("in_proj", 3 * features), ("out_proj", features)]:
            weights.append(self.take(label, f"{name}_weight", (features, columns), 1.0, trainable).T)
            weights.append(self.take(label, f"{name}_bias", (columns,), 0.5, trainable) if bias else None)
        steps = x.shape[1]
        mask = torch.full((steps, steps), float("-inf")).triu(1) if causal else None
        x = x.transpose(0, 1)
        y, _ = torch.nn.functional.multi_head_attention_forward(
            x, x, x, features, heads, *weights[:2], None, None, False, 0.0, *weights[2:], attn_mask=mask
        )
        return y.transpose(0, 1)

    def positions(self, x):
        """A vector for each step."""
        return x + self.take(self.name("positions", None), "weight", x.shape[1:], 1.0)

    def dense_of_rows(self, x, units, bias=True):
        """x W + b of each row of the last axis."""
        label = self.name("dense", None)
        y = x @ self.take(label, "weight", (x.shape[-1], units), 1.0)
        return y + self.take(label, "bias", (units,), 0.5) if bias else y

    def prelu(self, x, count=1, label=None):
        """A learnt slope for the negative side, one for all or one for each of axis 0."""
        weight = self.take(self.name("prelu", label), "weight", (count,), 0.5)
        return torch.nn.functional.prelu(avoid(x, 0.0), weight)


class Target:
    """How the target of one sample is drawn, as numbers, and what the loss gets for a batch of them."""

    def __init__(self, width, draw, read=lambda rows: rows, fields=()):
        self.width = width
        self.draw = draw
        self.read = read
        self.fields = list(fields)


def values(width, spread=1.5):
    """Any numbers."""
    return Target(width, lambda random: [draw_number(random, spread) for _ in range(width)])


def classes(count):
    """The index of the right class."""
    return Target(1, lambda random: [float(random.randrange(count))], lambda rows: rows[:, 0].long())


def pick(width, *choices):
    """Each number one of these."""
    return Target(width, lambda random: [float(random.choice(choices)) for _ in range(width)])


def probabilities(width):
    """Multiples of 1/64, none of them zero, that add up to 1."""

    def draw(random):
        cuts = sorted(random.sample(range(1, 64), width - 1))
        return [(high - low) / 64 for low, high in zip([0, *cuts], [*cuts, 64])]

    return Target(width, draw)


def log_probabilities(width):
    """Logarithms of probabilities, rounded to f32."""
    shares = probabilities(width)

    def draw(random):
        return torch.tensor(shares.draw(random)).log().float().tolist()

    return Target(width, draw)


def weighted(target):
    """With a weight for the sample: the loss gets a pair."""
    return Target(
        target.width + 1,
        lambda random: [*target.draw(random), random.randint(16, 256) * STEP],
        lambda rows: (target.read(rows[:, :-1]), rows[:, -1]),
    )


def fields(**targets):
    """The fields of a target struct, in declared order: the loss gets a dictionary."""

    def read(rows):
        parts = rows.split([target.width for target in targets.values()], dim=1)
        return {name: target.read(part) for (name, target), part in zip(targets.items(), parts)}

    return Target(
        sum(target.width for target in targets.values()),
        lambda random: [number for target in targets.values() for number in target.draw(random)],
        read,
        targets,
    )

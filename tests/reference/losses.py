"""The losses in torch, one number a sample: elementwise ones are means over the elements."""

import torch
import torch.nn.functional as F

from care import avoid


def mean(loss):
    """The mean over each sample's elements."""
    return loss.flatten(1).mean(1)


def mse(y, t):
    return mean(F.mse_loss(y, t, reduction="none"))


def mae(y, t):
    avoid(y - t, 0.0)
    return mean(F.l1_loss(y, t, reduction="none"))


def huber(y, t, delta=1.0):
    avoid((y - t).abs(), delta)
    return mean(F.huber_loss(y, t, delta=delta, reduction="none"))


def smooth_l1(y, t, beta=1.0):
    avoid((y - t).abs(), beta)
    return mean(F.smooth_l1_loss(y, t, beta=beta, reduction="none"))


def log_cosh(y, t):
    """ln cosh, in the form that does not overflow."""
    size = (y - t).abs()
    return mean(size + F.softplus(-2 * size, threshold=1e9) - torch.log(torch.tensor(2.0).to(y)))


def binary_cross_entropy(y, t):
    return mean(F.binary_cross_entropy(y, t, reduction="none"))


class ExactDerivative(torch.autograd.Function):
    """Torch's derivative, whose 1e-12 is an f32 number in f64 as well; here it is one of the same type."""

    @staticmethod
    def forward(context, y, t):
        context.save_for_backward(y, t)
        return F.binary_cross_entropy(y, t, reduction="none")

    @staticmethod
    def backward(context, gradient):
        y, t = context.saved_tensors
        return gradient * (y - t) / torch.clamp(y * (1 - y), min=1e-12), None


def exact_binary_cross_entropy(y, t):
    """For probabilities of 0 and 1, where the difference shows."""
    return mean(ExactDerivative.apply(y, t))


def binary_cross_entropy_with_logits(y, t, pos_weight=None):
    weight = None if pos_weight is None else torch.tensor(pos_weight).to(y)
    return mean(F.binary_cross_entropy_with_logits(y, t, pos_weight=weight, reduction="none"))


def cross_entropy(y, t, smoothing=0.0, class_weights=None):
    weight = None if class_weights is None else torch.tensor(class_weights).to(y)
    return F.cross_entropy(y, t, weight=weight, label_smoothing=smoothing, reduction="none")


def nll(y, t, class_weights=None):
    weight = None if class_weights is None else torch.tensor(class_weights).to(y)
    return F.nll_loss(y, t, weight=weight, reduction="none")


def hinge(y, t):
    return mean(torch.clamp(1 - avoid(t * y, 1.0), min=0))


def squared_hinge(y, t):
    return mean(torch.clamp(1 - avoid(t * y, 1.0), min=0) ** 2)


def kl_divergence(y, t, log_target=False):
    return F.kl_div(y, t, log_target=log_target, reduction="none").flatten(1).sum(1)


def poisson_nll(y, t, log_input=True, full=False, eps=1e-8):
    loss = F.poisson_nll_loss(y, t, log_input=log_input, full=full, eps=eps, reduction="none")
    return mean(loss)


def cosine(y, t):
    return 1 - F.cosine_similarity(y.flatten(1), t.flatten(1), dim=1, eps=1e-8)


def by_sample(loss):
    """The same loss for targets with a weight for each sample."""
    return lambda y, t: t[1] * loss(y, t[0])

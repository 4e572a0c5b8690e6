//! Bounds that never hold: those of methods that a network does not have, each with the reason.

/// Holds for no network: the bound of the methods of a network without a loss.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no loss",
    label = "needs a loss",
    note = "a loss is a statement of the declaration, such as `loss mse(y);`",
    note = "without one there is `backward_from`, which takes dJ/dy"
)]
pub trait HasLoss {}

/// Holds for no network: the bound of the methods of a network of which no single output is a class.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no single output that is a class",
    label = "needs a class",
    note = "a class is what `cross_entropy` or `nll` judges by its index; where there are several, \
            `backprop::argmax` finds the largest element of each"
)]
pub trait HasClassOutput {}

/// Holds for no network: the bound of what a network that learns from statistics of a tile cannot do.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot learn from a single sample",
    label = "needs a tile of samples",
    note = "its `batch_norm` takes the mean and the variance of a tile, which one sample has none of",
    note = "`train_batch` takes any number of whole tiles; \
            with `trainable = false` the layer works with its running statistics"
)]
pub trait LearnsFromSamples {}

/// Holds for no network: the bound of `step`, of a network of which some layer needs more than that.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not run sample by sample",
    label = "needs more than a step",
    note = "a warning at this place says which layer is in the way",
    note = "recurrent layers, causal convolutions, and layers that take each step by itself run sample by sample"
)]
pub trait RunsSampleBySample {}
